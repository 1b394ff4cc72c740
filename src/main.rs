//! The program: arguments to a mode, errors to exit codes.

use rolescope::app::App;
use rolescope::app::event::{Effect, Event};
use rolescope::catalog::Catalog;
use rolescope::terminal::{self, Environment, Options, Program};
use rolescope::ui::{self, theme};
use std::process::ExitCode;
use std::sync::Arc;

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
    let catalog = match Catalog::builtin() {
        Ok(catalog) => Arc::new(catalog),
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(2);
        }
    };
    let environment = Environment::from_process();
    let mut explorer = Explorer {
        app: App::new(catalog, 80, 24),
        theme: theme::Theme::new(theme::Kind::Terminal),
    };
    let options = Options { mouse: true, environment, ..Options::default() };
    match terminal::run(&mut explorer, &options) {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

/// One sentence on standard error; that it cannot be written is nobody's news.
fn complain(sentence: &str) {
    use std::io::Write as _;
    let shown = terminal::plain::clean(sentence);
    let _ = writeln!(std::io::stderr(), "rolescope: {shown}");
}
