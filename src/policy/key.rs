//! Names of condition keys, and which of their letters count: those of the key itself are compared without case,
//! which is not documented; a tag that a key names is a name of the user's, whose case counts.

use super::pattern::{self, Case};

/// The key that limits what is done with service-linked roles to those of some services.
pub const SERVICE_NAME: &str = "ram:ServiceName";

/// The parts of keys before a tag, in lower case and after the service, each with its slash.
const TAG_FAMILIES: [&str; 7] = [
    "tag/",
    "requesttag/",
    "resourcetag/",
    "buckettag/",
    "existingobjecttag/",
    "requestobjecttag/",
    "principaltag/",
];

/// The service and the family of a key that names a tag, and the tag; all folded but the tag.
pub fn tag_of(key: &str) -> Option<(String, &'static str, &str)> {
    let (service, family, tag) = tag_in(key)?;
    Some((pattern::fold(service), family, tag))
}

/// The same with the service as the key writes it.
pub(super) fn tag_in(key: &str) -> Option<(&str, &'static str, &str)> {
    let (service, rest) = key.split_once(':')?;
    let (family, tag) = rest.split_once('/')?;
    let is = |known: &&&str| {
        known.strip_suffix('/').is_some_and(|known| pattern::same(known, family, Case::Fold))
    };
    let family = TAG_FAMILIES.iter().find(is)?;
    (!tag.is_empty()).then_some((service, *family, tag))
}

/// The key in the form in which two spellings of it are the same.
pub fn identity(key: &str) -> String {
    tag_of(key).map_or_else(
        || pattern::fold(key),
        |(service, family, tag)| format!("{service}:{family}{tag}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_count_in_tags_alone() {
        for (one, other, same) in [
            ("acs:SourceIp", "ACS:sourceIP", true),
            ("acs:ResourceTag/Owner", "acs:resourcetag/Owner", true),
            ("acs:ResourceTag/Owner", "acs:ResourceTag/owner", false),
            ("oss:BucketTag/a/B", "OSS:BUCKETTAG/a/B", true),
            ("oss:BucketTag/a/B", "oss:BucketTag/A/B", false),
            // No tag is named, and no family is known.
            ("acs:ResourceTag/", "acs:resourcetag/", true),
            ("x:Path/A", "x:path/a", true),
        ] {
            assert_eq!(identity(one) == identity(other), same, "{one} {other}");
        }
    }
}
