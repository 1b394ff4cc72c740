//! The palette: every command of every place, and products and roles by name. Enter runs or goes.

use super::command::{Command, Entry, Scope, TABLE, entry};
use super::event::Effect;
use super::find::SLIPS_MOST;
use super::overlay::{List, Overlay};
use super::picker::Target;
use super::picker::{Item, Line, Picker};
use super::{App, NoticeKind};
use crate::catalog::Kinds;
use crate::catalog::meant;
use crate::catalog::search::{Kind, LISTED, Match, Narrowed, Row, Step, narrow};
use crate::say::{Language, say};

impl App {
    pub(super) fn open_palette(&mut self) {
        self.lay_over(Overlay::List(List::Palette, Picker::default()));
        self.refill();
    }

    /// Fills the list with what matches the typed text: first what can be done here.
    pub(super) fn fill_palette(&mut self, picker: &mut Picker) {
        let mut scopes = self.scopes_below();
        if !self.under.is_empty() {
            scopes.extend(self.place_scopes());
        }
        let typed = picker.input.text().trim().to_owned();
        let mut here = Vec::new();
        // Nobody opens a list to move a line; where nothing is typed yet, movements stand last.
        let mut moves = Vec::new();
        let mut elsewhere = Vec::new();
        // The best of what can be run, and where it stands in its group.
        let mut best: Option<(Match, Command)> = None;
        let mut commands = commands_like(self.language, TABLE.iter(), &typed);
        let mut total = 0;
        let (mut named, hit) =
            if typed.is_empty() { (Vec::new(), None) } else { self.find_named(&typed, &mut total) };
        // Where anything has what was typed as it stands, scattered letters are noise.
        let clear = hit.as_ref().is_some_and(|(found, _)| found.step < Step::Scattered);
        if clear {
            commands.retain(is_clear);
        }
        for hit in commands {
            let Some(row) = TABLE.get(hit.index) else { continue };
            let applies = applies(row.command, &scopes);
            let keys = if applies {
                self.keymap.keys_in(row.command, &scopes)
            } else {
                self.keymap.keys(row.command)
            };
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let places = self.keymap.places(row, self.language);
            let detail = if applies {
                keys.join("  ")
            } else {
                format!("{} · {}", keys.join("  "), self.comma_list(&places))
            };
            let marks = if hit.form == 0 { hit.indices().to_vec() } else { Vec::new() };
            let target = Target::Command(row.command);
            let item = Item { label: self.word(row.doc).to_owned(), marks, detail, target };
            if let Some(found) = hit.found
                && best.as_ref().is_none_or(|(best, _)| found.order(best).is_lt())
            {
                best = Some((found, row.command));
            }
            let moving = typed.is_empty() && row.scopes.contains(&Scope::Moving);
            let group = match applies {
                true if moving => &mut moves,
                true => &mut here,
                false => &mut elsewhere,
            };
            group.push(Line::Item(item));
        }
        here.append(&mut moves);
        let scattered = best.as_ref().is_none_or(|(best, _)| best.step >= Step::Initials);
        let commands = here.len() + elsewhere.len();
        let mut goal = best.as_ref().map(|(_, command)| Target::Command(*command));
        let mut groups = vec![("Here", here), ("In other places", elsewhere)];
        // The names are all clear, or all of them are not.
        let mut shown = commands;
        if commands + total == 0 {
            named.extend(self.near_names(&typed, &mut total));
        }
        if clear || scattered {
            groups.extend(named);
            shown += total;
            if let Some((found, target)) = hit
                && best.is_none_or(|(best, _)| found.order(&best).is_lt())
            {
                goal = Some(target);
            }
        }
        let mut lines = Vec::new();
        for (heading, group) in groups.into_iter().filter(|(_, group)| !group.is_empty()) {
            lines.push(Line::Heading(
                self.phrase("{} ({})", &[self.word(heading), &group.len().to_string()]),
            ));
            lines.extend(group);
        }
        let at = lines.iter().position(
            |line| matches!(line, Line::Item(item) if Some(&item.target) == goal.as_ref()),
        );
        picker.fill(lines, shown);
        if let Some(at) = at {
            picker.cursor.at = at;
        }
    }

    /// Products and roles of a name, in groups, and the best of them.
    #[expect(clippy::type_complexity, reason = "two parts of one answer, taken apart at once")]
    fn find_named(
        &mut self,
        typed: &str,
        total: &mut usize,
    ) -> (Vec<(&'static str, Vec<Line>)>, Option<(Match, Target)>) {
        let catalog = self.catalog.clone();
        let mut groups = Vec::new();
        let mut best: Option<(Match, Target)> = None;
        let language = self.language;
        self.finding.search(&catalog, typed, |found, corpus| {
            for (heading, kind) in [("Products", Kind::Product), ("Roles", Kind::Role)] {
                let mut lines = Vec::new();
                for hit in found.shown(kind).iter().take(LISTED) {
                    let row = Row::of(hit, corpus, &catalog, language, typed);
                    let Some(item) = row.map(super::find::item) else { continue };
                    if let Some(found) = &hit.found
                        && best.as_ref().is_none_or(|(best, _)| found.order(best).is_lt())
                    {
                        best = Some((found.clone(), item.target.clone()));
                    }
                    lines.push(Line::Item(item));
                }
                *total += found.shown_count(kind).0;
                let roles = lines.iter().filter_map(|line| match line {
                    Line::Item(Item { target: Target::Role(id), .. }) => catalog.role(id),
                    _ => None,
                });
                let heading =
                    if kind == Kind::Role { roles.collect::<Kinds>().heading() } else { heading };
                groups.push((heading, lines));
            }
        });
        (groups, best)
    }

    /// Roles with a name near to what was typed, as a group of their own.
    fn near_names(&self, typed: &str, total: &mut usize) -> Option<(&'static str, Vec<Line>)> {
        if self.catalog.roles().len() > SLIPS_MOST {
            return None;
        }
        let near = meant::by_slips(typed, &self.catalog).into_iter();
        let rows = near.map(|role| Row::role(role, &self.catalog, self.language));
        let lines: Vec<Line> = rows.map(super::find::item).map(Line::Item).collect();
        *total += lines.len();
        Some(("Roles with a name near to it", lines))
    }

    /// Runs a command that was chosen from a list; one of another place says where that is.
    pub(super) fn run_chosen(&mut self, command: Command) -> Vec<Effect> {
        if applies(command, &self.scopes()) {
            return self.run(command);
        }
        // Of the place below a box: the box goes.
        if self.overlay.is_some() && applies(command, &self.place_scopes()) {
            self.close_all();
            return self.run(command);
        }
        let Some(row) = entry(command) else { return Vec::new() };
        let places = self.keymap.places(row, self.language);
        let places = self.comma_list(&places);
        let said = self.phrase("{}: not here, but in {}.", &[self.word(row.doc), &places]);
        self.tell(NoticeKind::Hint, said);
        Vec::new()
    }
}

/// The commands that match what was typed, by what they do or by their names; only where none has it as it stands, those
/// whose name has its letters. Scattered over a sentence, letters mean nothing.
pub(super) fn commands_like<'a>(
    language: Language,
    rows: impl Iterator<Item = &'a Entry> + Clone,
    typed: &str,
) -> Vec<Narrowed> {
    let forms = |row: &'a Entry| {
        [say(language, row.doc), row.name, row.title, say(language, row.title), row.doc]
    };
    let mut found = narrow(rows.clone().map(forms), typed);
    if found.iter().any(is_clear) {
        found.retain(is_clear);
        return found;
    }
    let names = rows.map(|row| ["", row.name, row.title, say(language, row.title)]);
    narrow(names, typed)
}

/// Does a command match by more than scattered letters? In its sentence the starts of words are such too: there are many.
fn is_clear(hit: &Narrowed) -> bool {
    let sentence = matches!(hit.form, 0 | 4);
    hit.is_clear()
        && hit.found.as_ref().is_none_or(|found| !sentence || found.step != Step::Initials)
}

/// Whether a chosen command can be run where these scopes hold. In text fields a key of what works everywhere would be
/// a letter; a choice is none.
fn applies(command: Command, scopes: &[Scope]) -> bool {
    let here = |scope: &Scope| *scope == Scope::Everywhere || scopes.contains(scope);
    entry(command).is_some_and(|row| row.scopes.iter().any(here))
}
