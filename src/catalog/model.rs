//! The words of the catalogue: product, role, service, fact and its standing.

use super::names;
use crate::policy::findings::Origin;
use crate::policy::source::Source;
use std::borrow::Cow;
use std::sync::Arc;

/// A text in both languages of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// English.
    pub en: Cow<'static, str>,
    /// Simplified Chinese; empty where there is none, then English is shown.
    pub zh: Cow<'static, str>,
}

/// How sure a fact is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The text of the official policy page or product page, with its version where it has one.
    Published(Option<String>),
    /// The same of a part of the text only; what is not published of it comes from elsewhere.
    PublishedInPart(Option<String>),
    /// Said in prose on an official page.
    Documented,
    /// Follows from a documented purpose or trigger, but is not said.
    Implied,
    /// Derived by us from the published policy.
    Derived,
    /// Written by us to match documented prose; the true text was not obtained.
    Reconstructed,
    /// Guessed from the name of an action or a role.
    NameRule,
    /// Read from the user's own account or file.
    Observed,
}

impl Standing {
    /// Every one, without a version, in the order of this list.
    pub const ALL: [Self; 8] = [
        Self::Published(None),
        Self::PublishedInPart(None),
        Self::Documented,
        Self::Implied,
        Self::Derived,
        Self::Reconstructed,
        Self::NameRule,
        Self::Observed,
    ];
}

/// A value and its standing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact<T> {
    /// What is said.
    pub value: T,
    /// How sure it is.
    pub standing: Standing,
}

/// Names a product for as long as the program runs: the `id` of its file, such as `alikafka`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductId(pub Arc<str>);

/// Names a role: its full name in lower case, because RAM compares role names without case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub Arc<str>);

impl ProductId {
    /// The roles of all other products that are known by name.
    pub const BY_NAME: &str = "other";
    /// The service-linked roles of an account that belong to no known product.
    pub const OBSERVED: &str = "observed";
    /// The roles of an account that are not service-linked.
    pub const ORDINARY: &str = "observed-roles";

    /// Does it stand for no product, but for the service-linked roles of many?
    pub fn is_of_many(&self) -> bool {
        [Self::BY_NAME, Self::OBSERVED].contains(&&*self.0)
    }

    /// Does it hold what people's own files have?
    pub fn is_own(&self) -> bool {
        self.0.starts_with("own/")
    }

    /// What it stands for, in a word: a product, or what people's own files have no product of.
    pub fn word(&self) -> &'static str {
        let kind = self.0.strip_prefix("own/").and_then(|rest| rest.split_once('/'));
        match kind {
            Some(("folder", _)) => "Folder",
            Some(("file", _)) => "File",
            _ => "Product",
        }
    }

    /// Does it stand for a product, and not for roles that belong to many or to none?
    pub fn is_product(&self) -> bool {
        !self.is_of_many() && &*self.0 != Self::ORDINARY
    }
}

/// Is this name of a product the path of what a user has opened?
pub fn is_path(id: &ProductId, name: &str) -> bool {
    let own = id.0.strip_prefix("own/").filter(|own| !own.starts_with("product/"));
    own.is_some() && name.contains(['/', '\\'])
}

/// A cloud product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name.
    pub name: Text,
    /// The page of the documentation that lists its service-linked roles.
    pub page: Option<String>,
    /// Its roles in the order of the catalogue.
    pub roles: Vec<RoleId>,
}

/// What a [`Role`] of the catalogue stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// A service-linked role.
    #[default]
    ServiceLinked,
    /// Another role of an account or file.
    Ordinary,
    /// No role at all: a policy document of which nobody says what role has it.
    Document,
}

/// A role, mostly a service-linked one, or what stands in its place: see [`RoleKind`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// What it stands for.
    pub kind: RoleKind,
    /// The product it belongs to.
    pub product: ProductId,
    /// What a list of role names puts it under, where it stands here among roles of many products.
    pub listed_under: Option<Box<Text>>,
    /// The full name, such as `AliyunServiceRoleForAlikafkaConnector`.
    pub name: String,
    /// The short readable name, such as `AlikafkaConnector`.
    pub short_name: String,
    /// The service that may assume it, such as `connector.alikafka.aliyuncs.com`.
    pub service_name: Option<String>,
    /// The feature of the product that needs it.
    pub feature: Option<Box<Fact<Text>>>,
    /// What it is for, in a sentence.
    pub purpose: Option<Box<Fact<Text>>>,
    /// When the cloud creates it.
    pub created_when: Option<Box<Fact<Text>>>,
    /// Its permission policy.
    pub policy: Option<Policy>,
    /// What the product page says it may do, by service; empty where no page says it.
    pub documented: Vec<DocumentedService>,
    /// Its trust policy document.
    pub trust: Option<Box<Fact<Source>>>,
    /// What must be removed before the role can be deleted, in order.
    pub blockers: Vec<Blocker>,
    /// What stops working without the role.
    pub stops: Vec<Fact<Text>>,
    /// What an operator should know besides.
    pub notes: Vec<Text>,
}

impl Role {
    /// A role of which no more is known than its name.
    pub fn bare(id: RoleId, kind: RoleKind, product: ProductId, name: String) -> Self {
        Self {
            id,
            kind,
            product,
            listed_under: None,
            short_name: names::short(&name).to_owned(),
            name,
            service_name: None,
            feature: None,
            purpose: None,
            created_when: None,
            policy: None,
            documented: Vec::new(),
            trust: None,
            blockers: Vec::new(),
            stops: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// What a product page says a role may do with one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentedService {
    /// The RAM code that the page's words mean, such as `ecs`.
    pub service: String,
    /// The operations in the order of the page.
    pub operations: Vec<DocumentedOperation>,
}

/// An operation as a product page words it, and the actions that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentedOperation {
    /// The operation in words.
    pub what: Text,
    /// All the actions that the words mean, as `service:Name`.
    pub actions: Vec<String>,
}

/// A permission policy of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The name, such as `AliyunServiceRolePolicyForAlikafka`.
    pub name: String,
    /// The document, byte for byte as stored.
    pub source: Source,
    /// Whose policy it is, as far as anything says it.
    pub origin: Origin,
    /// How sure the document as a whole is.
    pub standing: Standing,
    /// Is it all of the true document?
    pub whole: Wholeness,
    /// Another version of it is in force, so that this one grants nothing.
    pub superseded: bool,
    /// When the published version was updated, as the page prints it.
    pub updated: Option<String>,
    /// The page it was read from.
    pub page: Option<String>,
    /// One standing a statement where they differ; empty where all have the document's.
    pub statements: Vec<Fact<Text>>,
    /// Notes on the document.
    pub notes: Vec<Text>,
    /// The policies of an account that the text was made of; empty where it comes from elsewhere.
    pub attached: Vec<AttachedPolicy>,
}

/// A policy of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedPolicy {
    /// Its name.
    pub name: String,
    /// `System` or `Custom`, as RAM tells it.
    pub kind: String,
    /// The version of the text that was read, such as `v3`, where an answer in a file tells it.
    pub version: Option<String>,
}

impl Policy {
    /// What stands in place of a name where an account has no policy attached to a role. No name of RAM has such signs.
    pub const NONE: &'static str = "(none)";

    /// A text of somebody's account or file, taken for whole and in force.
    pub fn observed(name: String, source: Source, origin: Origin) -> Self {
        Self {
            name,
            source,
            origin,
            standing: Standing::Observed,
            whole: Wholeness::Whole,
            superseded: false,
            updated: None,
            page: None,
            statements: Vec::new(),
            notes: Vec::new(),
            attached: Vec::new(),
        }
    }
}

/// Whether a policy text is the true and whole one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wholeness {
    /// The whole text.
    Whole,
    /// A part is known to be missing.
    Incomplete(Box<Missing>),
    /// A part is reconstructed: the sentence says what.
    PartlyReconstructed(Box<Text>),
}

/// The part of a policy text that is known to be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Which part, in a sentence.
    pub what: Text,
    /// Actions and patterns that it is known to name; on which resources and under which conditions is not known.
    pub actions: Vec<String>,
    /// Whole policies of an account that nobody has read; they may allow and deny anything.
    pub policies: Vec<AttachedPolicy>,
}

/// What must be removed before a role can be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocker {
    /// The things, such as "All connectors".
    pub what: Text,
    /// Why they block.
    pub because: Text,
    /// How sure that is.
    pub standing: Standing,
    /// Where a person sees whether any are left.
    pub check: Option<Text>,
    /// The command that lists them, where there is one.
    pub command: Option<String>,
}

/// A cloud service as RAM names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The RAM code, such as `fc`.
    pub code: String,
    /// Its name, such as "Function Compute".
    pub name: Text,
    /// The short name people say, such as `FC`.
    pub short: String,
    /// Other words that find it (`SLS` for `log`), in any language.
    pub aliases: Vec<String>,
    /// The page with its actions.
    pub page: Option<String>,
}
