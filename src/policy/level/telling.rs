//! Which part of a name its level hangs on, so that levels are remembered for few names instead of many.

use super::rights::IDENTITY_SERVICES;

/// Other services of which some names have a level of their own: the exceptions and the rights in [`super::name`].
const OWN_NAMES: [&str; 6] = ["kms", "ots", "amqp", "mns", "alikafka", "hbr"];

/// Is the level of the actions of a service, by its code in lower case, told by what stands behind the colon? The names of
/// some are read otherwise.
pub(in crate::policy) fn is_told_by_name(code: &str) -> bool {
    // One with blanks around it is another code.
    let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain && !OWN_NAMES.contains(&code) && !IDENTITY_SERVICES.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::level::by_name;

    #[test]
    fn the_part_that_tells_a_level_tells_it_for_every_service() {
        let names = [
            "Encrypt",
            "Decrypt",
            "Search",
            "ComputeSplitPointsBySize",
            "BasicGet",
            "BasicAck",
            "ReceiveMessage",
            "DeleteMessage",
            "Metadata",
            "DashboardList",
            "OnsTopicList",
            "OnsGroupDelete",
            "CreatePolicyV2",
            "CreateRole",
            "PassRole",
            "AttachPolicyToRole",
            "AddUserToGroup",
            "SetUserSsoSettings",
            "PutBucketPolicy",
            "AddUserToVpcEndpointService",
            "GetRole",
            "isOpen",
            "Heading",
            "tagResources",
        ];
        let codes = [
            "",
            "kms",
            "KMS",
            "ots",
            "amqp",
            "mns",
            "alikafka",
            "hbr",
            "ram",
            "ims",
            "sts",
            "resourcemanager",
            "ecs",
            "oss",
            "privatelink",
            "mq",
            "x",
            " kms",
            "hbr ",
            "ram\u{a0}",
        ];
        let mut told = std::collections::HashMap::new();
        for name in names {
            for code in codes {
                for action in [format!("{code}:{name}"), format!("{code}: {name}"), name.to_owned()]
                {
                    let level = by_name(&action);
                    let folded = action.to_lowercase();
                    let code = folded.split_once(':').map(|(code, _)| code);
                    let end = action.split_once(':').map(|(_, end)| end.to_owned());
                    let by_name = code.is_some_and(is_told_by_name);
                    let part = end.filter(|_| by_name).unwrap_or_else(|| action.clone());
                    let (before, known) =
                        told.entry(part).or_insert_with(|| (action.clone(), level)).clone();
                    assert_eq!(known, level, "{before} and {action}");
                }
            }
        }
        assert!(is_told_by_name("ecs"));
        assert!(!is_told_by_name("kms"));
    }
}
