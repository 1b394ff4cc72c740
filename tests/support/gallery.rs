//! What the gallery shows: each view and overlay in English and Chinese on a dark page, the views on a light one too,
//! every theme, and sizes from small to wide.
#![allow(unreachable_pub)]

use super::picture::{DARK, LIGHT, Look};
use super::support::Journey;
use rolescope::app::event::Event;
use rolescope::catalog::import::{Batch, SkippedFile};
use rolescope::catalog::text::Language;
use rolescope::ui::theme::{self, Kind};

/// One picture.
pub struct Shot {
    /// The file without `.svg`.
    pub name: String,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The theme.
    pub kind: Kind,
    /// Is the terminal's page light?
    pub light: bool,
    /// The language of the program.
    pub language: Language,
    /// The keys that lead there.
    pub keys: &'static str,
    /// What is to be seen.
    pub caption: String,
}

impl Shot {
    /// What the terminal makes of colours.
    pub fn look(&self) -> Look {
        if self.light { LIGHT } else { DARK }
    }

    /// The program at the screen.
    pub fn journey(&self) -> Journey {
        let mut journey = Journey::new(self.size.0, self.size.1);
        journey.theme = theme::Theme::new(self.kind);
        journey.app.set_language(self.language);
        journey.resize(self.size.0, self.size.1);
        if self.keys == SKIPPED {
            journey.event(Event::Loaded(Box::new(left_out())));
        }
        journey.keys(self.keys);
        journey
    }
}

/// The key that lists what was left out of files.
const SKIPPED: &str = "S";

/// A file with a fault, as it comes from a folder of policies.
fn left_out() -> Batch {
    let one = |path: &str, place: Option<&str>, reason: &str| SkippedFile {
        path: path.to_owned(),
        place: place.map(str::to_owned),
        reason: reason.to_owned(),
    };
    Batch {
        skipped: vec![
            one("policies/broken.json", Some("12:7"), "Found `}`, expected a value or `]`."),
            one("policies/logs", None, "It is a device."),
        ],
        ..Batch::default()
    }
}

/// A view or overlay: file name, keys, caption, and whether it is drawn on a light page too.
type View = (&'static str, &'static str, &'static str, bool);

const VIEWS: &[View] = &[
    (
        "start",
        "",
        "The start: products, their roles, the permissions and the policy of the first role",
        true,
    ),
    (
        "role",
        "<enter>jj<enter>jjjjjjj",
        "A role: its permissions, and the line of the policy that grants the selected one",
        true,
    ),
    (
        "about",
        "<enter>jj<enter>G",
        "The end of a summary: what is known of the role, and how sure it is",
        false,
    ),
    (
        "policy",
        "<enter>jj<enter><enter>z]]<space>]",
        "The policy on the whole screen, one statement folded",
        true,
    ),
    ("trust", "<enter>jj<enter><enter>T", "The trust policy: who may take on the role", false),
    ("services", "s函数", "The service filter, narrowed by a Chinese name", false),
    ("filtered", "skms<enter><enter><enter>", "Only what touches KMS", false),
    ("removal", "j<enter>d", "What must be removed before a role can be deleted", true),
    ("removal-product", "d", "The same for all roles of a product, in order", false),
    (
        "matrix",
        "mjjjjjjllll",
        "Roles by services, with the highest access level and the number of actions",
        true,
    ),
    ("who-can", "wkms:Decrypt", "Who can call an action, and under which condition", true),
    ("compare-with", "<enter>=", "The role to compare with", false),
    ("compare", "<enter>=<enter>", "Two roles compared by meaning", true),
    ("compare-text", "<enter>=<enter><tab>", "The same two, line by line", false),
    ("findings", "<enter>f", "What an operator should know about a policy", false),
    ("find", "/函数", "Find, in Chinese", false),
    (
        "copy",
        "j<enter>jy<down><down><down><down><down><down><down><down>",
        "The copy menu, with a preview of what is copied",
        false,
    ),
    ("palette", ":ma", "All commands, products and roles by name", false),
    ("help", "<enter><enter><enter>?", "The keys of the policy pane", false),
    ("glossary", "i", "The words of the field, in two sentences each", false),
    ("tours", "t", "The guided tours", false),
    ("tour", "t<enter>", "A step of a tour, told beside the real screen", false),
    (
        "present",
        "P<enter>jj<enter>",
        "For people who look on: more space, and the pressed keys",
        false,
    ),
    ("skipped", SKIPPED, "What was left out of files, and why", false),
];

/// Themes and sizes: file name, size, theme, light page, keys, caption.
type Special = (&'static str, (u16, u16), Kind, bool, &'static str, &'static str);

const SPECIALS: &[Special] = &[
    (
        "wide",
        (180, 50),
        Kind::Terminal,
        false,
        "j<enter>j<enter>jjj",
        "A wide screen: lists, permissions and policy side by side",
    ),
    (
        "small",
        (80, 24),
        Kind::Terminal,
        false,
        "j<enter>j<enter>",
        "On a screen of 80 columns and 24 lines",
    ),
    ("tiny", (40, 12), Kind::Terminal, false, "<enter>", "On 40 columns and 12 lines"),
    ("dark-theme", (120, 40), Kind::Dark, false, "<enter>jj<enter><enter>]", "The dark theme"),
    ("light-theme", (120, 40), Kind::Light, true, "<enter>jj<enter><enter>]", "The light theme"),
    ("contrast", (120, 40), Kind::HighContrast, false, "<enter>jj<enter><enter>]", "High contrast"),
    ("plain", (100, 30), Kind::Plain, false, "<enter>jj<enter>jjj", "Without colours"),
];

/// Every picture.
pub fn shots() -> Vec<Shot> {
    let mut shots = Vec::new();
    let shot = |name: String, language, light, keys, caption: &str| Shot {
        name,
        size: (120, 40),
        kind: Kind::Terminal,
        light,
        language,
        keys,
        caption: caption.to_owned(),
    };
    for (name, keys, caption, light) in VIEWS {
        shots.push(shot((*name).to_owned(), Language::English, false, keys, caption));
        shots.push(shot(format!("zh-{name}"), Language::Chinese, false, keys, caption));
        if *light {
            shots.push(shot(format!("light-{name}"), Language::English, true, keys, caption));
        }
    }
    for (name, size, kind, light, keys, caption) in SPECIALS {
        let english = shot((*name).to_owned(), Language::English, *light, keys, caption);
        shots.push(Shot { size: *size, kind: *kind, ..english });
    }
    shots
}

/// A heading, and which pictures stand under it.
type Group<'a> = (&'a str, &'a dyn Fn(&Shot) -> bool);

/// The page that shows all pictures.
pub fn page() -> String {
    let mut page = String::from(
        "# Screens of rolescope\n\nDrawn from the program's own cells by `UPDATE=1 cargo test --test screenshots`; \
         `cargo test` fails when one is no longer what the program shows.\n",
    );
    let groups: [Group<'_>; 4] = [
        ("Views, in English", &|s| {
            s.language == Language::English && VIEWS.iter().any(|v| v.0 == s.name)
        }),
        ("Views, in Chinese", &|s| s.language == Language::Chinese),
        ("On a light page", &|s| s.name.starts_with("light-") && s.kind == Kind::Terminal),
        ("Themes and sizes", &|s| SPECIALS.iter().any(|special| special.0 == s.name)),
    ];
    let shots = shots();
    for (title, belongs) in groups {
        page.push_str(&format!("\n## {title}\n"));
        for shot in shots.iter().filter(|shot| belongs(shot)) {
            page.push_str(&format!(
                "\n{}:\n\n![{}]({}.svg)\n",
                shot.caption, shot.caption, shot.name
            ));
        }
    }
    page
}
