//! Whose turn it is among the files that are read: what is read before its turn waits to be put in order, and must not
//! fill the memory while the one whose turn it is takes long, as a pipe does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So many pieces of files whose turn has not come may wait. Who reads such a file waits then too; who reads the one
/// whose turn it is never does.
const EARLY: usize = 1_024;

/// Who waits looks so often whether reading was stopped.
const PATIENCE: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct State {
    turn: usize,
    /// Pieces of later files that are on their way or wait.
    early: usize,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a piece of this file may be handed over. Does it count as early? [`Gate::taken`] wants to know.
    pub(super) fn enter(&self, at: usize, stop: &AtomicBool) -> bool {
        let mut state = self.state();
        while at > state.turn && state.early >= EARLY && !stop.load(Ordering::Relaxed) {
            let waited = self.moved.wait_timeout(state, PATIENCE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let early = at > state.turn;
        state.early += usize::from(early);
        early
    }

    /// A piece was put in order.
    pub(super) fn taken(&self, early: bool) {
        if early {
            let mut state = self.state();
            state.early = state.early.saturating_sub(1);
            drop(state);
            self.moved.notify_all();
        }
    }

    /// It is the turn of this file now.
    pub(super) fn turn_to(&self, turn: usize) {
        self.state().turn = turn;
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;

    #[test]
    fn who_is_early_waits_for_the_turn_and_nobody_else() {
        let (gate, stop) = (Gate::default(), AtomicBool::new(false));
        for _ in 0..EARLY {
            assert!(gate.enter(1, &stop));
        }
        thread::scope(|scope| {
            let (sender, done) = mpsc::channel();
            for at in [2, 3] {
                let (sender, gate, stop) = (sender.clone(), &gate, &stop);
                scope.spawn(move || sender.send((at, gate.enter(at, stop))).unwrap());
            }
            assert!(!gate.enter(0, &stop));
            assert!(done.try_recv().is_err());
            // There is room for one when one was taken, and for the one whose turn it is.
            gate.taken(true);
            let (first, early) = done.recv().unwrap();
            assert!(early);
            gate.turn_to(5 - first);
            assert_eq!(done.recv().unwrap().0, 5 - first);
            // Nobody is kept when reading was stopped.
            stop.store(true, Ordering::Relaxed);
            gate.enter(9, &stop);
        });
    }
}
