//! How many threads share a piece of work, and starting them. Where none can be had, as under a limit of processes, the
//! one that asks goes on alone.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Builder, Scope, ScopedJoinHandle};

/// More threads than this wait for each other, or for one disk.
const MOST: usize = 16;

/// How many threads work on what is shared out, the one that asks among them.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).clamp(1, MOST)
}

/// Starts so many threads on the same work, or as many of them as can be had.
pub fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    count: usize,
    work: impl Fn() -> T + Clone + Send + 'scope,
) -> Vec<ScopedJoinHandle<'scope, T>> {
    // After the first that cannot be started the others are not tried.
    (0..count).map_while(|_| Builder::new().spawn_scoped(scope, work.clone()).ok()).collect()
}

/// Does two things side by side, or one after the other.
pub fn both<A: Send, B>(beside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let other = Builder::new().spawn_scoped(scope, &beside);
        let here = here();
        let beside = match other.map(ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => beside(),
        };
        (beside, here)
    })
}

/// Says to others that they are to stop, where the one that takes what they bring breaks down: they would wait for it for
/// ever, and the scope that both are in for them.
#[derive(Debug)]
pub struct StopsWithMe<'a>(pub &'a AtomicBool);

impl Drop for StopsWithMe<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_by_as_many_as_were_asked_for_and_by_none() {
        for count in [0, 1, 3] {
            let done = thread::scope(|scope| {
                start(scope, count, || 7).into_iter().map(|one| one.join().unwrap()).sum::<usize>()
            });
            assert_eq!(done, 7 * count);
        }
        assert_eq!(both(|| 1, || 2), (1, 2));
        assert!((1..=MOST).contains(&cores()));
    }
}
