//! What a name on the command line stands for: a role of the catalogue, a product, a service, or policies of a file.

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::answer::Trouble;
use super::files;
use super::lint;
use super::papers::{Paper, Papers, kind_word};
use super::roles::find_product;
use crate::catalog::Catalog;
use crate::catalog::import;
use crate::catalog::known;
use crate::catalog::meant;
use crate::catalog::model::{Product, Role, Standing, Text};
use crate::catalog::names::{self, Found};
use crate::catalog::text::visible;
use crate::near;
use crate::policy::wrapper::{DocumentKind, SkipReason};
use crate::say::{Language, Saying, counted, said, saying};

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
                all.take_in(without_roles(catalog.products()), catalog.roles().iter().cloned());
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
            let names = |name: &str| self::product(product_part(name), own).is_some();
            let all = typed.into_iter().all(|name| names(name) || names_any(name, own));
            return if all { Ok(own) } else { self.everything() };
        }
        for name in typed {
            if self::product(product_part(name), catalog).is_none()
                && !std::ptr::eq(self.holder(name)?, catalog)
            {
                return self.everything();
            }
        }
        Ok(catalog)
    }
}

/// Policies and where they come from.
#[derive(Debug)]
pub struct Subject<'a> {
    /// What to call it in a title.
    pub title: Saying,
    /// The role, where it is one of the catalogue.
    pub role: Option<&'a Role>,
    /// Its documents, at least one.
    pub papers: Vec<Paper>,
    /// What must be said beside the answer.
    pub asides: Vec<Text>,
}

/// Is a file meant rather than a role?
pub fn is_file(typed: &str) -> bool {
    if typed.starts_with("acs:") {
        return false;
    }
    typed == "-"
        || typed.contains(['/', '\\'])
        || Path::new(typed).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
        || std::fs::metadata(typed).is_ok_and(|about| !about.is_dir())
}

impl<'a> Subject<'a> {
    /// The role or file that was typed; `trust` asks for trust policies.
    pub fn of(
        typed: &(impl AsRef<OsStr> + ?Sized),
        trust: bool,
        known: &'a Known,
    ) -> Result<Self, Trouble> {
        let typed = typed.as_ref();
        // What is no Unicode names no role, and may name a file.
        let Some(typed) = typed.to_str() else { return Self::of_file(Path::new(typed), trust) };
        let own = || known.own.as_ref().is_some_and(|own| names_any(typed, own));
        if is_file(typed) && (Path::new(typed).exists() || !own()) {
            Self::of_file(Path::new(typed), trust)
        } else {
            Self::of_role(role(typed, known.holder(typed)?)?, trust)
        }
    }

    /// The policy of a role. Errors: it is not in the catalogue, or not readable.
    pub fn of_role(role: &'a Role, trust: bool) -> Result<Self, Trouble> {
        let text = if trust {
            role.trust.as_ref().map(|fact| &fact.value)
        } else {
            role.policy.as_ref().map(|policy| &policy.source)
        };
        let Some(text) = text else {
            let missing = if trust {
                saying("the trust policy of {} is not in the catalogue")
            } else {
                saying("the policy of {} is not in the catalogue")
            };
            return Err(Trouble::new(missing.with(&role.name)));
        };
        let paper =
            Paper::of_text(text).map_err(|error| Trouble::new(error.located_in(&role.name)))?;
        let mut asides = Vec::new();
        if let Some(policy) = role.policy.as_ref().filter(|_| !trust)
            && let Some(warning) = policy.warning()
        {
            let (name, standing) = (&policy.name, policy.standing_words());
            let fetch = policy.fetch_command();
            asides.push(Text::new(
                format!("{name} is {}. {} The true text: {fetch}", standing.en, warning.en),
                format!("{name}：{}。{}原文：{fetch}", standing.zh, warning.zh),
            ));
        }
        let observed = role.policy.iter().filter(|one| one.standing == Standing::Observed);
        asides.extend(observed.filter(|_| !trust).flat_map(|one| one.notes.clone()));
        Ok(Self { title: Saying::same(&role.name), role: Some(role), papers: vec![paper], asides })
    }

    fn of_file(path: &Path, trust: bool) -> Result<Self, Trouble> {
        let title = files::shown(path);
        let about = |what: Saying| saying("{}: {}").of(title.clone()).of(what);
        let papers = papers(path)?;
        let asides = papers
            .skipped
            .iter()
            .map(|skipped| {
                let left = saying("{} was left out. {}").with(&skipped.path);
                Text::of(&about(left.of(skipped.reason.saying())))
            })
            .collect();
        let mut list = papers.list;
        if trust {
            list.retain(|paper| paper.wrapped.kind == DocumentKind::Trust);
            if list.is_empty() {
                return Err(Trouble::new(about(saying("it holds no trust policy"))));
            }
        }
        Ok(Self { title, role: None, papers: list, asides })
    }

    /// What must be said beside the answer, in a language.
    pub fn asides_in(&self, lang: Language) -> Vec<String> {
        self.asides.iter().map(|aside| aside.get(lang).to_owned()).collect()
    }

    /// What to call one of its documents.
    pub fn name_of(&self, paper: &Paper) -> Saying {
        let names = &paper.wrapped.names;
        if let Some(role) = self.role {
            // A trust policy has no name of its own.
            let policy = role.policy.as_ref().filter(|_| paper.wrapped.kind != DocumentKind::Trust);
            let policy = policy.map(|policy| policy.name.clone());
            return Saying::same(policy.unwrap_or_else(|| role.name.clone()));
        }
        let name = names.policy.as_ref().or(names.role.as_ref()).map(|name| visible(name));
        let version = names.version.as_ref().map(|version| visible(version));
        match (name, version) {
            (Some(name), Some(version)) => Saying::same(format!("{name} {version}")),
            (Some(name), None) => Saying::same(name),
            // An answer of ListPolicyVersions names no policy.
            (None, Some(version)) if names.is_default == Some(true) => {
                saying("{}, in force, at {}").with(version).with(&paper.wrapped.path)
            }
            (None, Some(version)) => saying("{} at {}").with(version).with(&paper.wrapped.path),
            _ if self.papers.len() > 1 => saying("{} at {}")
                .of(saying(kind_word(paper.wrapped.kind)))
                .with(&paper.wrapped.path),
            _ => self.title.clone(),
        }
    }
}

/// The documents of a file. Errors: it cannot be read, or holds none.
pub fn papers(path: &Path) -> Result<Papers, Trouble> {
    let text = files::read(path)?;
    let papers = Papers::read(text).map_err(|error| {
        let place = saying("{}:{}").of(files::shown(path)).with(error.place);
        Trouble::new(saying("{}: {}").of(place).of(lint::sentence(&error)))
    })?;
    match papers.nothing() {
        Some(why) => Err(Trouble::new(saying("{}: {}").of(files::shown(path)).of(why))),
        None => Ok(papers),
    }
}

/// The papers of several files that decide together.
#[derive(Debug, Default)]
pub struct Deciding {
    /// The papers, each with the path that it came from.
    pub papers: Vec<(String, Paper)>,
    /// What could not be read and might decide otherwise, a sentence each.
    pub unread: Vec<Saying>,
    /// What was passed over because it does not count, a sentence for each file.
    pub passed_over: Vec<Saying>,
}

impl Deciding {
    /// Reads the files. Errors: one cannot be read at all, or holds no policy.
    pub fn of(paths: &[PathBuf]) -> Result<Self, Trouble> {
        let mut all = Self::default();
        for path in paths {
            let shown = files::shown(path);
            let mut papers = papers(path)?;
            let skipped = std::mem::take(&mut papers.skipped);
            // What another document here replaces decides nothing.
            let unread = skipped.iter().filter(|skipped| !skipped.reason.is_replaced());
            all.unread.extend(unread.map(|skipped| {
                let left = saying("{} was left out. {}").with(&skipped.path);
                saying("{}: {}").of(shown.clone()).of(left.of(skipped.reason.saying()))
            }));
            let before = skipped.iter().filter(|one| one.reason == SkipReason::BeforeChange);
            let before = before.count();
            if before > 0 {
                let what = counted(
                    before,
                    "{} place of the plan is passed over: what stands there is not in force once the plan is applied.",
                    "{} places of the plan are passed over: what stands there is not in force once the plan is applied.",
                );
                all.passed_over.push(saying("{}: {}").of(shown.clone()).of(what));
            }
            let found = papers.list.len();
            let counting = papers.into_deciding();
            let over = found - counting.len();
            if over > 0 {
                let what = saying(
                    "{} of {} policies decide; versions that are not in force and trust policies beside permissions are passed over.",
                );
                let what = what.with(counting.len()).with(found);
                all.passed_over.push(saying("{}: {}").of(shown.clone()).of(what));
            }
            let shown = shown.english();
            all.papers.extend(counting.into_iter().map(|paper| (shown.clone(), paper)));
        }
        Ok(all)
    }
}

/// The role that was typed. Errors: none or several, with the nearest names.
pub fn role<'a>(typed: &str, catalog: &'a Catalog) -> Result<&'a Role, Trouble> {
    match catalog.find_role(typed) {
        Found::One(role) => Ok(role),
        Found::Several(roles) => {
            let names: Vec<String> = roles.iter().map(|role| told_apart(role, &roles)).collect();
            Err(Trouble::new(
                saying("`{}` may mean {}; give one of them").with(visible(typed)).list(names),
            ))
        }
        Found::Nothing => {
            let near: Vec<&str> =
                meant::roles(typed, catalog).into_iter().map(|role| &*role.short_name).collect();
            let remedy = if is_file(typed) {
                saying(
                    "it looks like a file: `rolescope can --policy {}` decides by one, `rolescope summary {}` tells what it grants",
                )
                .with(visible(typed))
                .with(visible(typed))
            } else if near.is_empty() {
                saying("`rolescope list` prints the roles")
            } else {
                saying("the nearest names are {}").list(near)
            };
            Err(Trouble::new(
                saying("no role of the catalogue is called `{}`; {}")
                    .with(visible(typed))
                    .of(remedy),
            ))
        }
    }
}

/// Products as they are before their roles come in.
fn without_roles(products: &[Product]) -> Vec<Product> {
    products.iter().map(|product| Product { roles: Vec::new(), ..product.clone() }).collect()
}

/// Does a catalogue have a role of this name, not just a part of one?
fn names_any(typed: &str, catalog: &Catalog) -> bool {
    match catalog.find_role(typed) {
        // What follows a path is the whole name.
        Found::One(role) => names_role(typed, role) || typed.contains('/'),
        Found::Several(roles) => roles.iter().any(|role| names_role(typed, role)),
        Found::Nothing => false,
    }
}

/// The name of the product in what may ask for one.
fn product_part(typed: &str) -> &str {
    typed.strip_prefix("product:").unwrap_or(typed)
}

/// The short name of a role; with the folder or file that it comes from where others of these have the same.
pub fn told_apart(role: &Role, all: &[&Role]) -> String {
    let name = &role.short_name;
    let same = all.iter().filter(|other| other.short_name == *name).count();
    // People's own products are called by their path; see `product` of the import.
    let product = role.product.0.strip_prefix("own/").and_then(|own| own.split_once('/'));
    match product {
        Some((_, path)) if same > 1 => format!("{path}/{name}"),
        _ => name.clone(),
    }
}

/// Is it the name of this role, not just a part of one?
pub fn names_role(typed: &str, role: &Role) -> bool {
    [role.name.as_str(), &role.short_name, names::short(&role.name)]
        .into_iter()
        .chain(role.service_name.as_deref())
        .any(|name| name.eq_ignore_ascii_case(typed.trim()))
}

/// The product of an id or name, else the only one whose name holds the text.
pub fn product<'a>(typed: &str, catalog: &'a Catalog) -> Option<&'a Product> {
    let wanted = typed.trim().to_lowercase();
    let names = |product: &Product| {
        [&*product.id.0, &product.name.en, &product.name.zh].map(str::to_lowercase)
    };
    let exact = catalog.products().iter().find(|product| names(product).contains(&wanted));
    exact.or_else(|| {
        let mut parts = catalog.products().iter().filter(|product| {
            !wanted.is_empty() && names(product).iter().any(|name| name.contains(&wanted))
        });
        parts.next().filter(|_| parts.next().is_none())
    })
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
    if let Some(name) = typed.strip_prefix("product:") {
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
        let names = ids.filter(|id| !id.is_of_many()).map(|id| &*id.0);
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

/// The code of a service that was typed by code, short name, name or alias. Errors: unknown, with the nearest.
pub fn service(typed: &str, catalog: &Catalog) -> Result<String, Trouble> {
    let services = catalog.services();
    if let Some(service) = services.named(typed.trim()).first() {
        return Ok(service.code.clone());
    }
    let words = services.all().iter().flat_map(|service| {
        // Most short names are the code in capitals.
        let code = Some(service.code.as_str());
        let code = code.filter(|code| !code.eq_ignore_ascii_case(&service.short));
        [Some(service.short.as_str()), code]
    });
    let near = nearest(typed, words.flatten());
    let unknown = saying("no service is called `{}`").with(visible(typed));
    Err(Trouble::new(if near.is_empty() {
        unknown
    } else {
        saying("{}; the nearest are {}").of(unknown).list(near)
    }))
}

/// Up to three names that hold something like the typed text, the nearest first.
pub fn nearest<'a>(typed: &str, all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    near::nearest(names::short(typed.trim()), all, |name| name, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_roles_are_told_apart() {
        for file in ["-", "./Connector", "a/b", "x.json", "X.JSON"] {
            assert!(is_file(file), "{file}");
        }
        for role in ["Connector", "acs:ram::1:role/aliyunserviceroleforx", "x.aliyuncs.com"] {
            assert!(!is_file(role), "{role}");
        }
    }
}
