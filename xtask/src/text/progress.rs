//! How far a run is: one line that is rewritten on a terminal, a line for each step elsewhere.
//!
//! It goes to the standard error, so that the table can be kept in a file.

use std::{
    io::{self, IsTerminal},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::console;

/// How much of a line is written, so that it is one on any terminal.
const WIDTH: usize = 78;

/// The progress of one kind of work.
pub(crate) struct Progress {
    doing: &'static str,
    total: usize,
    done: AtomicUsize,
    /// Whether a terminal shows it; one thread writes at a time.
    terminal: Mutex<bool>,
}

impl Progress {
    /// Work of so many steps, none of which is done.
    pub(crate) fn new(doing: &'static str, total: usize) -> Self {
        let terminal = io::stderr().is_terminal();
        if terminal {
            // The first step may take a while.
            console::part(io::stderr(), format_args!("{doing} 0/{total}\r"));
        }
        Self { doing, total, done: AtomicUsize::new(0), terminal: Mutex::new(terminal) }
    }

    /// One more step is done.
    pub(crate) fn step(&self, what: &str) {
        let terminal = self.terminal.lock().unwrap_or_else(PoisonError::into_inner);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let text = format!("{} {done}/{}: {what}", self.doing, self.total);
        if *terminal {
            let text: String = text.chars().take(WIDTH).collect();
            console::part(io::stderr(), format_args!("\r{text:WIDTH$}\r"));
        } else {
            tell!("{text}");
        }
    }
}

impl Drop for Progress {
    /// Nothing of the rewritten line remains.
    fn drop(&mut self) {
        if *self.terminal.get_mut().unwrap_or_else(PoisonError::into_inner) {
            console::part(io::stderr(), format_args!("\r{:WIDTH$}\r", ""));
        }
    }
}
