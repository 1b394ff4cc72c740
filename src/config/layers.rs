//! One value a setting, from the strongest layer that names it: built in, file, environment, flag.

use std::path::{Path, PathBuf};

use super::file::{self, Mistake, Placed, Written};
use super::places::{self, Variable};
use super::{ROADS, Words};
use crate::say::{Language, Saying, saying};

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said otherwise.
    BuiltIn,
    /// A line of the config file, from 1.
    File(usize),
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag.
    Flag(&'static str),
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Its origin.
    pub from: Origin,
}

impl<T> Sourced<T> {
    const fn new(value: T, from: Origin) -> Self {
        Self { value, from }
    }
}

/// What the flags say.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--theme`
    pub theme: Option<String>,
    /// `--lang`
    pub language: Option<Language>,
    /// `--no-mouse`
    pub no_mouse: bool,
    /// `--clipboard`
    pub clipboard: Option<String>,
    /// `--catalog`
    pub catalogs: Vec<PathBuf>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--no-config`
    pub no_config: bool,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the theme; never `auto`.
    pub theme: Sourced<String>,
    /// The language.
    pub language: Sourced<Language>,
    /// Whether the mouse belongs to the program.
    pub mouse: Sourced<bool>,
    /// The road to the clipboard, one of [`ROADS`].
    pub clipboard: Sourced<String>,
    /// Folders of catalogues, in the order in which they are merged.
    pub catalogs: Vec<Sourced<PathBuf>>,
    /// Keys by command, as they are written.
    pub keys: Vec<Sourced<file::Keys>>,
    /// The config file that was asked for or is usual.
    pub file: Option<PathBuf>,
    /// Whether that file was read.
    pub read: bool,
    /// What could not be used.
    pub mistakes: Vec<Mistake>,
}

impl Settings {
    /// Reads the config file and puts the layers together. Errors: a file that was named cannot be read, a flag names
    /// no theme.
    pub fn gather(flags: &Flags, variable: Variable<'_>, words: &Words) -> Result<Self, Saying> {
        let usual = || places::config_file(variable);
        let path = if flags.no_config { None } else { flags.config.clone().or_else(usual) };
        let mut read = false;
        let mut written = Written::default();
        if let Some(path) = &path
            && (flags.config.is_some() || path.exists())
        {
            match file::load(path, words) {
                Ok(found) => (read, written) = (true, found),
                Err(what) if flags.config.is_some() => {
                    return Err(saying("{}: {}").with(path.display()).of(what));
                }
                // The usual file is no reason not to start.
                Err(what) => {
                    written.mistakes.push(Mistake { place: path.display().to_string(), what });
                }
            }
        }
        let mut settings = Self::layered(written, flags, variable, words)?;
        (settings.file, settings.read) = (path, read);
        let beside = settings.file.clone();
        for folder in settings.catalogs.iter_mut().filter(|f| matches!(f.from, Origin::File(_))) {
            let text = folder.value.to_string_lossy().into_owned();
            folder.value = places::written(&text, beside.as_deref().map(Path::new), variable);
        }
        Ok(settings)
    }

    fn layered(
        written: Written,
        flags: &Flags,
        variable: Variable<'_>,
        words: &Words,
    ) -> Result<Self, Saying> {
        let mut mistakes = written.mistakes;
        let environment = Named::read(variable, words, &mut mistakes);
        let theme = theme(flags, variable, environment.theme, from_file(written.theme), words)?;
        let language = flags
            .language
            .map(|language| Sourced::new(language, Origin::Flag("--lang")))
            .or(environment.language)
            .or_else(|| from_file(written.language))
            .or_else(|| locale(variable))
            .unwrap_or_else(|| Sourced::new(Language::English, Origin::BuiltIn));
        let mouse = flags
            .no_mouse
            .then(|| Sourced::new(false, Origin::Flag("--no-mouse")))
            .or(environment.mouse)
            .or_else(|| from_file(written.mouse))
            .unwrap_or_else(|| Sourced::new(true, Origin::BuiltIn));
        let clipboard = flags
            .clipboard
            .clone()
            .map(|road| Sourced::new(road, Origin::Flag("--clipboard")))
            .or(environment.road)
            .or_else(|| from_file(written.clipboard))
            .unwrap_or_else(|| Sourced::new("auto".to_owned(), Origin::BuiltIn));
        let own = written.catalogs.into_iter();
        let own = own.map(|(text, line)| Sourced::new(PathBuf::from(text), Origin::File(line)));
        let given = flags.catalogs.iter().cloned();
        let given = given.map(|path| Sourced::new(path, Origin::Flag("--catalog")));
        let keys = written.keys.into_iter();
        Ok(Self {
            theme,
            language,
            mouse,
            clipboard,
            catalogs: own.chain(given).collect(),
            keys: keys.map(|(keys, line)| Sourced::new(keys, Origin::File(line))).collect(),
            file: None,
            read: false,
            mistakes,
        })
    }
}

/// What the environment says.
struct Named {
    theme: Option<Sourced<String>>,
    language: Option<Sourced<Language>>,
    mouse: Option<Sourced<bool>>,
    road: Option<Sourced<String>>,
}

impl Named {
    fn read(variable: Variable<'_>, words: &Words, mistakes: &mut Vec<Mistake>) -> Self {
        let mut named = |name: &'static str, what: Saying, names: &[&str]| {
            let typed = variable(name)?;
            if let Some(known) = names.iter().find(|known| known.eq_ignore_ascii_case(&typed)) {
                return Some(Sourced::new((*known).to_owned(), Origin::Environment(name)));
            }
            let what = file::unknown(what, names, &typed);
            mistakes.push(Mistake { place: name.to_owned(), what });
            None
        };
        Self {
            theme: named("ROLESCOPE_THEME", saying("theme"), &words.themes),
            language: named("ROLESCOPE_LANG", saying("language"), &Language::CODES)
                .and_then(|code| Some(Sourced::new(Language::of_code(&code.value)?, code.from))),
            mouse: named("ROLESCOPE_MOUSE", saying("state of the mouse"), &["on", "off"])
                .map(|word| Sourced::new(word.value == "on", word.from)),
            road: named("ROLESCOPE_CLIPBOARD", saying("clipboard road"), &ROADS),
        }
    }
}

/// The theme in force. Errors: the flag names none.
fn theme(
    flags: &Flags,
    variable: Variable<'_>,
    named: Option<Sourced<String>>,
    written: Option<Sourced<String>>,
    words: &Words,
) -> Result<Sourced<String>, Saying> {
    let flag = match &flags.theme {
        None => None,
        Some(typed) => {
            let known = words.themes.iter().find(|name| name.eq_ignore_ascii_case(typed));
            let known =
                known.ok_or_else(|| file::unknown(saying("theme"), &words.themes, typed))?;
            Some(Sourced::new((*known).to_owned(), Origin::Flag("--theme")))
        }
    };
    // Without colours every other theme loses what it says by colour.
    let colourless = variable("NO_COLOR")
        .map(|_| Sourced::new("plain".to_owned(), Origin::Environment("NO_COLOR")));
    let theme = flag.or(colourless).or(named).or(written);
    let mut theme = theme.unwrap_or_else(|| Sourced::new("terminal".to_owned(), Origin::BuiltIn));
    if theme.value == "auto" {
        background(variable).clone_into(&mut theme.value);
    }
    Ok(theme)
}

fn from_file<T>(placed: Option<Placed<T>>) -> Option<Sourced<T>> {
    placed.map(|(value, line)| Sourced::new(value, Origin::File(line)))
}

/// The language that a flag, the environment or the locale asks for, where no config file can be asked: it may be
/// just what is wrong.
pub fn spoken(flag: Option<Language>, variable: Variable<'_>) -> Language {
    let named = || Language::of_code(&variable("ROLESCOPE_LANG")?.to_ascii_lowercase());
    let local = || locale(variable).map(|sourced| sourced.value);
    flag.or_else(named).or_else(local).unwrap_or_default()
}

/// The language of the locale: the first of the three variables that is set decides, as in the C library.
fn locale(variable: Variable<'_>) -> Option<Sourced<Language>> {
    let (name, value) = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)))?;
    let tag = value.split(['_', '-', '.', '@']).next().unwrap_or_default();
    // What is written is UTF-8, which a terminal of another encoding garbles.
    let encoding = value.split(['.', '@']).nth(1).filter(|_| value.contains('.'));
    let utf8 = encoding.is_none_or(|name| name.to_ascii_lowercase().replace('-', "") == "utf8");
    let chinese = tag.eq_ignore_ascii_case("zh") && utf8;
    chinese.then(|| Sourced::new(Language::Chinese, Origin::Environment(name)))
}

/// The theme for the background that the terminal tells in `COLORFGBG`; its own colours where it tells none. The
/// terminal is never asked: a late answer would arrive as keys.
fn background(variable: Variable<'_>) -> &'static str {
    let told = variable("COLORFGBG");
    let number = told.as_deref().and_then(|told| told.rsplit(';').next()?.parse::<u8>().ok());
    match number {
        Some(7 | 9..=15) => "light",
        Some(0..=6 | 8) => "dark",
        _ => "terminal",
    }
}
