//! Policy documents of roles, read when asked for. Imports the policy language.

use super::model::Role;
use super::store::Catalog;
use crate::policy::document::Document;
use crate::policy::json::ReadError;
use crate::policy::read;

impl Catalog {
    /// The policy document of a role; None where it has no policy or one that cannot be read.
    pub fn document(&self, role: &Role) -> Option<Document> {
        role.policy.as_ref().and_then(|policy| Self::read_document(&policy.source).ok())
    }

    /// Reads a policy document. Errors: the text is no policy document.
    pub fn read_document(source: &str) -> Result<Document, ReadError> {
        read::document(source).map(|read| read.document)
    }
}
