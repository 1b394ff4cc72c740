//! Commands of the `aliyun` CLI about one role, to be shown and copied; the program never runs them.
//!
//! Deletion and its status are operations of Resource Management; the RAM product of the CLI has the
//! rest. Names of catalogue files are checked when they are read; names of users' files may hold
//! anything and are quoted here where a shell could obey them.

use std::borrow::Cow;

/// A name or a path as one word of a shell: as it is where nothing in it means anything to one, else in quotes.
pub fn word(name: &str) -> Cow<'_, str> {
    let of_path = |c: char| c == '/' || cfg!(windows) && matches!(c, '\\' | ':');
    let harmless =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@') || of_path(c);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(harmless) {
        return Cow::Borrowed(name);
    }
    let kept = name.chars().filter(|c| !c.is_control());
    let quoted: String =
        kept.map(|c| if c == '\'' { "'\\''".to_owned() } else { c.to_string() }).collect();
    Cow::Owned(format!("'{quoted}'"))
}

/// Shows the role.
pub fn show(role: &str) -> String {
    format!("aliyun ram GetRole --RoleName {}", word(role))
}

/// Lists the policies of the role.
pub fn policies(role: &str) -> String {
    format!("aliyun ram ListPoliciesForRole --RoleName {}", word(role))
}

/// Fetches the current text of a system policy.
pub fn policy(policy: &str) -> String {
    policy_of("System", policy)
}

/// Fetches the current text of a policy of this type.
pub fn policy_of(kind: &str, policy: &str) -> String {
    let kind = if kind.is_empty() { "System" } else { kind };
    format!("aliyun ram GetPolicy --PolicyType {} --PolicyName {}", word(kind), word(policy))
}

/// Creates the role of a service name.
pub fn create(service_name: &str) -> String {
    format!("aliyun resourcemanager CreateServiceLinkedRole --ServiceName {}", word(service_name))
}

/// Asks for the deletion of the role.
pub fn delete(role: &str) -> String {
    format!("aliyun resourcemanager DeleteServiceLinkedRole --RoleName {}", word(role))
}

/// Asks how a deletion went.
pub fn poll(task: &str) -> String {
    format!(
        "aliyun resourcemanager GetServiceLinkedRoleDeletionStatus --DeletionTaskId '{}'",
        task.replace('\'', "")
    )
}

/// The form of the task id that a deletion answers.
pub fn task_form(service_name: Option<&str>, role: &str) -> String {
    format!("task/acs-service-role/{}/{role}/<uuid>", service_name.unwrap_or("<service name>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_shell_could_obey_are_quoted() {
        for (name, shown) in [
            ("AliyunServiceRoleForAlb", "AliyunServiceRoleForAlb"),
            ("a;reboot", "'a;reboot'"),
            ("a'b", "'a'\\''b'"),
            ("$(x)\n", "'$(x)'"),
            ("-x", "'-x'"),
            ("", "''"),
        ] {
            assert_eq!(word(name), shown);
        }
        let command = policy_of("Custom", "a b");
        assert_eq!(command, "aliyun ram GetPolicy --PolicyType Custom --PolicyName 'a b'");
    }
}
