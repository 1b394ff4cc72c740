//! What the answers of RAM say. A list stands in an object (`Roles.Role[]`) or alone; both are read.

use serde_json::Value;

use super::call::Call;
use super::failure::Failure;
use crate::catalog::names::is_service_linked;
use crate::catalog::observed::{AccountPolicy, AccountRole, Attached};

/// A page of the list of roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The roles of the page, without trust policies.
    pub roles: Vec<AccountRole>,
    /// Where the next page begins; None at the end.
    pub next: Option<String>,
}

/// Reads a page of `ListRoles`. Errors: it is no such answer.
pub fn page(answer: &Value) -> Result<Page, Failure> {
    let garbage = || Failure::Garbage(Call::ListRoles { marker: None }.name());
    let roles = items(answer, "Roles", "Role").ok_or_else(garbage)?;
    // One that cannot be read would count as not in the account.
    let roles: Vec<AccountRole> =
        roles.iter().map(role).collect::<Option<_>>().ok_or_else(garbage)?;
    let truncated = answer.get("IsTruncated").is_some_and(is_true);
    let marker = text(answer, "Marker").filter(|marker| !marker.is_empty());
    if truncated && marker.is_none() {
        // There is more, and no way to it: a list that lacks roles would say that they do not exist.
        return Err(garbage());
    }
    Ok(Page { roles, next: marker.filter(|_| truncated) })
}

/// Reads `GetRole`. Errors: it is no such answer, or one about another role.
pub fn one_role(answer: &Value, name: &str) -> Result<AccountRole, Failure> {
    let found = answer.get("Role").and_then(role);
    let found = found.filter(|role| role.name.eq_ignore_ascii_case(name));
    found.ok_or(Failure::Garbage(Call::GetRole { role: "" }.name()))
}

/// Reads `ListPoliciesForRole`. Errors: it is no such answer.
pub fn attached(answer: &Value) -> Result<Vec<Attached>, Failure> {
    let garbage = || Failure::Garbage(Call::ListPoliciesForRole { role: "" }.name());
    let policies = items(answer, "Policies", "Policy").ok_or_else(garbage)?;
    let one = |value: &Value| {
        Some(Attached {
            name: text(value, "PolicyName").filter(|name| !name.is_empty())?,
            kind: text(value, "PolicyType").unwrap_or_else(|| "System".to_owned()),
            version: text(value, "DefaultVersion"),
            attached: text(value, "AttachDate"),
        })
    };
    policies.iter().map(one).collect::<Option<_>>().ok_or_else(garbage)
}

/// Reads `GetPolicy`. Errors: it is no such answer, or there is no text in it.
pub fn policy(answer: &Value, name: &str, kind: &str) -> Result<AccountPolicy, Failure> {
    let garbage = || Failure::Garbage(Call::GetPolicy { name, kind }.name());
    let about = answer.get("Policy").ok_or_else(garbage)?;
    if text(about, "PolicyName").is_some_and(|other| !other.eq_ignore_ascii_case(name)) {
        return Err(garbage());
    }
    let version = answer.get("DefaultPolicyVersion");
    let of_version = |field| version.and_then(|version| text(version, field));
    // Old answers have the text with the policy.
    let document = of_version("PolicyDocument").or_else(|| text(about, "PolicyDocument"));
    Ok(AccountPolicy {
        name: name.to_owned(),
        kind: kind.to_owned(),
        version: of_version("VersionId").or_else(|| text(about, "DefaultVersion")),
        created: of_version("CreateDate"),
        updated: text(about, "UpdateDate"),
        document: Some(document.ok_or_else(garbage)?),
        as_of: None,
        trouble: None,
    })
}

fn role(value: &Value) -> Option<AccountRole> {
    let name = text(value, "RoleName").filter(|name| !name.is_empty())?;
    Some(AccountRole {
        service_linked: is_service_linked(&name)
            || value.get("IsServiceLinkedRole").is_some_and(is_true),
        arn: text(value, "Arn"),
        created: text(value, "CreateDate"),
        updated: text(value, "UpdateDate"),
        description: text(value, "Description").filter(|text| !text.is_empty()),
        trust: text(value, "AssumeRolePolicyDocument"),
        policies: None,
        as_of: None,
        trouble: None,
        name,
    })
}

fn items<'a>(answer: &'a Value, outer: &str, inner: &str) -> Option<&'a [Value]> {
    let list = answer.get(outer)?;
    let list = list.get(inner).unwrap_or(list);
    match list {
        Value::Array(items) => Some(items),
        Value::Object(empty) if empty.is_empty() => Some(&[]),
        one @ Value::Object(_) => Some(std::slice::from_ref(one)),
        _ => None,
    }
}

fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(Value::as_str).map(str::to_owned)
}

fn is_true(value: &Value) -> bool {
    value
        .as_bool()
        .unwrap_or_else(|| value.as_str().is_some_and(|s| s.eq_ignore_ascii_case("true")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pages_tell_where_the_next_begins() {
        let answer = json!({"IsTruncated": true, "Marker": "m", "Roles": {"Role": [
            {"RoleName": "AliyunServiceRoleForX"}, {"RoleName": "mine"}]}});
        let read = page(&answer).unwrap();
        assert_eq!(read.next.as_deref(), Some("m"));
        assert_eq!(read.roles.iter().map(|r| r.service_linked).collect::<Vec<_>>(), [true, false]);
        assert!(page(&json!({"IsTruncated": true, "Roles": {"Role": []}})).is_err());
        assert!(page(&json!({"Policies": {}})).is_err());
        assert_eq!(page(&json!({"IsTruncated": false, "Roles": {}})).unwrap().next, None);
    }

    #[test]
    fn an_entry_that_cannot_be_read_is_not_left_out() {
        assert!(page(&json!({"Roles": {"Role": [{"RoleName": "a"}, {"RoleId": "1"}]}})).is_err());
        let nameless = json!({"Policies": {"Policy": [{"PolicyType": "System"}]}});
        assert!(attached(&nameless).is_err());
        let about = json!({"Role": {"RoleName": "a"}});
        assert!(one_role(&about, "a").is_ok() && one_role(&about, "b").is_err());
        let other = json!({"Policy": {"PolicyName": "b", "PolicyDocument": "{}"}});
        assert!(policy(&other, "a", "System").is_err());
    }

    #[test]
    fn texts_stand_with_the_version_or_with_the_policy() {
        let new = json!({"Policy": {"DefaultVersion": "v1"},
            "DefaultPolicyVersion": {"VersionId": "v2", "PolicyDocument": "{}"}});
        assert_eq!(policy(&new, "a", "System").unwrap().version.as_deref(), Some("v2"));
        let old = json!({"Policy": {"DefaultVersion": "v1", "PolicyDocument": "{}"}});
        assert_eq!(policy(&old, "a", "System").unwrap().version.as_deref(), Some("v1"));
        assert!(policy(&json!({"Policy": {}}), "a", "System").is_err());
    }
}
