//! `check`: reads any policy files and tells what is wrong with them, file by file, in order, on all cores.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use serde_json::json;

use super::answer::SCHEMA;
use super::args::Format;
use super::files;
use super::lint::{self, Report};
use super::page::escape;
use crate::catalog::Catalog;
use crate::catalog::load::{self, Entry, Unread};
use crate::hands;
use crate::say::{Language, Saying, count, said, say};

/// Files that were passed over and are named.
const NAMED: usize = 5;

/// What came out of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files.
    pub files: usize,
    /// Files that were opened and are not empty.
    pub read: usize,
    /// Files without any policy that could be read.
    pub unreadable: usize,
    /// Policy documents.
    pub policies: usize,
    /// Findings by severity: errors, warnings, notes.
    pub findings: [usize; 3],
    /// Places that are no strict JSON and were read all the same.
    pub repairs: usize,
    /// Files in folders that do not look like JSON: how many.
    pub not_json: usize,
    /// The first of them.
    pub first_not_json: Vec<String>,
    /// Sentences for standard error.
    pub asides: Vec<String>,
}

impl Tally {
    /// 1 where errors were found, 2 where there was nothing that could be read.
    pub fn exit(&self) -> u8 {
        if self.read == 0 { 2 } else { u8::from(self.has_errors()) }
    }

    fn has_errors(&self) -> bool {
        let [errors, ..] = self.findings;
        errors > 0
    }

    fn count(&mut self, report: &Report, read: bool) {
        self.files += 1;
        self.read += usize::from(read);
        self.unreadable += usize::from(!report.readable);
        self.policies += report.policies;
        self.repairs += report.repairs.len();
        for finding in &report.findings {
            if let Some(count) = self.findings.get_mut(finding.severity as usize) {
                *count += 1;
            }
        }
    }
}

/// Checks and writes as it goes. Where nobody reads it any more, it goes on until it is known whether there are errors.
/// Errors: the answer cannot be written; `tally` has what was found all the same.
pub fn run(
    paths: &[&PathBuf],
    catalog: &Catalog,
    lang: Language,
    format: Format,
    tally: &mut Tally,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = load::find(paths, &AtomicBool::new(false));
    // Data are English in every language; what is said beside them is not.
    let people = lang;
    let lang = if format == Format::Json { Language::English } else { lang };
    let mut closed = None;
    if format == Format::Markdown {
        let head = say(lang, "| File | Place | Severity | Rule | Message |");
        let written = writeln!(out, "{head}\n| --- | --- | --- | --- | --- |");
        closed = unheard(written, tally)?;
    }
    in_order(&found.entries, lang, catalog, &mut |entry, examined| {
        let (report, read) = match examined {
            Examined::Report(report, read) => (report, read),
            Examined::NotJson => {
                tally.not_json += 1;
                if tally.first_not_json.len() < NAMED {
                    tally.first_not_json.push(files::shown(&entry.path).said(people));
                }
                return Ok(());
            }
            Examined::PassedOver(why) => {
                tally.asides.push(files::about(&entry.path, why).said(people));
                return Ok(());
            }
        };
        tally.count(&report, read);
        let written = match (format, closed.take()) {
            (_, Some(error)) => Err(error),
            (Format::Json, None) => writeln!(out, "{}", report.to_json()),
            (Format::Text, None) => out.write_all(report.to_text(lang).as_bytes()),
            (Format::Markdown, None) => out.write_all(markdown(lang, &report).as_bytes()),
        };
        closed = unheard(written, tally)?;
        Ok(())
    })?;
    if let Some(error) = closed {
        return Err(error);
    }
    let hidden = found.hidden.iter().sum();
    if hidden > 0 {
        tally.asides.push(load::hidden_words(hidden).said(people));
    }
    if tally.not_json > 0 {
        let passed_over = files::not_json(tally.not_json, &tally.first_not_json);
        tally.asides.push(passed_over.said(people));
    }
    if tally.files == 0 {
        let nothing = "no file was found there that could hold a policy; give the path of a file, or another folder";
        tally.asides.push(say(people, nothing).to_owned());
    }
    match format {
        Format::Json => {}
        Format::Text => writeln!(out, "{}", tally.sentence(lang))?,
        Format::Markdown => writeln!(out, "\n{}", tally.sentence(lang))?,
    }
    Ok(())
}

/// That nobody reads the answer is no reason to end before the exit status is known; any other error is.
fn unheard(written: io::Result<()>, tally: &Tally) -> io::Result<Option<io::Error>> {
    match written {
        Ok(()) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !tally.has_errors() => {
            Ok(Some(error))
        }
        Err(error) => Err(error),
    }
}

/// The shape of the lines, for the manual.
pub fn shape() -> serde_json::Value {
    json!({
        "schema": SCHEMA,
        "path": "the path as it was found",
        "readable": "true where at least one policy, or an answer that names policies, was read",
        "policies": "how many policy documents it holds",
        "repairs": [{"rule": "..", "line": 1, "column": 1, "message": ".."}],
        "findings": [{"severity": "error|warning|note", "rule": "..", "line": 1, "column": 1, "message": "..", "advice": "..",
            "statement": "from 1, or null", "policy": "the way to it in the file"}],
    })
}

impl Tally {
    fn sentence(&self, lang: Language) -> String {
        let [errors, warnings, notes] = self.findings;
        let unreadable = match self.unreadable {
            0 => String::new(),
            count => said(lang, ", {} not readable", &[&count.to_string()]),
        };
        // The exit status tells of errors only, so what a strict reader would refuse must not be missed here.
        let repairs = match self.repairs {
            0 => String::new(),
            repairs => count(
                lang,
                repairs,
                "; {} place is no strict JSON and was repaired for reading",
                "; {} places are no strict JSON and were repaired for reading",
            ),
        };
        said(
            lang,
            "{} in {}{}: {}, {}, {}{}.",
            &[
                &count(lang, self.policies, "{} policy", "{} policies"),
                &count(lang, self.files, "{} file", "{} files"),
                &unreadable,
                &count(lang, errors, "{} error", "{} errors"),
                &count(lang, warnings, "{} warning", "{} warnings"),
                &count(lang, notes, "{} note", "{} notes"),
                &repairs,
            ],
        )
    }
}

fn markdown(lang: Language, report: &Report) -> String {
    let rows = report.findings.iter().map(|finding| {
        let place = finding.place.map(|place| place.to_string()).unwrap_or_default();
        let severity = say(lang, finding.severity.word());
        let cells = [&report.path, &place, severity, finding.rule, &finding.message];
        format!("| {} |\n", cells.map(escape).join(" | "))
    });
    rows.collect()
}

/// What takes in what came of a file. Errors: it cannot be told.
type Take<'a> = &'a mut dyn FnMut(&Entry, Examined) -> io::Result<()>;

/// Reads the files on all cores and hands over the reports in the order of the files.
fn in_order(files: &[Entry], lang: Language, catalog: &Catalog, take: Take<'_>) -> io::Result<()> {
    let workers = hands::cores().min(files.len());
    let alone =
        |take: Take<'_>| files.iter().try_for_each(|file| take(file, examine(file, lang, catalog)));
    if workers < 2 {
        return alone(take);
    }
    let next = AtomicUsize::new(0);
    // Bounded, so that a reader that is slow to print does not fill the memory.
    let (sender, reports) = mpsc::sync_channel::<(usize, Examined)>(256);
    std::thread::scope(|scope| {
        let next = &next;
        let work = move || {
            while let Some((at, file)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                files.get(at).map(|file| (at, file))
            } {
                if sender.send((at, examine(file, lang, catalog))).is_err() {
                    break;
                }
            }
        };
        if hands::start(scope, workers, work).is_empty() {
            return alone(take);
        }
        let mut early = std::collections::BTreeMap::new();
        let mut due = 0;
        for (at, report) in &reports {
            early.insert(at, report);
            while let Some((file, report)) = files.get(due).zip(early.remove(&due)) {
                due += 1;
                if let Err(error) = take(file, report) {
                    // The workers notice when the channel is gone.
                    drop(reports);
                    return Err(error);
                }
            }
        }
        Ok(())
    })
}

/// What came of a file.
enum Examined {
    /// And whether there was a text.
    Report(Report, bool),
    NotJson,
    /// Why, in a sentence.
    PassedOver(Saying),
}

/// Reads one file. What is given, or has a name of JSON, must be readable, and so must folders and what links lead to;
/// of what is met besides it is only told.
fn examine(entry: &Entry, lang: Language, catalog: &Catalog) -> Examined {
    let path = entry.path.to_string_lossy().into_owned();
    match load::read(entry, &|_| {}) {
        Ok(read) => {
            let any = !read.text.trim().is_empty();
            Examined::Report(lint::report(lang, path, read.text, entry.direct, catalog), any)
        }
        Err(Unread::NotJson) => Examined::NotJson,
        Err(Unread::Refused(why)) if entry.is_expected() || entry.missed => {
            Examined::Report(Report::failed(path, "unreadable-file", None, why.said(lang)), false)
        }
        Err(Unread::Refused(why)) => Examined::PassedOver(why),
    }
}
