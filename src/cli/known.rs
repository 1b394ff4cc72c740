//! The catalogue as the command line knows it: loaded when something first asks for it, with the policies of people's
//! own files beside it.

use std::cell::OnceCell;

use super::answer::Trouble;
use super::named::{self, names_any, names_role, product_part};
use crate::catalog::Catalog;
use crate::catalog::import;
use crate::catalog::known;
use crate::catalog::names::Found;

/// The catalogue, loaded when something first asks for it, and the policies of people's own files.
#[derive(Debug, Default)]
pub struct Known {
    catalog: OnceCell<Catalog>,
    everything: OnceCell<Catalog>,
    own: Option<Catalog>,
}

impl Known {
    /// A catalogue that is loaded already.
    pub fn of(catalog: Catalog) -> Self {
        Self { catalog: OnceCell::from(catalog), ..Self::default() }
    }

    /// The same with what files hold, see [`own`](super::own).
    #[must_use]
    pub fn with_own(self, own: Catalog) -> Self {
        Self { own: Some(own), ..self }
    }

    /// What people's own files hold; None where none were given.
    pub const fn own(&self) -> Option<&Catalog> {
        self.own.as_ref()
    }

    /// What a question about all roles is about: people's own files, else the catalogue.
    /// Errors: it cannot be loaded.
    pub fn asked(&self) -> Result<&Catalog, Trouble> {
        self.own.as_ref().map_or_else(|| self.catalog(), Ok)
    }

    /// That nothing of what is asked about fits a question.
    pub const fn nothing(&self) -> &'static str {
        match self.own {
            None => "No role of the catalogue matches.",
            Some(_) => "No policy of these files matches.",
        }
    }

    /// What stands over a column of what roles and policies belong to.
    pub const fn where_head(&self) -> &'static str {
        match self.own {
            None => "Product",
            Some(_) => "Source",
        }
    }

    /// The same with the roles that are known by name. Errors: it cannot be loaded.
    pub fn asked_widely(&self) -> Result<&Catalog, Trouble> {
        self.own.as_ref().map_or_else(|| self.everything(), Ok)
    }

    /// The catalogue. Errors: it cannot be loaded.
    pub fn catalog(&self) -> Result<&Catalog, Trouble> {
        if let Some(catalog) = self.catalog.get() {
            return Ok(catalog);
        }
        let catalog = Catalog::builtin().map_err(|error| Trouble::new(error.located()))?;
        Ok(self.catalog.get_or_init(|| catalog))
    }

    /// The catalogue with the roles of other products, of most of which only the name is known, behind people's own.
    /// Errors: it cannot be loaded.
    pub fn everything(&self) -> Result<&Catalog, Trouble> {
        let catalog = self.catalog()?;
        Ok(self.everything.get_or_init(|| {
            let others = import::others(catalog);
            let mut all = catalog.clone();
            if let Some(own) = &self.own {
                all = own.clone();
                all.take_in(catalog.products_bare(), catalog.roles().iter().cloned());
            }
            all.take_in(others.products, others.roles.into_iter().map(|loaded| loaded.role));
            all
        }))
    }

    /// The catalogue that has the role: people's own files, the described products, else all that is known by name. The
    /// whole name of a role comes before a part of the name of another one.
    /// Errors: the catalogue cannot be loaded.
    pub fn holder(&self, typed: &str) -> Result<&Catalog, Trouble> {
        let catalog = self.catalog()?;
        if let Some(own) = &self.own {
            // A part of a name is held against those of both.
            let nearer = [own, catalog].into_iter().find(|catalog| names_any(typed, catalog));
            return nearer.map_or_else(|| self.everything(), Ok);
        }
        let found = match catalog.find_role(typed) {
            Found::One(role) => names_role(typed, role) || !known::is_name(typed),
            Found::Several(_) => !known::is_name(typed),
            Found::Nothing => false,
        };
        if found { Ok(catalog) } else { self.everything() }
    }

    /// The catalogue that has all these roles and products, see [`Self::holder`].
    /// Errors: the catalogue cannot be loaded.
    pub fn holding<'a>(
        &self,
        typed: impl IntoIterator<Item = &'a str>,
    ) -> Result<&Catalog, Trouble> {
        let catalog = self.catalog()?;
        if let Some(own) = &self.own {
            let names = |name: &str| named::product(product_part(name), own).is_some();
            let all = typed.into_iter().all(|name| names(name) || names_any(name, own));
            return if all { Ok(own) } else { self.everything() };
        }
        for name in typed {
            if named::product(product_part(name), catalog).is_none()
                && !std::ptr::eq(self.holder(name)?, catalog)
            {
                return self.everything();
            }
        }
        Ok(catalog)
    }
}
