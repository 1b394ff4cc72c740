//! Actions as lines of a table: the built-in ones are read at every start, from a table that a test makes of the
//! catalogue file.
//!
//! ```text
//! = page                                                    a page, counted from 0
//! name  level  source  page  api  English  Chinese          an action, with tabs between; what is empty is not there
//! ```

use super::{Action, Cow};
use crate::catalog::format::FromWord as _;
use crate::catalog::model::Text;
use crate::policy::level::{AccessLevel, LevelSource};

/// Room for the actions at once; a few more are no harm.
const ROOM: usize = 256;

/// The actions of a table. A line that is none is left out: a test compares the table with the file.
pub(in crate::catalog) fn read(table: &'static str) -> Vec<Action> {
    let mut pages = Vec::new();
    let mut actions = Vec::with_capacity(ROOM);
    for line in parts(table, b'\n') {
        if let Some(page) = line.strip_prefix("= ") {
            pages.push(page);
        } else {
            actions.extend(action(line, &pages));
        }
    }
    actions
}

/// What stands between bytes of ASCII. The library's own search for one letter is slow where the program is built small.
fn parts(text: &'static str, between: u8) -> impl Iterator<Item = &'static str> {
    let ends = memchr::memchr_iter(between, text.as_bytes()).chain([text.len()]);
    ends.scan(0, move |start, end| text.get(std::mem::replace(start, end + 1)..end))
}

fn action(line: &'static str, pages: &[&'static str]) -> Option<Action> {
    let mut columns = parts(line, b'\t');
    let name = columns.next()?;
    let level = AccessLevel::from_word(columns.next()?)?;
    let source = LevelSource::from_word(columns.next()?)?;
    let page = columns.next()?.parse().ok().and_then(|at: usize| pages.get(at));
    let [api, en, zh] = [columns.next()?, columns.next()?, columns.next()?];
    Some(Action {
        name: Cow::Borrowed(name),
        level,
        source,
        meaning: (!en.is_empty()).then(|| Text::new(en, zh)),
        page: page.map(|page| Cow::Borrowed(*page)),
        api: (!api.is_empty()).then_some(Cow::Borrowed(api)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::catalog::load::NoDocument;
    use std::fmt::Write as _;
    use std::path::Path;

    fn all(catalog: &Catalog) -> Vec<&Action> {
        catalog.actions().all().chain(catalog.actions().patterns()).collect()
    }

    fn table(actions: &[&Action]) -> String {
        let mut pages: Vec<&str> = actions.iter().filter_map(|one| one.page.as_deref()).collect();
        pages.sort_unstable();
        pages.dedup();
        let mut table = String::new();
        for page in &pages {
            writeln!(table, "= {page}").unwrap();
        }
        for action in actions {
            let source = match action.source {
                LevelSource::Documented => "documented",
                LevelSource::ByHand => "by hand",
                LevelSource::NameRule => "name rule",
            };
            let page = action.page.as_deref().map(|page| pages.binary_search(&page).unwrap());
            let columns = [
                &*action.name,
                action.level.word(),
                source,
                &page.map(|at| at.to_string()).unwrap_or_default(),
                action.api.as_deref().unwrap_or_default(),
                action.meaning.as_ref().map_or("", |meaning| &meaning.en),
                action.meaning.as_ref().map_or("", |meaning| &meaning.zh),
            ];
            assert!(columns.iter().all(|column| !column.contains(['\t', '\n'])), "{columns:?}");
            writeln!(table, "{}", columns.join("\t")).unwrap();
        }
        table
    }

    #[test]
    fn the_table_holds_what_the_catalogue_file_says() {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        let file = std::fs::read_to_string(assets.join("actions.json")).unwrap();
        let mut catalog = Catalog::default();
        catalog.merge_file("actions.json", &file, &|_| Err(NoDocument::Missing)).unwrap();
        let said = all(&catalog);
        let made = table(&said);
        let committed = assets.join("actions.tsv");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&committed, &made).unwrap();
        }
        assert!(
            std::fs::read_to_string(&committed).unwrap_or_default() == made,
            "assets/actions.tsv is stale; refresh it with: UPDATE=1 cargo test --lib actions::lines"
        );
        let builtin = Catalog::builtin().unwrap();
        let known = all(&builtin);
        for (known, said) in known.iter().zip(&said) {
            assert_eq!(known, said, "after UPDATE=1 the test has to be built once more");
        }
        assert_eq!(known.len(), said.len(), "after UPDATE=1 the test has to be built once more");
    }
}
