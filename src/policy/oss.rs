//! The levels of the resources of Object Storage Service, as far as its page tells them.
//!
//! `mybucket` is the bucket and none of its objects; `mybucket/*` is its objects and not the bucket (OSS: common examples
//! of RAM policies). Only whole names of actions have a level.

use crate::policy::pattern::{self, Case, arn};
use crate::policy::placeholder;

/// Actions on objects. Source: OSS, authorization syntax and elements, object level.
const OBJECT: [&str; 18] = [
    "GetObject",
    "PutObject",
    "DeleteObject",
    "GetObjectAcl",
    "PutObjectAcl",
    "RestoreObject",
    "AbortMultipartUpload",
    "ListParts",
    "GetObjectTagging",
    "PutObjectTagging",
    "DeleteObjectTagging",
    "GetObjectVersion",
    "DeleteObjectVersion",
    "GetObjectVersionAcl",
    "PutObjectVersionAcl",
    "GetObjectVersionTagging",
    "PutObjectVersionTagging",
    "RestoreObjectVersion",
];

/// Actions on buckets. Source: the same page, bucket level. `ListObjectVersions` is left out: a published example
/// has it on objects.
const BUCKET: [&str; 13] = [
    "ListObjects",
    "GetBucketInfo",
    "GetBucketLocation",
    "GetBucketVersioning",
    "PutBucketVersioning",
    "GetBucketAcl",
    "PutBucketAcl",
    "DeleteBucket",
    "GetBucketWorm",
    "GetBucketPolicy",
    "PutBucketPolicy",
    "GetBucketLifecycle",
    "PutBucketLifecycle",
];

/// Actions on the service as a whole. Source: the same page, service level.
const SERVICE: [&str; 5] = [
    "ListBuckets",
    "ListUserDataRedundancyTransition",
    "PutPublicAccessBlock",
    "GetPublicAccessBlock",
    "DeletePublicAccessBlock",
];

/// What an action of the service is checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The objects of a bucket.
    Object,
    /// The bucket itself.
    Bucket,
    /// The service as a whole.
    Service,
}

/// What the relative part of an access point begins with: its actions are on other resources.
const ACCESS_POINTS: [&str; 2] = ["accesspoint/", "objectfcaccesspoint/"];

/// The names of the actions, without the service.
pub fn names() -> impl Iterator<Item = &'static str> {
    OBJECT.iter().chain(&BUCKET).chain(&SERVICE).copied()
}

impl Level {
    /// The names of the actions of the level, without the service.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Object => &OBJECT,
            Self::Bucket => &BUCKET,
            Self::Service => &SERVICE,
        }
    }

    /// The level of an action by its whole name; None where it is not told.
    pub fn of(action: &str) -> Option<Self> {
        let name = action.get(..4).filter(|head| head.eq_ignore_ascii_case("oss:"));
        let name = name.and_then(|_| action.get(4..))?;
        let is_one = |known: &&'static str| known.eq_ignore_ascii_case(name);
        if OBJECT.iter().any(is_one) {
            Some(Self::Object)
        } else if BUCKET.iter().any(is_one) {
            Some(Self::Bucket)
        } else {
            SERVICE.iter().any(is_one).then_some(Self::Service)
        }
    }

    /// May a resource with this relative part be of the level?
    pub fn meets(self, relative: &str) -> bool {
        match self {
            Self::Object => pattern::overlaps(relative, "*/*", Case::Exact),
            Self::Bucket => !relative.contains('/'),
            Self::Service => pattern::matches_anything(relative),
        }
    }
}

/// The relative part of a resource of the service whose level can be told.
pub fn relative(value: &str) -> Option<&str> {
    let parts = arn::split(value).filter(|_| value.starts_with("acs:oss:"))?;
    let plain = !parts.relative.is_empty() && !is_access_point(parts.relative);
    plain.then_some(parts.relative)
}

/// Is it a resource that the action is never checked against, such as the objects of a bucket for `oss:DeleteBucket`?
pub fn is_of_other_level(value: &str, action: &str) -> bool {
    Level::of(action).is_some_and(|level| {
        let relative = relative(value).filter(|_| !placeholder::may_hold_one(value));
        relative.is_some_and(|relative| !level.meets(relative))
    })
}

/// Is a relative part that of an access point?
pub fn is_access_point(relative: &str) -> bool {
    ACCESS_POINTS.iter().any(|begin| relative.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_of_the_service() {
        for (action, level) in [
            ("oss:GetObject", Some(Level::Object)),
            ("OSS:getobject", Some(Level::Object)),
            ("oss:DeleteBucket", Some(Level::Bucket)),
            ("oss:ListBuckets", Some(Level::Service)),
            ("oss:Get*", None),
            ("ossx:GetObject", None),
            ("*", None),
        ] {
            assert_eq!(Level::of(action), level, "{action}");
        }
    }

    #[test]
    fn a_bucket_and_its_objects_are_two_resources() {
        for (relative, object, bucket, service) in [
            ("b", false, true, false),
            ("b*", true, true, false),
            ("b/*", true, false, false),
            ("*", true, true, true),
        ] {
            let meets =
                [Level::Object, Level::Bucket, Level::Service].map(|one| one.meets(relative));
            assert_eq!(meets, [object, bucket, service], "{relative}");
        }
    }
}
