//! Names of condition keys: those of another cloud, and those that are near to a documented one.

use super::slips::is_slip;
use super::{At, Found, Named, Severity, shown};
use crate::policy::document::Condition;
use crate::policy::key::tag_of;
use crate::policy::pattern::{self, Case};
use crate::say::{said, say};

/// The documented keys.
const KEYS: [&str; 54] = [
    "acs:CurrentTime",
    "acs:SecureTransport",
    "acs:SourceIp",
    "acs:MFAPresent",
    "acs:PrincipalARN",
    "acs:PrincipalRDId",
    "acs:PrincipalRDPath",
    "acs:SourceVpc",
    "acs:Service",
    "acs:UserAgent",
    "acs:AccessId",
    "ram:ServiceName",
    "ram:TrustedPrincipalTypes",
    "ram:ServiceNames",
    "ecs:CommandRunAs",
    "ecs:ImageSource",
    "oss:Prefix",
    "oss:Delimiter",
    "oss:x-oss-acl",
    "oss:x-oss-object-acl",
    "oss:DataAccessPointArn",
    "fc:EnableServiceInternetAccess",
    "fc:EnableHttpTriggerInternet",
    "elasticsearch:InstanceType",
    "rds:DiskEncryptionRequired",
    "saml:recipient",
    "sts:ExternalId",
    "oidc:iss",
    "oidc:aud",
    "oidc:sub",
    "acs:SourceVpcId",
    "acs:VpcSourceIp",
    // OSS, "Block Public Access".
    "acs:SourceVpcIp",
    // ECS, "RAM authorization".
    "ecs:AssociatePublicIpAddress",
    "ecs:ImageOwnerId",
    "ecs:ImagePlatform",
    "ecs:InstanceType",
    "ecs:InstanceTypeFamily",
    "ecs:IsDiskByokEncrypted",
    "ecs:IsDiskEncrypted",
    "ecs:IsSystemDiskByokEncrypted",
    "ecs:IsSystemDiskEncrypted",
    "ecs:LoginAsNonRoot",
    "ecs:NotSpecifySecurityGroupId",
    "ecs:PasswordCustomized",
    "ecs:PasswordInherit",
    "ecs:SecurityEnhancementStrategy",
    "ecs:SecurityGroupIpProtocols",
    "ecs:SecurityGroupSourceCidrIps",
    "ecs:SecurityHardeningMode",
    "vpc:CreateDefaultVpc",
    "vpc:IsDefaultVSwitch",
    "vpc:IsDefaultVpc",
    "vpc:VPC",
];

/// Is it a documented key of a single service? Those of identity providers and of STS are for the trust policies of roles.
pub(super) fn is_of_service(key: &str) -> bool {
    const ELSEWHERE: [&str; 4] = ["acs", "saml", "oidc", "sts"];
    let code = key.split(':').next().unwrap_or_default();
    !ELSEWHERE.iter().any(|one| pattern::same(one, code, Case::Fold))
        && KEYS.iter().any(|known| pattern::same(known, key, Case::Fold))
}

/// What the keys of AWS begin with that no key of RAM does.
const OF_AWS: [&str; 5] = ["aws:", "s3:", "iam:", "ec2:", "sns:"];

/// Is it a key of AWS, which RAM never fills in? Those on tags have the form of RAM's own.
pub(super) fn is_of_aws(key: &str) -> bool {
    OF_AWS
        .iter()
        .any(|of| key.get(..of.len()).is_some_and(|start| pattern::same(start, of, Case::Fold)))
}

/// Looks at the key of a condition.
pub(super) fn look(index: usize, condition: &Condition, found: &mut Found<'_>) {
    let key = condition.key.value.as_str();
    let language = found.language;
    let at = At::new(index, condition.key.span);
    if is_of_aws(key) {
        found.tell(
            Named::KeyOfAws,
            Severity::Warning,
            at,
            said(language, "{} is a condition key of AWS.", &[&shown(key)]),
            say(
                language,
                "RAM fills in no such key: an Allow under it grants nothing, and a Deny under it protects nothing unless its operator is negative.",
            ),
        );
        return;
    }
    if KEYS.iter().any(|known| pattern::same(known, key, Case::Fold)) || tag_of(key).is_some() {
        return;
    }
    let prefixed =
        key.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty());
    let near = prefixed.then(|| likely(key)).flatten();
    let (severity, message, meaning) = if let Some(near) = near {
        (
            Severity::Warning,
            said(
                language,
                "The condition key {} is not known here; {} is. Is that meant?",
                &[&shown(key), &shown(&near)],
            ),
            say(
                language,
                "A key counts only where the service fills it in; a misspelt one is always absent.",
            ),
        )
    } else if prefixed {
        (
            Severity::Note,
            said(language, "The condition key {} is not in the list known here.", &[&shown(key)]),
            say(
                language,
                "A key counts only where the service fills it in; a misspelt one is always absent.",
            ),
        )
    } else {
        (
            Severity::Warning,
            said(language, "The condition key \"{}\" names no service.", &[&shown(key)]),
            say(language, "Keys have the form acs:Name or service:Name; RAM fills in no other."),
        )
    };
    found.tell(Named::UnknownKey, severity, at, message, meaning);
}

/// Names that keys of other clouds have, and the key that RAM has for it.
const OTHERWISE: [(&str, &str); 12] = [
    ("ClientIp", "acs:SourceIp"),
    ("EpochTime", "acs:CurrentTime"),
    ("ExternalId", "sts:ExternalId"),
    ("MFA", "acs:MFAPresent"),
    ("MultiFactorAuthPresent", "acs:MFAPresent"),
    ("PassedToService", "acs:Service"),
    ("PrincipalOrgID", "acs:PrincipalRDId"),
    ("PrincipalOrgPaths", "acs:PrincipalRDPath"),
    ("SecureConnection", "acs:SecureTransport"),
    ("SourceIpAddress", "acs:SourceIp"),
    ("SourceVpcIpAddress", "acs:SourceVpcIp"),
    ("UserAgentString", "acs:UserAgent"),
];

/// The keys of general use and those of RAM: who looks for one may have it under the wrong of them.
const GENERAL: [&str; 3] = ["acs", "ram", "sts"];

/// What stands before the tag in the keys that name one.
const FAMILIES: [&str; 6] = [
    "ResourceTag",
    "RequestTag",
    "BucketTag",
    "ExistingObjectTag",
    "RequestObjectTag",
    "PrincipalTag",
];

/// The key that was most likely meant.
fn likely(key: &str) -> Option<String> {
    let (service, name) = key.split_once(':')?;
    let same = |one: &str, other: &str| pattern::same(one, other, Case::Fold);
    // With another sign before the tag, in the plural, or without a tag.
    let (family, tag) = name.split_once([':', '/']).unwrap_or((name, ""));
    let is = |known: &&&str| {
        same(known, family) || family.strip_suffix(['s', 'S']).is_some_and(|one| same(known, one))
    };
    if let Some(family) = FAMILIES.iter().find(is) {
        let tag = if tag.is_empty() { "<key>" } else { tag };
        return Some(format!("{service}:{family}/{tag}"));
    }
    let general = GENERAL.iter().any(|known| same(known, service));
    let otherwise = OTHERWISE.iter().find(|(known, _)| general && same(known, name));
    let plural = |known: &str| key.strip_suffix(['s', 'S']).is_some_and(|one| same(known, one));
    let near = || KEYS.iter().find(|known| is_slip(known, key) || plural(known)).copied();
    otherwise.map(|(_, known)| *known).or_else(near).map(str::to_owned)
}
