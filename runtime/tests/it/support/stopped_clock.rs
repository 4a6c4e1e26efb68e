//! Stops the clock of the current runtime, so that a request over a socket never times out, even on
//! a slow machine.

use std::sync::mpsc;

/// The clock is stopped until this value is dropped.
pub struct StoppedClock {
    _running: mpsc::Sender<()>,
}

impl StoppedClock {
    /// Stops the clock. A delay never ends while it is stopped.
    pub fn start() -> Self {
        tokio::time::pause();
        let (running, ended) = mpsc::channel::<()>();
        // A paused clock does not advance while a blocking task runs.
        tokio::task::spawn_blocking(move || ended.recv());
        Self { _running: running }
    }
}

impl Drop for StoppedClock {
    fn drop(&mut self) {
        tokio::time::resume();
    }
}
