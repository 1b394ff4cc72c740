//! Which part of a name its level hangs on, so that levels are remembered for few names instead of many.

use super::name::IDENTITY_SERVICES;

/// Other services of which some names have a level of their own: the exceptions and the rights in [`super::name`].
const OWN_NAMES: [&str; 6] = ["kms", "ots", "amqp", "mns", "alikafka", "hbr"];

/// The part of a single action that tells its level by name: what stands behind the colon, but for services whose names
/// are read otherwise.
pub(in crate::policy) fn telling_part<'a>(action: &'a str, folded: &str) -> &'a str {
    let code = folded.split(':').next().unwrap_or_default();
    // One with blanks around it is another code.
    let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let own = OWN_NAMES.contains(&code) || IDENTITY_SERVICES.contains(&code);
    let name = action.split_once(':').map(|(_, name)| name);
    name.filter(|_| plain && !own).unwrap_or(action)
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
                    let part = telling_part(&action, &folded).to_owned();
                    let (before, known) =
                        told.entry(part).or_insert_with(|| (action.clone(), level)).clone();
                    assert_eq!(known, level, "{before} and {action}");
                }
            }
        }
        assert_eq!(telling_part("ecs:RunInstances", "ecs:runinstances"), "RunInstances");
        assert_eq!(telling_part("Kms:Decrypt", "kms:decrypt"), "Kms:Decrypt");
    }
}
