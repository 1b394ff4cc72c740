//! What stands on a reference page, in the language that was asked for: contents, products, their matrix, the words
//! of the page. What is said of one role is in [`super::role`].

use std::collections::HashSet;

use super::parts::{Item, Line, Part, Piece, code, text};
use super::role::Telling;
use super::{Chosen, brackets, role, standing};
use crate::catalog::matrix::Grid;
use crate::catalog::model::{Role, RoleId, RoleKind, Standing};
use crate::catalog::{Catalog, Kinds};
use crate::cli::matrix::{counts, through};
use crate::policy::pattern;
use crate::policy::summary::{Anywhere, Reach, Summary, Touched};
use crate::say::{Language, said, say};

/// The title of the page.
pub fn title(chosen: &[Chosen<'_>], lang: Language) -> &'static str {
    if are_service_linked(chosen) {
        say(lang, "Service-linked roles")
    } else {
        say(lang, "Roles and policies")
    }
}

/// Files of one's own hold other roles too, and policies of which nobody says what role has them.
fn are_service_linked(chosen: &[Chosen<'_>]) -> bool {
    let mut roles = chosen.iter().flat_map(|chosen| &chosen.roles);
    roles.all(|role| role.kind == RoleKind::ServiceLinked)
}

/// The page of these products and roles.
pub fn page(chosen: &[Chosen<'_>], catalog: &Catalog, lang: Language) -> Vec<Part> {
    let mut anchors = Anchors::default();
    let contents = say(lang, "Contents");
    let words = say(lang, "How sure the facts are");
    // Wikis make anchors of every heading: those of the page itself are taken first.
    let title = title(chosen, lang);
    for own in [title, contents, words].into_iter().chain(role::headings(lang)) {
        anchors.of(own);
    }
    let named: Vec<Section<'_>> =
        chosen.iter().map(|chosen| Section::of(chosen, catalog, lang, &mut anchors)).collect();
    let mut parts = vec![heading(1, title, None), Part::Words(intro(chosen, catalog, lang))];
    parts.push(heading(2, contents, None));
    parts.push(Part::List(named.iter().map(Section::entry).collect()));
    for section in &named {
        section.write(&mut parts, catalog, lang);
    }
    parts.push(heading(2, words, None));
    parts.push(Part::List(standings(lang)));
    parts
}

/// A heading.
pub fn heading(rank: u8, text: &str, anchor: Option<&str>) -> Part {
    Part::Heading { rank, text: text.to_owned(), anchor: anchor.map(str::to_owned) }
}

fn intro(chosen: &[Chosen<'_>], catalog: &Catalog, lang: Language) -> Line {
    let date = catalog.date().unwrap_or("?");
    let version = env!("CARGO_PKG_VERSION");
    let what = if are_service_linked(chosen) {
        say(
            lang,
            "A service-linked role belongs to a product, which assumes it to reach other services for you. Its policy cannot be edited.",
        )
    } else {
        ""
    };
    let written = "This page was written by rolescope {} from its catalogue of {}.";
    let written = said(lang, written, &[version, date]);
    vec![
        text(match what {
            "" => written,
            what => said(lang, "{} {}", &[what, &written]),
        }),
        Piece::Aside(
            say(lang, "A ~ marks an access level that no document tells: it is guessed from the name of the action, or set by hand; ◐ marks an action whose statement is reconstructed.")
            .to_owned(),
        ),
    ]
}

fn standings(lang: Language) -> Vec<Item> {
    let item = |standing: Standing| Item {
        line: vec![
            Piece::Strong(standing.words().get(lang).to_owned()),
            text(standing.meaning().get(lang)),
        ],
        ..Item::default()
    };
    Standing::ALL.into_iter().map(item).collect()
}

/// A product with what was asked for of it, each with its anchor.
struct Section<'a> {
    chosen: &'a Chosen<'a>,
    name: String,
    anchor: String,
    roles: Vec<(Telling<'a>, String)>,
}

impl<'a> Section<'a> {
    fn of(
        chosen: &'a Chosen<'a>,
        catalog: &'a Catalog,
        lang: Language,
        anchors: &mut Anchors,
    ) -> Self {
        let name = chosen.product.name.get(lang).to_owned();
        let anchor = anchors.of(&name);
        let roles = chosen.roles.iter().map(|role| {
            let anchor = anchors.of(&role.name);
            (Telling::of(role, catalog, lang), anchor)
        });
        Self { chosen, anchor, roles: roles.collect(), name }
    }

    fn entry(&self) -> Item {
        let roles = self
            .roles
            .iter()
            .map(|(telling, anchor)| vec![Piece::Jump(telling.role.name.clone(), anchor.clone())]);
        Item {
            line: vec![Piece::Jump(self.name.clone(), self.anchor.clone())],
            below: roles.collect(),
            ..Item::default()
        }
    }

    fn write(&self, parts: &mut Vec<Part>, catalog: &Catalog, lang: Language) {
        parts.push(heading(2, &self.name, Some(&self.anchor)));
        if let Some(page) = &self.chosen.product.page {
            let lead = say(lang, "Documentation:");
            parts.push(Part::Words(vec![text(lead), Piece::Link(page.clone())]));
        }
        if self.roles.len() > 1 {
            let rows: Vec<(&Role, &Summary, &str)> =
                self.roles.iter().map(|(t, anchor)| (t.role, &t.summary, &**anchor)).collect();
            parts.extend(matrix(&rows, catalog, lang));
            parts.extend(self.order(catalog, lang));
        }
        parts.extend(self.by_name(catalog, lang));
        for (telling, anchor) in &self.roles {
            telling.write(parts, anchor);
        }
    }

    /// The roles of the product that are known by name only, where the whole product was asked for.
    fn by_name(&self, catalog: &Catalog, lang: Language) -> Option<Part> {
        let listed = self.chosen.by_name(catalog);
        let lead = say(lang, "Known by name only, so that nothing is told of them here:");
        let names = listed.iter().map(|listed| code(&listed.name));
        (!listed.is_empty())
            .then(|| Part::Words(std::iter::once(text(lead)).chain(names).collect()))
    }

    /// In which order the roles of the product go, where that matters.
    fn order(&self, catalog: &Catalog, lang: Language) -> Vec<Part> {
        let Some(plan) = catalog.removal_of_product(&self.chosen.product.id) else {
            return Vec::new();
        };
        let short = |id: &RoleId| catalog.role(id).map_or("", |role| role.short_name.as_str());
        let here = |id: &RoleId| self.chosen.roles.iter().any(|role| role.id == *id);
        let items: Vec<Item> = plan
            .order
            .iter()
            .filter(|order| here(&order.first) && here(&order.then))
            .map(|order| Item {
                line: vec![
                    Piece::Strong(said(
                        lang,
                        "{} before {}:",
                        &[short(&order.first), short(&order.then)],
                    )),
                    text(order.because.get(lang)),
                    standing(&order.standing, lang),
                ],
                ..Item::default()
            })
            .collect();
        if items.is_empty() {
            return Vec::new();
        }
        vec![
            Part::Words(vec![text(say(lang, "To remove several of these roles:"))]),
            Part::List(items),
        ]
    }
}

/// Roles by services: the highest level and how many actions.
fn matrix(roles: &[(&Role, &Summary, &str)], catalog: &Catalog, lang: Language) -> Vec<Part> {
    let touched = roles.iter().map(|(role, summary, _)| (*role, summary.touched().into()));
    let grid = Grid::of(touched.collect(), None, catalog).with_missing();
    if grid.columns.is_empty() {
        return Vec::new();
    }
    let kinds: Kinds = roles.iter().map(|(role, ..)| *role).collect();
    let head = std::iter::once(say(lang, kinds.head()).to_owned()).chain(grid.columns.clone());
    let (mut any_partial, mut starred) = (false, false);
    let mut rows = Vec::new();
    for (row, (.., anchor)) in grid.rows().zip(roles) {
        let mut name = vec![Piece::Jump(row.role.short_name.clone(), (*anchor).to_owned())];
        name.extend(row.partial.then(|| text("◐")));
        any_partial |= row.partial;
        let cells = grid.columns.iter().zip(&row.cells).map(|(code, cell)| {
            let granted = cell.reach.level.is_some();
            starred |= cell.touched.is_some_and(|one| one.patterns + one.through_patterns > 0);
            let (mut own, denied) =
                cell.touched.map(|one| own(&one, granted, lang)).unwrap_or_default();
            let itself = row.deletes_itself && code == "ram";
            own.extend(itself.then(|| Piece::Aside(say(lang, "(only its own deletion)").into())));
            let [any, any_denied] = by_any(code, cell.reach, &row.anywhere, lang);
            let mut line = clauses([own, any, denied, any_denied], lang);
            let is_missing = row.missing.contains(&code.as_str());
            let missing = || Piece::Aside(brackets(say(lang, "the missing part"), lang));
            line.extend(is_missing.then(missing));
            line
        });
        rows.push(std::iter::once(name).chain(cells).collect());
    }
    let mut parts = vec![Part::Table { head: head.collect(), rows, grid: true }];
    let legend = [
        (starred, "*: patterns are among them, each of which counts as one."),
        (any_partial, "◐ the policy text is not whole: the role may touch more."),
    ];
    for (_, words) in legend.into_iter().filter(|(is_needed, _)| *is_needed) {
        parts.push(Part::Words(vec![Piece::Aside(say(lang, words).to_owned())]));
    }
    parts
}

/// What is said of one service, one thing after the other.
fn clauses(all: [Line; 4], lang: Language) -> Line {
    let mut line = Line::new();
    for clause in all.into_iter().filter(|clause| !clause.is_empty()) {
        if let Some(Piece::Aside(before)) = line.last_mut() {
            before.push_str(say(lang, ";"));
        }
        line.extend(clause);
    }
    line
}

/// What patterns of any service grant of one, and what they deny, beside what the policy says of that service itself.
fn by_any(code: &str, reach: Reach, anywhere: &[Anywhere], lang: Language) -> [Line; 2] {
    let many = |every: bool, known: u32, denied: bool| {
        let through = through(lang, code, anywhere, denied);
        if every {
            return said(lang, "all, through {}", &[&through]);
        }
        let (known, of) = (known.to_string(), reach.of.to_string());
        said(lang, "{} of {} known, through {}", &[&known, &of, &through])
    };
    let granted = reach.level.map(|level| {
        let many = many(reach.every, reach.known, false);
        vec![Piece::Level(level, say(lang, level.word())), Piece::Aside(many)]
    });
    let denied = reach.denies().then(|| {
        let many = many(reach.denies_every, reach.denied, true);
        vec![Piece::Aside(said(lang, "denied: {}", &[&many]))]
    });
    [granted.unwrap_or_default(), denied.unwrap_or_default()]
}

/// What a policy grants of a service by name, and what it denies. `granted`: patterns of any service grant actions of it
/// too, so that what stands under its own name may be a limit of these.
fn own(touched: &Touched, granted: bool, lang: Language) -> (Line, Line) {
    let aside = |words: &str| vec![Piece::Aside(words.to_owned())];
    let own = match (touched.level, counts(lang, touched)) {
        (Some(level), Some(counts)) => {
            vec![Piece::Level(level, say(lang, level.word())), Piece::Aside(counts)]
        }
        (_, Some(through)) => aside(&through),
        (_, None) if granted => Line::new(),
        (_, None) => return (aside(say(lang, "only denied")), Line::new()),
    };
    let denied = touched.denied();
    let denied = (denied.all() > 0).then(|| said(lang, "{0} denied", &[&denied.words(lang)]));
    (own, denied.map(|words| aside(&words)).unwrap_or_default())
}

/// The name of a service with its code.
pub fn service(code_: &str, catalog: &Catalog, lang: Language) -> Line {
    match catalog.service_name(code_, lang) {
        Some(name) => vec![text(name), code(code_)],
        None if pattern::has_wildcard(code_) => {
            vec![text(say(lang, "Services named")), code(code_)]
        }
        None => vec![code(code_)],
    }
}

/// Names of places on the page, as wikis make them of headings; each is given once.
#[derive(Default)]
struct Anchors(HashSet<String>);

impl Anchors {
    fn of(&mut self, words: &str) -> String {
        let kept = words.to_lowercase();
        let kept = kept.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        });
        let name: String = kept.collect();
        let mut given = name.clone();
        let mut count = 0_usize;
        while !self.0.insert(given.clone()) {
            count += 1;
            given = format!("{name}-{count}");
        }
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique_and_plain() {
        let mut anchors = Anchors::default();
        let given: Vec<String> = ["Role A", "role a", "<\"x\">", "云消息队列 Kafka 版"]
            .map(|words| anchors.of(words))
            .into();
        assert_eq!(given, ["role-a", "role-a-1", "x", "云消息队列-kafka-版"]);
    }
}
