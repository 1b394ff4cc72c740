//! The parts of a row that a file makes: its name, its policy, what is said of it.

use super::importer::File;
use crate::catalog::model::{AttachedPolicy, Policy, Role, RoleKind, Text};
use crate::catalog::names;
use crate::policy::findings::Origin;
use crate::policy::source::Source;
use crate::policy::wrapper::Names;
use crate::say::saying;
use crate::text::{self, visible_start};

/// Columns of a name; a longer one is cut.
pub(super) const LONGEST: usize = 200;

/// What is said of the row of a whole file, of which so many policies follow.
pub(super) fn whole_words(papers: usize, broken: bool, stopped: bool) -> Text {
    let said = match (broken, papers) {
        _ if stopped => match papers {
            0 => "This is the whole file. Reading was stopped before anything in it was taken in.",
            1 => "This is the whole file. Its first policy follows; reading was stopped behind it.",
            _ => {
                "This is the whole file. Its first {} policies follow; reading was stopped behind them."
            }
        },
        (false, 0) => "This is the whole file. None of what is in it could be taken in.",
        (false, 1) => "This is the whole file. The policy in it follows.",
        (false, _) => "This is the whole file. The {} policies in it follow.",
        (true, 1) => {
            "This is the whole file. Its first policy follows; what is behind it could not be read."
        }
        (true, 0) => "This is the whole file. It could not be read.",
        (true, _) => {
            "This is the whole file. Its first {} policies follow; what is behind them could not be read."
        }
    };
    Text::of(&saying(said).with(text::thousands(papers)))
}

/// A policy as a file has it.
pub(super) fn policy(
    name: String,
    source: Source,
    file: File<'_>,
    origin: Origin,
    names: &Names,
) -> Policy {
    Policy {
        page: Some(file.path.to_owned()),
        attached: answered(names).into_iter().collect(),
        ..Policy::observed(name, source, origin)
    }
}

/// The policy of an account whose version in force an answer has.
fn answered(names: &Names) -> Option<AttachedPolicy> {
    let kind = names.policy_type.as_deref().filter(|kind| matches!(*kind, "System" | "Custom"))?;
    let version = names.version.as_deref().filter(|_| names.is_default != Some(false))?;
    Some(AttachedPolicy {
        name: names.policy.clone()?,
        kind: kind.to_owned(),
        version: Some(visible_start(version, 32)),
    })
}

/// What a role of this name is.
pub(super) fn kind_of(name: &str) -> RoleKind {
    if names::is_service_linked(name) { RoleKind::ServiceLinked } else { RoleKind::Ordinary }
}

/// That nothing but the name of a policy tells what its role is called.
pub(super) fn guessed_name() -> Text {
    Text::new(
        "The name of the role is guessed from that of its policy; no list here has it.",
        "角色名称由其策略名称推断，此处的列表中没有该角色。",
    )
}

/// The service that is named alone, where it may stand in a command or a template.
pub(super) fn plain_service(services: &[String]) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let (first, others) = services.split_first()?;
    let alone = others.iter().all(|other| other.eq_ignore_ascii_case(first));
    let is_service = first.len() <= 253 && first.chars().all(plain);
    // The host names of all services end alike; any other is a slip.
    let is_of_cloud = first.to_ascii_lowercase().ends_with(".aliyuncs.com");
    (alone && is_service && is_of_cloud).then(|| first.clone())
}

/// Gives a role the name that a file has for it.
pub(super) fn call(role: &mut Role, name: &str) {
    role.name = visible_start(name, LONGEST);
    names::short(&role.name).clone_into(&mut role.short_name);
    if role.kind == RoleKind::Document {
        role.kind = kind_of(name);
    }
    let guessed = guessed_name();
    role.notes.retain(|note| *note != guessed);
}
