//! Names of actions and resources that are not what they should be.

use std::collections::BTreeMap;

use super::{At, Context, Found, Named, Severity};
use super::{codes, is_every_action, list, named, shape, shown, slips};
use crate::hash;
use crate::policy::document::{Effect, Statement};
use crate::policy::idle::names_action;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::placeholder::is_mask;
pub(super) use crate::policy::placeholder::placeholder;
use crate::policy::source::Spanned;
use crate::say::{said, say};
use crate::text;

/// Statements of an ordinary document.
const FEW: usize = 16;

pub(super) fn look<'d>(
    index: usize,
    statement: &'d Statement,
    context: &Context<'d>,
    found: &mut Found<'d>,
) {
    let actions =
        statement.action.as_ref().map(|clause| clause.values.as_slice()).unwrap_or_default();
    for action in actions {
        let name = action.value.as_str();
        if found.quiet.contains(name) {
            continue;
        }
        let told = found.findings.len();
        action_name(index, action, context, found);
        // Large documents name the same actions again and again; for a small one it would not pay.
        if index >= FEW && found.findings.len() == told {
            found.quiet.insert(name);
        }
    }
    let resources =
        statement.resource.as_ref().map(|clause| clause.values.as_slice()).unwrap_or_default();
    for resource in resources {
        resource_name(index, resource, found);
    }
    if statement.effect == Effect::Allow {
        foreign(index, statement, found);
    }
    placeholders(index, statement, found);
}

fn action_name<'d>(index: usize, action: &Spanned, context: &Context<'d>, found: &mut Found<'d>) {
    let value = action.value.as_str();
    let at = At::new(index, action.span);
    // An empty text is an oddity; a placeholder has a rule of its own.
    if value.trim().is_empty() || is_every_action(value) || placeholder(value).is_some() {
        return;
    }
    let language = found.language;
    if let Some((wide, plain)) = full_width(value) {
        found.tell(
            Named::MalformedAction,
            if value.contains(':') { Severity::Warning } else { Severity::Error },
            at,
            said(language, FULL_WIDTH, &[&shown(value), &wide, &plain]),
            say(language, "No action is known to have one; read as it stands it matches none."),
        );
        return;
    }
    if !value.contains(':') {
        let reaches = pattern::overlaps(value, "*:*", Case::Fold);
        found.tell(
            Named::ActionWithoutService,
            if reaches { Severity::Warning } else { Severity::Error },
            at,
            said(language, "\"{}\" names no service.", &[&shown(value)]),
            if reaches {
                say(
                    language,
                    "It matches whatever action happens to have these letters, of any service.",
                )
            } else {
                say(language, "It matches no action.")
            },
        );
        return;
    }
    let (service, name) = value.split_once(':').unwrap_or_default();
    if service.is_empty() || name.is_empty() {
        let message = if service.is_empty() {
            said(language, "\"{}\" names no service.", &[&shown(value)])
        } else {
            said(language, "\"{}\" names no action of the service.", &[&shown(value)])
        };
        found.tell(
            Named::MalformedAction,
            Severity::Error,
            at,
            message,
            say(language, "It matches no action."),
        );
        return;
    }
    if shape::action(value, at, found) {
        return;
    }
    let odd = if value.contains(char::is_whitespace) {
        Some("\"{}\" has a blank in it.")
    } else if has_unseen(value) {
        Some("\"{}\" has a character in it that nobody sees.")
    } else if !value.is_ascii() {
        Some("\"{}\" has a letter in it that is not one of a to z.")
    } else {
        None
    };
    if let Some(odd) = odd {
        found.tell(
            Named::MalformedAction,
            Severity::Warning,
            at,
            said(language, odd, &[&shown(value)]),
            say(language, "No action is known to have one; read as it stands it matches none."),
        );
        return;
    }
    let pattern = pattern::has_wildcard(value);
    if !pattern && context.vocabulary.action(value).is_some() {
        return;
    }
    if !pattern::has_wildcard(service) {
        codes::service(service, at, context, found);
    }
    if pattern {
        slips::verb(name, action, at, context, found);
    } else {
        slips::action(service, action, at, context, found);
    }
}

fn resource_name(index: usize, resource: &Spanned, found: &mut Found<'_>) {
    let value = resource.value.as_str();
    if value.trim().is_empty() {
        return;
    }
    let at = At::new(index, resource.span);
    if is_told_as_text(value, at, found) {
        return;
    }
    if placeholder(value).is_some() {
        return;
    }
    let language = found.language;
    let named = arn::code(value).is_some() || arn::split(value).is_some();
    if named && !arn::is_lower(value) && !arn::is_role(value) {
        found.tell(
            Named::NoResourceName,
            Severity::Warning,
            at,
            said(language, "\"{}\" has capitals in acs or the service.", &[&shown(value)]),
            say(
                language,
                "Whether their case counts is not documented; here it does, and no resource is matched.",
            ),
        );
    }
    let few = || said(language, "\"{}\" has fewer than five parts.", &[&shown(value)]);
    let Some(parts) = arn::split(value) else {
        if pattern::overlaps(value, "acs:*:*:*:*", Case::Fold) {
            // `*` and the like are fine; `acs:ecs:*` reaches on only if a star crosses colons.
            if value.to_ascii_lowercase().starts_with("acs:") {
                found.tell(
                    Named::ResourceParts,
                    Severity::Warning,
                    at,
                    few(),
                    say(
                        language,
                        "Whether a wildcard reaches over the missing colons is not documented; it is taken to do so here.",
                    ),
                );
            }
            return;
        }
        let (rule, message) = if value.to_ascii_lowercase().starts_with("acs:") {
            (Named::ResourceParts, few())
        } else {
            let message = said(language, "\"{}\" is no resource name.", &[&shown(value)]);
            (Named::NoResourceName, message)
        };
        found.tell(rule, Severity::Error, at, message, say(language, "It matches no resource."));
        return;
    };
    if parts.code.is_empty() || parts.relative.is_empty() {
        let message = if parts.code.is_empty() {
            said(language, "\"{}\" has an empty service.", &[&shown(value)])
        } else {
            said(language, "\"{}\" has an empty relative id.", &[&shown(value)])
        };
        found.tell(
            Named::ResourceParts,
            Severity::Error,
            at,
            message,
            say(language, "It matches no resource."),
        );
    } else {
        shape::resource(value, parts, at, found);
    }
}

/// What is said of a sign of full width.
const FULL_WIDTH: &str = "\"{}\" has a full-width {} where {} belongs.";

/// The first sign of full width, as Chinese keyboards write it, and the plain one. Letters are told as such, and commas
/// as what joins names.
fn full_width(text: &str) -> Option<(String, String)> {
    const FIRST: u32 = 0xff01;
    const LAST: u32 = 0xff5e;
    if text.is_ascii() {
        return None;
    }
    let is_wide = |c: &char| {
        (FIRST..=LAST).contains(&u32::from(*c))
            && !c.is_alphanumeric()
            && !shape::COMMAS.contains(c)
    };
    let wide = text.chars().find(is_wide)?;
    let plain = char::from_u32(u32::from(wide) - FIRST + u32::from('!'))?;
    Some((wide.to_string(), plain.to_string()))
}

/// Tells of a text that holds what no name of a resource does; false where it is none such.
fn is_told_as_text(value: &str, at: At, found: &mut Found<'_>) -> bool {
    let language = found.language;
    if is_joined(value) {
        found.tell(
            Named::NoResourceName,
            Severity::Error,
            at,
            said(language, "\"{}\" joins several resources by commas.", &[&shown(value)]),
            say(
                language,
                "It is taken as one name, which no resource has: each resource stands as a string of its own in the list.",
            ),
        );
        return true;
    }
    // Names of objects and folders may have such letters.
    let head = arn::split(value).map_or(value.len(), |parts| value.len() - parts.relative.len());
    if let Some((wide, plain)) = value.get(..head).and_then(full_width) {
        found.tell(
            Named::NoResourceName,
            Severity::Error,
            at,
            said(language, FULL_WIDTH, &[&shown(value), &wide, &plain]),
            say(language, "It matches no resource."),
        );
        return true;
    }
    if has_stray_blank(value) {
        found.tell(
            Named::NoResourceName,
            Severity::Warning,
            at,
            said(language, "\"{}\" has a blank in it.", &[&shown(value)]),
            say(
                language,
                "No resource is known to have one there; read as it stands it matches none.",
            ),
        );
        return true;
    }
    if has_stray_unseen(value) {
        found.tell(
            Named::NoResourceName,
            Severity::Warning,
            at,
            said(language, "\"{}\" has a character in it that nobody sees.", &[&shown(value)]),
            say(
                language,
                "No resource is known to have one there; read as it stands it matches none.",
            ),
        );
        return true;
    }
    false
}

/// Actions that are checked against resources of another service. STS, `AssumeRole`: the role; ECS,
/// "RAM authorization": the role beside the instance; RDS on RAM users who log
/// on through DMS (for the other databases: published policies); Object Storage Service on vector buckets.
const ELSEWHERE: [(&str, &[&str]); 4] = [
    ("sts:AssumeRole", &["ram"]),
    ("ecs:AttachInstanceRamRole", &["ram"]),
    ("dms:LoginDatabase", &["rds", "polardb", "dds", "openanalytics"]),
    ("oss:*", &["ossvector"]),
];

/// Is it known that the action is checked against resources of one of these services?
fn is_elsewhere(action: &str, codes: &hash::Set<&str>) -> bool {
    ELSEWHERE.iter().any(|(known, of)| {
        pattern::matches(known, action, Case::Fold) && of.iter().any(|code| codes.contains(code))
    })
}

/// Does a comma with another resource name behind it stand in the value?
fn is_joined(value: &str) -> bool {
    let begins = |rest: &str| {
        rest.trim_start().get(..4).is_some_and(|head| head.eq_ignore_ascii_case("acs:"))
    };
    let mut plain = memchr::memchr_iter(b',', value.as_bytes());
    plain.any(|at| value.get(at + 1..).is_some_and(begins))
        || !value.is_ascii() && value.split(shape::COMMAS).skip(1).any(begins)
}

/// Is there a blank where no resource has one: at either end, before the relative part or where that begins? Names of
/// objects and folders may have blanks, and what is no resource name has a rule of its own.
fn has_stray_blank(value: &str) -> bool {
    if !value.contains(char::is_whitespace) {
        return false;
    }
    arn::split(value.trim()).is_some_and(|parts| {
        let head = value.len().saturating_sub(parts.relative.len());
        let ends = value.trim().len() < value.len();
        ends || value.get(..=head).is_some_and(|head| head.contains(char::is_whitespace))
    })
}

/// Is there a control character or one without a shape, as an escape such as `\u0000` writes it?
fn has_unseen(text: &str) -> bool {
    !text::is_printable(text) && text.chars().any(text::is_harmful)
}

/// Is there one where no resource has one: control characters anywhere, others before the relative part? Names of objects
/// and folders in some scripts have such as join letters.
fn has_stray_unseen(value: &str) -> bool {
    has_unseen(value)
        && (value.chars().any(char::is_control)
            || arn::split(value).is_none_or(|parts| {
                let head = value.len().saturating_sub(parts.relative.len());
                value.get(..head).is_some_and(has_unseen)
            }))
}

/// Actions whose service is none of those whose resources the statement names.
fn foreign(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let Some(resource) = statement.resource.as_ref().filter(|resource| !resource.negated) else {
        return;
    };
    let mut codes: Vec<String> = Vec::new();
    let mut known: hash::Set<&str> = hash::Set::default();
    for value in &resource.values {
        // A resource that names no single service may well be the action's own.
        let Some(code) = arn::code(&value.value) else { return };
        // A region there has a rule of its own.
        if placeholder(code).is_some() || shape::is_region(code) {
            return;
        }
        // As they are written: two spellings of one code are rare.
        if known.insert(code) {
            codes.push(pattern::fold(code));
        }
    }
    if codes.is_empty() {
        return;
    }
    let mut known: hash::Set<&str> = hash::Set::default();
    let codes: Vec<&str> =
        codes.iter().map(String::as_str).filter(|code| known.insert(code)).collect();
    let mut services: BTreeMap<String, Vec<&Spanned>> = BTreeMap::new();
    for action in named(statement) {
        let written = Some(&action.value).filter(|value| names_action(value));
        let Some((service, _)) = written.and_then(|value| value.split_once(':')) else { continue };
        let service = pattern::fold(service);
        let own = pattern::has_wildcard(&service) || known.contains(service.as_str());
        if !own && !service.is_empty() && !is_elsewhere(&action.value, &known) {
            services.entry(service).or_default().push(action);
        }
    }
    let language = found.language;
    for actions in services.into_values() {
        let Some(first) = actions.first() else { continue };
        found.tell(
            Named::ForeignResource,
            Severity::Note,
            At::new(index, first.span),
            said(
                language,
                "Allows {} on resources of {}.",
                &[
                    &list(language, actions.iter().map(|action| action.value.as_str())),
                    &list(language, codes.iter().copied()),
                ],
            ),
            say(
                language,
                "It is needed where the service checks the call against such a resource; elsewhere it is without effect.",
            ),
        );
    }
}

/// Values that a template would have filled in: in resources, actions, condition values and principals.
fn placeholders(index: usize, statement: &Statement, found: &mut Found<'_>) {
    let clauses = [&statement.action, &statement.resource];
    let named = clauses.into_iter().flatten().flat_map(|clause| &clause.values);
    let expected = statement.conditions.iter().flat_map(|condition| &condition.values);
    let members = statement.principal.iter().flat_map(|p| &p.members).map(|(_, value)| value);
    for value in named.chain(expected).chain(members) {
        if found.unfilled.contains(&value.span) {
            continue;
        }
        if let Some(hole) = placeholder(&value.value) {
            let language = found.language;
            let (message, meaning) = if is_mask(hole) {
                (
                    "{} in \"{}\" is the ID of an account with a part hidden.",
                    "Documentation hides digits so. As it stands the stars are a pattern, and other accounts may be meant too.",
                )
            } else {
                (
                    "{} in \"{}\" was not filled in.",
                    "As it stands RAM takes it letter by letter; what it is once it is filled in is not known here.",
                )
            };
            found.tell(
                Named::Placeholder,
                Severity::Warning,
                At::new(index, value.span),
                said(language, message, &[&shown(hole), &shown(&value.value)]),
                say(language, meaning),
            );
        }
    }
}
