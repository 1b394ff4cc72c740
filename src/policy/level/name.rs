//! The level of an action by its name alone: a rule measured against the documented levels of 264
//! products (97 of 100 right between reading and changing). It leans to the cautious side.

use super::AccessLevel;
use super::rights::is_permissions;
use crate::policy::pattern::Lower;

/// Verbs that read, by their first letter, as most names have none of them. A verb counts only where a new word begins
/// after it: `IsX`, not `Issue`.
const fn read_verbs(first: u8) -> &'static [&'static str] {
    match first {
        b'b' => &["batchget", "batchdescribe", "batchquery", "batchcheck", "batchcount", "browse"],
        b'c' => &["check", "count"],
        b'd' => &["describe", "diagnose", "download", "detect", "decode"],
        b'e' => &["estimate"],
        b'f' => &["fetch", "find"],
        b'g' => &["get"],
        b'h' => &["head", "has"],
        b'i' => &["inquiry", "is"],
        b'l' => &["lookup"],
        b'p' => &["preview", "precheck", "peek", "pull"],
        b'q' => &["query"],
        b'r' => &["read", "recognize"],
        b's' => &["search", "scan", "show", "select"],
        b'v' => &["validate", "verify", "view"],
        _ => &[],
    }
}

/// Verbs that change something, by their first letter.
const fn change_verbs(first: u8) -> &'static [&'static str] {
    match first {
        b'a' => &["add", "attach", "apply"],
        b'b' => &["bind"],
        b'c' => &["create", "change", "cancel", "clean", "clear"],
        b'd' => &["delete", "detach", "disable"],
        b'e' => &["enable", "edit"],
        b'g' => &["grant"],
        b'm' => &["modify"],
        b'p' => &["put"],
        b'r' => &["remove", "revoke", "reset"],
        b's' => &["set"],
        b'u' => &["update", "unbind"],
        _ => &[],
    }
}

/// Verbs that, before a word "tag", only tag.
const TAG_VERBS: [&str; 10] =
    ["add", "remove", "create", "delete", "set", "modify", "update", "attach", "detach", "put"];

/// The access level that the name of an action suggests; an unclear name is [`AccessLevel::Write`].
pub fn by_name(action: &str) -> AccessLevel {
    by_folded_name(action, &Lower::new().of(action))
}

/// The same for an action whose name is at hand in lower case too.
pub(in crate::policy) fn by_folded_name(action: &str, folded: &str) -> AccessLevel {
    let (service, lower) = split(folded);
    let name = as_written(action, folded, lower).unwrap_or_else(|| split(action).1);
    if let Some(level) = exception(service, lower) {
        return level;
    }
    if is_tagging(name, lower) {
        AccessLevel::Tagging
    } else if lower.starts_with("list") || lower.starts_with("batchlist") {
        AccessLevel::List
    } else if reads(name, lower) {
        AccessLevel::Read
    } else if is_permissions(service, lower) {
        AccessLevel::Permissions
    } else {
        AccessLevel::Write
    }
}

/// The end of an action as it is written, by the same end in lower case. None: it is no end, or letters took other places.
fn as_written<'a>(action: &'a str, folded: &str, end: &str) -> Option<&'a str> {
    let same = action.len() == folded.len() && action.is_ascii() && folded.ends_with(end);
    same.then(|| action.get(action.len() - end.len()..))?
}

/// Service and name, without blanks around them and stars at the end.
fn split(action: &str) -> (&str, &str) {
    let colon = memchr::memchr(b':', action.as_bytes());
    let parts = colon.and_then(|at| Some((action.get(..at)?, action.get(at + 1..)?)));
    let (service, name) = parts.unwrap_or(("", action));
    // Nearly all end with letters, which these two looks tell.
    let is_plain = |text: &str| {
        let ends = [text.as_bytes().first(), text.as_bytes().last()];
        ends.iter().flatten().all(|byte| byte.is_ascii_alphanumeric())
    };
    let service = if is_plain(service) { service } else { service.trim() };
    (service, if is_plain(name) { name } else { name.trim().trim_end_matches('*') })
}

fn reads(name: &str, lower: &str) -> bool {
    let verbs = lower.bytes().next().map(read_verbs).unwrap_or_default();
    verbs.iter().any(|verb| begins_with_verb(name, lower, verb))
}

/// Does a name, in lower case, begin with a verb that changes something?
pub(super) fn changes(lower: &str) -> bool {
    let verbs = lower.bytes().next().map(change_verbs).unwrap_or_default();
    verbs.iter().any(|verb| lower.starts_with(verb))
}

/// Is one of these words in the text, all with the same letter at the same place? Short words in short texts, where
/// preparing a search would cost more than it, and a letter that few names have.
pub(super) fn holds(text: &str, (letter, place): (u8, usize), words: &[&[u8]]) -> bool {
    let text = text.as_bytes();
    memchr::memchr_iter(letter, text).any(|at| {
        let rest = at.checked_sub(place).and_then(|from| text.get(from..)).unwrap_or_default();
        words.iter().any(|word| rest.starts_with(word))
    })
}

/// Names that the rule gets wrong, settled by hand.
fn exception(service: &str, lower: &str) -> Option<AccessLevel> {
    let reads = match service {
        // Cryptography changes nothing that is kept.
        "kms" => matches!(
            lower,
            "encrypt"
                | "decrypt"
                | "reencrypt"
                | "generatedatakey"
                | "generatedatakeywithoutplaintext"
                | "generateandexportdatakey"
                | "exportdatakey"
                | "asymmetricencrypt"
                | "asymmetricdecrypt"
                | "asymmetricsign"
                | "asymmetricverify"
                | "certificateprivatekeysign"
                | "certificatepublickeyverify"
                | "certificatepublickeyencrypt"
                | "certificateprivatekeydecrypt"
                | "advanceencrypt"
                | "advancedecrypt"
                | "generaterandom"
                | "sign"
                | "verify"
        ),
        "ots" => matches!(lower, "search" | "computesplitpointsbysize"),
        "amqp" => match lower {
            "basicget" | "basicconsume" => true,
            _ if lower.starts_with("basic") => return Some(AccessLevel::Write),
            _ => false,
        },
        "mns" => match lower {
            "receivemessage" | "batchreceivemessage" | "peekmessage" | "batchpeekmessage" => true,
            _ if lower.ends_with("message") && !lower.starts_with("get") => {
                return Some(AccessLevel::Write);
            }
            _ => false,
        },
        "alikafka" => match lower {
            "metadata" | "regiondata" | "dashboardcheckservicestatus" => true,
            "dashboardlist" => return Some(AccessLevel::List),
            _ => false,
        },
        _ => false,
    };
    if reads {
        return Some(AccessLevel::Read);
    }
    if lower.len() > 3 && lower.starts_with("ons") { noun_first(lower) } else { None }
}

/// The names of the older RocketMQ, which say the noun first: `OnsTopicList`, `OnsGroupDelete`.
fn noun_first(lower: &str) -> Option<AccessLevel> {
    const CHANGES: [&str; 13] = [
        "create",
        "delete",
        "update",
        "reset",
        "send",
        "push",
        "resend",
        "start",
        "set",
        "clean",
        "subscribe",
        "save",
        "verify",
    ];
    const READS: [&str; 12] = [
        "get",
        "query",
        "status",
        "info",
        "trend",
        "page",
        "accumulate",
        "connection",
        "detail",
        "count",
        "sub",
        "trace",
    ];
    if lower.contains("tagresources") && !lower.contains("list") {
        return None;
    }
    if CHANGES.iter().any(|word| lower.contains(word)) {
        Some(AccessLevel::Write)
    } else if lower.contains("list") {
        Some(AccessLevel::List)
    } else if READS.iter().any(|word| lower.contains(word)) {
        Some(AccessLevel::Read)
    } else {
        None
    }
}

/// `Tag...`, `Untag...`, or a verb and the word tag: `AddTagsToResource`, `DeleteBucketTags`.
fn is_tagging(name: &str, lower: &str) -> bool {
    if !holds(lower, (b'g', 2), &[b"tag"]) {
        return false;
    }
    if begins_with_verb(name, lower, "tag")
        || lower.starts_with("untag")
        || lower.starts_with("tagresource")
    {
        return true;
    }
    let Some(rest) = TAG_VERBS.iter().find_map(|verb| lower.strip_prefix(verb)) else {
        return false;
    };
    // The name must end with the tags, or go on with whose they are: `DeleteTagPolicy` is no tagging.
    let ends = |text: &str| ["tag", "tags", "tagging"].iter().any(|end| text.ends_with(end));
    let owner = |mark: &str| rest.rsplit_once(mark).is_some_and(|(before, _)| ends(before));
    // `Stage` and `Advantage` hold the letters, `...Stag` is not a word that occurs.
    ends(rest)
        || owner("toresource")
        || owner("fromresource")
        || owner("forresource")
        || owner("to")
}

/// Does the name begin with this verb as a word? The next letter begins a word, or nothing follows;
/// names without inner capitals (`Listkeys`) pass for verbs of four letters or more, those without any for `get` too.
fn begins_with_verb(name: &str, lower: &str, verb: &str) -> bool {
    if !lower.starts_with(verb) {
        return false;
    }
    let mut rest = name.chars().skip(verb.chars().count());
    match rest.next() {
        None => true,
        Some(next) if !next.is_lowercase() => true,
        Some(_) if name.chars().skip(1).any(char::is_uppercase) => false,
        // `getobject` has no capital at all, so nothing tells where its words begin.
        Some(_) => verb.len() >= 4 || verb == "get" && name.starts_with('g'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AccessLevel::{List, Permissions, Read, Tagging, Write};

    #[test]
    fn names_say_levels() {
        for (action, level) in [
            // Identity providers, and what keeps buckets from the public.
            ("ims:CreateSAMLProvider", Permissions),
            ("ims:AddClientIdToOIDCProvider", Permissions),
            ("ims:SetUserSsoSettings", Permissions),
            ("ims:GetOIDCProvider", Read),
            ("ims:ListSAMLProviders", List),
            ("oss:DeleteBucketPublicAccessBlock", Permissions),
            ("oss:PutPublicAccessBlock", Permissions),
            ("oss:GetPublicAccessBlock", Read),
            // Rule 1: tags.
            ("ecs:TagResources", Tagging),
            ("vpc:UnTagResources", Tagging),
            ("kms:UntagResource", Tagging),
            ("rds:AddTagsToResource", Tagging),
            ("slb:RemoveTags", Tagging),
            ("oss:DeleteBucketTags", Tagging),
            ("ecs:Tag*", Tagging),
            ("oss:PutObjectTagging", Tagging),
            ("oss:DeleteObjectVersionTagging", Tagging),
            ("oss:PutBucketTagging", Tagging),
            ("oss:GetObjectTagging", Read),
            ("x:CreateStaging", Write),
            ("resourcemanager:DeleteTagPolicy", Permissions),
            ("ecs:CreateStage", Write),
            // Rule 2: lists, which tag lists are as well.
            ("ecs:ListTagResources", List),
            ("kms:Listkeys", List),
            ("alikafka:List*", List),
            ("x:BatchListThings", List),
            // Rule 3: reading verbs, as whole words.
            ("Ecs:DescribeInstances", Read),
            ("log:Get*", Read),
            ("log:GetLogStore", Read),
            ("x:Getaway", Write),
            ("OSS:getobject", Read),
            ("ots:getrow2", Read),
            ("OTS:GETROW", Read),
            ("x:getTogether", Read),
            ("x:getawayCar", Write),
            ("x:hashall", Write),
            ("x:describeall", Read),
            ("x:IssueCertificate", Write),
            ("x:IsOpen", Read),
            ("x:Heading", Read),
            ("x:HeadingUp", Write),
            ("x:CheckIn", Read),
            ("ots:BatchGetRow", Read),
            ("ots:BatchWriteRow", Write),
            ("pds:DownloadFile", Read),
            ("hbr:BrowseFiles", Read),
            ("x:BatchCountTables", Read),
            ("x:BatchCountersReset", Write),
            // Rule 4: who may do what.
            ("ram:PassRole", Permissions),
            ("ram:DeleteServiceLinkedRole", Permissions),
            ("sts:AssumeRoleWithSAML", Permissions),
            ("ram:CreateRole", Permissions),
            ("other:CreateRole", Write),
            ("ram:AttachPolicyToRole", Permissions),
            ("ram:SetDefaultPolicyVersion", Permissions),
            ("ram:UpdateLoginProfile", Permissions),
            ("ram:AddUserToGroup", Permissions),
            ("ram:GetRole", Read),
            ("ecs:CreateNetworkInterfacePermission", Permissions),
            ("hbr:CreateBackupPolicy", Write),
            ("ecs:DeleteAutoSnapshotPolicy", Write),
            ("oss:PutBucketAcl", Permissions),
            ("oss:PutObjectAcl", Permissions),
            ("oss:PutObjectVersionAcl", Permissions),
            ("oss:GetObjectAcl", Read),
            ("vpc:CreateNetworkAcl", Write),
            ("cs:CleanUserPermissions", Permissions),
            ("sasti:Grant*", Permissions),
            ("rds:GrantAccountPrivilege", Permissions),
            ("privatelink:RemoveUserFromVpcEndpointService", Permissions),
            // Rule 5: all else.
            ("alikafka:*", Write),
            ("*", Write),
            ("fc:InvokeFunction", Write),
            ("ecs:*SecurityGroup*", Write),
            // Exceptions.
            ("kms:Encrypt", Read),
            ("kms:GenerateDataKey", Read),
            ("ots:Search", Read),
            ("ots:ComputeSplitPointsBySize", Read),
            ("amqp:BasicConsume", Read),
            ("amqp:BasicAck", Write),
            ("mns:ReceiveMessage", Read),
            ("mns:DeleteMessage", Write),
            ("mns:PeekMessage", Read),
            ("mq:OnsTopicList", List),
            ("mq:OnsGroupDelete", Write),
            ("mq:OnsMessageGetByKey", Read),
            // Odd input.
            ("", Write),
            (":", Write),
            ("ecs:获取", Write),
        ] {
            assert_eq!(by_name(action), level, "{action}");
        }
    }

    #[test]
    fn rights_of_a_directory_are_assigned_in_cloud_sso() {
        for (action, level) in [
            ("cloudsso:CreateAccessAssignment", Permissions),
            ("cloudsso:DeleteAccessAssignment", Permissions),
            ("cloudsso:AddPermissionPolicyToAccessConfiguration", Permissions),
            ("cloudsso:RemovePermissionPolicyFromAccessConfiguration", Permissions),
            ("cloudsso:UpdateInlinePolicyForAccessConfiguration", Permissions),
            ("cloudsso:ProvisionAccessConfiguration", Permissions),
            ("cloudsso:SetExternalSAMLIdentityProvider", Permissions),
            ("cloudsso:AddUserToGroup", Permissions),
            ("cloudsso:GetAccessConfiguration", Read),
            ("cloudsso:ListAccessAssignments", List),
            ("cloudsso:UpdateGroup", Write),
        ] {
            assert_eq!(by_name(action), level, "{action}");
        }
    }

    #[test]
    fn policies_of_access_and_others() {
        for (action, level) in [
            ("hbr:CreatePolicyV2", Write),
            ("hbr:DeletePolicyBinding", Write),
            ("slb:CreateTLSCipherPolicy", Write),
            ("rds:ModifySQLCollectorPolicy", Write),
            ("rds:ModifyActionEventPolicy", Write),
            ("cs:CreateAutoRepairPolicy", Write),
            ("log:DeleteCollectionPolicy", Write),
            ("log:PutProjectPolicy", Permissions),
            ("log:UpsertCollectionPolicy", Write),
            ("oss:PutBucketPolicy", Permissions),
            ("kms:SetKeyPolicy", Permissions),
            ("kms:SetSecretPolicy", Permissions),
            ("ots:UpdateInstancePolicy", Permissions),
            ("x:SetPolicy", Permissions),
            ("resourcemanager:AttachControlPolicy", Permissions),
            ("resourcemanager:AttachPolicy", Permissions),
            ("privatelink:UpdateVpcEndpointPolicy", Permissions),
            ("ram:DecodeDiagnosticMessage", Read),
            ("log:PullLogs", Read),
            ("rds:RevokeAccountPrivilege", Permissions),
            ("rds:RevokeOperatorPermission", Permissions),
            ("vpc:GrantInstanceToCen", Permissions),
            ("vpc:RevokeInstanceFromCen", Permissions),
            ("ecs:RevokeSecurityGroup", Write),
            ("cas:RevokeClientCertificate", Write),
        ] {
            assert_eq!(by_name(action), level, "{action}");
        }
    }
}
