//! Stops the clock of the current runtime, so that no time limit ends a request over a socket,
//! however long the machine takes.

use std::sync::mpsc;

/// The clock runs again when this value is dropped.
pub struct StoppedClock {
    _running: mpsc::Sender<()>,
}

impl StoppedClock {
    /// Stops the clock. A delay would never end.
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
