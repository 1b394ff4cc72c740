//! The tour of the command line, and what is kept of tours from one start to the next.

use std::process::ExitCode;

use rolescope::app::App;
use rolescope::app::command;
use rolescope::app::keymap::Keymap;
use rolescope::cli::{self, args::Arguments};
use rolescope::config::Settings;
use rolescope::config::state::State;

use super::{complain, deliver, explore, known, overrides, refuse};

/// Plays a tour on the screen, or prints what was asked for.
pub(super) fn run(args: &cli::args::Tour, arguments: &Arguments, settings: &Settings) -> ExitCode {
    if let Some(name) =
        args.name.as_deref().filter(|_| !args.plain && arguments.output.named().is_none())
    {
        return match cli::tour::find(name) {
            Ok(tour) => explore(arguments, settings, Some(&tour.id)),
            Err(trouble) => refuse(&trouble, settings),
        };
    }
    let known = match known(arguments, settings, Vec::new()) {
        Ok(known) => known,
        Err(code) => return code,
    };
    let keymap = Keymap::with(&overrides(settings)).0;
    let key = |name: &str| Some(keymap.way(command::named(name)?));
    match cli::tour::run(args, settings.language.value, &known, &key) {
        Ok(answer) => deliver(&answer, arguments),
        Err(trouble) => refuse(&trouble, settings),
    }
}

/// Takes in how far tours went; offers one at the first start, begins the one that was asked for.
pub(super) fn prepare(
    app: &mut App,
    kept: Option<&mut State>,
    tour: Option<&str>,
) -> Result<(), ExitCode> {
    if let Some(kept) = kept {
        app.set_tour_progress(kept.tours.clone());
        // Who asks for a tour knows of them. Another notice keeps the line; then the offer waits.
        let free = app.notice.is_none();
        app.offer_tour(!kept.tour_offered && tour.is_none());
        kept.tour_offered |= free || tour.is_some();
    }
    let Some(tour) = tour else { return Ok(()) };
    app.start_tour(tour).map_err(|why| {
        complain(&why);
        ExitCode::from(2)
    })
}
