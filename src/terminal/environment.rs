//! What the environment says about the terminal, read once and passed on as a value, so that
//! choices made from it can be tested without touching the environment of the test.

use crate::app::theme_name::Colours;

/// The facts that decide how text can reach a clipboard, and which colours can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact of the environment"
)]
pub struct Environment {
    /// Inside tmux (`TMUX`).
    pub tmux: bool,
    /// Inside GNU screen (`STY`).
    pub screen: bool,
    /// The kind of terminal (`TERM`), empty when unknown.
    pub term: String,
    /// The colours that it has (`COLORTERM`, `TERM`).
    pub colours: Colours,
    /// Reached over SSH (`SSH_CONNECTION`, `SSH_CLIENT` or `SSH_TTY`).
    pub ssh: bool,
    /// A Wayland display (`WAYLAND_DISPLAY`).
    pub wayland: bool,
    /// An X display (`DISPLAY`).
    pub x11: bool,
    /// Linux under Windows (`WSL_DISTRO_NAME` or `WSL_INTEROP`).
    pub wsl: bool,
    /// macOS, which has `pbcopy`.
    pub macos: bool,
    /// A fault to stage, for the tests of debug builds: `ui`, `worker` (a copy), `work` or `thread`
    /// (`ROLESCOPE_TEST_PANIC`).
    pub fault: Option<String>,
}

impl Environment {
    /// The environment of this process.
    pub fn from_process() -> Self {
        Self::read(|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    /// The facts from a function that looks variables up. An empty variable counts as missing.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| variable(name).filter(|value| !value.is_empty());
        let has = |name: &str| value(name).is_some();
        let term = value("TERM").unwrap_or_default();
        // What COLORTERM says is of the terminal around GNU screen, and screen does not pass 24 bits on before its
        // fifth version. tmux does, or takes the nearest colour itself.
        let inside_screen = has("STY") && !has("TMUX");
        let told = value("COLORTERM").filter(|_| !inside_screen).unwrap_or_default();
        Self {
            tmux: has("TMUX"),
            screen: has("STY"),
            colours: colours(&told, &term),
            term,
            ssh: has("SSH_CONNECTION") || has("SSH_CLIENT") || has("SSH_TTY"),
            wayland: has("WAYLAND_DISPLAY"),
            x11: has("DISPLAY"),
            wsl: has("WSL_DISTRO_NAME") || has("WSL_INTEROP"),
            macos: cfg!(target_os = "macos"),
            fault: if cfg!(debug_assertions) { value("ROLESCOPE_TEST_PANIC") } else { None },
        }
    }
}

/// The colours that `COLORTERM` and `TERM` tell; the 16 that every terminal has where they tell nothing.
fn colours(told: &str, term: &str) -> Colours {
    let is_true = |word: &str| ["truecolor", "24bit"].iter().any(|known| word.contains(known));
    match () {
        () if is_true(&told.to_ascii_lowercase()) || term.contains("direct") => Colours::True,
        () if term.contains("256color") => Colours::Table,
        () => Colours::Sixteen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_that_the_environment_tells() {
        let cases: &[(&[(&str, &str)], Colours)] = &[
            (&[("COLORTERM", "truecolor"), ("TERM", "xterm")], Colours::True),
            (&[("COLORTERM", "24bit"), ("TERM", "linux")], Colours::True),
            (&[("TERM", "xterm-direct")], Colours::True),
            (&[("TERM", "xterm-256color")], Colours::Table),
            (&[("COLORTERM", "1"), ("TERM", "xterm-256color")], Colours::Table),
            (&[("TERM", "linux")], Colours::Sixteen),
            (&[("TERM", "xterm-16color")], Colours::Sixteen),
            (&[], Colours::Sixteen),
            // tmux passes on what it cannot show as the nearest; screen does not.
            (&[("TMUX", "x"), ("TERM", "tmux-256color")], Colours::Table),
            (&[("TMUX", "x"), ("COLORTERM", "truecolor"), ("TERM", "screen")], Colours::True),
            (&[("STY", "x"), ("COLORTERM", "truecolor"), ("TERM", "screen")], Colours::Sixteen),
            (
                &[("STY", "x"), ("COLORTERM", "truecolor"), ("TERM", "screen-256color")],
                Colours::Table,
            ),
        ];
        for (variables, expected) in cases {
            let environment = Environment::read(|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            });
            assert_eq!(environment.colours, *expected, "{variables:?}");
        }
    }

    #[test]
    fn variables_become_facts_and_empty_ones_do_not_count() {
        let environment = Environment::read(|name| match name {
            "TMUX" => Some(String::new()),
            "TERM" => Some("xterm-256color".into()),
            "SSH_TTY" => Some("/dev/pts/3".into()),
            "DISPLAY" => Some(":0".into()),
            _ => None,
        });
        assert!(!environment.tmux && environment.ssh && environment.x11 && !environment.wayland);
        assert_eq!(environment.term, "xterm-256color");
    }
}
