//! The rules: a fixed name for data, a title, where the rule comes from, what can be done about it.

use crate::policy::json::RepairKind;
use crate::policy::oddity;

/// The rule behind a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One of the named rules.
    Named(Named),
    /// An oddity of the document, by its fixed name: see [`crate::policy::oddity::OddityKind::id`].
    Oddity(&'static str),
    /// The text is JSON only after a repair of this kind.
    Repair(RepairKind),
}

macro_rules! rules {
    ($( $variant:ident, $id:literal, $title:literal, $source:literal, $remedy:literal; )*) => {
        /// The rules that have a name of their own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Named {
            $( #[doc = $title] $variant, )*
        }

        impl Named {
            /// Every rule in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The fixed name for data.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// A few words for lists.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The documented rule or the reasoning behind it.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$variant => $source,)* }
            }

            /// What whoever can edit the policy may do about it.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }
        }
    };
}

rules! {
    AnyActionAnyResource, "any-action-any-resource", "Any action on any resource",
        "Policy elements: * stands for every action and every resource",
        "Name the actions and resources that are needed.";
    AnyActionOfService, "any-action-of-service", "Any action of a service on any of its resources",
        "Policy elements: service:* stands for every action of the service",
        "Name the actions, or limit the resources.";
    AllowNotAction, "allow-not-action", "Allows everything but a list",
        "Policy structure: NotAction with Allow leaves out only the listed actions",
        "List what is allowed under Action instead.";
    DenyEverything, "deny-everything", "Denies everything",
        "Policy evaluation: a matching Deny overrides every Allow",
        "Remove the statement, or name what it is to deny.";
    OpenPrincipal, "open-principal", "Open to anybody",
        "Policy elements: Principal * stands for every identity",
        "Name the accounts, users, roles, services or identity providers.";
    OpenFederation, "open-federation", "Open to everybody of an identity provider",
        "Create a RAM role for a trusted IdP: oidc:sub limits who may assume the role",
        "Name the subjects under oidc:sub.";
    MissingTrustCondition, "missing-trust-condition", "A trust without its required conditions",
        "Create a RAM role for a trusted IdP: oidc:iss and oidc:aud, or saml:recipient, are required",
        "Add the conditions with the values of the identity provider.";
    ServicePrincipal, "service-principal", "Not a service of Alibaba Cloud",
        "Reasoning: all service names in a list of service-linked roles end with .aliyuncs.com",
        "Write the service name as the documentation of the service has it.";
    TrustPrincipal, "trust-principal", "Not a principal of a trust policy",
        "Modify the trust policy of a RAM role: under RAM stand accounts, users and roles",
        "Write accounts, users and roles under RAM as acs:ram::ID:root, acs:ram::ID:user/name and acs:ram::ID:role/name, identity providers under Federated.";
    TrustResource, "trust-resource", "A resource in a trust policy",
        "Modify the trust policy of a RAM role: the trust policies there have no Resource",
        "Leave the element out: the policy hangs on the role that it is about.";
    PrincipalOfNoResource, "principal-without-resource-policy", "A principal where no policy has one",
        "Policy elements: Principal is used in resource-based policies, such as those of roles and buckets, not in identity-based ones",
        "Leave out Principal, and attach the policy to those whom it is for.";
    NoExternalId, "no-external-id", "A whole account is trusted without an external ID",
        "Use external IDs to prevent the confused deputy issue: a vendor's account is trusted under sts:ExternalId",
        "Name the users and roles that need it; for the account of a vendor add StringEquals sts:ExternalId.";
    TrustAction, "trust-action", "Not an action of a trust policy",
        "Create a RAM role, Modify the trust policy of a RAM role: every trust policy there has the action sts:AssumeRole",
        "Write sts:AssumeRole.";
    BucketPrincipal, "bucket-principal", "Not a principal of a bucket policy",
        "Object Storage Service, bucket policies: UIDs, or arn:sts names for roles",
        "Write the UID of the account or user, or the arn:sts name of the role.";
    AddressWithoutVpc, "address-without-vpc", "An address without its VPC",
        "Object Storage Service, bucket policies: acs:SourceVpc must stand beside acs:SourceIp",
        "Add acs:SourceVpc: StringNotLike vpc-* for public addresses, StringEquals with the VPC for those in it.";
    PermissionsManagement, "permissions-management", "Changes who may do what",
        "Access levels: actions of the level permissions hand out or take away rights",
        "Grant these to administrators only, or limit resource and condition.";
    FarReaching, "far-reaching", "Runs code, reads secrets, ends the audit trail or takes second factors away",
        "Reasoning: commands run and files written on machines, values of secrets, trails of who did what and the logs, second factors of users; each on all of its resources",
        "Name the instances, secrets, trails, projects or users that are meant, or grant it to administrators only.";
    PassRole, "pass-role", "Hands a role to a service",
        "Policy elements: ram:PassRole is limited by the role's ARN and the key acs:Service",
        "Only the role that is needed should stand as resource, and only the service that needs it under acs:Service.";
    RunsAsPassedRole, "runs-as-passed-role", "Runs with a role that it may pass",
        "Reasoning: instances, functions, stacks and executions act with the role that they are given",
        "Limit the role of ram:PassRole to the one that is needed, or remove the action by which it is used.";
    CreatesRoles, "creates-service-linked-roles", "Creates service-linked roles",
        "Service-linked roles: ram:CreateServiceLinkedRole is limited by the key ram:ServiceName",
        "Only the services that are needed should stand under StringEquals ram:ServiceName.";
    DeletesRoles, "deletes-service-linked-roles", "Deletes service-linked roles of others",
        "Service-linked roles: ram:DeleteServiceLinkedRole is limited by the key ram:ServiceName",
        "Name the services under StringEquals ram:ServiceName.";
    OwnTag, "self-satisfiable-condition", "The holder can meet the condition itself",
        "Reasoning: a condition on a tag protects nothing from whoever may set or remove that tag",
        "Deny the tag actions for this key, or grant them to others only.";
    ForeignResource, "foreign-resource", "An action on another service's resources",
        "Policy elements: the second part of a resource name is the service it belongs to",
        "Nothing to do where the service asks for it; else correct the resource.";
    BucketOrObject, "bucket-or-object", "A bucket where objects are meant, or the reverse",
        "OSS, authorization syntax: actions are on buckets or on objects; bucket/* is the objects and not the bucket",
        "Write the bucket for actions on buckets, bucket/* for actions on objects.";
    LeavesNothing, "leaves-nothing", "Leaves out everything",
        "Policy structure: NotAction stands for every action but the listed ones",
        "List only what is to be left out, or remove the statement.";
    RepeatedAction, "repeated-action", "The same grant twice",
        "Policy elements: action names compare without case in most cases, so a second spelling adds nothing",
        "Remove one of the two.";
    UnknownOperator, "unknown-operator", "Not an operator of RAM",
        "Conditional operators: the list of 21",
        "Use one of the documented operators.";
    RefusedOperator, "refused-operator", "An operator that RAM is reported to refuse",
        "Reported from live accounts (2026): IfExists and Null are answered as not supported",
        "Use one of the documented operators.";
    UndocumentedOperator, "undocumented-operator", "An operator outside the documented list",
        "Conditional operators: the list of 21, in this spelling",
        "Use one of the documented operators as the list spells them.";
    UnknownKey, "unlisted-condition-key", "A condition key outside the documented list",
        "Policy elements: condition keys have the form acs:Name or service:Name; the services document theirs",
        "Look the key up in the documentation of the service.";
    KeyOfAws, "key-of-aws", "A condition key of another cloud",
        "Policy elements: RAM fills in keys of the form acs:Name or service:Name",
        "Use the key that RAM has for it, such as acs:SourceVpc.";
    KeyOfLists, "key-of-lists", "A condition key that only lists of objects carry",
        "OSS, authorization syntax: oss:Prefix and oss:Delimiter are parameters of requests that list objects",
        "Limit the resource instead, such as acs:oss:*:*:bucket/folder/*.";
    TagNotSupplied, "tag-not-supplied", "A tag that the service may not tell RAM",
        "Reported from live accounts (2026): calls that describe or list often carry no acs:ResourceTag, those of RDS never",
        "Try it with a resource that has the tag and one that has not; for RDS use rds:ResourceTag.";
    AbsentKey, "absent-key", "A Deny that misses requests without the key",
        "Reasoning: a condition is not met where its key is absent, so a Deny under it does not count",
        "Allow with Bool acs:MFAPresent true instead, which a request without the key does not meet.";
    DeniedWithoutKey, "denied-without-key", "A Deny that also meets requests without the key",
        "Reasoning: a negative operator is met where its key is absent, as published examples of Object Storage Service and Function Compute have it",
        "Deny only the actions whose requests carry the key.";
    PlainTransport, "unencrypted-only", "Allowed without encryption only",
        "Policy elements: acs:SecureTransport tells whether a request is sent over HTTPS",
        "Allow with acs:SecureTransport true, or deny with false.";
    MalformedValue, "malformed-value", "A value that its operator cannot read",
        "Conditional operators: numbers, ISO 8601 dates, true or false, IP addresses and CIDR blocks",
        "Write the value as the operator needs it.";
    LooseDate, "loose-date", "A date in another form than documented",
        "Policy elements: dates are written in ISO 8601 with Z or an offset",
        "Write it as 2019-08-12T17:00:00+08:00, with Z or an offset at its end.";
    LiteralWildcard, "literal-wildcard", "A wildcard that is taken literally",
        "Conditional operators: only StringLike and StringNotLike know * and ?",
        "Use StringLike or StringNotLike.";
    WrongOperator, "wrong-operator", "An operator that cannot read the value",
        "Conditional operators: blocks of addresses are read by IpAddress, moments by the operators of dates",
        "Use IpAddress or NotIpAddress for addresses, DateLessThan and the like for moments, Bool for true and false.";
    NeverMet, "never-met", "Conditions that no request meets together",
        "Policy elements: all conditions of a statement must hold",
        "Remove one of the two, or put them in statements of their own.";
    InvertedSwitch, "inverted-switch", "A switch the wrong way round",
        "Policy elements: acs:SecureTransport tells whether a request is sent over HTTPS, acs:MFAPresent whether a second factor was given",
        "Write the other one of true and false.";
    Placeholder, "placeholder", "A placeholder that was not filled in",
        "Policy elements: RAM has no variables in policies",
        "Fill in the true value.";
    NoSelfDelete, "no-self-delete", "The text does not let the role delete itself",
        "Service-linked roles: nearly every one may delete itself, limited to its own service name",
        "Nothing; it matters only when the role is to be deleted.";
    ServiceNameDiffers, "service-name-differs", "The service names disagree",
        "Service-linked roles: self-delete condition and trust policy name the one linked service",
        "Compare with the RAM console which name is the true one.";
    ActionWithoutService, "action-without-service", "An action without its service",
        "Policy elements: an action is written service:Name",
        "Write the service code before the action.";
    MalformedAction, "malformed-action", "No name of an action",
        "Policy elements: an action is written service:Name",
        "Write the action as the documentation of the service has it.";
    ServiceOfAws, "service-of-aws", "A service of another cloud",
        "Reasoning: a code that services of AWS have and no known service of Alibaba Cloud",
        "Write the policy with the services and actions of Alibaba Cloud.";
    NearlyKnownService, "nearly-known-service", "A service that resembles a known one",
        "Reasoning: a slip away from a service code that is known",
        "Compare the code with the documentation of the service.";
    UnknownServiceName, "unknown-service-name", "A service name that no known role has",
        "Reasoning: a list of service-linked roles and their service names",
        "Compare the name with the documentation of the service.";
    NearlyKnownAction, "nearly-known-action", "An action that resembles a known one",
        "Reasoning: one letter away from an action that is known",
        "Compare the spelling with the documentation of the service.";
    OperationAsAction, "operation-as-action", "An operation of the API in place of its action",
        "The table of actions on the page of the service: the action that RAM checks has another name than the operation",
        "Write the action that RAM authorizes it by.";
    NoResourceName, "resource-is-no-arn", "A resource that is no resource name",
        "Policy elements: resources are * or acs:service:region:account:relative-id",
        "Write the resource as acs:service:region:account:relative-id.";
    ResourceParts, "resource-parts", "A resource name with missing parts",
        "Policy elements: a resource name has five parts, acs:service:region:account:relative-id",
        "Write all five parts; * stands for any.";
    UnknownResourceType, "unknown-resource-type", "A type of resource that its service does not document",
        "ECS, RAM authorization: the types of its resources",
        "Write the resource as the documentation of the service has it.";
    TooLong, "too-long", "Longer than a custom policy may be",
        "Limits: a custom policy has at most 6,144 characters",
        "Join statements, use wildcards, or split the policy in two.";
    NotDocumented, "granted-not-documented", "Granted, but the product page does not mention it",
        "The product page on service-linked roles, held against the policy",
        "Trust the policy, not the page.";
    NotGranted, "documented-not-granted", "On the product page, but the policy does not grant it",
        "The product page on service-linked roles, held against the policy",
        "Trust the policy, not the page.";
}

impl Rule {
    /// The fixed name for data.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Named(named) => named.id(),
            Self::Oddity(id) => id,
            Self::Repair(kind) => kind.id(),
        }
    }

    /// A few words for lists.
    pub fn title(self) -> &'static str {
        match self {
            Self::Named(named) => named.title(),
            Self::Oddity(id) => {
                let known = oddity::TITLES.iter().find(|(known, _)| *known == id);
                known.map_or(id, |(_, title)| title)
            }
            Self::Repair(_) => "Not strict JSON",
        }
    }

    /// The documented rule or the reasoning behind it.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Named(named) => named.source(),
            Self::Oddity(_) => "Policy structure and syntax: the grammar of a policy document",
            Self::Repair(_) => "Policy structure and syntax: a policy document is JSON",
        }
    }

    /// What whoever can edit the policy may do about it.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Named(named) => named.remedy(),
            Self::Oddity(_) => "Write it as the grammar has it.",
            Self::Repair(_) => "Copy it as strict JSON before it is given to RAM.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fixed_and_single() {
        let mut ids: Vec<_> = Named::ALL.iter().map(|rule| rule.id()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "two rules share a name");
        for rule in Named::ALL {
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.id().chars().all(kebab), "{}", rule.id());
            assert!(!rule.title().is_empty() && !rule.source().is_empty(), "{}", rule.id());
            assert!(rule.remedy().ends_with('.'), "{}", rule.id());
        }
        assert_eq!(Rule::Oddity("missing-version").title(), "Missing version");
    }
}
