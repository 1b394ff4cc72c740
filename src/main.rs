//! The program: arguments to a mode, errors to exit codes.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use rolescope::app::App;
use rolescope::app::command;
use rolescope::app::event::{CopyOutcome, Effect, Event};
use rolescope::app::keymap::Keymap;
use rolescope::catalog::import::{self, SkippedFile};
use rolescope::catalog::{Catalog, load};
use rolescope::cli::answer::{Answer, Trouble};
use rolescope::cli::args::{Arguments, ClipboardRoad, Command};
use rolescope::cli::{self, subject::Known};
use rolescope::terminal::{self, Environment, Options, Program, Road, Worker, clipboard, plain};
use rolescope::ui::{self, theme};

/// State and theme: what runs in the terminal.
struct Explorer {
    app: App,
    theme: theme::Theme,
}

impl Program for Explorer {
    fn update(&mut self, event: Event) -> Vec<Effect> {
        self.app.update(event)
    }

    fn draw(&mut self, frame: &mut ratatui::Frame<'_>) {
        ui::draw(&self.app, &self.theme, frame);
    }
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error),
    };
    if arguments.version {
        return version();
    }
    match &arguments.command {
        None => explore(&arguments, None),
        Some(Command::Tour(args)) => tour(args, &arguments),
        Some(command) => answer(command, &arguments),
    }
}

/// Plays a tour on the screen, or prints what was asked for.
fn tour(args: &cli::args::Tour, arguments: &Arguments) -> ExitCode {
    if let Some(name) = args.name.as_deref().filter(|_| !args.plain && !arguments.output.json) {
        return match cli::tour::find(name) {
            Ok(tour) => explore(arguments, Some(&tour.id)),
            Err(trouble) => refuse(&trouble),
        };
    }
    let known = match catalog(arguments) {
        Ok((catalog, _)) => Known::of(catalog),
        Err(code) => return code,
    };
    let keymap = Keymap::default();
    let key = |name: &str| {
        let row = command::TABLE.iter().find(|row| row.name == name)?;
        Some(keymap.shown(row.command)).filter(|key| !key.is_empty())
    };
    match cli::tour::run(args, cli::roles::language(arguments.screen.lang), &known, &key) {
        Ok(answer) => deliver(&answer, arguments),
        Err(trouble) => refuse(&trouble),
    }
}

/// Opens the screen, where a tour was asked for with that.
fn explore(arguments: &Arguments, tour: Option<&str>) -> ExitCode {
    let paths = &arguments.screen.paths;
    if let Err(sentence) = load::check(paths) {
        complain(&sentence);
        return ExitCode::from(2);
    }
    let (catalog, skipped) = match catalog(arguments) {
        Ok((catalog, skipped)) => (Arc::new(catalog), skipped),
        Err(code) => return code,
    };
    let name = arguments.screen.theme.as_deref().unwrap_or("terminal");
    let Some(kind) = theme::Kind::named(name) else {
        let names = theme::Kind::ALL.map(|(name, _)| name).join(", ");
        complain(&format!("no theme is called `{name}`; there are {names}"));
        return ExitCode::from(2);
    };
    let mut app = if paths.is_empty() {
        App::new(catalog.clone(), 80, 24)
    } else {
        App::opening(&catalog, 80, 24)
    };
    app.language = cli::roles::language(arguments.screen.lang);
    app.note_skipped(skipped);
    app.present = arguments.screen.present;
    if let Some(Err(why)) = tour.map(|tour| app.start_tour(tour)) {
        complain(&why);
        return ExitCode::from(2);
    }
    let mut explorer = Explorer { app, theme: theme::Theme::new(kind) };
    let options = Options {
        mouse: !arguments.screen.no_mouse,
        environment: Environment::from_process(),
        road: road(arguments.screen.clipboard),
    };
    let workers = vec![loader(paths.clone(), catalog)];
    match terminal::run_with(&mut explorer, &options, workers) {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

/// The built-in catalogue with people's own merged over it, and what of those could not be used.
fn catalog(arguments: &Arguments) -> Result<(Catalog, Vec<SkippedFile>), ExitCode> {
    let mut catalog = Catalog::builtin().map_err(|error| {
        complain(&error.to_string());
        ExitCode::from(2)
    })?;
    let mut skipped = Vec::new();
    for folder in &arguments.catalog {
        skipped.extend(load::merge_folder(&mut catalog, folder));
    }
    Ok((catalog, skipped))
}

/// Reads the files that were given, then tells the roles that are known by name.
fn loader(paths: Vec<OsString>, catalog: Arc<Catalog>) -> Worker {
    Box::new(move |outbox| {
        if !paths.is_empty() {
            load::open(&paths, &catalog, outbox.stop(), &mut |batch| {
                outbox.send(Event::Loaded(Box::new(batch)))
            });
        }
        outbox.send(Event::Loaded(Box::new(import::others(&catalog))));
    })
}

/// Answers one question without the screen.
fn answer(command: &Command, arguments: &Arguments) -> ExitCode {
    let known = if arguments.catalog.is_empty() {
        Known::default()
    } else {
        match catalog(arguments) {
            Ok((catalog, skipped)) => {
                for one in skipped {
                    let place = one.place.map(|place| format!(":{place}")).unwrap_or_default();
                    complain(&format!("{}{place}: {}", one.path, one.reason));
                }
                Known::of(catalog)
            }
            Err(code) => return code,
        }
    };
    if let Command::Check(args) = command {
        let catalog = match known.catalog() {
            Ok(catalog) => catalog,
            Err(trouble) => return refuse(&trouble),
        };
        let mut tally = cli::check::Tally::default();
        let written = print(&mut |out| {
            tally = cli::check::run(args, catalog, arguments.output.chosen(), out)?;
            Ok(())
        });
        tally.asides.iter().for_each(|aside| complain(aside));
        return written.map_or_else(|code| code, |()| ExitCode::from(tally.exit()));
    }
    match cli::run(command, arguments, &known) {
        Ok(mut answer) => {
            answer.asides.iter().for_each(|aside| complain(aside));
            if let Some((what, text)) = answer.copy.take() {
                return copy(what, text, road(arguments.screen.clipboard));
            }
            deliver(&answer, arguments)
        }
        Err(trouble) => refuse(&trouble),
    }
}

fn deliver(answer: &Answer, arguments: &Arguments) -> ExitCode {
    let text = answer.written(arguments.output.chosen());
    print(&mut |out| out.write_all(text.as_bytes()))
        .map_or_else(|code| code, |()| ExitCode::from(answer.exit))
}

/// Says why there is no answer.
fn refuse(trouble: &Trouble) -> ExitCode {
    complain(&trouble.to_string());
    ExitCode::from(2)
}

/// Writes to standard output. A terminal gets nothing that it could obey; a pipe gets every byte, and one that was
/// closed ends the program quietly.
fn print(write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), ExitCode> {
    let stdout = io::stdout();
    let result = if stdout.is_terminal() {
        let mut text = Vec::new();
        write(&mut text).and_then(|()| {
            let text = String::from_utf8_lossy(&text);
            let mut out = stdout.lock();
            out.write_all(plain::clean(&text).as_bytes())?;
            out.flush()
        })
    } else {
        let mut out = BufWriter::with_capacity(1 << 16, stdout.lock());
        write(&mut out).and_then(|()| out.flush())
    };
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(ExitCode::SUCCESS),
        Err(error) => {
            complain(&format!("the answer cannot be written ({error})"));
            Err(ExitCode::from(2))
        }
    }
}

/// Puts a text on the clipboard and says on standard error by which road.
fn copy(what: String, text: String, road: Road) -> ExitCode {
    let copied = clipboard::copy_now(&Environment::from_process(), road, what, text);
    let what = &copied.what;
    let (sentence, code) = match &copied.outcome {
        CopyOutcome::Tmux => (format!("the {what} was copied through tmux"), 0),
        CopyOutcome::Tool(tool) => (format!("the {what} was copied by {tool}"), 0),
        CopyOutcome::Sent(way) => (
            format!("the {what} was sent to the terminal {way}; whether it took it is not known"),
            0,
        ),
        CopyOutcome::Failed(reason) => {
            (format!("the {what} was not copied: {reason}; without --copy it is printed"), 2)
        }
    };
    complain(&sentence);
    ExitCode::from(code)
}

const fn road(chosen: ClipboardRoad) -> Road {
    match chosen {
        ClipboardRoad::Auto => Road::Auto,
        ClipboardRoad::Tmux => Road::Tmux,
        ClipboardRoad::Osc52 => Road::Osc52,
        ClipboardRoad::Tool => Road::Tool,
        ClipboardRoad::Off => Road::Off,
    }
}

/// Version and date of the catalogue.
fn version() -> ExitCode {
    let date = Catalog::builtin().ok().and_then(|catalog| catalog.date().map(str::to_owned));
    let date = date.map(|date| format!(" (catalogue of {date})")).unwrap_or_default();
    let line = format!("rolescope {}{date}\n", env!("CARGO_PKG_VERSION"));
    print(&mut |out| out.write_all(line.as_bytes()))
        .map_or_else(|code| code, |()| ExitCode::SUCCESS)
}

/// Help goes to standard output; a mistake is one sentence on standard error.
fn misused(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if !error.use_stderr() {
        return print(&mut |out| out.write_all(text.as_bytes()))
            .map_or_else(|code| code, |()| ExitCode::SUCCESS);
    }
    // What is wrong, and the tip where there is one; not the usage.
    let mut sentence = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("Usage:") || line.starts_with("For more information") {
            break;
        }
        let line = line.trim_start_matches("error: ");
        if !sentence.is_empty() {
            sentence.push_str(if line.starts_with("tip:") || line.starts_with("[possible") {
                "; "
            } else {
                " "
            });
        }
        sentence.push_str(line);
    }
    complain(&format!("{sentence}; `rolescope --help` tells the use"));
    ExitCode::from(2)
}

/// One sentence on standard error; that it cannot be written is nobody's news.
fn complain(sentence: &str) {
    let shown = plain::clean(sentence);
    let _ = writeln!(io::stderr(), "rolescope: {shown}");
}
