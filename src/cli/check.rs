//! `check`: reads any policy files and tells what is wrong with them, file by file, in order, on all cores.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
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
use crate::catalog::load::{self, Entry, Gate, Unread};
use crate::hands;
use crate::policy::findings::Severity;
use crate::say::{Language, Saying, count, said, say};

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
    /// Findings by severity.
    pub findings: BTreeMap<Severity, usize>,
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
        self.found(Severity::Error) > 0
    }

    /// So many findings are as severe as this.
    fn found(&self, severity: Severity) -> usize {
        self.findings.get(&severity).copied().unwrap_or(0)
    }

    fn count(&mut self, report: &Report, read: bool) {
        self.files += 1;
        self.read += usize::from(read);
        self.unreadable += usize::from(!report.readable);
        self.policies += report.policies;
        self.repairs += report.repairs.len();
        for finding in &report.findings {
            *self.findings.entry(finding.severity).or_default() += 1;
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
    let look = |entry: &Entry, stop: &AtomicBool| {
        guarded(entry, lang, &|| examine(entry, lang, catalog, stop))
    };
    in_order(&found.entries, &look, &mut |entry, examined| {
        let (report, read) = match examined {
            Examined::Report(report, read) => (report, read),
            Examined::NotJson => {
                tally.not_json += 1;
                if tally.first_not_json.len() < files::NAMED {
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
        let [errors, warnings, notes] =
            [Severity::Error, Severity::Warning, Severity::Note].map(|one| self.found(one));
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

/// What of later files waits for its turn at most, in findings: they are what a report mostly consists of.
const EARLY: usize = 16_384;

/// Looks at the files on all cores and hands over what came of them in the order of the files.
fn in_order(
    files: &[Entry],
    look: &(dyn Fn(&Entry, &AtomicBool) -> Examined + Sync),
    take: Take<'_>,
) -> io::Result<()> {
    let workers = hands::cores().min(files.len());
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let alone = |take: Take<'_>| files.iter().try_for_each(|file| take(file, look(file, &stop)));
    if workers < 2 {
        return alone(take);
    }
    // The gate bounds what waits, behind a file that takes long as well as behind a reader that is slow to print.
    let gate = Gate::new(EARLY);
    let (sender, reports) = mpsc::channel::<(usize, Examined, usize)>();
    std::thread::scope(|scope| {
        let (next, stop, gate) = (&next, &stop, &gate);
        let _stops = hands::StopsWithMe(stop);
        let work = move || {
            while !stop.load(Ordering::Relaxed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = files.get(at) else { break };
                let examined = look(file, stop);
                let early = gate.enter(at, examined.weight(), stop);
                if sender.send((at, examined, early)).is_err() {
                    break;
                }
            }
        };
        if hands::start(scope, workers, work).is_empty() {
            return alone(take);
        }
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (at, examined, early) in &reports {
            waiting.insert(at, (examined, early));
            while let Some((file, (examined, early))) = files.get(due).zip(waiting.remove(&due)) {
                if let Err(error) = take(file, examined) {
                    stop.store(true, Ordering::Relaxed);
                    // It is everybody's turn to notice, and who waits for a pipe gives up.
                    gate.turn_to(files.len());
                    return Err(error);
                }
                due += 1;
                gate.taken(early);
                gate.turn_to(due);
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

impl Examined {
    /// What it takes while it waits, see [`EARLY`].
    const fn weight(&self) -> usize {
        match self {
            Self::Report(report, _) => 1 + report.findings.len() + report.repairs.len(),
            Self::NotJson | Self::PassedOver(_) => 1,
        }
    }
}

/// The report on a file that could not be read: why, in a sentence.
fn unreadable(entry: &Entry, why: &Saying, lang: Language) -> Examined {
    let path = entry.path.to_string_lossy().into_owned();
    Examined::Report(Report::failed(path, "unreadable-file", None, why.said(lang)), false)
}

/// What came of a file; where we are at fault with it, that is told, and the others go on.
fn guarded(entry: &Entry, lang: Language, examine: &dyn Fn() -> Examined) -> Examined {
    catch_unwind(AssertUnwindSafe(examine))
        .unwrap_or_else(|_| unreadable(entry, &load::broken(), lang))
}

/// Reads one file. What is given, or has a name of JSON, must be readable, and so must folders and what links lead to;
/// of what is met besides it is only told.
fn examine(entry: &Entry, lang: Language, catalog: &Catalog, stop: &AtomicBool) -> Examined {
    match load::read_while(entry, stop) {
        Ok(read) => {
            let any = !read.text.trim().is_empty();
            let path = entry.path.to_string_lossy().into_owned();
            Examined::Report(lint::report(lang, path, read.text, entry.direct, catalog), any)
        }
        Err(Unread::NotJson) => Examined::NotJson,
        Err(Unread::Refused(why)) if entry.is_expected() || entry.missed => {
            unreadable(entry, &why, lang)
        }
        Err(Unread::Refused(why)) => Examined::PassedOver(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::sync::Mutex;
    use std::time::Duration;

    fn entries(count: usize) -> Vec<Entry> {
        (0..count).map(|at| Entry::given(Path::new(&format!("{at:04}.json")))).collect()
    }

    fn report(entry: &Entry, findings: usize) -> Examined {
        let mut report = Report::failed(entry.shown(), "rule", None, String::new());
        report.findings = vec![report.findings[0].clone(); findings];
        Examined::Report(report, true)
    }

    #[test]
    fn what_waits_behind_a_file_that_takes_long_is_bounded() {
        const EACH: usize = 1_000;
        let files = entries(200);
        let others = files.len() - 1;
        let seen = Mutex::new(BTreeSet::new());
        let look = |entry: &Entry, _: &AtomicBool| {
            if entry.path == files[0].path {
                // As a pipe that nobody writes to, until nothing else goes on.
                let (mut last, mut still) = (0, 0);
                while last < others && still < 60 {
                    std::thread::sleep(Duration::from_millis(5));
                    let now = seen.lock().unwrap().len();
                    still = if now == last { still + 1 } else { 0 };
                    last = now;
                }
                let held = last * EACH;
                assert!(held <= EARLY + (hands::cores() + 1) * EACH, "{held} findings are held");
            } else {
                seen.lock().unwrap().insert(entry.path.clone());
            }
            report(entry, EACH)
        };
        let mut order = Vec::new();
        in_order(&files, &look, &mut |entry, _| {
            order.push(entry.path.clone());
            Ok(())
        })
        .unwrap();
        assert!(order.iter().eq(files.iter().map(|file| &file.path)), "{order:?}");
    }

    #[test]
    fn who_waits_for_a_turn_goes_when_the_answer_cannot_be_written() {
        let files = entries(200);
        let look = |entry: &Entry, _: &AtomicBool| report(entry, 1_000);
        let full = in_order(&files, &look, &mut |_, _| Err(io::ErrorKind::StorageFull.into()));
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn who_waits_for_a_pipe_goes_when_the_answer_cannot_be_written() {
        let files = entries(8);
        let gave_up = AtomicBool::new(false);
        let look = |entry: &Entry, stop: &AtomicBool| {
            // The first file is read at once; nobody writes to the others.
            for _ in 0..30_000 {
                if entry.path == files[0].path || stop.load(Ordering::Relaxed) {
                    return report(entry, 1);
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            gave_up.store(true, Ordering::Relaxed);
            report(entry, 1)
        };
        if hands::cores() > 1 {
            let full = in_order(&files, &look, &mut |_, _| Err(io::ErrorKind::StorageFull.into()));
            assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
            assert!(!gave_up.load(Ordering::Relaxed), "nothing told it to stop");
        }
    }

    #[test]
    fn a_file_that_we_are_at_fault_with_is_told_and_the_others_go_on() {
        let files = entries(3);
        let look = |entry: &Entry, _: &AtomicBool| {
            guarded(entry, Language::English, &|| {
                assert!(entry.path != files[1].path, "said on purpose");
                report(entry, 0)
            })
        };
        let mut rules = Vec::new();
        in_order(&files, &look, &mut |entry, examined| {
            if let Examined::Report(report, read) = examined {
                assert_eq!(report.path, entry.shown());
                rules.push((read, report.findings.iter().map(|one| one.rule).collect::<Vec<_>>()));
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(rules, [(true, vec![]), (false, vec!["unreadable-file"]), (true, vec![])]);
    }
}
