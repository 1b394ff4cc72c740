//! A request to decide on: an action, perhaps a resource, a principal and context keys.

use std::collections::BTreeMap;

use super::{key, pattern};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The action, such as `ecs:DescribeInstances`. A pattern stands for all actions that it matches.
    pub action: String,
    /// The resource by its full name, or a pattern, which stands for all that it matches.
    ///
    /// None with [`Missing::Absent`] is a request on no particular resource: only patterns that
    /// match every resource match it. None with [`Missing::Unknown`] is any resource.
    pub resource: Option<String>,
    /// The context keys and their values.
    pub context: Context,
    /// What a missing key, resource or principal means.
    pub missing: Missing,
    /// Who asks, for resource-based policies: a service name or the ARN of a user or role.
    pub principal: Option<String>,
}

/// What it means that a request does not say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// It is not there: the answer is the cloud's answer to exactly this request.
    Absent,
    /// It is not known: the answer says what it depends on.
    Unknown,
}

/// Context keys, without case but for the tags that they name (whether RAM regards their case is not documented), and
/// their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    keys: BTreeMap<String, (String, Vec<String>)>,
}

/// What a request says of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actual {
    /// These values, at least one.
    Values(Vec<String>),
    /// The key is not there.
    Absent,
    /// Not known.
    Unknown,
}

impl Request {
    /// A complete request: what it does not say is not there.
    pub fn new(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            resource: None,
            context: Context::default(),
            missing: Missing::Absent,
            principal: None,
        }
    }

    /// A question: what it does not say is not known.
    pub fn partial(action: impl Into<String>) -> Self {
        Self { missing: Missing::Unknown, ..Self::new(action) }
    }

    /// The same on this resource.
    #[must_use]
    pub fn on(mut self, resource: impl Into<String>) -> Self {
        self.resource = Some(resource.into());
        self
    }

    /// The same by this principal.
    #[must_use]
    pub fn by(mut self, principal: impl Into<String>) -> Self {
        self.principal = Some(principal.into());
        self
    }

    /// The same with one more value of a context key.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.context.add(key, value);
        self
    }

    /// What the request says of a key.
    pub fn actual(&self, key: &str) -> Actual {
        match (self.context.values(key), self.missing) {
            (Some([]), _) | (None, Missing::Absent) => Actual::Absent,
            (Some(values), _) => Actual::Values(values.to_vec()),
            (None, Missing::Unknown) => Actual::Unknown,
        }
    }
}

impl Context {
    /// Adds a value to a key.
    pub fn add(&mut self, key: &str, value: impl Into<String>) {
        self.entry(key).push(value.into());
    }

    /// Says that a key is not there; values given before are forgotten.
    pub fn absent(&mut self, key: &str) {
        self.entry(key).clear();
    }

    /// The values of a key; empty where it is said to be absent, None where nothing is said.
    pub fn values(&self, key: &str) -> Option<&[String]> {
        self.keys.get(&key::identity(key)).map(|(_, values)| values.as_slice())
    }

    /// The key as the request spells it.
    pub fn spelling(&self, key: &str) -> Option<&str> {
        self.keys.get(&key::identity(key)).map(|(spelling, _)| spelling.as_str())
    }

    /// A key that differs from this one only in the case of the tag, as the request spells it, and its values.
    pub fn other_tag(&self, key: &str) -> Option<(&str, &[String])> {
        key::tag_of(key)?;
        let (own, folded) = (key::identity(key), pattern::fold(key));
        let mut others = self.keys.iter().filter(|(known, _)| **known != own);
        let other = others.find(|(known, _)| pattern::fold(known) == folded)?;
        let (spelling, values) = other.1;
        Some((spelling.as_str(), values.as_slice()))
    }

    fn entry(&mut self, key: &str) -> &mut Vec<String> {
        &mut self.keys.entry(key::identity(key)).or_insert_with(|| (key.to_owned(), Vec::new())).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_no_case_and_many_values() {
        let mut request =
            Request::partial("x:Y").with("acs:SourceIp", "a").with("ACS:sourceip", "b");
        let both = Actual::Values(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(request.actual("acs:SourceIP"), both);
        assert_eq!(request.actual("other"), Actual::Unknown);
        let tagged = Request::new("x:Y").with("acs:resourcetag/Owner", "a");
        let one = Actual::Values(vec!["a".to_owned()]);
        assert_eq!(tagged.actual("acs:ResourceTag/Owner"), one);
        assert_eq!(tagged.actual("acs:ResourceTag/owner"), Actual::Absent);
        let other = tagged.context.other_tag("acs:ResourceTag/owner").map(|(other, _)| other);
        assert_eq!(other, Some("acs:resourcetag/Owner"));
        assert_eq!(tagged.context.other_tag("acs:ResourceTag/Owner"), None);
        request.context.absent("other");
        assert_eq!(request.actual("Other"), Actual::Absent);
        request.missing = Missing::Absent;
        assert_eq!(request.actual("third"), Actual::Absent);
    }
}
