//! Shows progress: a line that is rewritten on a terminal, a line per step elsewhere.
//!
//! It goes to the standard error, so that the standard output can be redirected to a file.

use std::{
    io::{self, IsTerminal},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::console;

/// The length of the rewritten line, short enough not to wrap on any usual terminal.
const WIDTH: usize = 78;

/// The progress of one kind of work.
pub(crate) struct Progress {
    doing: &'static str,
    total: usize,
    done: AtomicUsize,
    /// True if the standard error is a terminal. The lock makes threads write one at a time.
    terminal: Mutex<bool>,
}

impl Progress {
    /// Starts at zero of `total` steps.
    pub(crate) fn new(doing: &'static str, total: usize) -> Self {
        let terminal = io::stderr().is_terminal();
        if terminal {
            // The first step may take a while.
            console::write(io::stderr(), format_args!("{doing} 0/{total}\r"));
        }
        Self { doing, total, done: AtomicUsize::new(0), terminal: Mutex::new(terminal) }
    }

    /// Counts a step and shows it.
    pub(crate) fn step(&self, what: &str) {
        let terminal = self.terminal.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let text = format!("{} {done}/{}: {what}", self.doing, self.total);
        if *terminal {
            let text: String = text.chars().take(WIDTH).collect();
            console::write(io::stderr(), format_args!("\r{text:WIDTH$}\r"));
        } else {
            errln!("{text}");
        }
    }
}

impl Drop for Progress {
    /// Clears the rewritten line.
    fn drop(&mut self) {
        if *self.terminal.get_mut().unwrap_or_else(PoisonError::into_inner) {
            console::write(io::stderr(), format_args!("\r{:WIDTH$}\r", ""));
        }
    }
}
