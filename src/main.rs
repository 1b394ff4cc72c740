//! The program: arguments to a mode, errors to exit codes.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use rolescope::account::{self, cli::Settings as AccountSettings, take::Order};
use rolescope::app::App;
use rolescope::app::event::{Copied, CopyOutcome, Effect, Event};
use rolescope::app::highlight;
use rolescope::app::history::Kept;
use rolescope::app::keymap::Keymap;
use rolescope::app::theme_name::ThemeName;
use rolescope::catalog::import;
use rolescope::catalog::observed::Scope;
use rolescope::catalog::{Catalog, load};
use rolescope::cli::answer::{Answer, Trouble};
use rolescope::cli::args::{Account, AccountSnapshot, Arguments, ClipboardRoad, Command, Export};
use rolescope::cli::{self, known::Known};
use rolescope::config::state::{self, State};
use rolescope::config::{Settings, places, spoken};
use rolescope::say::{Language, Saying, said, say, saying};
use rolescope::terminal::{
    self, Environment, Options, Outcome, Program, Road, Worker, Workers, clipboard, plain,
};
use rolescope::ui::{self, theme};

#[path = "main/keys.rs"]
mod keys;
#[path = "main/known.rs"]
mod known;
#[path = "main/misused.rs"]
mod misused;
#[path = "main/tours.rs"]
mod tours;

use keys::overrides;
use known::{given, known};

/// State and theme: what runs in the terminal.
struct Explorer {
    app: App,
    theme: theme::Theme,
    /// The colours that the terminal has.
    colours: theme::Colours,
    /// The grammar of the policy pane is loaded, or about to be.
    grammar: bool,
    /// Copies that failed while the program was left.
    not_copied: Vec<Saying>,
}

impl Program for Explorer {
    fn update(&mut self, event: Event) -> Vec<Effect> {
        // Until then a lexer gives the same colours; so the start pays neither its time nor its memory.
        if !self.grammar && matches!(event, Event::Key(_) | Event::Mouse(_)) {
            self.grammar = true;
            let started = std::thread::Builder::new().name("grammar".into()).spawn(highlight::warm);
            // Without a thread the lexer goes on.
            drop(started);
        }
        self.app.take(event)
    }

    fn settle(&mut self) -> Vec<Effect> {
        self.app.settle()
    }

    fn copied_late(&mut self, copied: Copied) {
        if let CopyOutcome::Failed(reason) = copied.outcome {
            let said = saying("the {} was not copied: {}");
            self.not_copied.push(said.with(copied.what).of(reason));
        }
    }

    fn draw(&mut self, frame: &mut ratatui::Frame<'_>) {
        if self.theme.kind != self.app.theme {
            self.theme = theme::Theme::with(self.app.theme, self.colours);
        }
        ui::draw(&self.app, &self.theme, frame);
    }
}

fn main() -> ExitCode {
    let typed = misused::typed();
    let arguments = match Arguments::read(&typed) {
        Ok(arguments) => arguments,
        Err(error) => return misused::tell(&error),
    };
    if arguments.given.version {
        return version();
    }
    let gathered = Settings::gather(&arguments.flags(), &places::process, &keys::words());
    let settings = match gathered {
        Ok(mut settings) => {
            keys::note_clashes(&mut settings);
            settings
        }
        Err(sentence) => {
            let lang = spoken(arguments.flags().language, &places::process);
            complain(&sentence.said(lang));
            return ExitCode::from(2);
        }
    };
    let lang = settings.language.value;
    if let Some(sentence) = arguments.wrong_format() {
        complain(&sentence.said(lang));
        return ExitCode::from(2);
    }
    match &arguments.command {
        None if arguments.screen.plain => read_aloud(&arguments, &settings),
        None => explore(&arguments, &settings, None),
        Some(Command::Tour(args)) => tours::run(args, &arguments, &settings),
        Some(Command::Config) => deliver(&cli::settings::config(&settings), &arguments),
        Some(Command::Keys) => deliver(&keys::keys(&settings), &arguments),
        Some(Command::Account(Account::Snapshot(args))) => snapshot(args, lang),
        Some(command) => answer(command, &arguments, &settings),
    }
}

/// Opens the screen, with a tour where one was asked for.
fn explore(arguments: &Arguments, settings: &Settings, tour: Option<&str>) -> ExitCode {
    let language = settings.language.value;
    let environment = Environment::from_process();
    if environment.term == "dumb" && io::stdout().is_terminal() {
        complain(say(language, cli::plain::DUMB));
        return ExitCode::from(2);
    }
    let (catalog, paths, skipped) = match given(arguments, settings) {
        Ok(given) => given,
        Err(code) => return code,
    };
    let catalog = Arc::new(catalog);
    let mut app = screen(arguments, settings, &catalog, paths.is_empty());
    app.note_skipped(skipped);
    // Files that were given have a place of their own; it is not the one to come back to.
    let kept_in = if paths.is_empty() { places::state_file(&places::process) } else { None };
    let mut kept = kept_in.as_deref().map(state::load).unwrap_or_default();
    if kept_in.is_some() && !arguments.screen.fresh {
        app.restore(&from_state(&kept));
    }
    if let Some(first) = settings.mistakes.first() {
        app.note_mistakes(&first.said(language), settings.mistakes.len());
    }
    if let Err(code) = tours::prepare(&mut app, kept_in.as_ref().map(|_| &mut kept), tour) {
        return code;
    }
    let colours = environment.colours;
    let theme = theme::Theme::with(app.theme, colours);
    let mut explorer = Explorer { app, theme, colours, grammar: false, not_copied: Vec::new() };
    let options = Options {
        mouse: settings.mouse.value,
        environment,
        road: road(settings),
        look: load::Stamp::difference,
    };
    let waited_for = !paths.is_empty();
    let worker = loader(paths, catalog, language);
    let workers = if waited_for {
        Workers { at_once: vec![worker], ..Workers::default() }
    } else {
        Workers { afterwards: vec![worker], ..Workers::default() }
    };
    let ended = terminal::run(&mut explorer, &options, workers);
    for sentence in &explorer.not_copied {
        complain(&sentence.said(language));
    }
    let code = match ended {
        Ok(outcome) => {
            if let (Outcome::Signal(_), Some(text)) = (outcome, explorer.app.take_printed()) {
                // Where nobody can read it, nobody can be told either.
                let _ = plain::print_all(&mut io::stdout().lock(), &[text]);
            }
            // However it ended: closing the window is a common way to leave.
            if let Some(path) = kept_in {
                into_state(explorer.app.kept(), &mut kept);
                // Only how far the tours of this run went: another program may have written meanwhile.
                let progress = explorer.app.tour_progress().iter();
                let before = std::mem::take(&mut kept.tours);
                let changed = progress.filter(|(name, done)| before.get(*name) != Some(done));
                kept.tours = changed.map(|(name, done)| (name.clone(), *done)).collect();
                match state::save(&path, &kept) {
                    Ok(None) => {}
                    Ok(Some(sentence)) | Err(sentence) => complain(&sentence.said(language)),
                }
            }
            ExitCode::from(outcome.exit_code())
        }
        Err(error) => {
            complain(&error.saying().said(language));
            ExitCode::from(error.exit_code())
        }
    };
    // The process ends: its memory goes as a whole, which is quicker than text by text.
    std::mem::forget(explorer);
    code
}

/// The state of the screen by the settings; `alone` where there are no files to read.
fn screen(arguments: &Arguments, settings: &Settings, catalog: &Arc<Catalog>, alone: bool) -> App {
    let language = settings.language.value;
    // Texts are wrapped for this size; any other one would be work for nothing.
    let (columns, rows) = terminal::size().unwrap_or((80, 24));
    let mut app = if alone {
        App::speaking(language, catalog.clone(), columns, rows)
    } else {
        App::opening(language, catalog, columns, rows)
    };
    app.theme = ThemeName::named(&settings.theme.value).unwrap_or_default();
    let overrides = overrides(settings);
    if !overrides.is_empty() {
        app.keymap = Keymap::with(&overrides).0;
    }
    app.mouse = settings.mouse.value;
    app.present = arguments.screen.present;
    app
}

fn from_state(state: &State) -> Kept {
    Kept {
        product: state.product.clone(),
        role: state.role.clone(),
        focus: state.focus.clone(),
        filter: state.filter.clone(),
    }
}

fn into_state(kept: Kept, state: &mut State) {
    let Kept { product, role, focus, filter } = kept;
    (state.product, state.role, state.focus, state.filter) = (product, role, focus, filter);
}

/// Says of a pipe that nobody writes to that it is waited for; only where there is no screen.
fn tell_of_pipes(lang: Language) {
    load::tell_of_pipes(move |path| {
        let what = saying("nobody writes to this pipe yet; waiting for it, Ctrl-C ends that");
        complain(&cli::files::about(path, what).said(lang));
    });
}

/// Prints what the first screen tells.
fn read_aloud(arguments: &Arguments, settings: &Settings) -> ExitCode {
    tell_of_pipes(settings.language.value);
    let known = match known(arguments, settings, arguments.paths()) {
        Ok(known) => known,
        Err(code) => return code,
    };
    match cli::plain::reading(settings.language.value, arguments.output.chosen(), &known) {
        Ok(answer) => deliver(&answer, arguments),
        Err(trouble) => refuse(&trouble, settings),
    }
}

/// Reads the user's account.
fn snapshot(args: &AccountSnapshot, lang: Language) -> ExitCode {
    let mut settings = AccountSettings {
        profile: args.profile.clone(),
        region: args.region.clone(),
        ..AccountSettings::default()
    };
    settings.limits.time = Duration::from_secs(args.time_limit);
    let out = args.out.clone();
    let out = out.unwrap_or_else(|| account::command::default_file(args.profile.as_deref()));
    let scope = if args.all { Scope::All } else { Scope::ServiceLinked };
    let (sentence, exit) = account::command::run(&Order { settings, scope, out }, lang);
    complain(&sentence.said(lang));
    ExitCode::from(exit)
}

/// Reads the files that were given, then tells the roles that are known by name.
fn loader(paths: Vec<OsString>, catalog: Arc<Catalog>, language: Language) -> Worker {
    Box::new(move |outbox| {
        if !paths.is_empty() {
            load::open(&paths, &catalog, language, outbox.stop(), &mut |batch| {
                outbox.send(Event::Loaded(Box::new(batch)))
            });
        }
        outbox.send(Event::Loaded(Box::new(import::others(&catalog))));
    })
}

/// Answers one question without the screen.
fn answer(command: &Command, arguments: &Arguments, settings: &Settings) -> ExitCode {
    tell_of_pipes(settings.language.value);
    if !matches!(command, Command::Man | Command::Completions(_)) {
        settings
            .mistakes
            .iter()
            .for_each(|mistake| complain(&mistake.said(settings.language.value)));
    }
    // What `check` is given it reads itself; a page about the program needs none.
    let alone = matches!(command, Command::Check(_) | Command::Man | Command::Completions(_));
    let policies = if alone { Vec::new() } else { arguments.paths() };
    let known = match known(arguments, settings, policies) {
        Ok(known) => known,
        Err(code) => return code,
    };
    if let Command::Check(args) = command {
        let paths: Vec<_> = args.paths.iter().chain(&arguments.given.policies).collect();
        if paths.is_empty() {
            return refuse(
                &Trouble::new(saying(
                    "`check` needs files or folders, or `-` for standard input; `rolescope check --help` tells the use",
                )),
                settings,
            );
        }
        let catalog = match known.catalog() {
            Ok(catalog) => catalog,
            Err(trouble) => return refuse(&trouble, settings),
        };
        let mut tally = cli::check::Tally::default();
        let (lang, format) = (settings.language.value, arguments.output.chosen());
        let written =
            print(&mut |out| cli::check::run(&paths, catalog, lang, format, &mut tally, out));
        tally.asides.iter().for_each(|aside| complain(aside));
        return written.map_or_else(|code| code, |()| ExitCode::from(tally.exit()));
    }
    if let Command::Export(args) = command {
        return export(args, arguments, settings, &known);
    }
    match cli::run(command, settings.language.value, arguments.output.chosen(), &known) {
        Ok(mut answer) => {
            let format = arguments.output.named();
            if let Some((what, text)) = answer.to_copy(format, settings.language.value) {
                answer.asides.iter().for_each(|aside| complain(aside));
                return copy(what, text, settings);
            }
            deliver(&answer, arguments)
        }
        Err(trouble) => refuse(&trouble, settings),
    }
}

/// Writes a page or a graph.
fn export(args: &Export, arguments: &Arguments, settings: &Settings, known: &Known) -> ExitCode {
    match cli::export::run(args, arguments.output.named(), settings.language.value, known) {
        Ok(export) => {
            export.asides.iter().for_each(|aside| complain(aside));
            print(&mut |out| out.write_all(export.text.as_bytes()))
                .map_or_else(|code| code, |()| ExitCode::SUCCESS)
        }
        Err(trouble) => refuse(&trouble, settings),
    }
}

fn deliver(answer: &Answer, arguments: &Arguments) -> ExitCode {
    answer.asides.iter().for_each(|aside| complain(aside));
    let text = answer.written(arguments.output.chosen());
    print(&mut |out| out.write_all(text.as_bytes()))
        .map_or_else(|code| code, |()| ExitCode::from(answer.exit))
}

/// Says why there is no answer.
fn refuse(trouble: &Trouble, settings: &Settings) -> ExitCode {
    complain(&trouble.said(settings.language.value));
    ExitCode::from(2)
}

/// Writes to standard output, as it comes. A terminal gets nothing that it could obey; a pipe gets every byte, and one that was
/// closed is nobody's news: the exit status is that of the answer. Errors: the exit status of one that was not written.
fn print(write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Result<(), ExitCode> {
    let stdout = io::stdout();
    let mut out: Box<dyn Write> = if stdout.is_terminal() {
        Box::new(plain::Lines::to(stdout.lock()))
    } else {
        Box::new(BufWriter::with_capacity(1 << 16, stdout.lock()))
    };
    match write(&mut *out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            // What is written last knows no settings; the environment tells the language mostly.
            let lang = misused::language();
            let what = saying("the answer cannot be written ({})").system(&error);
            complain(&what.said(lang));
            Err(ExitCode::from(2))
        }
    }
}

/// Puts a text on the clipboard and says on standard error by which road.
fn copy(what: String, text: String, settings: &Settings) -> ExitCode {
    let copied = clipboard::copy_now(&Environment::from_process(), road(settings), what, text);
    let what = &copied.what;
    let (sentence, code) = match copied.outcome {
        CopyOutcome::Tmux => {
            let said =
                "the {} was copied into tmux's buffer; whether the terminal took it is not known";
            (saying(said).with(what), 0)
        }
        CopyOutcome::Tool(tool) => (saying("the {} was copied by {}").with(what).with(tool), 0),
        CopyOutcome::Sent(way) => (
            saying("the {} was sent to the terminal {}; whether it took it is not known")
                .with(what)
                .of(way),
            0,
        ),
        CopyOutcome::Failed(reason) => {
            let said = saying("the {} was not copied: {}; without --copy it is printed");
            (said.with(what).of(reason), 2)
        }
    };
    complain(&sentence.said(settings.language.value));
    ExitCode::from(code)
}

fn road(settings: &Settings) -> Road {
    match ClipboardRoad::named(&settings.clipboard.value) {
        ClipboardRoad::Auto => Road::Auto,
        ClipboardRoad::Tmux => Road::Tmux,
        ClipboardRoad::Osc52 => Road::Osc52,
        ClipboardRoad::Tool => Road::Tool,
        ClipboardRoad::Off => Road::Off,
    }
}

/// The commit it was built from: the build script reads it from a checkout; who builds from an archive may say
/// `ROLESCOPE_COMMIT=.. cargo build --release`.
const COMMIT: Option<&str> = option_env!("ROLESCOPE_COMMIT");

/// Version, commit where it is known, and date of the catalogue.
fn version() -> ExitCode {
    let lang = misused::language();
    let date = Catalog::builtin().ok().and_then(|catalog| catalog.date().map(str::to_owned));
    let date = date.map(|date| said(lang, "catalogue of {}", &[&date]));
    let commit = COMMIT.map(str::trim).filter(|commit| !commit.is_empty());
    let commit = commit.map(|commit| said(lang, "commit {}", &[&plain::clean(commit)]));
    let more: Vec<String> = commit.into_iter().chain(date).collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    let line = format!("rolescope {}{more}\n", env!("CARGO_PKG_VERSION"));
    print(&mut |out| out.write_all(line.as_bytes()))
        .map_or_else(|code| code, |()| ExitCode::SUCCESS)
}

/// One sentence on standard error, with nothing in it that a terminal would obey; that it cannot be written is nobody's
/// news.
fn complain(sentence: &str) {
    let shown = plain::clean(sentence);
    let _ = writeln!(io::stderr(), "rolescope: {shown}");
}
