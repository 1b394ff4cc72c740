//! A hit as it is told, in the language of whoever reads: the same words on the screen and on the command line.

use super::corpus::{Corpus, Kind, Target};
use super::finder::{Found, Hit};
use super::narrow::narrow;
use super::rank::Step;
use crate::catalog::model::{Role, Text};
use crate::catalog::{Catalog, Kinds};
use crate::say::{Language, fill, say};

/// Hits of each kind that are listed.
pub const LISTED: usize = 50;

/// What is told of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, and the text that matched where that is another one.
    pub label: String,
    /// The characters of it that match.
    pub marks: Vec<usize>,
    /// What it belongs to or means.
    pub detail: String,
    /// Where it leads.
    pub target: Target,
}

impl Row {
    /// A role with its product, whatever was typed.
    pub fn role(role: &Role, catalog: &Catalog, language: Language) -> Self {
        let product = catalog.product(&role.product);
        Self {
            label: role.short_name.clone(),
            marks: Vec::new(),
            detail: product
                .map(|product| product.name.get(language).to_owned())
                .unwrap_or_default(),
            target: Target::Role(role.id.clone()),
        }
    }

    /// A hit of what was typed. None where the corpus does not have it.
    pub fn of(
        hit: &Hit,
        corpus: &Corpus,
        catalog: &Catalog,
        language: Language,
        typed: &str,
    ) -> Option<Self> {
        let matched = corpus.text(hit.entry, hit.form)?;
        let target = corpus.target(hit.entry)?;
        let (label, detail) = match &target {
            Target::Product(_) if hit.kind == Kind::Policy => {
                let how = "policy for RAM users · rolescope policy {}";
                (matched.to_owned(), fill(say(language, how), &[matched]))
            }
            Target::Product(id) => {
                let name = catalog.product(id).map(|product| &product.name);
                let label = in_language(name, matched, language);
                let name = name.map_or("", |name| name.get(language));
                let other = if name == label { "" } else { name };
                let other = other.to_owned();
                (label, other)
            }
            Target::Role(id) => of_role(hit.kind, catalog.role(id), matched, catalog, language),
            Target::Policy(id) => {
                // Several roles may have policies of one name.
                let of = catalog.role(id).map_or("", |role| role.short_name.as_str());
                (matched.to_owned(), fill(say(language, "policy of {}"), &[of]))
            }
            Target::Service(code) => {
                let name = catalog.service(code).map(|service| &service.name);
                let label = in_language(name, matched, language);
                let name = name.map_or("", |name| name.get(language));
                let other = if name.is_empty() || name == label { code } else { name };
                let filter = fill(say(language, "{} · filter"), &[other]);
                (label, filter)
            }
            Target::Action { action } => {
                let known = catalog.actions().get(action);
                let by_api = known.filter(|known| known.operation().as_deref() == Some(matched));
                let meaning = known.and_then(|known| known.meaning.as_ref());
                let detail = by_api
                    .and_then(|known| known.said_of_api(language))
                    .or_else(|| meaning.map(|text| text.get(language).to_owned()));
                (action.clone(), detail.unwrap_or_default())
            }
        };
        let (label, marks) = if label == matched {
            (label, hit.indices().to_vec())
        } else if let Some(marks) = marks(&label, typed) {
            (label, marks)
        } else if detail.contains(matched) || self::marks(&detail, typed).is_some() {
            (label, Vec::new())
        } else {
            // What matched stands beside the name, so that it can be seen why this was found.
            let from = label.chars().count() + 2;
            let marks = hit.indices().iter().map(|at| at + from).collect();
            (format!("{label}  {matched}"), marks)
        };
        Some(Self { label, marks, detail, target })
    }
}

/// The matched text, or the name in the reader's language where it is the one in another.
fn in_language(name: Option<&Text>, matched: &str, language: Language) -> String {
    match name {
        Some(name) if matched == name.en || matched == name.zh => name.get(language).to_owned(),
        _ => matched.to_owned(),
    }
}

fn of_role(
    kind: Kind,
    role: Option<&Role>,
    matched: &str,
    catalog: &Catalog,
    language: Language,
) -> (String, String) {
    let Some(role) = role else { return (matched.to_owned(), String::new()) };
    let feature = role.feature.as_ref().map(|fact| &fact.value);
    let feature = role.listed_under.as_deref().or(feature);
    match kind {
        Kind::Feature => (in_language(feature, matched, language), role.short_name.clone()),
        Kind::ServiceName => (matched.to_owned(), role.short_name.clone()),
        _ if matched == role.name && matched != role.short_name => {
            (role.name.clone(), role.short_name.clone())
        }
        _ if matched == role.short_name => {
            let product = catalog.product(&role.product);
            let name = product.map(|product| product.name.get(language).to_owned());
            (role.short_name.clone(), name.unwrap_or_default())
        }
        _ => {
            let feature = feature.map(|text| text.get(language).to_owned());
            (role.short_name.clone(), feature.unwrap_or_default())
        }
    }
}

/// The characters of a name in which what was typed stands in one piece or by its initials.
fn marks(label: &str, typed: &str) -> Option<Vec<usize>> {
    let found = narrow([[label]], typed).pop()?.found?;
    (found.step < Step::Scattered).then_some(found.indices)
}

impl Hit {
    /// The role that it leads to.
    pub fn role<'c>(&self, corpus: &Corpus, catalog: &'c Catalog) -> Option<&'c Role> {
        match corpus.target(self.entry)? {
            Target::Role(id) => catalog.role(&id),
            _ => None,
        }
    }
}

impl Found {
    /// The role whose name was typed, where a product has the same as its id and not as its name.
    pub fn role_named(&self, corpus: &Corpus, catalog: &Catalog) -> Option<&Hit> {
        let exact = |hit: &&Hit| hit.is_named();
        let product = self.best().filter(exact).filter(|hit| hit.kind == Kind::Product)?;
        let Target::Product(id) = corpus.target(product.entry)? else { return None };
        let matched = corpus.text(product.entry, product.form)?;
        let name = &catalog.product(&id)?.name;
        let by_name = matched == name.en || matched == name.zh;
        self.shown(Kind::Role).first().filter(exact).filter(|_| !by_name)
    }

    /// The heading of a kind: its name and how many there are, and how many of them are listed.
    pub fn heading(
        &self,
        kind: Kind,
        corpus: &Corpus,
        catalog: &Catalog,
        language: Language,
    ) -> String {
        // What is called a role here may be a policy of which nobody says what role has it.
        let listed = self.shown(kind).iter().take(LISTED);
        let name = match kind {
            Kind::Role => {
                listed.filter_map(|hit| hit.role(corpus, catalog)).collect::<Kinds>().heading()
            }
            _ => plural(kind),
        };
        let name = say(language, name);
        let (count, more) = self.shown_count(kind);
        let listed = self.shown(kind).len().min(LISTED);
        let (listed, all) = (listed.to_string(), count.to_string());
        if more {
            fill(say(language, "{} ({} of {} or more)"), &[name, &listed, &all])
        } else if listed == all {
            fill(say(language, "{} ({})"), &[name, &all])
        } else {
            fill(say(language, "{} ({} of {})"), &[name, &listed, &all])
        }
    }

    /// The services that are named in full by what was typed; what is the code of one means that one.
    pub fn services(&self, corpus: &Corpus, typed: &str) -> Vec<String> {
        let hits = self.of(Kind::Service).iter().take_while(|hit| hit.is_named());
        let codes = hits.filter_map(|hit| match corpus.target(hit.entry)? {
            Target::Service(code) => Some(code.to_string()),
            _ => None,
        });
        let mut codes: Vec<String> = codes.collect();
        if let Some(at) = codes.iter().position(|code| code.eq_ignore_ascii_case(typed.trim())) {
            codes = vec![codes.swap_remove(at)];
        }
        codes
    }
}

/// The roles that touch a service, with its name as their heading and each with its product.
pub fn touching(
    catalog: &Catalog,
    code: &str,
    language: Language,
    touches: impl FnMut(&&Role) -> bool,
) -> (String, Vec<Row>) {
    let roles: Vec<&Role> = catalog.roles().iter().filter(touches).collect();
    let short = catalog.service_short(code, language);
    let kinds: Kinds = roles.iter().copied().collect();
    let (noun, count) = (say(language, kinds.heading()), roles.len().to_string());
    let heading = fill(say(language, "{} that touch {} ({})"), &[noun, &short, &count]);
    let rows = roles.into_iter().take(LISTED).map(|role| Row::role(role, catalog, language));
    (heading, rows.collect())
}

const fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Product => "Products",
        Kind::Role => "Roles",
        Kind::Feature => "Features",
        Kind::Service => "Services",
        Kind::Action => "Actions",
        Kind::Policy => "Policies",
        Kind::ServiceName => "Service names",
    }
}
