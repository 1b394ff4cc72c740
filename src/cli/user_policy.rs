//! A policy for people of the catalogue, such as `AliyunMQFullAccess`, where a role could be named.

use super::answer::Trouble;
use super::known::Known;
use super::named::names_any;
use super::papers::Paper;
use super::subject::Subject;
use crate::catalog::model::{Policy, Role, RoleId, RoleKind, Standing, Text};
use crate::catalog::store::UserPolicy;
use crate::policy::findings::Origin;
use crate::say::Saying;

impl Subject<'_> {
    /// The policy for people that was typed, where no role of one's own files is called so. Errors: it is not readable.
    pub(super) fn user_policy(typed: &str, known: &Known) -> Result<Option<Self>, Trouble> {
        self::typed(typed, known)?.map(Self::of_user_policy).transpose()
    }

    /// A policy for people that the catalogue has. Errors: it is not readable.
    pub(super) fn of_user_policy(policy: &UserPolicy) -> Result<Self, Trouble> {
        let mut paper = Paper::of_text(&policy.source)
            .map_err(|error| Trouble::new(error.located_in(&policy.name)))?;
        let names = &mut paper.wrapped.names;
        names.policy = Some(policy.name.clone());
        names.policy_type = Some("System".to_owned());
        names.version.clone_from(&policy.version);
        let asides = vec![what_it_is(policy)];
        Ok(Self { title: Saying::same(&policy.name), role: None, papers: vec![paper], asides })
    }
}

/// That it is of no role, in a sentence.
pub(super) fn what_it_is(policy: &UserPolicy) -> Text {
    let named = match &policy.version {
        Some(version) => format!("{} {version}", policy.name),
        None => policy.name.clone(),
    };
    Text::new(
        format!(
            "{named} is a system policy for users, groups and roles; it belongs to no service-linked role."
        ),
        format!("{named} 是供用户、用户组和角色使用的系统策略，不属于服务关联角色。"),
    )
}

/// The policy for people that was typed, where no role of one's own files is called so. Errors: the catalogue cannot be
/// loaded.
pub(super) fn typed<'a>(typed: &str, known: &'a Known) -> Result<Option<&'a UserPolicy>, Trouble> {
    let own = known.own().is_some_and(|own| names_any(typed, own));
    Ok(known.catalog()?.user_policy(typed.trim()).filter(|_| !own))
}

/// The same as a policy document stands in the catalogue of people's own files.
pub(super) fn as_document(policy: &UserPolicy) -> Role {
    let name = policy.name.clone();
    let text = Policy {
        standing: Standing::Published(policy.version.clone()),
        ..Policy::observed(name.clone(), policy.source.clone(), Origin::System)
    };
    let id = RoleId::of(&name);
    Role { policy: Some(text), ..Role::bare(id, RoleKind::Document, policy.product.clone(), name) }
}
