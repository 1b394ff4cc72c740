//! One call through the `aliyun` CLI: its answer, or what went wrong, after it was tried often enough.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::call::{Call, option};
use super::child::{self, Broken, End, Limits};
use super::failure::{Failure, Passing};
use super::redact::redact;
use super::throttle::Throttle;

/// How calls are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program; a bare name is sought on the PATH.
    pub program: PathBuf,
    /// The profile of the CLI.
    pub profile: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// What one call may take and write.
    pub limits: Limits,
    /// How patient to be when RAM asks to slow down.
    pub patience: Patience,
    /// Calls that run at a time.
    pub workers: usize,
}

/// How patient to be when RAM asks to slow down, or cannot answer for the moment.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The first pause; each further one is twice as long.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// How often a call is made in all.
    pub tries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            program: "aliyun".into(),
            profile: None,
            region: None,
            limits: Limits { time: Duration::from_secs(30), output: 4 << 20 },
            patience: Patience {
                first: Duration::from_secs(1),
                longest: Duration::from_secs(30),
                tries: 8,
            },
            workers: 4,
        }
    }
}

/// `ListPoliciesForRole` at a time: it is the call that is throttled first.
const LISTINGS: usize = 2;
/// How often a call is made that runs out of time or finds no server.
const CONNECTIONS: u32 = 2;

/// The CLI, to be asked from several threads.
pub struct Cli<'a> {
    settings: &'a Settings,
    stop: &'a AtomicUsize,
    listings: Throttle,
    others: Throttle,
    waiting: &'a (dyn Fn(&str, Duration) + Sync),
}

impl<'a> Cli<'a> {
    /// Asks by these settings until `stop` is not zero; `waiting` hears of pauses: the error code and how long.
    pub fn new(
        settings: &'a Settings,
        stop: &'a AtomicUsize,
        waiting: &'a (dyn Fn(&str, Duration) + Sync),
    ) -> Self {
        let others = Throttle::new(settings.workers);
        Self { settings, stop, listings: Throttle::new(LISTINGS), others, waiting }
    }

    /// The answer of a call. `halted` stops it too.
    pub fn ask(&self, call: &Call<'_>, halted: &dyn Fn() -> bool) -> Result<Value, Failure> {
        let stopped = || self.stop.load(Ordering::SeqCst) != 0 || halted();
        let throttle = match call {
            Call::ListPoliciesForRole { .. } => &self.listings,
            _ => &self.others,
        };
        let patience = self.settings.patience;
        let (mut busy, mut lost) = (0, 0);
        let mut pause = patience.first;
        loop {
            let place = throttle.enter(&stopped).ok_or(Failure::Interrupted)?;
            let answer = self.once(call, &stopped);
            match answer {
                // What stops this program may end the CLI too, which is no failure of the call.
                Err(_) if stopped() => return Err(Failure::Interrupted),
                Err(Failure::Busy(code)) => {
                    busy += 1;
                    if busy
                        >= Passing::of(&code)
                            .map_or(patience.tries, |why| why.tries(patience.tries))
                    {
                        return Err(Failure::Throttled(code, busy));
                    }
                    throttle.close(pause);
                    drop(place);
                    (self.waiting)(&code, pause);
                    pause = (pause * 2).min(patience.longest);
                }
                Err(failure @ (Failure::TimeOut(..) | Failure::Connection(_))) => {
                    lost += 1;
                    if lost >= CONNECTIONS {
                        return Err(failure);
                    }
                }
                other => return other,
            }
        }
    }

    fn once(&self, call: &Call<'_>, stopped: &dyn Fn() -> bool) -> Result<Value, Failure> {
        let Settings { program, profile, region, limits, .. } = self.settings;
        let mut arguments = call.arguments()?;
        for (name, value) in [("profile", profile), ("region", region)] {
            if let Some(value) = value {
                arguments.push(option(name, value)?);
            }
        }
        let ended =
            child::run(program, &arguments, *limits, stopped).map_err(|broken| match broken {
                Broken::NotStarted(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    Failure::Missing
                }
                Broken::NotStarted(error) => Failure::NotStarted(error.to_string()),
                Broken::TimeOut => Failure::TimeOut(call.name(), limits.time),
                Broken::Asks => Failure::Asks(call.name()),
                Broken::TooLarge => Failure::TooLarge(call.name(), limits.output),
                Broken::Stopped => Failure::Interrupted,
            })?;
        let said = redact(&String::from_utf8_lossy(&ended.stderr));
        if ended.end != End::Exit(0) {
            return Err(Failure::of(call, profile.as_deref(), ended.end, &said));
        }
        // Ending well is no success: a broken configuration ends so too, and prints nothing.
        if ended.stdout.iter().all(u8::is_ascii_whitespace) {
            let said = said.lines().next().unwrap_or_default().trim_start_matches("ERROR:").trim();
            return Err(Failure::Empty(call.name(), said.to_owned()));
        }
        let answer = serde_json::from_slice::<Value>(&ended.stdout).ok();
        answer.filter(Value::is_object).ok_or(Failure::Garbage(call.name()))
    }
}
