//! What can go wrong with a call, each as a sentence with its remedy.
//!
//! Messages of the CLI come in the language of its profile, so decisions are made on exit codes and on the words
//! that are always English: `ErrorCode`, and the names of errors.

use std::fmt;
use std::time::Duration;

use super::call::Call;
use super::child::End;
use crate::say::{Language, Saying, saying};
use crate::text;

/// A call that did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no `aliyun` program.
    Missing,
    /// The program cannot be started: why.
    NotStarted(String),
    /// The profile is unknown, or nothing is configured: what the CLI said.
    NotConfigured {
        /// The profile that was named.
        profile: Option<String>,
        /// What the CLI said.
        said: String,
    },
    /// The identity may not make the call.
    NoPermission(&'static str),
    /// The credentials were refused: the error code.
    Credentials(String),
    /// The CLI's own safety policy refused the call.
    Blocked(String),
    /// The CLI does not know the call.
    UnknownCall {
        /// The call.
        call: &'static str,
        /// What the CLI said.
        said: String,
    },
    /// The call took too long.
    TimeOut(&'static str, Duration),
    /// No connection: what the CLI said.
    Connection(String),
    /// The CLI ended well and printed nothing: what it said on standard error.
    Empty(&'static str, String),
    /// The CLI printed something else than the answer of the call.
    Garbage(&'static str),
    /// The list goes on from page to page without coming to an end: after how many pages it was given up.
    Endless(&'static str, usize),
    /// The CLI wanted to ask something on the terminal.
    Asks(&'static str),
    /// The CLI printed more than is taken, in bytes.
    TooLarge(&'static str, usize),
    /// RAM could not answer for the moment, again and again: the error code and how often. [`Passing`] tells why.
    Throttled(String, u32),
    /// RAM could not answer for the moment: the error code.
    Busy(String),
    /// The role or policy does not exist.
    Gone,
    /// RAM refused for another reason.
    Server {
        /// The call.
        call: &'static str,
        /// The error code.
        code: String,
        /// The message.
        message: String,
    },
    /// A signal ended the CLI.
    Killed {
        /// The call.
        call: &'static str,
        /// The number of the signal.
        signal: i32,
        /// What it said.
        said: String,
    },
    /// The CLI ended badly without an error code.
    Other {
        /// The call.
        call: &'static str,
        /// What it said.
        said: String,
    },
    /// A name has a form that no such name has.
    OddName(String),
    /// The user stopped it.
    Interrupted,
}

/// Why RAM could not answer for the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// It asked to slow down.
    Throttling,
    /// It was busy.
    Busy,
    /// It made a mistake of its own.
    Internal,
}

impl Passing {
    /// By the error code; None where trying again is no help.
    pub fn of(code: &str) -> Option<Self> {
        let starts = |words: &[&str]| words.iter().any(|word| code.starts_with(word));
        match () {
            () if starts(&["Throttling"]) => Some(Self::Throttling),
            () if starts(&["ServiceUnavailable", "SystemBusy"]) => Some(Self::Busy),
            () if starts(&["InternalError"]) => Some(Self::Internal),
            () => None,
        }
    }

    /// How often a call is made in all, of so many tries. What RAM does wrong itself is soon over or stays.
    pub const fn tries(self, most: u32) -> u32 {
        match self {
            Self::Throttling | Self::Busy => most,
            Self::Internal => most.div_ceil(2),
        }
    }
}

impl Failure {
    /// Reads what went wrong from the end of the process; `said` is redacted.
    pub(super) fn of(call: &Call<'_>, profile: Option<&str>, end: End, said: &str) -> Self {
        let name = call.name();
        let field = |key: &str| {
            let line = said.lines().find_map(|line| line.trim().strip_prefix(key))?;
            Some(line.trim_start_matches(':').trim().to_owned())
        };
        if let Some(code) = field("ErrorCode").filter(|code| !code.is_empty()) {
            return Self::of_code(name, code, field("Message").unwrap_or_default());
        }
        let said = first_lines(said);
        match end {
            End::Exit(3) => Self::NotConfigured { profile: profile.map(str::to_owned), said },
            End::Exit(2) => Self::UnknownCall { call: name, said },
            _ if said.contains("safety policy") => Self::Blocked(said),
            _ if is_connection(&said) => Self::Connection(said),
            End::Signal(signal) => Self::Killed { call: name, signal, said },
            End::Exit(_) => Self::Other { call: name, said },
        }
    }

    fn of_code(call: &'static str, code: String, message: String) -> Self {
        let starts = |words: &[&str]| words.iter().any(|word| code.starts_with(word));
        if Passing::of(&code).is_some() {
            Self::Busy(code)
        } else if starts(&["NoPermission", "Forbidden", "NoPermit", "NotAuthorized"]) {
            Self::NoPermission(call)
        } else if starts(&["EntityNotExist"]) {
            Self::Gone
        } else if starts(&[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidSecurityToken",
            "MissingSecurityToken",
            "IncompleteSignature",
        ]) {
            Self::Credentials(code)
        } else {
            Self::Server { call, code, message }
        }
    }

    /// May it hold for one role or policy alone, though it holds for all of them mostly?
    pub const fn may_be_of_one(&self) -> bool {
        matches!(self, Self::NoPermission(_) | Self::TimeOut(..))
    }

    /// Does it hold for every further call too? Of what [may be of one](Self::may_be_of_one) the others tell.
    pub fn is_final(&self) -> bool {
        !matches!(
            self,
            Self::NoPermission(_)
                | Self::TimeOut(..)
                | Self::Garbage(_)
                | Self::TooLarge(..)
                | Self::Gone
                | Self::Server { .. }
                | Self::Killed { .. }
                | Self::Other { .. }
                | Self::OddName(_)
        )
    }
}

/// Words of the runtime of the CLI, which are English in every language of a profile.
fn is_connection(said: &str) -> bool {
    ["dial tcp", "no such host", "connection re", "i/o timeout", "TLS handshake", "EOF", "x509"]
        .iter()
        .any(|word| said.contains(word))
}

/// What is worth showing: the first line that says something, without its label.
fn first_lines(said: &str) -> String {
    let line = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let line = line.strip_prefix("ERROR:").unwrap_or(line).trim();
    text::cut(line, 300).into_owned()
}

fn quoted(said: &str) -> Saying {
    let said = said.trim_end_matches('.');
    if said.is_empty() { saying("it gave no reason") } else { saying("it said: {}").with(said) }
}

fn not_configured(profile: Option<&str>, said: &str) -> Saying {
    match profile {
        Some(profile) => saying(
            "The `aliyun` CLI cannot use the profile {}; {}. `aliyun configure list` shows the profiles, `aliyun \
             configure --profile NAME` makes one.",
        )
        .with(text::harmless(profile)),
        None => saying(
            "The `aliyun` CLI is not configured; {}. Run `aliyun configure`, or name a profile with --profile and a \
             region with --region.",
        ),
    }
    .of(quoted(said))
}

fn throttled(code: &str, tries: u32) -> Saying {
    match Passing::of(code) {
        Some(Passing::Internal) => saying(
            "RAM had an internal error {} times in a row ({}). Wait some minutes, then run the same command again: \
             it goes on where it stopped.",
        ),
        Some(Passing::Busy) => saying(
            "RAM was busy {} times in a row ({}). Wait some minutes, then run the same command again: it goes on \
             where it stopped.",
        ),
        Some(Passing::Throttling) | None => saying(
            "RAM asked to slow down {} times in a row ({}). Wait some minutes, then run the same command again: it \
             goes on where it stopped.",
        ),
    }
    .with(tries)
    .with(text::harmless(code))
}

impl Failure {
    /// What went wrong and what to do, for any language.
    pub fn saying(&self) -> Saying {
        match self {
            Self::Missing => saying(
                "There is no program `aliyun` on the PATH. Accounts are read through the Alibaba Cloud CLI: install \
                 it, run `aliyun configure`, then run this again.",
            ),
            Self::NotStarted(why) => saying(
                "The program `aliyun` cannot be started ({}). Check that it may be executed and is whole.",
            )
            .quoting(why),
            Self::NotConfigured { profile, said } => not_configured(profile.as_deref(), said),
            Self::NoPermission(action) => saying(
                "The identity of this profile may not call ram:{}. Attach the system policy \
                 AliyunRAMReadOnlyAccess to it, or allow ram:ListRoles, ram:GetRole, ram:ListPoliciesForRole and \
                 ram:GetPolicy.",
            )
            .with(action),
            Self::Credentials(code) => saying(
                "The credentials of this profile were refused ({}). Renew them with `aliyun configure`, or name another \
                 profile with --profile.",
            )
            .with(text::harmless(code)),
            Self::Blocked(said) => saying(
                "The safety policy of the `aliyun` CLI does not let the call pass; {}. Allow the four read calls of RAM \
                 there.",
            )
            .of(quoted(said)),
            Self::UnknownCall { call, said } => saying(
                "This `aliyun` CLI does not know the call ram {}; {}. Install a newer one.",
            )
            .with(call)
            .of(quoted(said)),
            Self::TimeOut(call, limit) => saying(
                "{} was not answered within {} s. Check the connection and the proxy, or give more time with \
                 --time-limit.",
            )
            .with(call)
            .with(limit.as_secs_f64()),
            Self::Connection(said) => saying(
                "The `aliyun` CLI reached no server; {}. Check the connection, the proxy and the region.",
            )
            .of(quoted(said)),
            Self::Empty(call, said) => saying(
                "The `aliyun` CLI ended {} as if all were well but printed nothing; {}. Its settings are probably \
                 broken: `aliyun configure list` tells.",
            )
            .with(call)
            .of(quoted(said)),
            Self::Garbage(call) => saying(
                "The `aliyun` CLI printed something else than the JSON answer of {}. Run `aliyun ram {}` by hand; \
                 an alias or a wrapper script may stand in its place.",
            )
            .with(call)
            .with(call),
            Self::Endless(call, pages) => saying(
                "The answers of {} go on from page to page and come to no end; they were given up after {} pages. \
                 Run the same command again later; if it stays so, run `aliyun ram {}` by hand: an alias or a wrapper \
                 script may stand in its place.",
            )
            .with(call)
            .with(pages)
            .with(call),
            Self::Asks(call) => saying(
                "The `aliyun` CLI wanted to ask something on the terminal at {}, which it cannot do from here. Run \
                 `aliyun ram ListRoles` by hand once, with the same profile, and answer there; then run the same \
                 command again.",
            )
            .with(call),
            Self::TooLarge(call, limit) => {
                let said = saying("The answer of {} is larger than {} MB and was not taken.");
                said.with(call).with(limit >> 20)
            }
            Self::Throttled(code, tries) => throttled(code, *tries),
            Self::Busy(code) => saying("RAM is busy ({}). Try again.").with(text::harmless(code)),
            Self::Gone => saying("It does not exist any more."),
            Self::Server { call, code, message } => saying("RAM refused {} ({}): {}")
                .with(call)
                .with(text::harmless(code))
                .with(text::cut(&text::harmless(message), 300)),
            Self::Other { call, said } => {
                saying("The `aliyun` CLI failed at {}; {}.").with(call).of(quoted(said))
            }
            Self::Killed { call, signal, said } => saying(
                "The `aliyun` CLI was ended by signal {} at {}; {}. Where memory is short the system ends programs so \
                 (signal 9). Run `aliyun ram {}` by hand to see whether it comes to its end.",
            )
            .with(signal)
            .with(call)
            .of(quoted(said))
            .with(call),
            Self::OddName(name) => saying(
                "{} is no name that RAM, a profile or a region could have; it was not asked for.",
            )
            .with(format_args!("{:?}", text::cut(name, 80))),
            Self::Interrupted => saying("Stopped."),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.saying().said(Language::English))
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(exit: i32, said: &str) -> Failure {
        Failure::of(&Call::GetRole { role: "a" }, Some("ops"), End::Exit(exit), said)
    }

    fn server(code: &str) -> Failure {
        of(1, &format!("ERROR: SDK.ServerError\nErrorCode: {code}\nRecommend:\nMessage: Nein\n"))
    }

    #[test]
    fn error_codes_decide() {
        assert_eq!(server("NoPermission"), Failure::NoPermission("GetRole"));
        assert_eq!(server("EntityNotExist.Role"), Failure::Gone);
        assert_eq!(server("Throttling.User"), Failure::Busy("Throttling.User".to_owned()));
        let refused = server("InvalidAccessKeyId.NotFound");
        assert!(matches!(refused, Failure::Credentials(_)), "{refused:?}");
        let other = server("Odd.Code").to_string();
        assert!(other.contains("(Odd.Code): Nein"), "{other}");
    }

    #[test]
    fn exit_codes_decide_where_there_is_no_code() {
        let none = of(3, "ERROR: unknown profile ops, run configure to check\n\ntip").to_string();
        assert!(none.contains("the profile ops; it said: unknown profile ops"), "{none}");
        assert!(matches!(of(2, "ERROR: 'X' is not a valid api."), Failure::UnknownCall { .. }));
        let gone = of(1, "ERROR: Post \"https://x/?[removed]\": dial tcp: lookup x");
        assert!(matches!(gone, Failure::Connection(_)), "{gone:?}");
        assert!(matches!(
            of(1, "ERROR: operation blocked by safety policy: x"),
            Failure::Blocked(_)
        ));
        assert!(of(1, "").to_string().contains("it gave no reason"));
    }
}
