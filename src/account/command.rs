//! `rolescope account snapshot`: signals, progress, and what is to be said at the end.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::failure::Failure;
use super::keep;
use super::progress::{Progress, Step};
use super::take::{Order, Taken, Trouble, take};
use crate::catalog::commands;
use crate::catalog::observed::Scope;
#[cfg(unix)]
use crate::process;
use crate::say::{Language, Saying, counted, saying};

/// Exit status: everything was read.
const COMPLETE: u8 = 0;
/// Exit status: what is written lacks something.
const PARTLY: u8 = 1;
/// Exit status: nothing was written.
const FAILED: u8 = 2;

/// The file where none is named: `rolescope-account.json`, with the profile in the name where one is named.
pub fn default_file(profile: Option<&str>) -> PathBuf {
    let profile: String = profile
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' })
        .collect();
    let dash = if profile.is_empty() { "" } else { "-" };
    format!("rolescope-account{dash}{profile}.json").into()
}

/// Takes a snapshot with its progress on standard error. Answers what is to be said at the end, and the exit status: 0
/// all was read, 1 the file lacks something, 2 there is no file, 128 and the signal when one ended it.
pub fn run(order: &Order, language: Language) -> (Saying, u8) {
    let stop = Arc::new(AtomicUsize::new(0));
    listen(&stop);
    let progress = Mutex::new(Progress::stderr(language));
    let tell = |step: &Step| progress.lock().unwrap_or_else(PoisonError::into_inner).tell(step);
    let taken = take(order, &stop, &tell);
    progress.lock().unwrap_or_else(PoisonError::into_inner).clear();
    match taken {
        Ok(taken) => (told(&taken), if taken.snapshot.complete { COMPLETE } else { PARTLY }),
        Err(trouble) => {
            let signal = u8::try_from(stop.load(Ordering::SeqCst)).unwrap_or_default();
            let interrupted =
                matches!(trouble, Trouble::Call { failure: Failure::Interrupted, .. });
            let exit = if interrupted && signal != 0 { 128 | signal } else { FAILED };
            (trouble.saying(), exit)
        }
    }
}

/// What the file holds, and what to do with it.
fn told(taken: &Taken) -> Saying {
    let snapshot = &taken.snapshot;
    let file = keep::shown(&taken.file);
    let roles = match snapshot.scope {
        Scope::ServiceLinked => {
            counted(snapshot.roles.len(), "{} service-linked role", "{} service-linked roles")
        }
        Scope::All => counted(snapshot.roles.len(), "{} role", "{} roles"),
    };
    // One whose text was not read is told below.
    let read = snapshot.policies.iter().filter(|policy| policy.document.is_some()).count();
    let policies = counted(read, "{} policy", "{} policies");
    let mut held = saying("{}, {}").of(roles).of(policies);
    if let Some(id) = &snapshot.account {
        held = saying("account {}, {}").with(crate::text::harmless(id)).of(held);
    }
    if snapshot.other_roles > 0 {
        let others = counted(snapshot.other_roles, "{} other role", "{} other roles");
        held = saying("{}; {} left out, --all reads them").of(held).of(others);
    }
    let lacking = snapshot.lacking();
    let lacking = (lacking > 0).then(|| {
        counted(
            lacking,
            "{} role or policy was not read; the same command tries again.",
            "{} roles and policies were not read; the same command tries again.",
        )
    });
    if let Some(instead) = &taken.instead {
        let kept = saying("{} is complete and stays as it is. What was read now is in {}: {}.");
        return kept.with(keep::shown(instead)).with(&file).of(held).then(lacking);
    }
    saying("Wrote {}: {}.")
        .with(&file)
        .of(held)
        .then(lacking)
        .then(Some(saying("Open it with: rolescope --snapshot {}").with(commands::word(&file))))
}

/// From now on these signals only set the flag; the work ends by itself. One that is ignored stays so.
fn listen(stop: &Arc<AtomicUsize>) {
    #[cfg(unix)]
    for signal in [
        signal_hook::consts::SIGINT,
        signal_hook::consts::SIGTERM,
        signal_hook::consts::SIGHUP,
        signal_hook::consts::SIGQUIT,
    ] {
        let number = usize::try_from(signal).unwrap_or_default();
        if !process::ignores(signal) {
            // Fails only for signals that may not be caught; these may.
            let _ = signal_hook::flag::register_usize(signal, Arc::clone(stop), number);
        }
    }
    #[cfg(not(unix))]
    let _ = stop;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_named_after_the_profile() {
        assert_eq!(default_file(None), PathBuf::from("rolescope-account.json"));
        assert_eq!(default_file(Some("a/../b")), PathBuf::from("rolescope-account-a_.._b.json"));
    }
}
