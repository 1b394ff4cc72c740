//! The config file: TOML to what is written there, and every mistake with its place. A mistake costs its own
//! setting only; the rest applies.

use std::collections::BTreeSet;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ROADS, Words, hinted};
use crate::policy::places::Places;
use crate::policy::source::Place;
use crate::say::{Language, Saying, saying};
use crate::sort;

/// Something wrong in a file or in the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// `file:line:column`, or the name of a variable.
    pub place: String,
    /// What is wrong, and the remedy.
    pub what: Saying,
}

impl Mistake {
    /// The place and the sentence in a language.
    pub fn said(&self, language: Language) -> String {
        saying("{}: {}").with(&self.place).of(self.what.clone()).said(language)
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.said(Language::English))
    }
}

/// A value with its line, from 1.
pub type Placed<T> = (T, usize);

/// The keys of a command: its name, and the keys as they are written; none takes the command off the keyboard.
pub type Keys = (String, Vec<String>);

/// What is written in a config file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The theme.
    pub theme: Option<Placed<String>>,
    /// The language.
    pub language: Option<Placed<Language>>,
    /// Whether the mouse belongs to the program.
    pub mouse: Option<Placed<bool>>,
    /// The road to the clipboard.
    pub clipboard: Option<Placed<String>>,
    /// Folders of catalogues, as written.
    pub catalogs: Vec<Placed<String>>,
    /// Keys by command.
    pub keys: Vec<Placed<Keys>>,
    /// What could not be used.
    pub mistakes: Vec<Mistake>,
}

/// The names of settings.
const SETTINGS: [&str; 6] = ["theme", "language", "mouse", "clipboard", "catalog", "keys"];

/// Longer files are no config files, in bytes.
const LONGEST: u64 = 1 << 20;

/// Reads the file. Errors: it cannot be read, in a sentence that stands behind the path.
pub fn load(path: &Path, words: &Words) -> Result<Written, Saying> {
    let shown = path.display();
    let read = std::fs::metadata(path).and_then(|meta| {
        if !meta.is_file() {
            return Err(std::io::Error::other("it is no file"));
        }
        if meta.len() > LONGEST {
            return Err(std::io::Error::other("it is longer than a config file can be"));
        }
        std::fs::read(path)
    });
    let bytes =
        read.map_err(|error| saying("the config file cannot be read ({})").system(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| saying("the config file is not UTF-8"))?;
    Ok(read_text(&text, &shown.to_string(), words))
}

/// Reads the text of a config file that is called `name` in mistakes.
pub fn read_text(text: &str, name: &str, words: &Words) -> Written {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        text,
        places: Places::new(text),
        words,
        written: Written::default(),
        wrong: Vec::new(),
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        // The message may span lines; one sentence is enough.
        let mut lines = error.message().lines().map(str::trim);
        let mut said = Saying::others(lines.next().unwrap_or_default());
        for line in lines {
            said = saying("{}, {}").of(said).quoting(line);
        }
        reader.wrong(at, said);
    }
    // What the parser made of a broken line means nothing.
    let broken: BTreeSet<usize> = reader.wrong.iter().map(|(place, _)| place.line).collect();
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    sort::by_key(&mut entries, |(key, _)| key.span().start);
    for (key, value) in entries {
        if !broken.contains(&reader.place(key.span().start).line) {
            reader.setting(key.get_ref(), key.span().start, value);
        }
    }
    let Reader { mut wrong, mut written, .. } = reader;
    sort::by_key(&mut wrong, |(place, _)| *place);
    let mistake = |(place, what)| Mistake { place: format!("{name}:{place}"), what };
    written.mistakes = wrong.into_iter().map(mistake).collect();
    written
}

struct Reader<'a> {
    text: &'a str,
    /// A file may have a mistake on every line.
    places: Places,
    words: &'a Words,
    written: Written,
    /// The mistakes so far.
    wrong: Vec<(Place, Saying)>,
}

type Value<'a, 'b> = &'a Spanned<DeValue<'b>>;

impl Reader<'_> {
    fn setting(&mut self, key: &str, at: usize, value: Value<'_, '_>) {
        match key {
            "theme" => {
                let themes = self.words.themes.clone();
                self.written.theme = self.one_of(saying("theme"), &themes, value);
            }
            "language" => {
                let chosen = self.one_of(saying("language"), &Language::CODES, value);
                self.written.language =
                    chosen.and_then(|(code, line)| Some((Language::of_code(&code)?, line)));
            }
            "clipboard" => {
                self.written.clipboard = self.one_of(saying("clipboard road"), &ROADS, value);
            }
            "mouse" => match value.get_ref().as_bool() {
                Some(on) => self.written.mouse = Some((on, self.line(value))),
                None => self.wrong(value.span().start, saying("mouse is either true or false")),
            },
            "catalog" => self.catalogs(value),
            "keys" => self.keys(value),
            other => {
                let said = saying("there is no setting `{}`").with(shown(other));
                self.wrong(at, hinted(&said, &SETTINGS, other).unwrap_or(said));
            }
        }
    }

    fn one_of(
        &mut self,
        what: Saying,
        names: &[&str],
        value: Value<'_, '_>,
    ) -> Option<Placed<String>> {
        let at = value.span().start;
        let Some(typed) = value.get_ref().as_str() else {
            self.wrong(at, saying("a {} is a text in quotes: {}").of(what).list(names));
            return None;
        };
        if let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(typed)) {
            return Some(((*name).to_owned(), self.line(value)));
        }
        self.wrong(at, unknown(what, names, typed));
        None
    }

    fn catalogs(&mut self, value: Value<'_, '_>) {
        for (text, line, at) in self.texts(value, &saying("catalog names folders in quotes")) {
            if text.is_empty() {
                self.wrong(at, saying("the name of a folder is empty"));
            } else {
                self.written.catalogs.push((text, line));
            }
        }
    }

    fn keys(&mut self, value: Value<'_, '_>) {
        let Some(table) = value.get_ref().as_table() else {
            let said = saying("keys is a table: {}, and below it {}");
            self.wrong(value.span().start, said.with("[keys]").with("find = [\"/\"]"));
            return;
        };
        let mut rows: Vec<_> = table.iter().collect();
        sort::by_key(&mut rows, |(key, _)| key.span().start);
        for (name, value) in rows {
            let command = name.get_ref().as_ref();
            if !self.words.commands.contains(&command) {
                let said = saying("there is no command `{}`").with(shown(command));
                let near = hinted(&said, &self.words.commands, command);
                self.wrong(name.span().start, near.unwrap_or(said));
                continue;
            }
            let line = self.place(name.span().start).line;
            let before = self.wrong.len();
            let mut keys = Vec::new();
            let rule = saying("the keys of a command are texts in quotes");
            for (text, _, at) in self.texts(value, &rule) {
                match (self.words.key)(&text) {
                    Ok(()) => keys.push(text),
                    Err(why) => self.wrong(at, why),
                }
            }
            // A command whose every key is wrong keeps its own.
            if !keys.is_empty() || before == self.wrong.len() {
                self.written.keys.push(((command.to_owned(), keys), line));
            }
        }
    }

    /// A text or a list of texts, each with its line and byte.
    fn texts(&mut self, value: Value<'_, '_>, rule: &Saying) -> Vec<(String, usize, usize)> {
        let one = std::slice::from_ref(value);
        let all = value.get_ref().as_array().map_or(one, |array| array);
        let mut texts = Vec::new();
        for item in all {
            let at = item.span().start;
            match item.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), self.place(at).line, at)),
                None => self.wrong(at, rule.clone()),
            }
        }
        texts
    }

    fn line(&self, value: Value<'_, '_>) -> usize {
        self.place(value.span().start).line
    }

    fn wrong(&mut self, at: usize, what: Saying) {
        let place = self.place(at);
        self.wrong.push((place, what));
    }

    fn place(&self, at: usize) -> Place {
        self.places.of(self.text, at)
    }
}

/// Words for names that their letters are not near to.
const MEANT: [(&str, &str); 7] = [
    ("cn", "zh"),
    ("zh-cn", "zh"),
    ("zh_cn", "zh"),
    ("chinese", "zh"),
    ("中文", "zh"),
    ("en-us", "en"),
    ("en_us", "en"),
];

/// No such name: the nearest one, or all there are.
pub(super) fn unknown(what: Saying, names: &[&str], typed: &str) -> Saying {
    let said = saying("no {} is called `{}`").of(what).with(shown(typed));
    let meant =
        MEANT.iter().find(|(word, name)| names.contains(name) && word.eq_ignore_ascii_case(typed));
    if let Some((_, name)) = meant {
        return saying("{}; did you mean `{}`?").of(said).with(name);
    }
    match hinted(&said, names, typed) {
        Some(near) => near,
        None => saying("{}; there are {}").of(said).list(names),
    }
}

/// A typed text as a part of a sentence.
fn shown(typed: &str) -> String {
    crate::catalog::text::visible(typed)
}
