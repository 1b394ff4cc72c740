//! How many calls of one kind run at a time, and until when none may: all wait when RAM asks to slow down.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a waiting call looks whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(50);

/// Lets so many calls in at a time, and none while it is closed.
pub(super) struct Throttle {
    places: usize,
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Default)]
struct State {
    inside: usize,
    closed_until: Option<Instant>,
}

/// A place inside; given back when dropped.
pub(super) struct Place<'a>(&'a Throttle);

impl Throttle {
    pub(super) fn new(places: usize) -> Self {
        Self { places: places.max(1), state: Mutex::default(), left: Condvar::new() }
    }

    /// Waits for a place; None when `stopped` says so first.
    pub(super) fn enter(&self, stopped: &dyn Fn() -> bool) -> Option<Place<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if stopped() {
                return None;
            }
            let closed = state.closed_until.and_then(|until| {
                until.checked_duration_since(Instant::now()).filter(|wait| !wait.is_zero())
            });
            if closed.is_none() && state.inside < self.places {
                state.inside += 1;
                return Some(Place(self));
            }
            let wait = closed.map_or(GLANCE, |closed| closed.min(GLANCE));
            let waited = self.left.wait_timeout(state, wait);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Lets nobody in for a while.
    pub(super) fn close(&self, time: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now() + time;
        state.closed_until = state.closed_until.max(Some(until));
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.inside = state.inside.saturating_sub(1);
        drop(state);
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_inside_than_there_are_places() {
        let throttle = Throttle::new(2);
        let go_on = || false;
        let (one, two) = (throttle.enter(&go_on), throttle.enter(&go_on));
        assert!(one.is_some() && two.is_some());
        let looks = std::cell::Cell::new(0);
        let third = throttle.enter(&|| looks.replace(looks.get() + 1) > 0);
        assert!(third.is_none(), "a third was let in");
        drop(one);
        assert!(throttle.enter(&go_on).is_some());
    }

    #[test]
    fn a_closed_throttle_lets_nobody_in() {
        let throttle = Throttle::new(2);
        throttle.close(Duration::from_secs(3600));
        let looks = std::cell::Cell::new(0);
        assert!(throttle.enter(&|| looks.replace(looks.get() + 1) > 0).is_none());
    }
}
