//! Services that patterns of any service leave alone although they mean them: `NotAction` leaves out all of a service, or
//! all of it is denied beside a wide Allow.

use super::build::{resource_services, service_part};
use super::denies::Denies;
use super::reach::within;
use super::{Code, Touched};
use crate::policy::document::{Clause, Document, Effect};
use crate::policy::idle::Idle;
use crate::policy::pattern::{self, Case, arn};
use crate::policy::read::plain::{PlainDocument, PlainStatement};

/// Such patterns of one document that are looked at; of a document with more nothing is said. Real policies have one or
/// two.
const HELD: usize = 100;

/// Services of one document that are looked at.
const SERVICES: usize = 100;

/// What a statement allows of more than one service.
struct Wide<'d> {
    /// As written; `*` under `NotAction`.
    name: &'d str,
    /// Under `NotAction`: what is left out.
    except: Vec<&'d str>,
    /// The services of the resources of its statement.
    services: Vec<String>,
    /// Its `NotResource`.
    not_on: Option<&'d Clause>,
}

/// The codes of these services in a document, in its order; patterns of codes among them.
pub(super) fn of<'d>(document: &'d Document, denies: &mut Denies<'d>) -> Vec<Code> {
    let mut wide = Vec::new();
    for statement in document.statements.iter().filter(|one| one.effect == Effect::Allow) {
        let action = statement.action.as_ref().filter(|_| Idle::of(statement).is_none());
        let Some(action) = action else { continue };
        let values = action.values.iter().map(|value| value.value.as_str());
        let add = |name, except| Wide {
            name,
            except,
            services: resource_services(statement),
            not_on: statement.resource.as_ref().filter(|clause| clause.negated),
        };
        if action.negated {
            wide.push(add("*", values.collect()));
        } else {
            wide.extend(values.filter(|name| is_wide(name)).map(|name| add(name, Vec::new())));
        }
        if wide.len() > HELD {
            return Vec::new();
        }
    }
    codes(&wide, denies)
}

/// The same of a document that was passed over.
pub(super) fn of_plain(document: PlainDocument<'_, '_>, denies: &mut Denies<'_>) -> Vec<Code> {
    if denies.is_empty() {
        return Vec::new();
    }
    let mut wide = Vec::new();
    let granting =
        |one: &PlainStatement<'_, '_>| one.effect == Effect::Allow && !one.names_no_resource();
    for statement in document.statements().filter(granting) {
        let add = |name| Wide {
            name,
            except: Vec::new(),
            services: statement.resources.iter().filter_map(|one| arn::service(one)).collect(),
            not_on: None,
        };
        wide.extend(statement.actions.iter().copied().filter(|name| is_wide(name)).map(add));
    }
    codes(&wide, denies)
}

/// Says it of the services of a document.
pub(super) fn mark(services: &mut Vec<Touched>, left_out: &[Code]) {
    for code in left_out {
        match services.iter_mut().find(|known| known.code == *code) {
            // What is granted of the service itself touches it.
            Some(known) => known.left_out = known.level.is_none(),
            None => services.push(Touched { left_out: true, ..Touched::nothing_of(*code) }),
        }
    }
}

/// May actions of more than one service be meant?
fn is_wide(name: &str) -> bool {
    pattern::has_wildcard(service_part(name))
}

fn codes(wide: &[Wide<'_>], denies: &mut Denies<'_>) -> Vec<Code> {
    if wide.is_empty() || wide.len() > HELD {
        return Vec::new();
    }
    let mut candidates: Vec<String> = Vec::new();
    {
        let mut add = |value: &str| {
            let whole = value
                .split_once(':')
                .map_or(value.ends_with('*'), |(_, name)| pattern::matches_anything(name));
            let code = service_part(value);
            if whole && code != "*" && candidates.len() < SERVICES {
                let code = pattern::fold(code);
                if !candidates.contains(&code) {
                    candidates.push(code);
                }
            }
        };
        wide.iter().flat_map(|one| &one.except).for_each(|value| add(value));
        denies.patterns().for_each(add);
    }
    candidates.retain(|code| {
        let mut meaning = wide
            .iter()
            .filter(|one| pattern::overlaps(service_part(one.name), code, Case::Fold))
            .peekable();
        meaning.peek().is_some() && meaning.all(|one| one.leaves_out(code, denies))
    });
    candidates.iter().map(|code| Code::of(code)).collect()
}

impl Wide<'_> {
    /// Is nothing left of it for the service?
    fn leaves_out(&self, code: &str, denies: &mut Denies<'_>) -> bool {
        let every = format!("{code}:*");
        let beside = self.services.iter().any(|other| other != code)
            || self.not_on.is_some_and(|clause| clause.is_beside(code));
        let mut denied = |name: &str| denies.action(name, pattern::hash(name), beside).is_some();
        self.except.iter().any(|except| pattern::covers(except, &every, Case::Fold))
            || denied(&within(self.name, code))
            || self.except.is_empty() && denied(self.name)
    }
}
