//! Which names of actions change who may do what.

use super::name::{changes, holds};

/// Words of policies that say when or how something is done, not who may do it: plans of backups and snapshots, rules of
/// scaling and routing, ciphers of a listener (SLB, `CreateTLSCipherPolicy`), what a service records about itself (RDS,
/// `ModifySQLCollectorPolicy` and `ModifyActionEventPolicy`; Simple Log Service, `DeleteCollectionPolicy`), how nodes are
/// mended (ACK, `CreateAutoRepairPolicy`). A policy without such a word is taken for one of access: `SetKeyPolicy`,
/// `PutBucketPolicy`, `AttachPolicy`.
const OTHER_POLICIES: [&str; 31] = [
    "backup",
    "snapshot",
    "lifecycle",
    "scaling",
    "scale",
    "retention",
    "schedule",
    "rotation",
    "alert",
    "alarm",
    "monitor",
    "cache",
    "storage",
    "security",
    "routing",
    "route",
    "traffic",
    "dedicated",
    "health",
    "balanc",
    "cipher",
    "sqlcollector",
    "actionevent",
    "collectionpolic",
    "repair",
    "maintenance",
    "notification",
    "throttling",
    "qos",
    "retry",
    "sampling",
];

/// Services whose business is who may do what.
pub(super) const IDENTITY_SERVICES: [&str; 5] =
    ["ram", "ims", "sts", "resourcemanager", "cloudsso"];

/// Does the name speak of who may do what?
pub(super) fn is_permissions(service: &str, lower: &str) -> bool {
    if IDENTITY_SERVICES.contains(&service) && is_identity_change(lower) {
        return true;
    }
    // `GrantPermissions`, `GrantAccountPrivilege`, `GrantInstanceToCen`: to grant is to let somebody, and to take it back is
    // of the same level. What else is revoked are rules of networks and certificates.
    let granted = ["permission", "privilege", "fromcen"];
    if lower.starts_with("grant")
        || lower.starts_with("revoke") && granted.iter().any(|word| lower.contains(word))
    {
        return true;
    }
    // Every policy of Cloud Backup is a plan of backups.
    if service == "hbr" && lower.contains("polic") {
        return false;
    }
    if matches!(
        lower,
        "putbucketpolicy"
            | "deletebucketpolicy"
            | "addusertovpcendpointservice"
            | "removeuserfromvpcendpointservice"
    ) {
        return true;
    }
    // What blocks public access to buckets and access points opens it as well.
    // What blocks public access opens it as well, and the lists of buckets and objects say who may read them; those of
    // networks are addresses.
    let opens = ["publicaccessblock", "bucketacl", "objectacl", "objectversionacl"];
    changes(lower) && (opens.iter().any(|end| lower.ends_with(end)) || speaks_of_rights(lower))
}

fn speaks_of_rights(lower: &str) -> bool {
    holds(lower, (b'm', 3), &[b"permission"])
        || holds(lower, (b'p', 0), &[b"policy", b"policies"])
            && !OTHER_POLICIES.iter().any(|word| lower.contains(word))
}

/// What the changes of rights and of ways to log on end with in `CloudSSO`.
const CLOUD_SSO: [&str; 7] = [
    "accessassignment",
    "accessconfiguration",
    "samlidentityprovider",
    "samlidpcertificate",
    "scimservercredential",
    "userprovisioning",
    "resetuserpassword",
];

/// The changes of identities and rights in the services that manage them.
fn is_identity_change(lower: &str) -> bool {
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| lower.starts_with(prefix));
    lower == "passrole"
        || lower.ends_with("servicelinkedrole")
        || matches!(lower, "createrole" | "updaterole" | "deleterole")
        // Whoever sets up an identity provider says who logs on as whom.
        || ["samlprovider", "oidcprovider", "userssosettings"].iter().any(|end| lower.ends_with(end))
        // CloudSSO, list of operations: what its access configurations allow, who has them in which account, and with what
        // users come in.
        || CLOUD_SSO.iter().any(|end| lower.ends_with(end))
        || begins(&["assumerole", "attachpolicy", "detachpolicy"])
        || begins(&["createpolicy", "deletepolicy", "updatepolicy", "setdefaultpolicy"])
        || (begins(&["create", "update", "delete"])
            && (lower.ends_with("accesskey") || lower.ends_with("loginprofile")))
        || (lower.starts_with("adduserto") || lower.starts_with("removeuserfrom"))
            && lower.contains("group")
}
