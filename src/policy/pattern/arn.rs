//! Names of resources: `acs:<service>:<region>:<account>:<relative>`, and patterns of them.

use super::{Case, matches, same};

/// The five parts of a resource name or pattern, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The RAM code of the service, such as `ecs`.
    pub code: &'a str,
    /// The region; empty or `*` for global services.
    pub region: &'a str,
    /// The account id.
    pub account: &'a str,
    /// What the service calls the thing, such as `instance/i-1`; may hold `:` and `/`.
    pub relative: &'a str,
}

/// The parts of a name or pattern; None where it does not have the five parts.
pub fn split(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(5, ':');
    let scheme = parts.next()?;
    if !same(scheme, "acs", Case::Fold) {
        return None;
    }
    Some(Arn {
        code: parts.next()?,
        region: parts.next()?,
        account: parts.next()?,
        relative: parts.next()?,
    })
}

/// The service whose resources a pattern names, in lower case: `acs:vpc:*:*:*` gives `vpc`.
/// None for `*`, for `acs:*:...` and for anything else that names no single service.
pub fn service(pattern: &str) -> Option<String> {
    code(pattern).map(super::fold)
}

/// The same as it is written.
pub(in crate::policy) fn code(pattern: &str) -> Option<&str> {
    let (scheme, rest) = pattern.split_at_checked(SCHEME.len())?;
    if !scheme.eq_ignore_ascii_case(SCHEME) {
        return None;
    }
    // Codes are short: a search that prepares itself costs more than a look at each byte.
    let end = rest.bytes().position(|byte| matches!(byte, b':' | b'*' | b'?'));
    let code = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    let cut = end.and_then(|end| rest.as_bytes().get(end)).is_some_and(|byte| *byte != b':');
    (!code.is_empty() && !cut).then_some(code)
}

/// Does the pattern match every resource, `*` or with all parts open?
pub(in crate::policy) fn is_every(pattern: &str) -> bool {
    super::covers(pattern, "acs:*:*:*:*", Case::Exact)
}

/// Does the pattern match every resource of a service, by its code in lower case, such as `acs:oss:*:*:*`?
pub(in crate::policy) fn is_every_of(pattern: &str, code: &str) -> bool {
    super::covers(pattern, &format!("acs:{code}:*:*:*"), Case::Exact)
}

/// What all names begin with, in any case.
const SCHEME: &str = "acs:";

/// Are `acs` and the service in lower case, as the names of the cloud have them? Whether other spellings match is
/// not documented; here they do not.
pub(in crate::policy) fn is_lower(text: &str) -> bool {
    let head = text.splitn(3, ':').take(2);
    head.flat_map(str::chars).all(|c| !c.is_uppercase())
}

/// Is this the name, or a pattern, of RAM roles?
pub fn is_role(text: &str) -> bool {
    split(text).is_some_and(|arn| {
        let kind = arn.relative.split('/').next().unwrap_or_default();
        same(arn.code, "ram", Case::Fold) && same(kind, "role", Case::Fold)
    })
}

/// Does a resource pattern match the name of a resource? Letters count, but for RAM roles, whose
/// names the cloud itself writes in lower case.
pub fn matches_resource(pattern: &str, resource: &str) -> bool {
    let case = if is_role(resource) { Case::Fold } else { Case::Exact };
    matches(pattern, resource, case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_services() {
        let arn = split("acs:ram::123456789012:role/Name").unwrap();
        assert_eq!((arn.code, arn.region, arn.account), ("ram", "", "123456789012"));
        assert_eq!(split("acs:log:*:1:project/a:b/c").unwrap().relative, "project/a:b/c");
        assert_eq!(split("*"), None);
        assert_eq!(service("acs:vpc:*:*:*").as_deref(), Some("vpc"));
        assert_eq!(service("acs:Ecs:*").as_deref(), Some("ecs"));
        assert_eq!(service("acs:*:*:*:*"), None);
        assert_eq!(service("*"), None);
        assert_eq!(service("mybucket"), None);
    }

    #[test]
    fn role_names_compare_without_case_others_with() {
        // S11: the cloud writes role names in lower case inside ARNs.
        let lower = "acs:ram::1:role/aliyunserviceroleforhdr";
        assert!(matches_resource("acs:ram:*:*:role/AliyunServiceRoleForHdr", lower));
        assert!(matches_resource("acs:ram:*:*:role/AliyunServiceRoleFor*", lower));
        assert!(!matches_resource("acs:oss:*:*:MyBucket", "acs:oss:*:1:mybucket"));
        assert!(!matches_resource("acs:ram:*:*:user/Bob", "acs:ram::1:user/bob"));
    }
}
