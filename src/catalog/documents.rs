//! Policy documents of roles, read when asked for, and what is told from them.

use super::model::Role;
use super::store::Catalog;
use crate::policy::document::Document;
use crate::policy::json::ReadError;
use crate::policy::read;
use crate::policy::source::Written;
use crate::policy::summary::{Anywhere, Reach, Reaches, Touched};

impl Catalog {
    /// The policy document of a role; None where it has no policy or one that cannot be read.
    pub fn document(&self, role: &Role) -> Option<Document> {
        role.policy.as_ref().and_then(|policy| Self::read_document(&policy.source).ok())
    }

    /// What patterns of more than one service in the policy of a role say of these services, an entry each, with these
    /// patterns. `touched` is what is known of the policy already: of most it tells that there are none, and nothing is
    /// read.
    pub fn reached(
        &self,
        role: &Role,
        touched: impl IntoIterator<Item = Touched>,
        codes: &[&str],
        reaches: &mut Reaches<'_>,
    ) -> (Vec<Anywhere>, Vec<Reach>) {
        let wide = touched.into_iter().any(|one| one.is_wide());
        let Some(document) = wide.then(|| self.document(role)).flatten() else {
            return (Vec::new(), vec![Reach::default(); codes.len()]);
        };
        let anywhere = Anywhere::of(&document);
        let reached = reaches.of(&document, &anywhere, codes);
        (anywhere, reached)
    }

    /// Reads a policy document. Errors: the text is no policy document.
    pub fn read_document(source: &(impl Written + ?Sized)) -> Result<Document, ReadError> {
        read::document(source).map(|read| read.document)
    }
}
