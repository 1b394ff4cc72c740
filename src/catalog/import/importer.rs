//! From what files hold to roles: names, products, what belongs together. Cheap and in a fixed order.
//!
//! A role, its trust policy and its permission policy may come from three files of one folder, in any
//! order: the row appears with the first of them and is completed by the others. Products and ids are
//! settled when a row first appears and never change.

use std::sync::Arc;

use super::batch::{Batch, Loaded, SkippedFile};
use super::contents::{Contents, Paper, without_documents};
use super::parts::{LONGEST, call, guessed_name, kind_of, plain_service, policy, whole_words};
use super::product;
use crate::catalog::known;
use crate::catalog::load::Stamp;
use crate::catalog::model::{
    Fact, Policy, Product, ProductId, Role, RoleId, RoleKind, Standing, Text,
};
use crate::catalog::names;
use crate::catalog::store::Catalog;
use crate::hash::{Map, Set};
use crate::policy::findings::Origin;
use crate::policy::source::Source;
use crate::policy::summary::Touches;
use crate::policy::wrapper::{DocumentKind, ListedRole, Names};
use crate::say::{Language, Saying, said, say, saying};
use crate::text::visible_start;

/// A file on its way in.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its path; safe to print.
    pub path: &'a str,
    /// Which of the paths that were given it comes from, from 0.
    pub given: usize,
    /// It was given itself, not a folder that it is in.
    pub direct: bool,
}

/// Makes roles of what files hold.
#[derive(Debug)]
pub struct Importer {
    catalog: Arc<Catalog>,
    /// What things without a name are called in.
    language: Language,
    /// What standard input is called.
    stdin: String,
    /// The paths that were given, each with what products from it are called beside their own name, which built-in
    /// ones have too.
    given: Vec<(String, String)>,
    products: Set<ProductId>,
    taken: Set<RoleId>,
    /// The last number behind a name that several have.
    numbers: Map<RoleId, usize>,
    /// Roles that more may be learnt of, by folder and name.
    known: Map<(usize, String, String), Loaded>,
    /// Files that are shown as a whole.
    whole: Map<String, Loaded>,
    /// How many documents of a file came before its end.
    parts: Map<String, usize>,
    /// The policies of which the file at hand has the version in force, each by its name.
    in_force: Set<String>,
    batch: Batch,
    at: Map<RoleId, usize>,
}

impl Importer {
    /// Nothing imported yet; what has no name of its own is called by words of a language. `given` are the paths that
    /// were given, safe to print.
    pub fn speaking(language: Language, catalog: Arc<Catalog>, given: &[String]) -> Self {
        let stdin = say(language, "standard input").to_owned();
        Self {
            catalog,
            language,
            given: given.iter().cloned().zip(product::short_names(given, &stdin)).collect(),
            stdin,
            products: Set::default(),
            taken: Set::default(),
            numbers: Map::default(),
            known: Map::default(),
            whole: Map::default(),
            parts: Map::default(),
            in_force: Set::default(),
            batch: Batch::default(),
            at: Map::default(),
        }
    }

    /// What came since the last call.
    pub fn take(&mut self) -> Batch {
        self.at.clear();
        std::mem::take(&mut self.batch)
    }

    /// How many roles there are so far.
    pub fn roles(&self) -> usize {
        self.taken.len()
    }

    /// Notes a file that was read.
    pub fn opened(&mut self, stamp: Stamp) {
        self.batch.files.push(stamp);
    }

    /// Notes something that was left out.
    pub fn skip(&mut self, path: &str, place: Option<String>, reason: Saying) {
        self.batch.skipped.push(SkippedFile { path: path.to_owned(), place, reason });
    }

    /// Notes a file that was not read to its end; what is shown of a large one is its beginning.
    pub fn refuse(&mut self, path: &str, reason: Saying) {
        if let Some(mut loaded) = self.whole.remove(path) {
            let beginning = saying("This is the beginning of the file; the rest was not read.");
            loaded.role.notes = vec![Text::of(&beginning)];
            loaded.touched = Some(Touches::default());
            self.put(loaded);
        }
        self.skip(path, None, reason);
    }

    /// Shows a large file as a whole, or the beginning of it, before it is taken apart.
    pub fn show_whole(&mut self, file: File<'_>, text: Source) {
        let known = self.whole.get(file.path).cloned();
        let mut loaded = known.unwrap_or_else(|| {
            let product = self.file_product(file);
            let stem = self.stem(file).to_owned();
            let role = self.new_role(&product, &stem, None, RoleKind::Document);
            Loaded { role, touched: None, whole_file: true, arn: None }
        });
        let name = loaded.role.name.clone();
        loaded.role.policy = Some(policy(name, text, file, Origin::Unknown, &Names::default()));
        self.whole.insert(file.path.to_owned(), loaded.clone());
        self.put(loaded);
    }

    /// Takes in some of several documents of a file; [`Importer::add`] is given the rest of it.
    pub fn add_part(&mut self, file: File<'_>, part: Contents) {
        *self.parts.entry(file.path.to_owned()).or_default() += part.papers.len();
        self.take_in(file, part, true);
    }

    /// Takes in what a file holds, or what is left of it.
    pub fn add(&mut self, file: File<'_>, mut contents: Contents) {
        let papers = self.parts.remove(file.path).unwrap_or(0) + contents.papers.len();
        let several = papers + contents.roles.len() > 1;
        if let Some(mut loaded) = self.whole.remove(file.path) {
            if let Some(paper) = contents.papers.pop_if(|paper| paper.bare && !several) {
                loaded.whole_file = false;
                loaded.touched = Some(paper.touched);
            } else {
                loaded.role.notes = vec![whole_words(papers, contents.broken, contents.stopped)];
                loaded.touched = Some(Touches::default());
            }
            self.put(loaded);
        }
        self.take_in(file, contents, several);
        self.in_force.clear();
    }

    fn take_in(&mut self, file: File<'_>, contents: Contents, several: bool) {
        for (place, reason) in contents.skipped {
            self.skip(file.path, place, reason);
        }
        for role in &contents.roles {
            self.listed(file, role, several);
        }
        let in_force = contents.papers.iter().filter_map(|one| one.names.in_force());
        self.in_force.extend(in_force.map(str::to_owned));
        for paper in contents.papers {
            self.paper(file, paper, several);
        }
        let mut listed = contents.listed;
        listed.retain(|policy| !self.has_text(file, &policy.name));
        if !listed.is_empty() {
            self.skip(file.path, None, without_documents(&listed));
        }
    }

    /// Is the text of a policy here: in a file of the same folder that was read before, or whole in the catalogue?
    fn has_text(&self, file: File<'_>, policy: &str) -> bool {
        let name = visible_start(policy, LONGEST).to_ascii_lowercase();
        let product = product::of_folder(product::folder(file.path));
        let role = product::role_of_policy(&self.catalog, policy).map(str::to_owned);
        let role = role.or_else(|| names::role_like_policy(policy));
        let of_role = role.and_then(|role| self.known.get(&key(file, &role)));
        let whole = |own: &Policy| own.name.eq_ignore_ascii_case(policy) && own.is_sure();
        self.taken.contains(&RoleId(Arc::from(format!("{}/{name}", product.id.0))))
            || of_role.is_some_and(|loaded| loaded.role.policy.is_some())
            || self.catalog.user_policy(policy).is_some()
            || self.catalog.roles().iter().filter_map(|role| role.policy.as_ref()).any(whole)
    }

    /// A role that a list or an answer describes.
    fn listed(&mut self, file: File<'_>, listed: &ListedRole, several: bool) {
        let mut loaded = self.known_role(file, &listed.name, &[], several);
        let observed = |text: &String| Fact {
            value: Text::same(visible_start(text, 1_000)),
            standing: Standing::Observed,
        };
        call(&mut loaded.role, &listed.name);
        let role = &mut loaded.role;
        role.kind =
            if listed.service_linked() { RoleKind::ServiceLinked } else { RoleKind::Ordinary };
        if let Some(text) = listed.description.as_ref() {
            role.purpose = Some(Box::new(observed(text)));
        }
        if let Some(created) = listed.created.as_ref() {
            let created = visible_start(created, 64);
            let said = Text::new(
                format!("The file says that the role was created on {created}."),
                format!("文件显示该角色创建于 {created}。"),
            );
            if !role.notes.contains(&said) {
                role.notes.push(said);
            }
        }
        let arn = listed.arn.as_deref().filter(|arn| names::is_arn_of(arn, &listed.name));
        loaded.arn = arn.map(Into::into).or(loaded.arn);
        self.keep(file, &listed.name, loaded);
    }

    fn paper(&mut self, file: File<'_>, paper: Paper, several: bool) {
        let stem = self.stem(file).to_owned();
        let service = plain_service(&paper.names.services);
        let (role, policy_name) = (paper.names.role.clone(), paper.names.policy.clone());
        let policy_type = paper.names.policy_type.as_deref();
        let origin = names::origin(policy_name.as_deref(), policy_type);
        if let (DocumentKind::Trust, Some(name)) = (paper.kind, &role) {
            let mut loaded = self.known_role(file, name, &paper.names.services, several);
            let trust = Fact { value: paper.source, standing: Standing::Observed };
            call(&mut loaded.role, name);
            loaded.role.trust = Some(Box::new(trust));
            loaded.role.service_name = service.or(loaded.role.service_name);
            self.keep(file, name, loaded);
            return;
        }
        let named = policy_name.or_else(|| paper.names.resource.clone());
        let named = named.or_else(|| (!several).then(|| stem.clone()));
        let given = role.is_some();
        let role = role.or_else(|| {
            let name = product::role_of_policy(&self.catalog, named.as_deref()?)?;
            Some(name.to_owned())
        });
        let guess = || named.as_deref().and_then(names::role_like_policy);
        let (role, guessed) = match role {
            Some(role) => (Some(role), false),
            None => (guess(), true),
        };
        let title = named.unwrap_or(stem);
        if let Some(name) = role.filter(|_| paper.names.is_default != Some(false)) {
            let key = key(file, &name);
            let policy_before = self.known.get(&key).and_then(|l| l.role.policy.as_ref());
            match policy_before {
                None => {
                    let new = !self.known.contains_key(&key);
                    let mut loaded = self.known_role(file, &name, &[], several);
                    if new && guessed {
                        loaded.role.notes.push(guessed_name());
                    }
                    if new && given && loaded.role.kind == RoleKind::Ordinary {
                        // One of the policies that the role may have; the role itself may still come. Until then the
                        // row stands for the policy.
                        call(&mut loaded.role, &title);
                        loaded.role.kind = RoleKind::Document;
                    }
                    let origin = match loaded.role.kind {
                        RoleKind::ServiceLinked => Origin::ServiceLinkedRole,
                        RoleKind::Ordinary | RoleKind::Document => origin,
                    };
                    let title = visible_start(&title, LONGEST);
                    let names = &paper.names;
                    loaded.role.policy = Some(policy(title, paper.source, file, origin, names));
                    loaded.touched = Some(paper.touched);
                    self.keep(file, &name, loaded);
                    return;
                }
                Some(before) if before.source == paper.source => {
                    let from = before.page.clone().unwrap_or_default();
                    let reason = saying("The same document of {} was read from {}.");
                    let reason =
                        reason.with(visible_start(&title, 250)).with(visible_start(&from, 250));
                    self.skip(file.path, None, reason);
                    return;
                }
                Some(_) => {}
            }
        }
        let product = self.product(file, several, None, &[]);
        let version = paper.names.version.as_deref();
        let superseded = paper.names.gives_way(&|policy| self.in_force.contains(policy));
        // A file may be called by the role whose policy it holds.
        let (kind, origin) = if names::is_service_linked(&title) {
            (RoleKind::ServiceLinked, Origin::ServiceLinkedRole)
        } else {
            (RoleKind::Document, origin)
        };
        let mut role = if superseded {
            let version = version.map_or_else(|| title.clone(), |it| format!("{title} {it}"));
            let marked =
                said(self.language, "{} (not in force)", &[&visible_start(&version, LONGEST)]);
            self.new_role(&product, &marked, None, kind)
        } else {
            self.new_role(&product, &title, version, kind)
        };
        role.service_name = service;
        let title = visible_start(&title, LONGEST);
        let policy = policy(title, paper.source, file, origin, &paper.names);
        role.policy = Some(Policy { superseded, ..policy });
        self.put(Loaded { role, touched: Some(paper.touched), whole_file: false, arn: None });
    }

    /// The role of a name in the folder of a file, as far as it is known.
    fn known_role(
        &mut self,
        file: File<'_>,
        name: &str,
        services: &[String],
        several: bool,
    ) -> Loaded {
        let key = key(file, name);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let product = self.product(file, several, Some(name), services);
        let mut role = self.new_role(&product, name, None, kind_of(name));
        role.service_name =
            known::of_name(name).and_then(|known| known.service_name).map(str::to_owned);
        if let Some(described) = self.catalog.role(&RoleId::of(name)) {
            // What is true of the role in every account.
            role.feature.clone_from(&described.feature);
            role.purpose.clone_from(&described.purpose);
            role.created_when.clone_from(&described.created_when);
            role.blockers.clone_from(&described.blockers);
            role.stops.clone_from(&described.stops);
            role.service_name.clone_from(&described.service_name);
        }
        // Nothing is known to be touched as long as there is no policy.
        Loaded { role, touched: Some(Touches::default()), whole_file: false, arn: None }
    }

    fn keep(&mut self, file: File<'_>, name: &str, loaded: Loaded) {
        self.known.insert(key(file, name), loaded.clone());
        self.put(loaded);
    }

    fn put(&mut self, loaded: Loaded) {
        let at = self.at.get(&loaded.role.id);
        if let Some(before) = at.and_then(|at| self.batch.roles.get_mut(*at)) {
            *before = loaded;
        } else {
            self.at.insert(loaded.role.id.clone(), self.batch.roles.len());
            self.batch.roles.push(loaded);
        }
    }

    /// A role with a name that no other of the product has.
    fn new_role(
        &mut self,
        product: &ProductId,
        name: &str,
        version: Option<&str>,
        kind: RoleKind,
    ) -> Role {
        let name = visible_start(name, LONGEST);
        let id_of =
            |name: &str| RoleId(Arc::from(format!("{}/{}", product.0, name.to_ascii_lowercase())));
        let (mut id, mut shown) = (id_of(&name), name);
        if let Some(version) = version.filter(|_| self.taken.contains(&id)) {
            shown = format!("{shown} {}", visible_start(version, 32));
            id = id_of(&shown);
        }
        if self.taken.contains(&id) {
            let base = shown.clone();
            let number = self.numbers.entry(id.clone()).or_insert(1);
            while self.taken.contains(&id) {
                *number += 1;
                shown = format!("{base} #{number}");
                id = id_of(&shown);
            }
        }
        self.taken.insert(id.clone());
        Role::bare(id, kind, product.clone(), shown)
    }

    /// What a document is called that has no name itself: as its file without its ending.
    fn stem<'a>(&'a self, file: File<'a>) -> &'a str {
        if file.path == "-" { &self.stdin } else { product::stem(file.path) }
    }

    fn product(
        &mut self,
        file: File<'_>,
        several: bool,
        role: Option<&str>,
        services: &[String],
    ) -> ProductId {
        let found = product::of_role(&self.catalog, role, services);
        if let Some(name) = found.filter(|_| role.is_some()) {
            let key = product::key(file, &name.en);
            let name = match self.given.get(file.given) {
                Some((path, short)) => {
                    let place = product::place(file, path, short);
                    name.map(|name| format!("{name} · {place}"))
                }
                None => name,
            };
            return self.own_product(&key, &name);
        }
        if several || file.direct {
            return self.file_product(file);
        }
        self.known_product(product::of_folder(product::folder(file.path)))
    }

    fn file_product(&mut self, file: File<'_>) -> ProductId {
        let name = match file.path {
            "-" => Text::of(&saying("standard input")),
            path => Text::same(path.to_owned()),
        };
        self.own_product(&format!("file/{}", file.path), &name)
    }

    fn own_product(&mut self, key: &str, name: &Text) -> ProductId {
        self.known_product(product::own(key, name))
    }

    fn known_product(&mut self, product: Product) -> ProductId {
        // All roles of it share one text.
        if let Some(known) = self.products.get(&product.id) {
            return known.clone();
        }
        let id = product.id.clone();
        self.products.insert(id.clone());
        self.batch.products.push(product);
        id
    }
}

/// What several files of a folder may tell of: a role of this name, in any case of letters.
fn key(file: File<'_>, name: &str) -> (usize, String, String) {
    (file.given, product::folder(file.path).to_owned(), name.to_ascii_lowercase())
}
