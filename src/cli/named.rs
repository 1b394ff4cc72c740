//! What a typed name stands for in a catalogue: a role, a product or a service.

use std::path::Path;

use super::answer::Trouble;
use super::subject::is_file;
use crate::catalog::Catalog;
use crate::catalog::meant;
use crate::catalog::model::{Product, Role, Service};
use crate::catalog::names::{self, Found};
use crate::catalog::services::folded;
use crate::catalog::text::visible;
use crate::near;
use crate::say::{Language, Saying, comma_list, said, saying};

/// The role that was typed. Errors: none or several, with the nearest names.
pub fn role<'a>(typed: &str, catalog: &'a Catalog) -> Result<&'a Role, Trouble> {
    match catalog.find_role(typed) {
        Found::One(role) => Ok(role),
        Found::Several(roles) => {
            let names: Vec<String> =
                roles.iter().map(|role| names::told_apart(role, &roles)).collect();
            let several =
                saying("`{}` may mean {}; give one of them").with(visible(typed)).list(names);
            Err(Trouble::new(or_folder(several, typed)))
        }
        Found::Nothing if catalog.user_policy(typed.trim()).is_some() => Err(Trouble::new(
            saying("{} is a policy for RAM users and no role; `rolescope show {}` tells of it")
                .with(visible(typed.trim()))
                .with(visible(typed.trim())),
        )),
        Found::Nothing => {
            let near: Vec<&str> =
                meant::roles(typed, catalog).into_iter().map(|role| &*role.short_name).collect();
            let own = catalog.products().iter().any(|product| product.id.is_own());
            let remedy = if is_file(typed) {
                saying(
                    "it looks like a file: `rolescope can --policy {}` decides by one, `rolescope summary {}` tells what it grants",
                )
                .with(visible(typed))
                .with(visible(typed))
            } else if near.is_empty() && own {
                saying("`rolescope list` with the same --policies prints what is in these files")
            } else if near.is_empty() {
                saying("`rolescope list` prints the roles")
            } else {
                saying("the nearest names are {}").list(near)
            };
            let unknown = if own {
                saying("no role of the catalogue is called `{}`, and nothing in these files; {}")
            } else {
                saying("no role of the catalogue is called `{}`; {}")
            };
            Err(Trouble::new(or_folder(unknown.with(visible(typed)).of(remedy), typed)))
        }
    }
}

/// What is told of a name, and how to ask of the folder that is called so.
fn or_folder(told: Saying, typed: &str) -> Saying {
    if !Path::new(typed).is_dir() {
        return told;
    }
    saying("{}; it is a folder too: `--policies {}` asks about the policies there")
        .of(told)
        .with(visible(typed))
}

/// Does a catalogue have a role of this name, not just a part of one?
pub fn names_any(typed: &str, catalog: &Catalog) -> bool {
    match catalog.find_role(typed) {
        // What follows a path is the whole name.
        Found::One(role) => names_role(typed, role) || typed.contains('/'),
        Found::Several(roles) => roles.iter().any(|role| names_role(typed, role)),
        Found::Nothing => false,
    }
}

/// Is it the name of this role, not just a part of one?
pub fn names_role(typed: &str, role: &Role) -> bool {
    [role.name.as_str(), &role.short_name, names::short(&role.name)]
        .into_iter()
        .chain(role.service_name.as_deref())
        .chain(role.policy.as_ref().map(|policy| policy.name.as_str()))
        .any(|name| name.eq_ignore_ascii_case(typed.trim()))
}

/// The name of the product in what may ask for one.
pub(super) fn product_part(typed: &str) -> &str {
    let named = typed.strip_prefix("product").and_then(|rest| rest.strip_prefix([':', '：']));
    named.unwrap_or(typed)
}

/// The product of an id or name, else the only one whose name holds the text.
pub fn product<'a>(typed: &str, catalog: &'a Catalog) -> Option<&'a Product> {
    let wanted = folded(typed);
    let names =
        |product: &Product| [&*product.id.0, &product.name.en, &product.name.zh].map(folded);
    let exact = catalog.products().iter().find(|product| names(product).contains(&wanted));
    exact.or_else(|| {
        let mut parts = catalog.products().iter().filter(|product| {
            !wanted.is_empty() && names(product).iter().any(|name| name.contains(&wanted))
        });
        parts.next().filter(|_| parts.next().is_none())
    })
}

/// The product that was typed, with or without `product:` before it. Errors: none, with those there are.
pub fn find_product<'a>(typed: &str, catalog: &'a Catalog) -> Result<&'a Product, Trouble> {
    let typed = product_part(typed);
    product(typed, catalog).ok_or_else(|| {
        let names = catalog.products().iter().map(|product| product.name.saying());
        let said = saying("no one product is called `{}`; there are {}").with(visible(typed));
        Trouble::new(said.all(names))
    })
}

/// Which roles of a product are known by name only, in a sentence; None where there are none.
pub fn known_by_name(product: &Product, catalog: &Catalog, lang: Language) -> Option<String> {
    let names: Vec<String> =
        catalog.known_by_name(product).into_iter().map(|listed| listed.name).collect();
    let sentence = "Of {} these roles are known by name only and left out here: {}.";
    let names = comma_list(lang, &names);
    (!names.is_empty()).then(|| said(lang, sentence, &[product.name.get(lang), &names]))
}

/// A role or a product.
#[derive(Clone, Copy, Debug)]
pub enum Named<'a> {
    /// This role.
    Role(&'a Role),
    /// This product.
    Product(&'a Product),
}

/// What was typed where a role or a product may stand: exact names come before parts of names, and roles before
/// products; `product:` before a name asks for the product. With a role comes the product that has its name for an
/// id. Errors: none or several, with the nearest names.
pub fn named<'a>(
    typed: &str,
    catalog: &'a Catalog,
) -> Result<(Named<'a>, Option<&'a Product>), Trouble> {
    let name = product_part(typed);
    if name != typed {
        return Ok((Named::Product(find_product(name, catalog)?), None));
    }
    let product = product(typed, catalog);
    if let Found::One(role) = catalog.find_role(typed)
        && (product.is_none() || names_role(typed, role))
    {
        let same = product.filter(|product| product.id.0.eq_ignore_ascii_case(typed));
        return Ok((Named::Role(role), same));
    }
    if let Some(product) = product {
        return Ok((Named::Product(product), None));
    }
    let role = role(typed, catalog).map_err(|trouble| {
        let ids = catalog.products().iter().map(|product| &product.id);
        let names = ids.filter(|id| id.is_product()).map(|id| &*id.0);
        Trouble::new(saying("{}; the products are {}").of(trouble.0).list(names))
    })?;
    Ok((Named::Role(role), None))
}

/// That a name which a role and a product have was taken for the role's.
pub fn taken_for(lang: Language, typed: &str, role: &Role, product: &Product) -> String {
    said(
        lang,
        "`{}` is taken for the role {}; `product:{}` means the product {}.",
        &[typed, &role.name, &product.id.0, product.name.get(lang)],
    )
}

/// The code of a service that was typed by code, short name, name or alias. Errors: several, or unknown, with those
/// whose names hold the text, else the nearest.
pub fn service(typed: &str, catalog: &Catalog) -> Result<String, Trouble> {
    let services = catalog.services();
    let told = |service: &Service| saying("{} ({})").of(service.name.saying()).with(&service.code);
    let several = |services: &[&Service]| {
        let names = services.iter().map(|service| told(service));
        saying("`{}` may mean {}; give one of them").with(visible(typed)).all(names)
    };
    match services.named(typed).as_slice() {
        [] => {}
        [service] => return Ok(service.code.clone()),
        // A word that names some in full begins the names of others.
        named => {
            let holding = services.holding(typed).into_iter();
            let others = holding.filter(|one| named.iter().all(|other| other.code != one.code));
            let all: Vec<&Service> = named.iter().copied().chain(others).collect();
            return Err(Trouble::new(several(&all)));
        }
    }
    let holding = services.holding(typed);
    if holding.len() > 1 {
        return Err(Trouble::new(several(&holding)));
    }
    let unknown = saying("no service is called `{}`").with(visible(typed));
    if let [service] = holding.as_slice() {
        let near = saying("{}; the nearest are {}").of(unknown);
        return Err(Trouble::new(near.all([told(service)])));
    }
    let words = services.all().iter().flat_map(|service| {
        // Most short names are the code in capitals.
        let code = Some(service.code.as_str());
        let code = code.filter(|code| !code.eq_ignore_ascii_case(&service.short));
        [Some(service.short.as_str()), code]
    });
    let near = nearest(typed, words.flatten());
    Err(Trouble::new(if near.is_empty() {
        saying("{}; `rolescope matrix` names those that roles touch").of(unknown)
    } else {
        saying("{}; the nearest are {}").of(unknown).list(near)
    }))
}

/// Up to three names that hold something like the typed text, the nearest first.
pub fn nearest<'a>(typed: &str, all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    near::nearest(names::short(typed.trim()), all, |name| name, 3)
}
