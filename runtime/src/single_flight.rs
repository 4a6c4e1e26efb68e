//! Lets concurrent calls share one piece of work, and its failure.
//!
//! The work runs inside the call that starts it. The calls store its result themselves if it
//! succeeds.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;

use crate::tokio_runtime::requirements::check_timers;

/// The work that calls share.
pub(crate) struct SingleFlight<E> {
    /// How long a call waits for another one. The other call may be on a runtime that is no longer
    /// polled.
    max_wait: Duration,
    state: Mutex<State<E>>,
}

/// The permission to do the work. Dropping it lets the next call do it.
pub(crate) struct Flight(OwnedMutexGuard<()>);

/// Held by the call that does the work.
type FlightLock = Arc<tokio::sync::Mutex<()>>;

struct State<E> {
    /// Replaced if a call holds it for too long.
    lock: FlightLock,
    /// The number of failures. If it changes while a call waits, the work has failed.
    failures: u64,
    last_failure: Option<E>,
}

impl<E> State<E> {
    fn is_current(&self, flight: &Flight) -> bool {
        Arc::ptr_eq(OwnedMutexGuard::mutex(&flight.0), &self.lock)
    }
}

impl<E: Clone> SingleFlight<E> {
    pub(crate) fn new(max_wait: Duration) -> Self {
        let state = State { lock: FlightLock::default(), failures: 0, last_failure: None };
        Self { max_wait, state: Mutex::new(state) }
    }

    /// The number of failures so far. A call reads it before it waits.
    pub(crate) fn failures(&self) -> u64 {
        self.state().failures
    }

    /// Starts the work, unless another call is doing it.
    pub(crate) fn try_start(&self) -> Option<Flight> {
        self.lock().try_lock_owned().ok().map(Flight)
    }

    /// Waits until no other call is doing the work, and starts it. If the wait takes too long, one
    /// of the waiting calls starts the work, and the others wait for that call.
    pub(crate) async fn start(&self) -> Flight {
        loop {
            let lock = self.lock();
            if let Ok(guard) = Arc::clone(&lock).try_lock_owned() {
                return Flight(guard);
            }
            let waiting = Arc::clone(&lock).lock_owned();
            if check_timers().is_err() {
                return Flight(waiting.await);
            }
            match tokio::time::timeout(self.max_wait, waiting).await {
                Ok(guard) => return Flight(guard),
                Err(_) => self.replace(&lock),
            }
        }
    }

    /// The last failure of the work, if there was one since the number of failures was `failures`.
    pub(crate) fn failure_since(&self, failures: u64) -> Option<E> {
        let state = self.state();
        state.last_failure.clone().filter(|_| state.failures != failures)
    }

    /// Returns true unless `flight` took so long that another call has also started the work.
    pub(crate) fn is_current(&self, flight: &Flight) -> bool {
        self.state().is_current(flight)
    }

    /// Records a failure for the waiting calls, if `flight` is current.
    pub(crate) fn fail(&self, flight: &Flight, error: E) {
        let mut state = self.state();
        if state.is_current(flight) {
            state.failures += 1;
            state.last_failure = Some(error);
        }
    }

    fn lock(&self) -> FlightLock {
        Arc::clone(&self.state().lock)
    }

    /// Lets another call start, while the holder of `lock` is still busy.
    fn replace(&self, lock: &FlightLock) {
        let mut state = self.state();
        if Arc::ptr_eq(lock, &state.lock) {
            state.lock = FlightLock::default();
        }
    }

    /// Ignores a panic of another thread: no code panics while the state is half updated.
    fn state(&self) -> MutexGuard<'_, State<E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
