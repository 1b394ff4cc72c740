//! A driver for journeys: keys go in as a string, the screen comes out as text.
#![allow(dead_code, unreachable_pub)]

pub mod cells;
pub mod words;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use rolescope::app::App;
use rolescope::app::event::{Copied, CopyOutcome, Effect, Event};
use rolescope::app::key::Key;
use rolescope::catalog::Catalog;
use rolescope::catalog::import::{Ended, File, Importer, contents};
use rolescope::catalog::load::Stamp;
use rolescope::catalog::observed::{AccountPolicy, AccountRole, Attached, Snapshot};
use rolescope::policy::json::Limits;
use rolescope::policy::source::Source;
use rolescope::say::Language;
use rolescope::ui::{self, theme};
use std::sync::Arc;

/// Fails with the first of what was found wrong, and how much there is.
#[track_caller]
pub fn none(wrong: &[String]) {
    let first: Vec<&str> = wrong.iter().take(6).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} in all:\n{}", wrong.len(), first.join("\n"));
}

/// The program on a screen of its own.
pub struct Journey {
    pub app: App,
    pub theme: theme::Theme,
    pub effects: Vec<Effect>,
    pub ended: bool,
    /// Slow work waits until it is let go; without it, it is done at once.
    pub holding: bool,
    terminal: Terminal<TestBackend>,
    /// The last frame as it was drawn; the backend keeps what is behind wide characters.
    frame: Buffer,
}

impl Journey {
    /// The program with the built-in catalogue on a screen of this size.
    pub fn new(columns: u16, rows: u16) -> Self {
        let catalog = Arc::new(Catalog::builtin().expect("the built-in catalogue loads"));
        Self::with(catalog, columns, rows)
    }

    pub fn with(catalog: Arc<Catalog>, columns: u16, rows: u16) -> Self {
        Self::of(App::new(catalog, columns, rows), columns, rows)
    }

    /// The program in a state of its own.
    pub fn of(app: App, columns: u16, rows: u16) -> Self {
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test screen");
        let theme = theme::Theme::new(theme::Kind::Terminal);
        let (effects, frame) = (Vec::new(), Buffer::default());
        let (ended, holding) = (false, false);
        let mut journey = Self { app, theme, effects, ended, holding, terminal, frame };
        journey.draw();
        journey
    }

    /// Types: characters as they are, keys by name in angle brackets: `jj<enter>s<esc>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let (key, used) = match rest.strip_prefix('<').and_then(|tail| tail.split_once('>')) {
                Some((name, _)) if name.parse::<Key>().is_ok() => {
                    (name.parse().expect("a key"), name.len() + 2)
                }
                _ => (Key::char(first), first.len_utf8()),
            };
            rest = rest.get(used..).expect("a boundary");
            self.event(Event::Key(key));
        }
        self
    }

    /// Applies an event; copies are answered as a terminal with OSC 52 does.
    pub fn event(&mut self, event: Event) -> &mut Self {
        self.event_unseen(event);
        self.draw();
        self
    }

    /// The same without drawing.
    pub fn event_unseen(&mut self, event: Event) -> &mut Self {
        let effects = self.app.update(event);
        self.run(effects);
        self
    }

    /// Applies events that came together, as the loop does; without drawing.
    pub fn rush(&mut self, events: Vec<Event>) -> &mut Self {
        for event in events {
            let effects = self.app.take(event);
            self.run(effects);
        }
        let effects = self.app.settle();
        self.run(effects);
        self
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Quit => self.ended = true,
                Effect::Work(work) if !self.holding => {
                    let done = work.clone().run(Stamp::difference);
                    self.event(Event::Worked(done));
                }
                Effect::Copy { what, .. } => {
                    let outcome = CopyOutcome::Tool("clip".into());
                    let copied = Copied { what: what.clone(), outcome };
                    self.app.update(Event::Copied(copied));
                }
                _ => {}
            }
            self.effects.push(effect);
        }
    }

    /// Draws what was not drawn yet, on a screen of the size that was told last.
    pub fn drawn(&mut self) -> &mut Self {
        let (columns, rows) = self.app.size;
        self.terminal.backend_mut().resize(columns, rows);
        self.terminal.autoresize().expect("resize");
        self.draw();
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.event_unseen(Event::Resize(columns, rows));
        self.drawn()
    }

    fn draw(&mut self) {
        let (app, theme) = (&self.app, &self.theme);
        let drawn = self.terminal.draw(|frame| ui::draw(app, theme, frame)).expect("draw");
        self.frame.clone_from(drawn.buffer);
    }

    pub fn buffer(&self) -> &Buffer {
        &self.frame
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut skip = 0;
            let mut line = String::new();
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = rolescope::text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The text of the cells that have a modifier.
    pub fn with_modifier(&self, modifier: Modifier) -> String {
        let cells = self.buffer().content.iter();
        cells
            .filter(|cell| cell.modifier.contains(modifier))
            .map(ratatui::buffer::Cell::symbol)
            .collect()
    }

    /// The text that was copied last.
    pub fn copied(&self) -> &str {
        let mut copies = self.effects.iter().rev().filter_map(|effect| match effect {
            Effect::Copy { text, .. } => Some(text.as_str()),
            _ => None,
        });
        copies
            .next()
            .unwrap_or_else(|| panic!("nothing was copied; the screen:\n{}", self.screen()))
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        assert!(self.screen().contains(text), "not on the screen: {text:?}\n{}", self.screen());
        self
    }

    #[track_caller]
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        assert!(!self.screen().contains(text), "on the screen: {text:?}\n{}", self.screen());
        self
    }

    /// The first line of the screen.
    pub fn crumbs(&self) -> String {
        self.screen().lines().next().unwrap_or_default().trim().to_owned()
    }

    #[track_caller]
    pub fn at(&mut self, crumbs: &str) -> &mut Self {
        assert_eq!(self.crumbs(), crumbs, "\n{}", self.screen());
        self
    }
}

/// The built-in catalogue beside an account that has these roles, each with a policy of this version and text.
pub fn account(names: &[&str], version: &str, document: &str) -> Arc<Catalog> {
    let policy = |name: &str| name.replace("RoleFor", "RolePolicyFor");
    let snapshot = Snapshot {
        complete: true,
        taken: "2026-11-22T08:00:00Z".into(),
        profile: Some("ops".into()),
        account: Some("1234567890123456".into()),
        roles: names
            .iter()
            .map(|name| AccountRole {
                name: (*name).into(),
                service_linked: true,
                created: Some("2024-05-13T02:00:00Z".into()),
                policies: Some(vec![Attached { name: policy(name), ..Attached::default() }]),
                ..AccountRole::default()
            })
            .collect(),
        policies: names
            .iter()
            .map(|name| AccountPolicy {
                name: policy(name),
                version: Some(version.into()),
                document: Some(document.into()),
                ..AccountPolicy::default()
            })
            .collect(),
        ..Snapshot::default()
    };
    let mut catalog = Catalog::builtin().expect("the built-in catalogue loads");
    catalog.observe(&snapshot);
    Arc::new(catalog)
}

/// A screen over these files, each given itself, by path and text; all are read.
pub fn over(all: &[(&str, String)], columns: u16, rows: u16) -> Journey {
    let catalog = Arc::new(Catalog::builtin().expect("the built-in catalogue loads"));
    let app = App::opening(Language::English, &catalog, columns, rows);
    let mut journey = Journey::of(app, columns, rows);
    let given: Vec<String> = all.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut importer = Importer::speaking(Language::English, catalog.clone(), &given);
    for (given, (path, text)) in all.iter().enumerate() {
        let found = contents(&Source::from(text.as_str()), &Limits::default(), &*catalog);
        importer.add(File { path, given, direct: true }, found);
    }
    let mut batch = importer.take();
    batch.progress.ended = Some(Ended::Complete);
    journey.event(Event::Loaded(Box::new(batch)));
    journey
}
