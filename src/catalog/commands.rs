//! Commands of the `aliyun` CLI about one role, to be shown and copied; the program never runs them.
//!
//! Deletion and its status are operations of Resource Management; the RAM product of the CLI has the
//! rest. Role, policy and service names are checked when a catalogue file is read, so that they hold
//! nothing that a shell could obey.

/// Shows the role.
pub fn show(role: &str) -> String {
    format!("aliyun ram GetRole --RoleName {role}")
}

/// Lists the policies of the role.
pub fn policies(role: &str) -> String {
    format!("aliyun ram ListPoliciesForRole --RoleName {role}")
}

/// Fetches the current text of a system policy.
pub fn policy(policy: &str) -> String {
    format!("aliyun ram GetPolicy --PolicyType System --PolicyName {policy}")
}

/// Creates the role of a service name.
pub fn create(service_name: &str) -> String {
    format!("aliyun resourcemanager CreateServiceLinkedRole --ServiceName {service_name}")
}

/// Asks for the deletion of the role.
pub fn delete(role: &str) -> String {
    format!("aliyun resourcemanager DeleteServiceLinkedRole --RoleName {role}")
}

/// Asks how a deletion went.
pub fn poll(task: &str) -> String {
    format!("aliyun resourcemanager GetServiceLinkedRoleDeletionStatus --DeletionTaskId '{task}'")
}

/// The form of the task id that a deletion answers.
pub fn task_form(service_name: Option<&str>, role: &str) -> String {
    format!("task/acs-service-role/{}/{role}/<uuid>", service_name.unwrap_or("<service name>"))
}
