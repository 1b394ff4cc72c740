//! Conditions on tags that the same policy lets its holder set, or take away.
//!
//! For each condition on a tag the other statements are searched for one that allows tagging of the
//! same service's resources, reaches the same resources, is for the same principals, and is not itself bound to that
//! tag. Where the same is allowed with no condition at all, the tag keeps nobody out, and nothing is said of it.

use super::keys::is_of_aws;
use super::{At, Found, Named, Severity, actions, named, on, shown, trust};
use crate::hash;
use crate::policy::document::{
    Clause, Condition, Document, Effect, Principal, PrincipalKind, Statement,
};
use crate::policy::evaluate::is_member;
use crate::policy::idle::Idle;
use crate::policy::key::{tag_in, tag_of};
use crate::policy::operator::Operator;
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::say::{said, say};
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

/// Actions that set tags, without the service.
const SET: [&str; 14] = [
    "TagResource",
    "TagResources",
    "CreateTags",
    "CreateTag",
    "AddTags",
    "AddTag",
    "AddTagsToResource",
    "AddTagsBatch",
    "SetTags",
    "UpdateTags",
    "PutBucketTags",
    "PutBucketTagging",
    "PutObjectTagging",
    "PutResourceTags",
];

/// Actions that take tags away, without the service.
const REMOVE: [&str; 12] = [
    "UntagResource",
    "UntagResources",
    "UnTagResources",
    "DeleteTags",
    "DeleteTag",
    "RemoveTags",
    "RemoveTag",
    "RemoveTagsFromResource",
    "DeleteBucketTags",
    "DeleteBucketTagging",
    "DeleteObjectTagging",
    "DeleteResourceTags",
];

/// The tag actions of one service: those that set tags, and those that take them away.
struct Known {
    service: &'static str,
    set: &'static [&'static str],
    remove: &'static [&'static str],
}

/// What a wildcard reaches. ECS: "Use tags to control access to ECS resources", whose policy denies these four;
/// Key Management Service, Object Storage Service, RDS and VPC: the tables of actions on their RAM pages.
const KNOWN: [Known; 5] = [
    Known {
        service: "ecs",
        set: &["TagResources", "CreateTags"],
        remove: &["UntagResources", "DeleteTags"],
    },
    Known { service: "kms", set: &["TagResource"], remove: &["UntagResource"] },
    Known {
        service: "oss",
        set: &["PutBucketTags", "PutBucketTagging", "PutObjectTagging"],
        remove: &["DeleteBucketTags", "DeleteBucketTagging", "DeleteObjectTagging"],
    },
    Known {
        service: "rds",
        set: &["TagResources", "AddTagsToResource"],
        remove: &["UntagResources", "RemoveTagsFromResource"],
    },
    Known { service: "vpc", set: &["TagResources"], remove: &["UnTagResources"] },
];

/// The names that most services give these actions; a service has one or the other.
const USUAL: Known = Known {
    service: "",
    set: &["TagResources", "TagResource"],
    remove: &["UntagResources", "UntagResource"],
};

/// Statements and conditions beyond which the search ends: it costs their product.
const MOST_PAIRS: usize = 20_000;

/// The same for services that a pattern is held against, and for statements that may deny what is found.
const MOST_STEPS: usize = 200_000;

/// `never` are the statements whose conditions exclude each other.
pub(super) fn look(document: &Document, never: &hash::Set<usize>, found: &mut Found<'_>) {
    let taggers: Vec<Tagger<'_>> = document
        .statements
        .iter()
        .enumerate()
        .filter(|(_, statement)| statement.effect == Effect::Allow && statement.resource.is_some())
        .filter(|(_, statement)| named(statement).iter().any(|action| may_tag(&action.value)))
        .filter(|(at, statement)| Idle::of(statement).is_none() && !never.contains(at))
        .map(|(at, statement)| Tagger { at, statement, bounds: OnceCell::new() })
        .collect();
    if taggers.is_empty() {
        return;
    }
    let unconditional: Vec<&Statement> = document
        .statements
        .iter()
        .filter(|one| one.effect == Effect::Allow && one.conditions.is_empty())
        .collect();
    let mut pairs = 0_usize;
    let steps = Cell::new(MOST_STEPS);
    let free_steps = Cell::new(MOST_STEPS);
    for (index, statement) in document.statements.iter().enumerate() {
        if statement.resource.is_none()
            || never.contains(&index)
            || matches!(statement.effect, Effect::Unknown | Effect::Open)
        {
            continue;
        }
        // The same for each condition on a tag of the resource.
        let own = OnceCell::new();
        let own = || Rc::clone(own.get_or_init(|| Rc::new(Codes::of(named(statement)))));
        let free = OnceCell::new();
        let is_free = || *free.get_or_init(|| is_free(statement, &unconditional, &free_steps));
        for condition in &statement.conditions {
            let Some(wish) = Wish::of(statement, condition, &own, &steps) else { continue };
            for tagger in &taggers {
                pairs += named(tagger.statement).len().max(1);
                if pairs > MOST_PAIRS || steps.get() == 0 {
                    return;
                }
                let Some(action) = wish.granted_by(tagger, document) else { continue };
                if is_free() {
                    break;
                }
                let by = (tagger.at, tagger.statement, action);
                tell(index, statement, condition, by, &wish, found);
                break;
            }
        }
    }
}

/// Is all that the statement allows allowed by one of these too, which have no condition? Taken for so where no steps are
/// left to find out.
fn is_free(statement: &Statement, unconditional: &[&Statement], steps: &Cell<usize>) -> bool {
    let allows = statement.effect == Effect::Allow;
    let (Some(actions), Some(resources), true) = (&statement.action, &statement.resource, allows)
    else {
        return false;
    };
    let all = |mine: &Clause, theirs: &Option<Clause>| {
        theirs.as_ref().is_some_and(|theirs| trust::is_within(mine, theirs))
    };
    unconditional.iter().any(|other| {
        let pairs = |mine: usize, theirs: usize| mine.max(1).saturating_mul(theirs.max(1));
        let few = pairs(named(statement).len(), named(other).len())
            .saturating_add(pairs(members(statement).len(), members(other).len()));
        steps.set(steps.get().saturating_sub(few));
        steps.get() == 0
            || all(actions, &other.action)
                && all(resources, &other.resource)
                && is_for_all(statement, other)
    })
}

fn members(statement: &Statement) -> &[(PrincipalKind, Spanned)] {
    statement.principal.as_ref().map_or(&[], |principal| principal.members.as_slice())
}

/// Does the principal name all that this member of another one stands for? Doubt is a no.
fn names(principal: &Principal, (kind, value): &(PrincipalKind, Spanned)) -> bool {
    let is_it = |(own, one): &(PrincipalKind, Spanned)| {
        own == kind && is_member(kind, &one.value, &value.value)
    };
    !principal.negated && principal.members.iter().any(is_it)
}

fn is_everybody(principal: &Principal) -> bool {
    !principal.negated && principal.is_anyone()
}

/// Is the other statement for all for whom this one is? Doubt is a no.
fn is_for_all(statement: &Statement, other: &Statement) -> bool {
    match (&statement.principal, &other.principal) {
        (None, None) => true,
        (Some(mine), Some(theirs)) => {
            let whole = !mine.negated && !mine.unknown;
            is_everybody(theirs) || whole && mine.members.iter().all(|one| names(theirs, one))
        }
        _ => false,
    }
}

/// Is there someone for whom both statements are? Doubt is a no.
fn are_for_one(statement: &Statement, other: &Statement) -> bool {
    let any = |mine: &Principal, theirs: &Principal| {
        is_everybody(theirs)
            || !mine.negated && mine.members.iter().any(|member| names(theirs, member))
    };
    match (&statement.principal, &other.principal) {
        (None, None) => true,
        (Some(mine), Some(theirs)) => any(mine, theirs) || any(theirs, mine),
        _ => false,
    }
}

/// A statement that may let its holder tag.
struct Tagger<'a> {
    at: usize,
    statement: &'a Statement,
    /// Its conditions by the tag that they are on, each with the family of its key.
    bounds: OnceCell<hash::Map<&'a str, Vec<(&'static str, &'a Condition)>>>,
}

impl<'a> Tagger<'a> {
    /// Its conditions on a tag.
    fn on(&self, tag: &str) -> &[(&'static str, &'a Condition)] {
        let bounds = self.bounds.get_or_init(|| {
            let mut bounds: hash::Map<&str, Vec<_>> = hash::Map::default();
            for condition in &self.statement.conditions {
                if let Some((_, family, tag)) = tag_in(&condition.key.value) {
                    bounds.entry(tag).or_default().push((family, condition));
                }
            }
            bounds
        });
        bounds.get(tag).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Could the action be one that sets or removes tags, of any service?
fn may_tag(action: &str) -> bool {
    let name = pattern::name_of(action);
    // Every name below has the word in it.
    let tags = || name.as_bytes().windows(3).any(|word| word.eq_ignore_ascii_case(b"tag"));
    if !pattern::has_wildcard(name) && !tags() {
        return false;
    }
    SET.iter().chain(&REMOVE).any(|known| pattern::matches(name, known, Case::Fold))
}

/// Codes of services in lower case, each once.
#[derive(Default)]
struct Codes {
    ordered: Vec<String>,
    known: hash::Set<String>,
}

impl Codes {
    /// Those of actions; `*` of what names no service.
    fn of(actions: &[Spanned]) -> Self {
        let mut codes = Self::default();
        for action in actions {
            codes.add(action.value.split_once(':').map_or("*", |(code, _)| code));
        }
        codes
    }

    fn add(&mut self, code: &str) {
        // Without a service nothing is tagged; `*` stands for whichever it is.
        let code = if pattern::has_wildcard(code) { "ecs".to_owned() } else { pattern::fold(code) };
        if self.known.insert(code.clone()) {
            self.ordered.push(code);
        }
    }
}

/// What the holder would do to a tag to get past a condition.
struct Wish<'a> {
    statement: &'a Statement,
    condition: &'a Condition,
    tag: &'a str,
    /// The services whose tag actions do it.
    services: Rc<Codes>,
    /// What is left of the steps of the search.
    steps: &'a Cell<usize>,
    /// Setting the tag helps; else taking it away, or setting another value.
    set: bool,
}

impl<'a> Wish<'a> {
    /// None where the condition is on no tag of the resource.
    fn of(
        statement: &'a Statement,
        condition: &'a Condition,
        own: &dyn Fn() -> Rc<Codes>,
        steps: &'a Cell<usize>,
    ) -> Option<Self> {
        let (service, family, tag) = tag_of(&condition.key.value)?;
        if matches!(family, "requesttag/" | "requestobjecttag/" | "principaltag/")
            || is_of_aws(&condition.key.value)
        {
            return None;
        }
        let operator = Operator::parse(&condition.operator.value)?;
        if condition.values.is_empty() {
            return None;
        }
        let services = if service == "acs" {
            own()
        } else {
            let mut one = Codes::default();
            one.add(&service);
            Rc::new(one)
        };
        let allows = statement.effect == Effect::Allow;
        Some(Self { statement, condition, tag, services, steps, set: allows != operator.negated })
    }

    /// The action of a statement by which the holder gets what is wished.
    fn granted_by<'s>(&self, tagger: &Tagger<'s>, document: &Document) -> Option<&'s Spanned> {
        if !self.reaches(tagger.statement)
            || self.is_bound(tagger)
            || !self.step(members(self.statement).len() * members(tagger.statement).len())
            || !are_for_one(self.statement, tagger.statement)
        {
            return None;
        }
        let tagger = tagger.statement;
        let codes = || self.services.ordered.iter().map(String::as_str).chain(["tag"]);
        named(tagger).iter().find(|action| {
            let action = action.value.as_str();
            if pattern::has_wildcard(action) {
                (may_tag(action) || !action.contains(':'))
                    && codes().any(|code| self.step(1) && self.is_reached(action, code, document))
            } else {
                self.is_named(action) && !self.denied(action, document)
            }
        })
    }

    /// Takes steps of the search; false where there are none left.
    fn step(&self, steps: usize) -> bool {
        self.steps.set(self.steps.get().saturating_sub(steps));
        self.steps.get() > 0
    }

    /// Is this one of the tag actions that help, of one of the services?
    fn is_named(&self, action: &str) -> bool {
        let Some((service, name)) = action.split_once(':') else { return false };
        let is = |known: &&str| pattern::same(known, name, Case::Fold);
        let helps = || SET.iter().any(is) || !self.set && REMOVE.iter().any(is);
        let service = || pattern::fold(service);
        may_tag(action)
            && helps()
            && (service() == "tag" || self.services.known.contains(service().as_str()))
    }

    /// Does the pattern reach a tag action of the service that no Deny takes away? Which of the usual names a service
    /// has is not known, so that a Deny of one of them is taken for its denial.
    fn is_reached(&self, pattern: &str, code: &str, document: &Document) -> bool {
        let known = KNOWN.iter().find(|known| known.service == code);
        let names = known.unwrap_or(&USUAL);
        let reached = |names: &[&str]| {
            let full = names.iter().map(|name| format!("{code}:{name}"));
            let full: Vec<String> =
                full.filter(|name| pattern::matches(pattern, name, Case::Fold)).collect();
            let denied = |name: &String| self.denied(name, document);
            match known {
                Some(_) => full.iter().any(|name| !denied(name)),
                None => !full.is_empty() && !full.iter().any(denied),
            }
        };
        reached(names.set) || !self.set && reached(names.remove)
    }

    /// Do the two statements speak of common resources?
    fn reaches(&self, tagger: &Statement) -> bool {
        let (Some(mine), Some(theirs)) = (&self.statement.resource, &tagger.resource) else {
            return false;
        };
        if mine.negated || theirs.negated {
            return true;
        }
        theirs.values.iter().take(64).any(|one| {
            mine.values
                .iter()
                .take(64)
                .any(|other| pattern::overlaps(&one.value, &other.value, Case::Fold))
        })
    }

    /// Is tagging itself limited by this very tag, so that it cannot be set freely? Taken for limited where no steps are
    /// left to find out.
    fn is_bound(&self, tagger: &Tagger<'_>) -> bool {
        tagger.on(self.tag).iter().any(|(family, condition)| {
            // A tagging that may only write this tag with the wanted value is no obstacle.
            let writes = *family == "requesttag/" && self.set;
            let opposite = Operator::parse(&condition.operator.value).is_some_and(|o| o.negated);
            if !writes || opposite {
                return true;
            }
            let mine = &self.condition.values;
            let wanted = condition.values.iter().any(|value| {
                self.step(mine.len())
                    && mine.iter().any(|one| pattern::same(&one.value, &value.value, Case::Fold))
            });
            !wanted
        })
    }

    /// Does a Deny take the tag action away, wholly or for this tag?
    fn denied(&self, action: &str, document: &Document) -> bool {
        if !self.step(document.statements.len()) {
            return true;
        }
        document.statements.iter().any(|deny| {
            let about = |condition: &Condition| {
                tag_in(&condition.key.value).is_some_and(|(_, _, tag)| tag == self.tag)
            };
            deny.effect == Effect::Deny
                && deny.conditions.iter().all(about)
                && self.step(named(deny).len())
                && named(deny)
                    .iter()
                    .any(|value| pattern::matches(&value.value, action, Case::Fold))
                && deny.resource.as_ref().is_some_and(|resource| !resource.negated)
                && self.reaches(deny)
        })
    }
}

fn tell(
    index: usize,
    statement: &Statement,
    condition: &Condition,
    (at, tagger, action): (usize, &Statement, &Spanned),
    wish: &Wish<'_>,
    found: &mut Found<'_>,
) {
    let language = found.language;
    let what = actions(language, statement);
    let tag = shown(wish.tag);
    let how = match (statement.effect, wish.set) {
        (Effect::Deny, true) => said(language, "{} denied only without the tag {}", &[&what, &tag]),
        (Effect::Deny, false) => said(language, "{} denied only with the tag {}", &[&what, &tag]),
        (_, true) => said(language, "{} only with the tag {}", &[&what, &tag]),
        (_, false) => said(language, "{} only without the tag {}", &[&what, &tag]),
    };
    let change = if wish.set { say(language, "set") } else { say(language, "change or remove") };
    let further = if tagger.conditions.is_empty() {
        ""
    } else {
        say(language, ", where its own conditions hold")
    };
    let who = if statement.principal.is_some() {
        say(language, "a principal of both")
    } else {
        say(language, "the holder")
    };
    let (here, there) = ((index + 1).to_string(), (at + 1).to_string());
    found.tell(
        Named::OwnTag,
        Severity::Warning,
        At::new(index, condition.span),
        said(
            language,
            "Statement {}: {}; but statement {} lets {} {} that tag with {} on {}{}.",
            &[&here, &how, &there, who, change, &shown(&action.value), &on(language, tagger), further],
        ),
        say(
            language,
            "The condition keeps out mistakes, not the holder: whoever can change the tag decides whether it is met.",
        ),
    );
}
