//! Whose turn it is among the files that are read: what is read before its turn waits to be put in order, and must not
//! fill the memory while the one whose turn it is takes long, as a pipe does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Who waits looks so often whether reading was stopped.
const PATIENCE: Duration = Duration::from_millis(100);

/// Where whoever reads a file whose turn has not come waits when much has come before its turn; who reads the one whose
/// turn it is never does.
#[derive(Debug)]
pub struct Gate {
    /// So much may wait at most, and what the last one to come adds to it.
    most: usize,
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct State {
    turn: usize,
    /// What is on its way of later files, or waits.
    early: usize,
}

impl Gate {
    /// A gate behind which so much may wait, in whatever measure [`Gate::enter`] is told.
    pub fn new(most: usize) -> Self {
        Self { most, state: Mutex::default(), moved: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something of this file may be handed over that weighs so much. What of it counts as early?
    /// [`Gate::taken`] wants to know.
    pub fn enter(&self, at: usize, weight: usize, stop: &AtomicBool) -> usize {
        let mut state = self.state();
        while at > state.turn && state.early >= self.most && !stop.load(Ordering::Relaxed) {
            let waited = self.moved.wait_timeout(state, PATIENCE);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let early = if at > state.turn { weight } else { 0 };
        state.early += early;
        early
    }

    /// What counted so much as early was put in order.
    pub fn taken(&self, early: usize) {
        if early > 0 {
            let mut state = self.state();
            state.early = state.early.saturating_sub(early);
            drop(state);
            self.moved.notify_all();
        }
    }

    /// It is the turn of this file now.
    pub fn turn_to(&self, turn: usize) {
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
        let (gate, stop) = (Gate::new(6), AtomicBool::new(false));
        for weight in [3, 4] {
            assert_eq!(gate.enter(1, weight, &stop), weight);
        }
        thread::scope(|scope| {
            let (sender, done) = mpsc::channel();
            for at in [2, 3] {
                let (sender, gate, stop) = (sender.clone(), &gate, &stop);
                scope.spawn(move || sender.send((at, gate.enter(at, 1, stop))).unwrap());
            }
            assert_eq!(gate.enter(0, 9, &stop), 0);
            assert!(done.try_recv().is_err());
            // There is room for one when one was taken, and for the one whose turn it is.
            gate.taken(2);
            let (first, early) = done.recv().unwrap();
            assert_eq!(early, 1);
            gate.turn_to(5 - first);
            assert_eq!(done.recv().unwrap().0, 5 - first);
            // Nobody is kept when reading was stopped.
            stop.store(true, Ordering::Relaxed);
            gate.enter(9, 1, &stop);
        });
    }
}
