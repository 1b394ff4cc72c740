//! Names that resemble a known one: of actions and of services with linked roles. Codes of services stand in `codes`.
//!
//! Nobody knows all of them, so each is a note, and only where very little parts the two.

use super::{At, Context, Found, Named, Origin, Severity, paths, powers, reach, shown};
use crate::hash;
use crate::policy::document::Statement;
use crate::policy::key;
use crate::policy::level;
use crate::policy::operator::{Operator, Test};
use crate::policy::oss;
use crate::policy::pattern::{self, Case};
use crate::policy::source::Spanned;
use crate::say::{said, say};

/// The services that were asked about, in lower case, with what is known of their actions: large documents name the same
/// services in turn.
pub(super) type Asked<'d> = hash::Map<String, Names<'d>>;

/// The names of known actions of a service.
pub(super) struct Names<'d> {
    /// Those of the vocabulary, and how many letters each has.
    known: Vec<(usize, &'d str)>,
    /// Those of the rules here, which are few: that no action beside them is a letter away was looked at.
    ruled: Vec<String>,
    /// Operations of the API of which RAM's action has another name, with that name.
    operations: Vec<(&'d str, &'d str)>,
}

impl<'d> Names<'d> {
    pub(super) fn of(service: &str, context: &Context<'d>) -> Self {
        let known = context.vocabulary.actions_of(service).into_iter();
        let own = |name: &str| {
            name.split_once(':').is_some_and(|(code, _)| pattern::same(code, service, Case::Fold))
        };
        let listed = reach::names().chain(paths::names()).chain(powers::NAMES);
        let mut ruled: Vec<String> =
            listed.chain(level::samples()).filter(|name| own(name)).map(str::to_owned).collect();
        if pattern::same(service, "oss", Case::Fold) {
            ruled.extend(oss::names().map(|name| format!("oss:{name}")));
        }
        Self {
            known: known.map(|known| (known.name.chars().count(), known.name)).collect(),
            ruled,
            operations: context.vocabulary.operations_of(service),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.known.is_empty() && self.ruled.is_empty()
    }

    /// The action that authorizes what is an operation of the API and no action.
    fn authorizing(&self, written: &str) -> Option<&'d str> {
        let (_, name) = written.split_once(':')?;
        let is = |(operation, _): &&(&str, &str)| operation.eq_ignore_ascii_case(name);
        self.operations.iter().find(is).map(|(_, action)| *action)
    }

    /// The name that a written one is a slip away from; None where it is right itself.
    fn near(&self, written: &str) -> Option<&str> {
        if self.ruled.iter().any(|name| pattern::same(name, written, Case::Fold)) {
            return None;
        }
        let letters = written.chars().count();
        // Most are longer or shorter by more than a slip.
        let mut likely = self.known.iter().filter(|(count, _)| count.abs_diff(letters) <= 1);
        let known = likely.find(|(_, known)| is_slip(known, written)).map(|(_, known)| *known);
        let ruled = || self.ruled.iter().find(|name| is_slip_of_rule(name, written));
        known.or_else(|| ruled().map(String::as_str))
    }
}

/// An action without wildcards that is not known: does its name resemble one that is?
pub(super) fn action<'d>(
    service: &str,
    action: &Spanned,
    at: At,
    context: &Context<'d>,
    found: &mut Found<'d>,
) {
    let language = found.language;
    let code = pattern::fold(service);
    let names = found.asked.entry(code).or_insert_with_key(|code| Names::of(code, context));
    if let Some(own) = names.authorizing(&action.value) {
        found.tell(
            Named::OperationAsAction,
            Severity::Warning,
            at,
            said(
                language,
                "{} is an operation of the API; RAM authorizes it by {}.",
                &[&shown(&action.value), own],
            ),
            say(
                language,
                "As an action of a policy it is not known, and is likely to match nothing.",
            ),
        );
        return;
    }
    let Some(near) = names.near(&action.value).map(str::to_owned) else { return };
    found.tell(
        Named::NearlyKnownAction,
        Severity::Note,
        at,
        said(language, "{} is not known here; {} is. Is that meant?", &[&shown(&action.value), &near]),
        say(
            language,
            "A misspelt action matches nothing. Not every action is known here, so it may be right.",
        ),
    );
}

/// The verbs with which most names of actions begin.
const VERBS: [&str; 21] = [
    "Describe", "List", "Get", "Create", "Delete", "Modify", "Update", "Set", "Put", "Query",
    "Remove", "Attach", "Detach", "Enable", "Disable", "Reboot", "Release", "Start", "Stop",
    "Batch", "Untag",
];

/// A pattern that matches nothing known: is the word that it begins with a slip away from a usual verb?
pub(super) fn verb(
    name: &str,
    action: &Spanned,
    at: At,
    context: &Context<'_>,
    found: &mut Found<'_>,
) {
    let Some(near) = likely_verb(name) else { return };
    // The word may be right all the same.
    if !level::known_actions(&action.value, context.vocabulary).is_empty() {
        return;
    }
    let language = found.language;
    found.tell(
        Named::NearlyKnownAction,
        Severity::Note,
        at,
        said(
            language,
            "{} matches no action that is known here; {} is a usual verb. Is that meant?",
            &[&shown(&action.value), near],
        ),
        say(
            language,
            "A misspelt action matches nothing. Not every action is known here, so it may be right.",
        ),
    );
}

/// The verb that the first word of a name is a slip away from: with two neighbours swapped, or, where the verb is
/// long, one letter other, more or less.
fn likely_verb(name: &str) -> Option<&'static str> {
    const LONG: usize = 6;
    let head = name.split(['*', '?']).next().unwrap_or_default();
    let inner = head.char_indices().skip(1).find(|(_, letter)| !letter.is_lowercase());
    let (word, rest) = head.split_at(inner.map_or(head.len(), |(at, _)| at));
    let begins = |long: &str, short: &str| {
        long.get(..short.len()).is_some_and(|head| head.eq_ignore_ascii_case(short))
    };
    // Of a word that goes on behind the wildcard this is the beginning only; a longer one may be another word.
    let cut = rest.is_empty();
    if word.len() < 3 || VERBS.iter().any(|v| begins(word, v) || cut && begins(v, word)) {
        return None;
    }
    VERBS.into_iter().find(|verb| {
        parted(verb, word, |parted| {
            parted.swapped()
                || verb.len() >= LONG && (parted.other() || parted.more() || parted.less())
        })
    })
}

/// Is it written with two neighbours swapped or a letter typed twice, or, where the code is long, one letter other, more or
/// less? Of the short codes many are one letter apart.
pub(super) fn is_slip_of_code(known: &str, written: &str) -> bool {
    const LONG: usize = 6;
    let letters = known.chars().count();
    let swap = letters >= 3
        && letters == written.chars().count()
        && parted(known, written, Parted::swapped);
    let twice = letters >= 3 && parted(known, written, Parted::doubled);
    swap || twice
        || letters >= LONG
            && parted(known, written, |parted| parted.other() || parted.more() || parted.less())
}

/// One letter other, more, less or two swapped; a final or inner `s` makes real pairs of names, and so does the first
/// letter of a word: `GetObject`, `SetObject`.
///
/// Held against every known action of a service, and settled within the first letters mostly: so nothing
/// is built, the two are walked to where they part.
pub(super) fn is_slip(known: &str, written: &str) -> bool {
    let close = parted(known, written, |parted| {
        let (x, y) = (parted.x, parted.y);
        let plain = |letter: Option<char>| {
            letter.is_some_and(|l| !l.eq_ignore_ascii_case(&'s') && l.is_alphabetic())
        };
        let within = |letter: Option<char>| letter.is_some_and(char::is_lowercase);
        let both =
            plain(x) && plain(y) || within(x) && within(y) && parted.a.clone().next().is_some();
        both && parted.other()
            || plain(x) && parted.more()
            || plain(y) && parted.less()
            || parted.swapped()
            || parted.doubled()
    });
    close && known.chars().nth(7).is_some()
}

/// One letter other within a word, one more or less of whatever kind, or two swapped: of names in tables of rules, to
/// which no action is known that differs by an `s`.
fn is_slip_of_rule(known: &str, written: &str) -> bool {
    is_slip(known, written)
        || parted(known, written, |parted| {
            let within = |letter: Option<char>| letter.is_some_and(char::is_lowercase);
            within(parted.x) && within(parted.y) && parted.other() || parted.more() || parted.less()
        })
}

/// Two texts from where they part.
struct Parted<I> {
    /// The letters there; None at the end of a text.
    x: Option<char>,
    y: Option<char>,
    /// The letter before, which both have.
    before: Option<char>,
    /// What follows them.
    a: I,
    b: I,
}

/// Asks about two texts from where they part, case aside; false where they do not.
fn parted<'t>(
    one: &'t str,
    other: &'t str,
    ask: impl FnOnce(&Parted<std::str::Chars<'t>>) -> bool,
) -> bool {
    // Bytes tell of ASCII, and two texts of one service have the same letters for a while.
    let alike = |(x, y): (u8, u8)| x.is_ascii() && x.eq_ignore_ascii_case(&y);
    let at = one.bytes().zip(other.bytes()).take_while(|pair| alike(*pair)).count();
    let rest = |text: &'t str| text.get(at..).unwrap_or_default().chars();
    let (mut a, mut b) = (rest(one), rest(other));
    let mut before = one.get(..at).and_then(|same| same.chars().next_back());
    loop {
        match (a.next(), b.next()) {
            (None, None) => return false,
            (x, y) if x.map(fold) == y.map(fold) => before = x,
            (x, y) => return ask(&Parted { x, y, before, a, b }),
        }
    }
}

fn fold(letter: char) -> char {
    Case::Fold.unit(letter)
}

/// Are the texts the same, case aside?
fn same(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> bool {
    one.map(fold).eq(other.map(fold))
}

impl Parted<std::str::Chars<'_>> {
    /// One letter is another.
    fn other(&self) -> bool {
        self.x.is_some() && self.y.is_some() && same(self.a.clone(), self.b.clone())
    }

    /// The first has a letter more.
    fn more(&self) -> bool {
        self.x.is_some() && same(self.a.clone(), self.y.into_iter().chain(self.b.clone()))
    }

    /// The first has a letter less.
    fn less(&self) -> bool {
        self.y.is_some() && same(self.b.clone(), self.x.into_iter().chain(self.a.clone()))
    }

    /// The second has the letter before twice.
    fn doubled(&self) -> bool {
        self.y.is_some() && self.y.map(fold) == self.before.map(fold) && self.less()
    }

    /// Two neighbours changed places.
    fn swapped(&self) -> bool {
        let (mut a, mut b) = (self.a.clone(), self.b.clone());
        let (x, y) = (self.x.map(fold), self.y.map(fold));
        x.is_some() && b.next().map(fold) == x && a.next().map(fold) == y && same(a, b)
    }
}

/// Service names under `ram:ServiceName` that no service with a linked role is known by.
pub(super) fn linked(
    index: usize,
    statement: &Statement,
    context: &Context<'_>,
    found: &mut Found<'_>,
) {
    // The cloud's own policies are not misspelt; whether the names of a known role agree is told elsewhere.
    let agreeing = context.origin == Origin::ServiceLinkedRole && context.service_name.is_some();
    if agreeing || context.origin == Origin::System {
        return;
    }
    let plain = |operator: &str| {
        Operator::parse(operator).is_some_and(|operator| matches!(operator.test, Test::Text(_)))
    };
    let conditions = statement.conditions.iter().filter(|condition| {
        pattern::same(&condition.key.value, key::SERVICE_NAME, Case::Fold)
            && plain(&condition.operator.value)
    });
    for value in conditions.flat_map(|condition| &condition.values) {
        let name = value.value.as_str();
        let own = context.service_name.is_some_and(|own| pattern::same(own, name, Case::Fold));
        // What is no name at all has rules of its own.
        if own
            || name.trim().is_empty()
            || pattern::has_wildcard(name)
            || super::names::placeholder(name).is_some()
            || context.vocabulary.is_linked_service(name)
        {
            continue;
        }
        let names = context.vocabulary.linked_services();
        if names.is_empty() {
            continue;
        }
        let language = found.language;
        let number = names.len().to_string();
        let message = match likely(&names, name) {
            Some(near) => said(
                language,
                "{} is none of the {} service names of linked roles that are known here; {} is. Is that meant?",
                &[&shown(name), &number, near],
            ),
            None => said(
                language,
                "{} is none of the {} service names of linked roles that are known here.",
                &[&shown(name), &number],
            ),
        };
        found.tell(
            Named::UnknownServiceName,
            Severity::Note,
            At::new(index, value.span),
            message,
            say(
                language,
                "A misspelt name stands for no role. Not every name is known here, so it may be right.",
            ),
        );
    }
}

/// The one name that is a slip away, or whose first part holds the first part of this one: `kafka.aliyuncs.com` for
/// `alikafka.aliyuncs.com`.
fn likely<'n>(names: &[&'n str], written: &str) -> Option<&'n str> {
    const LONG: usize = 4;
    if let Some(near) = names.iter().find(|name| is_slip_of_code(name, written)) {
        return Some(near);
    }
    let (label, rest) = written.split_once('.').unwrap_or((written, ""));
    let label = pattern::fold(label);
    let mut holding = names.iter().filter(|name| {
        let (first, domain) = name.split_once('.').unwrap_or((name, ""));
        label.len() >= LONG
            && first.contains(label.as_str())
            && (rest.is_empty() || pattern::same(domain, rest, Case::Fold))
            && (!rest.is_empty() || domain.matches('.').count() == 1)
    });
    holding.next().copied().filter(|_| holding.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        for (known, written, slip) in [
            ("ecs:DescribeInstances", "ecs:DescribeInstnaces", true),
            ("ecs:DescribeInstances", "ecs:DescibeInstances", true),
            ("ecs:DescribeInstances", "ecs:DescribeInstance", false),
            ("ecs:DescribeInstances", "ecs:DescribeImages", false),
            ("ecs:DescribeInstances", "ECS:describeInstances", false),
            ("alikafka:ListInstance", "alikafka:ListInstanse", true),
            ("alikafka:ListInstance", "alikafka:listinztance", true),
            ("mns:SetQueueAttributes", "mns:GetQueueAttributes", false),
            ("mns:SetQueueAttributes", "mns:getqueueattributes", false),
            ("kms:TagResource", "kms:TagResources", false),
        ] {
            assert_eq!(is_slip(known, written), slip, "{known} {written}");
        }
    }

    #[test]
    fn verbs_that_are_a_slip_away() {
        for (name, verb) in [
            ("Describle*", Some("Describe")),
            ("Descibe*", Some("Describe")),
            ("DescirbeInstance*", Some("Describe")),
            ("Delte*", Some("Delete")),
            ("Lsit*", Some("List")),
            ("Describe*", None),
            ("Descr*", None),
            ("DescribeI*", None),
            ("CreateD*", None),
            ("Gets*", None),
            ("Lis*", None),
            ("Let*", None),
            ("Detect*", None),
            ("Restore*", None),
            ("Restart*", None),
            ("Upgrade*", None),
            ("Reset*", None),
            ("Replace*", None),
            ("*Describle*", None),
            ("*", None),
            ("获取*", None),
        ] {
            assert_eq!(likely_verb(name), verb, "{name}");
        }
    }

    #[test]
    fn short_codes_of_services_are_often_one_letter_apart() {
        for (known, written, slip) in [
            ("ecs", "esc", true),
            ("ecs", "ess", false),
            ("ecs", "ens", false),
            ("oss", "oos", false),
            ("fc", "cf", false),
            ("alikafka", "alikafak", true),
            ("alikafka", "alikafa", true),
            ("alikafka", "kafka", false),
        ] {
            assert_eq!(is_slip_of_code(known, written), slip, "{known} {written}");
        }
    }

    #[test]
    fn a_service_name_is_guessed_where_one_is_likely() {
        let names = ["alikafka.aliyuncs.com", "etl.alikafka.aliyuncs.com", "alb.aliyuncs.com"];
        for (written, expected) in [
            ("kafka.aliyuncs.com", Some("alikafka.aliyuncs.com")),
            ("alikafka", Some("alikafka.aliyuncs.com")),
            ("alikafka.aliyun.com", None),
            ("alikafka.aliyunc.com", Some("alikafka.aliyuncs.com")),
            ("alikafka.aliyuncs.cm", Some("alikafka.aliyuncs.com")),
            ("slb.example.com", None),
        ] {
            assert_eq!(likely(&names, written), expected, "{written}");
        }
    }
}
