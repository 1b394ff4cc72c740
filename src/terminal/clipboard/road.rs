//! Which roads to a clipboard an environment has. Pure: nothing is run or asked.

use crate::say::{Saying, saying};
use crate::terminal::Environment;

/// The user's choice of a road.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Road {
    /// By the environment.
    #[default]
    Auto,
    /// Through tmux only.
    Tmux,
    /// Only the terminal's own sequence, without any wrapping.
    Osc52,
    /// Only clipboard programs, even over SSH.
    Tool,
    /// Never copy.
    Off,
}

/// One attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `tmux load-buffer -w -` (tmux 3.2 and later).
    TmuxBuffer,
    /// A clipboard program.
    Tool(Tool),
    /// OSC 52 in the terminal's output.
    Osc52(Wrapping),
}

/// How OSC 52 is packed so that a multiplexer lets it through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// Not at all.
    None,
    /// In tmux's passthrough (needs `allow-passthrough on`).
    Tmux,
    /// In pieces short enough for GNU screen.
    Screen,
}

impl Wrapping {
    /// In words, for notices.
    pub fn words(self) -> Saying {
        match self {
            Self::None => saying("directly"),
            Self::Tmux => saying("through tmux"),
            Self::Screen => saying("through screen"),
        }
    }
}

/// A clipboard program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// macOS
    Pbcopy,
    /// Windows, from its Linux
    ClipExe,
    /// Wayland
    WlCopy,
    /// X
    Xclip,
    /// X, the other one
    Xsel,
}

impl Tool {
    /// The name of the program.
    pub const fn program(self) -> &'static str {
        match self {
            Self::Pbcopy => "pbcopy",
            Self::ClipExe => "clip.exe",
            Self::WlCopy => "wl-copy",
            Self::Xclip => "xclip",
            Self::Xsel => "xsel",
        }
    }

    /// Its arguments to take standard input as the clipboard's text.
    pub const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Pbcopy | Self::ClipExe => &[],
            Self::WlCopy => &["--type", "text/plain;charset=utf-8"],
            Self::Xclip => &["-selection", "clipboard", "-in"],
            Self::Xsel => &["--clipboard", "--input"],
        }
    }
}

/// The attempts to make, in order. Empty when there is no road.
pub fn steps(environment: &Environment, road: Road) -> Vec<Step> {
    match road {
        Road::Off => Vec::new(),
        Road::Tmux => vec![Step::TmuxBuffer, Step::Osc52(Wrapping::Tmux)],
        Road::Osc52 => vec![Step::Osc52(Wrapping::None)],
        Road::Tool => tools(environment),
        Road::Auto => by_environment(environment),
    }
}

fn by_environment(environment: &Environment) -> Vec<Step> {
    if environment.tmux {
        return vec![Step::TmuxBuffer, Step::Osc52(Wrapping::Tmux)];
    }
    if environment.screen || environment.term.starts_with("screen") {
        return vec![Step::Osc52(Wrapping::Screen)];
    }
    let mut steps = if environment.ssh { Vec::new() } else { tools(environment) };
    if !is_deaf(environment) {
        steps.push(Step::Osc52(Wrapping::None));
    }
    steps
}

/// The clipboard programs that this environment could have, the surest first.
fn tools(environment: &Environment) -> Vec<Step> {
    let mut tools = Vec::new();
    if environment.macos {
        tools.push(Tool::Pbcopy);
    }
    if environment.wsl {
        tools.push(Tool::ClipExe);
    }
    if environment.wayland {
        tools.push(Tool::WlCopy);
    }
    if environment.x11 {
        tools.extend([Tool::Xclip, Tool::Xsel]);
    }
    tools.into_iter().map(Step::Tool).collect()
}

/// Terminals known to have no clipboard.
fn is_deaf(environment: &Environment) -> bool {
    matches!(environment.term.as_str(), "linux" | "dumb" | "vt100" | "vt220")
}

/// Why there is no road, for the case that there is none.
pub(super) fn why_none(environment: &Environment, road: Road) -> Saying {
    match road {
        Road::Off => saying("copying is switched off by the setting of the clipboard"),
        Road::Tool => saying("no clipboard program can work here: there is no display"),
        _ if environment.term == "linux" => saying("the Linux console has no clipboard"),
        _ => saying("this terminal has no clipboard"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl FnOnce(&mut Environment)) -> Vec<Step> {
        let mut environment =
            Environment { term: "xterm-256color".into(), ..Environment::default() };
        change(&mut environment);
        steps(&environment, Road::Auto)
    }

    const TMUX: [Step; 2] = [Step::TmuxBuffer, Step::Osc52(Wrapping::Tmux)];
    const BARE: Step = Step::Osc52(Wrapping::None);

    #[test]
    fn tmux_comes_before_everything() {
        assert_eq!(with(|e| e.tmux = true), TMUX);
        assert_eq!(with(|e| (e.tmux, e.ssh) = (true, true)), TMUX);
        assert_eq!(with(|e| (e.tmux, e.x11, e.wayland) = (true, true, true)), TMUX);
        assert_eq!(
            with(|e| {
                e.tmux = true;
                e.term = "screen-256color".into();
            }),
            TMUX
        );
    }

    #[test]
    fn screen_is_known_by_its_session_or_its_terminal() {
        assert_eq!(with(|e| e.screen = true), [Step::Osc52(Wrapping::Screen)]);
        assert_eq!(
            with(|e| e.term = "screen.xterm-256color".into()),
            [Step::Osc52(Wrapping::Screen)]
        );
    }

    #[test]
    fn tools_need_a_display_and_no_ssh() {
        assert_eq!(with(|_| ()), [BARE]);
        assert_eq!(with(|e| e.wayland = true), [Step::Tool(Tool::WlCopy), BARE]);
        assert_eq!(with(|e| e.x11 = true), [Step::Tool(Tool::Xclip), Step::Tool(Tool::Xsel), BARE]);
        assert_eq!(with(|e| e.macos = true), [Step::Tool(Tool::Pbcopy), BARE]);
        assert_eq!(with(|e| e.wsl = true), [Step::Tool(Tool::ClipExe), BARE]);
        assert_eq!(with(|e| (e.x11, e.ssh) = (true, true)), [BARE]);
        assert_eq!(with(|e| (e.macos, e.ssh) = (true, true)), [BARE]);
    }

    #[test]
    fn a_terminal_without_a_clipboard_has_no_road() {
        assert_eq!(with(|e| e.term = "linux".into()), []);
        assert_eq!(
            with(|e| (e.term, e.x11) = ("linux".into(), true)).len(),
            2,
            "a display still counts"
        );
    }

    #[test]
    fn the_setting_wins() {
        let environment =
            Environment { tmux: true, ssh: true, x11: true, ..Environment::default() };
        assert_eq!(steps(&environment, Road::Off), []);
        assert_eq!(steps(&environment, Road::Osc52), [BARE]);
        assert_eq!(
            steps(&environment, Road::Tool),
            [Step::Tool(Tool::Xclip), Step::Tool(Tool::Xsel)]
        );
        assert_eq!(steps(&Environment::default(), Road::Tmux), TMUX);
    }
}
