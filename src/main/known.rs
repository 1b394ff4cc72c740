//! What is asked about: the catalogue with everything that was given laid over it. A fault is told here, and is an exit
//! status to the caller.

use std::ffi::OsString;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory as _;
use rolescope::account;
use rolescope::catalog::import::SkippedFile;
use rolescope::catalog::{Catalog, load};
use rolescope::cli::args::{Arguments, Format};
use rolescope::cli::{self, known::Known};
use rolescope::config::{Origin, Settings};
use rolescope::say::{Language, Saying, counted, saying};

use super::{complain, misused, refuse};

/// What the screen is opened with: the catalogue with the snapshots that were given laid over it, the files to read,
/// and what of people's own catalogues could not be used.
pub(super) fn given(
    arguments: &Arguments,
    settings: &Settings,
) -> Result<(Catalog, Vec<OsString>, Vec<SkippedFile>), ExitCode> {
    let language = settings.language.value;
    let (snapshots, paths) = account::open::part(arguments.paths());
    if let Err((sentence, remedy)) = load::check(&paths) {
        // A bare word in the first place is more likely a command with a slip in it.
        let commands = Arguments::command();
        let commands: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
        let tip = match paths.as_slice() {
            [first, ..]
                if !first.to_string_lossy().contains(['/', '\\', '.'])
                    && !Path::new(first).exists() =>
            {
                let meant = misused::meant(&first.to_string_lossy());
                let meant = meant.map(|name| saying("Did you mean `rolescope {}`?").with(name));
                Some(meant.unwrap_or_else(|| saying("The commands are {}.").list(commands)))
            }
            _ => None,
        };
        complain(&sentence.then(tip.or(remedy)).said(language));
        return Err(ExitCode::from(2));
    }
    let (mut catalog, mut skipped) = catalog(arguments, settings, For::Screen)?;
    for path in &snapshots {
        skipped.extend(observe(&mut catalog, path, language)?);
    }
    Ok((catalog, paths, skipped))
}

/// What is known, with people's own catalogues and policies where there are some. The program ends with its answer: the
/// memory is left to the system, which is quicker than text by text.
pub(super) fn known(
    arguments: &Arguments,
    settings: &Settings,
    policies: Vec<OsString>,
) -> Result<ManuallyDrop<Known>, ExitCode> {
    if settings.catalogs.is_empty() && arguments.given.snapshot.is_none() && policies.is_empty() {
        return Ok(ManuallyDrop::new(Known::default()));
    }
    let (snapshots, policies) = account::open::part(policies);
    let (mut catalog, mut skipped) = catalog(arguments, settings, For::Answer)?;
    let lang = settings.language.value;
    for path in &snapshots {
        skipped.extend(observe(&mut catalog, path, lang)?);
    }
    for one in &skipped {
        complain(&one.sentence().said(lang));
    }
    if policies.is_empty() {
        return Ok(ManuallyDrop::new(Known::of(catalog)));
    }
    // Data are the same in every language.
    let named = if arguments.output.chosen() == Format::Json { Language::English } else { lang };
    let own =
        cli::own::read(&policies, &catalog, named).map_err(|trouble| refuse(&trouble, settings))?;
    for aside in &own.asides {
        complain(&aside.said(lang));
    }
    Ok(ManuallyDrop::new(Known::of(catalog).with_own(own.catalog)))
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// The screen: it tells what could not be used, and shows what else there is.
    Screen,
    /// A command: without all that it was given, its answer would be about something else than was asked.
    Answer,
}

/// The built-in catalogue with people's own merged over it, and what of those could not be used.
fn catalog(
    arguments: &Arguments,
    settings: &Settings,
    asks: For,
) -> Result<(Catalog, Vec<SkippedFile>), ExitCode> {
    let refuse = |sentence: &Saying| {
        complain(&sentence.said(settings.language.value));
        ExitCode::from(2)
    };
    let mut catalog = Catalog::builtin().map_err(|error| refuse(&error.located()))?;
    let mut skipped = Vec::new();
    for folder in &settings.catalogs {
        let given = asks == For::Answer && matches!(folder.from, Origin::Flag(_));
        skipped.extend(if given {
            let merged = load::merge_given(&mut catalog, &folder.value);
            merged.map_err(|why| refuse(&why.sentence()))?
        } else {
            load::merge_folder(&mut catalog, &folder.value)
        });
    }
    if let Some(path) = &arguments.given.snapshot {
        skipped.extend(observe(&mut catalog, path, settings.language.value)?);
    }
    Ok((catalog, skipped))
}

/// Lays the snapshot of an account over the catalogue, and tells what it lacks.
fn observe(
    catalog: &mut Catalog,
    path: &Path,
    lang: Language,
) -> Result<Vec<SkippedFile>, ExitCode> {
    let snapshot = account::open::read(path).map_err(|sentence| {
        complain(&sentence.said(lang));
        ExitCode::from(2)
    })?;
    let broken = catalog.observe(&snapshot);
    let lacks = match snapshot.lacking() {
        _ if snapshot.complete => None,
        // The run that took it was ended between its last answer and its last look.
        0 => Some(saying(
            "the snapshot was not brought to its end; the command that took it goes on with it",
        )),
        lacking => Some(counted(
            lacking,
            "the snapshot is not complete: {} role or policy of it was not read; the command that took it goes on with it",
            "the snapshot is not complete: {} roles or policies of it were not read; the command that took it goes on with it",
        )),
    };
    let broken = (!broken.is_empty()).then(|| cli::files::no_policies(&broken));
    let told = [lacks, broken].into_iter().flatten();
    let path = cli::files::shown(path).said(lang);
    Ok(told.map(|reason| SkippedFile { path: path.clone(), place: None, reason }).collect())
}
