//! `export`: a reference page of roles for a wiki, or the graph of what hangs on what.
//!
//! The roles become parts of a page ([`content`], [`role`]) or nodes and edges of a graph ([`graph`]), and only the
//! writers ([`markdown`], [`html`], [`dot`], [`mermaid`]) know a format: each of them makes texts harmless for it.
//! What is told of a role comes from the catalogue, as on the screen.

pub mod content;
pub mod dot;
pub mod graph;
pub mod html;
pub mod markdown;
pub mod mermaid;
pub mod parts;
pub mod role;

use parts::Piece;

use super::answer::Trouble;
use super::args::{Export as Args, FormatName};
use super::known::Known;
use super::named::{self, Named, named};
use crate::catalog::Catalog;
use crate::catalog::model::{Product, Role, RoleId, Standing};
use crate::catalog::removal::ListedRole;
use crate::say::{Language, said, saying};

/// A product and the roles of it that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen<'a> {
    /// The product.
    pub product: &'a Product,
    /// The roles in its order, at least one.
    pub roles: Vec<&'a Role>,
}

impl Chosen<'_> {
    /// The roles of the product that are known by name only, where the whole product was asked for.
    fn by_name(&self, catalog: &Catalog) -> Vec<ListedRole> {
        if self.roles.len() < self.product.roles.len() {
            return Vec::new();
        }
        catalog.known_by_name(self.product)
    }
}

/// What is printed, and what must be said beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// The page or graph.
    pub text: String,
    /// Sentences for standard error.
    pub asides: Vec<String>,
}

/// `export`. Errors: a name that stands for nothing, or a format that is not one of a page or graph.
pub fn run(
    args: &Args,
    format: Option<FormatName>,
    lang: Language,
    known: &Known,
) -> Result<Export, Trouble> {
    let catalog = if args.subjects.is_empty() {
        known.asked()?
    } else {
        known.holding(args.subjects.iter().map(String::as_str))?
    };
    let (chosen, mut asides) = choose(&args.subjects, catalog, lang)?;
    let text = match format.unwrap_or(FormatName::Markdown) {
        FormatName::Markdown => markdown::page(&content::page(&chosen, catalog, lang)),
        FormatName::Html => {
            let parts = content::page(&chosen, catalog, lang);
            html::page(&parts, content::title(&chosen, lang), lang.code())
        }
        FormatName::Dot => dot::write(&graph::Graph::of(&chosen, catalog, lang)),
        FormatName::Mermaid => {
            let graph = graph::Graph::of(&chosen, catalog, lang);
            let text = mermaid::write(&graph);
            asides.extend(mermaid::too_large(&graph, &text, lang));
            text
        }
        FormatName::Text | FormatName::Json => {
            return Err(Trouble::new(saying(
                "`export` writes markdown, html, dot or mermaid; `show` and `list` write text and json",
            )));
        }
    };
    Ok(Export { text, asides })
}

/// The roles of what was typed, by product in the order of the catalogue; all of them where nothing was typed.
fn choose<'a>(
    typed: &[String],
    catalog: &'a Catalog,
    lang: Language,
) -> Result<(Vec<Chosen<'a>>, Vec<String>), Trouble> {
    let mut wanted: Vec<&RoleId> = Vec::new();
    let mut asides = Vec::new();
    for name in typed {
        match named(name, catalog)? {
            (Named::Role(role), product) => {
                wanted.push(&role.id);
                asides.extend(product.map(|product| named::taken_for(lang, name, role, product)));
            }
            (Named::Product(product), _) => wanted.extend(&product.roles),
        }
    }
    let wanted = |role: &&Role| typed.is_empty() || wanted.contains(&&role.id);
    let chosen: Vec<Chosen<'_>> = catalog
        .products()
        .iter()
        .map(|product| Chosen {
            product,
            roles: catalog.roles_of(&product.id).filter(wanted).collect(),
        })
        .filter(|chosen| !chosen.roles.is_empty())
        .collect();
    if chosen.is_empty() {
        return Err(Trouble::new(saying("there are no roles to export")));
    }
    Ok((chosen, asides))
}

/// How sure something is, as words that stand back.
pub fn standing(standing: &Standing, lang: Language) -> Piece {
    Piece::Aside(brackets(standing.words().get(lang), lang))
}

/// The text in the brackets of the language.
pub fn brackets(text: &str, lang: Language) -> String {
    said(lang, "({})", &[text])
}
