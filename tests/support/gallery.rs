//! What is drawn: every view and box of the program, in both languages, on dark and light.
//!
//! A row of the table is one place of the program. It is drawn in English on a dark terminal, in Chinese
//! (`zh-NAME.svg`), and where it says so on a light terminal too (`light-NAME.svg`).
#![allow(dead_code, unreachable_pub)]

use crate::picture::{DARK, LIGHT, Look};
use crate::start::Start;
use crate::support::Journey;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use rolescope::app::App;
use rolescope::say::Language;
use rolescope::ui::{self, theme};
use std::fmt::Write as _;
use theme::Kind;

/// One place of the program.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub name: &'static str,
    pub size: (u16, u16),
    pub kind: Kind,
    pub look: &'static Look,
    pub start: Start,
    /// The keys that lead there.
    pub keys: &'static str,
    /// What is pasted then.
    pub pasted: &'static str,
    pub caption: &'static str,
    /// Whether it is drawn on a light terminal too.
    pub light: bool,
    /// Whether it is drawn in Chinese too.
    pub chinese: bool,
}

const fn at(name: &'static str, keys: &'static str, caption: &'static str) -> Place {
    Place {
        name,
        size: (120, 40),
        kind: Kind::Terminal,
        look: &DARK,
        start: Start::Plain,
        keys,
        pasted: "",
        caption,
        light: false,
        chinese: true,
    }
}

impl Place {
    const fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    const fn from(mut self, start: Start) -> Self {
        self.start = start;
        self
    }

    const fn pasting(mut self, text: &'static str) -> Self {
        self.pasted = text;
        self
    }

    const fn and_light(mut self) -> Self {
        self.light = true;
        self
    }

    /// A theme of the program's own, shown once.
    const fn theme(mut self, kind: Kind, look: &'static Look) -> Self {
        self.kind = kind;
        self.look = look;
        self.chinese = false;
        self
    }
}

/// The chapters of the gallery: heading and places.
pub const CHAPTERS: &[(&str, &[Place])] = &[
    ("Products, roles, permissions, policy", EXPLORER),
    ("Services, find, copy", BOXES),
    ("Deleting a role", REMOVAL),
    ("Who may do what", ANALYSIS),
    ("Your own files and account", OWN),
    ("Help, words, tours", GUIDES),
    ("What the program says", NOTICES),
    ("Small and large screens", SIZES),
    ("Themes", THEMES),
];

const EXPLORER: &[Place] = &[
    at(
        "start",
        "",
        "The start: products, their roles, the permissions and the policy of the first role",
    )
    .and_light(),
    at(
        "roles",
        "<enter>jj",
        "The roles of a product, the permissions and the policy of the selected one",
    ),
    at(
        "role",
        "<enter>jj<enter>jjjjjjj",
        "A role: its permissions, and the line of the policy that grants the selected one",
    )
    .and_light(),
    at(
        "facts",
        "<enter>jj<enter><end>",
        "Below the permissions: purpose, trigger, preconditions, how to get the role back, and where each fact comes from",
    ),
    at(
        "policy",
        "<enter>jj<enter><enter>z]<space>]",
        "The policy on the whole screen, one statement folded",
    )
    .and_light(),
    at(
        "explain",
        "<enter>jj<enter><enter>]",
        "While the policy is read, the statement under the cursor is said in a sentence below it",
    ),
    at("trust", "<enter>jj<enter>T<enter>", "The trust policy: who may take the role"),
    at(
        "not-whole",
        "<enter>j<enter><enter>",
        "A policy that is not whole: the pane says what is missing and how to get the true text",
    ),
    at("wide", "j<enter>j<enter>jjj", "A wide screen: lists, permissions and policy side by side")
        .size(180, 50),
];

const BOXES: &[Place] = &[
    at("services", "s函数", "The service filter, narrowed by a Chinese name"),
    at("filtered", "skms<enter><enter><enter>", "Only what touches KMS").and_light(),
    at("find", "/函数", "Find, in Chinese").and_light(),
    at("find-nothing", "/kmzq", "Find, where nothing matches"),
    at(
        "copy",
        "j<enter>jy<down><down><down><down><down><down><down><down>",
        "The copy menu, with a preview of what is copied",
    )
    .and_light(),
];

const REMOVAL: &[Place] = &[
    at("removal", "j<enter>d", "What must be removed before a role can be deleted").and_light(),
    at("removal-product", "jd", "The same for all roles of a product, in order"),
    at("removal-answer", "<enter>d", "The answer of RAM to a refused deletion, pasted: what still uses the role is the checklist").pasting(crate::start::REFUSED),
];

const ANALYSIS: &[Place] = &[
    at(
        "matrix",
        "mjjjjjjllll",
        "Roles by services, with the highest access level and the number of actions",
    )
    .and_light(),
    at(
        "who-can",
        "wkms:Decrypt<down>",
        "Who can call an action, under which condition, and who cannot",
    )
    .and_light(),
    at("who-can-empty", "w", "The question before it is asked"),
    at(
        "findings",
        "<enter>f",
        "What an operator should know about a policy, with the rule behind it",
    )
    .and_light(),
    at("compare-with", "<enter>=", "The role to compare with"),
    at("compare", "<enter>=<enter>", "Two roles compared by meaning").and_light(),
    at("compare-text", "<enter>=<enter><tab>", "The same two roles compared by text"),
];

const OWN: &[Place] = &[
    at("search-text", "<enter><enter><enter><ctrl-s>vpc", "The lines of a policy that hold a text"),
    at("loading", "", "Policies of your own, while they are read").from(Start::Loading),
    at("files", "<enter>j", "Policies of your own, in the same explorer").from(Start::Files),
    at("skipped", "S", "What was left out of the files, and why").from(Start::Files),
    at("account", "<enter>jjj<enter>", "With a snapshot of an account: which roles are there, since when, and where a policy differs").from(Start::Account),
    at("other-products", "<end><enter>jj", "Roles of other products, known by name"),
];

const GUIDES: &[Place] = &[
    at("help", "<enter><enter><enter>?", "The keys of the policy pane").and_light(),
    at(
        "help-search",
        "<enter>?policy",
        "The keys, narrowed by typing; Enter does what the line says",
    ),
    at("palette", ":role", "Commands, products and roles by name"),
    at("glossary", "<enter>jj<enter>i", "The words, beginning with the one under the cursor"),
    at("tours", "t", "The tours"),
    at(
        "tour-step",
        "n",
        "A tour: each step says what to do, points at it, and goes on when it has happened",
    )
    .from(Start::Tour("first-steps")),
    at("tour-wide", "nn", "On a wide screen the tour stands beside it")
        .size(180, 50)
        .from(Start::Tour("safe-removal")),
    at(
        "present",
        "j<enter>j<enter>jj",
        "For an audience: more space, and the pressed keys in the lower right",
    )
    .from(Start::Presenting),
];

const NOTICES: &[Place] = &[
    at("first-start", "", "The first start: one line offers a tour")
        .from(Start::First)
        .size(100, 30),
    at("notice-copied", "j<enter>yy", "A copy says which way it went")
        .from(Start::Copied)
        .size(100, 30),
    at("notice-key", "<enter>Q", "A key that means nothing here says so, and where help is")
        .size(100, 30),
    at(
        "notice-mistake",
        "",
        "A mistake in the config file is told with its place and the nearest name",
    )
    .from(Start::Mistake)
    .size(100, 30),
    at("notice-failed", "j<enter>yy", "A copy that failed says why")
        .from(Start::CopyFailed)
        .size(100, 30),
];

const SIZES: &[Place] = &[
    at("small", "j<enter>j<enter>", "80 columns and 24 lines: lists and permissions")
        .size(80, 24)
        .and_light(),
    at("small-policy", "j<enter>j<enter><enter>", "80x24: the policy has the screen").size(80, 24),
    at("small-removal", "j<enter>d", "80x24: the removal plan").size(80, 24),
    at("small-matrix", "mjjlll", "80x24: the matrix").size(80, 24),
    at("small-compare", "<enter>=<enter>", "80x24: the comparison").size(80, 24),
    at("small-copy", "j<enter>y", "80x24: the copy menu").size(80, 24),
    at("small-tour", "n", "80x24: a tour").size(80, 24).from(Start::Tour("first-steps")),
    at("narrow", "j<enter>j<enter>jj", "40 columns and 12 lines: one pane at a time").size(40, 12),
    at("narrow-help", "?", "40x12: the keys").size(40, 12),
    at("too-small", "", "Below 30x8 the program says what it needs").size(28, 6),
    at("huge", "j<enter>j<enter>jjj", "200 columns and 60 lines").size(200, 60),
    at("huge-compare", "<enter>=<enter><tab>", "200x60: a comparison by text").size(200, 60),
];

/// The keys that lead to the screen by which themes are compared.
const SHOWN: &str = "<enter>jj<enter><enter>]";

const THEMES: &[Place] = &[
    at("theme-terminal", SHOWN, "The terminal's own colours").theme(Kind::Terminal, &DARK),
    at("theme-terminal-light", SHOWN, "The terminal's own colours on a light page")
        .theme(Kind::Terminal, &LIGHT),
    at("theme-dark", SHOWN, "The dark theme").theme(Kind::Dark, &DARK),
    at("theme-light", SHOWN, "The light theme").theme(Kind::Light, &LIGHT),
    at("theme-high-contrast", SHOWN, "The theme of high contrast").theme(Kind::HighContrast, &DARK),
    at("theme-plain", SHOWN, "No colours: every state has a mark of its own")
        .theme(Kind::Plain, &DARK),
];

/// One picture: a place in a language on a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    pub place: &'static Place,
    pub language: Language,
    pub look: &'static Look,
    prefix: &'static str,
}

impl Picture {
    pub fn file(&self) -> String {
        format!("{}{}.svg", self.prefix, self.place.name)
    }

    /// The caption with the language and the page where they are not the usual ones.
    pub fn caption(&self) -> String {
        let rest = match self.prefix {
            "zh-" => " (in Chinese)",
            "light-" => " (on a light terminal)",
            _ => "",
        };
        format!("{}{rest}", self.place.caption)
    }

    /// The program at this place.
    pub fn journey(&self) -> Journey {
        let (columns, rows) = self.place.size;
        let mut journey = self.place.start.journey(columns, rows, self.language);
        journey.theme = theme::Theme::new(self.place.kind);
        journey.app.theme = self.place.kind;
        journey.keys(self.place.keys);
        if !self.place.pasted.is_empty() {
            journey.event(rolescope::app::event::Event::Paste(self.place.pasted.into()));
        }
        self.place.start.end(&mut journey);
        journey
    }
}

/// All pictures, in the order of the table.
pub fn pictures() -> Vec<Picture> {
    let mut all = Vec::new();
    for place in CHAPTERS.iter().flat_map(|(_, places)| *places) {
        let (english, chinese) = (Language::English, Language::Chinese);
        all.push(Picture { place, language: english, look: place.look, prefix: "" });
        if place.chinese {
            all.push(Picture { place, language: chinese, look: place.look, prefix: "zh-" });
        }
        if place.light {
            all.push(Picture { place, language: english, look: &LIGHT, prefix: "light-" });
        }
    }
    all
}

/// The cells of a screen. A terminal's cursor stays hidden: text fields draw their own.
pub fn cells(app: &App, theme: &theme::Theme) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).unwrap();
    terminal.draw(|frame| ui::draw(app, theme, frame)).unwrap().buffer.clone()
}

/// The page that shows them all.
pub fn page(refresh: &str) -> String {
    let mut out = format!(
        "# Gallery\n\nEvery view and box of the program, drawn from its own cells. The files are written, and checked\nto be up to date, by one command:\n\n```sh\n{refresh}\n```\n\n"
    );
    out.push_str("![A short walk](tour.svg)\n");
    for (heading, places) in CHAPTERS {
        writeln!(out, "\n## {heading}").unwrap();
        for place in *places {
            let name = place.name;
            writeln!(out, "\n**{}**", place.caption).unwrap();
            let mut heads = vec!["English"];
            let mut cells = vec![format!("![{name}]({name}.svg)")];
            if place.chinese {
                heads.push("中文");
                cells.push(format!("![{name}, in Chinese](zh-{name}.svg)"));
            }
            if cells.len() == 1 {
                writeln!(out, "\n{}", cells[0]).unwrap();
            } else {
                let line = vec!["---"; heads.len()].join(" | ");
                writeln!(out, "\n| {} |\n| {line} |\n| {} |", heads.join(" | "), cells.join(" | "))
                    .unwrap();
            }
            if place.light {
                writeln!(out, "\n[On a light terminal](light-{name}.svg)").unwrap();
            }
        }
    }
    out
}
