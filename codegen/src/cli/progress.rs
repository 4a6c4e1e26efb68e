//! Shows progress as a bar on a terminal.
//!
//! The bar is drawn on the standard error, so that the standard output can be redirected to a file.

use std::{
    env,
    io::{self, IsTerminal},
    sync::atomic::{AtomicU64, Ordering},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The number of times per second that the bar is drawn.
const FRAMES_PER_SECOND: u8 = 10;

/// The progress of one kind of work. The bar disappears when this is dropped.
#[derive(Debug)]
pub struct Progress {
    doing: &'static str,
    bar: ProgressBar,
    /// The number of steps that `begin` was called for.
    begun: AtomicU64,
    /// If true, each step prints a line, because there is no terminal.
    lines: bool,
}

impl Progress {
    /// Starts at zero of `total` steps. Without a terminal, nothing is printed.
    #[must_use]
    pub fn new(doing: &'static str, total: usize) -> Self {
        let target = match is_terminal() {
            true => ProgressDrawTarget::stderr_with_hz(FRAMES_PER_SECOND),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let style = ProgressStyle::with_template("{prefix} [{bar:24}] {pos}/{len} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.set_prefix(doing);
        // Show the bar before the first step, which may take a while.
        bar.tick();
        Self { doing, bar, begun: AtomicU64::new(0), lines: false }
    }

    /// Starts at zero of `total` steps. Without a terminal, each step prints a line.
    #[must_use]
    pub fn with_lines(doing: &'static str, total: usize) -> Self {
        let mut progress = Self::new(doing, total);
        progress.lines = !is_terminal();
        progress
    }

    /// Shows a step that begins. The position is the number of steps that began before it.
    pub(super) fn begin(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.bar.set_position(self.begun.fetch_add(1, Ordering::Relaxed));
    }

    /// Counts a step that is done and shows it.
    pub fn step(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.bar.inc(1);
        if self.lines {
            let (done, total) = (self.bar.position(), self.bar.length().unwrap_or_default());
            errln!("{} {done}/{total}: {what}", self.doing);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Returns true if the standard error is a terminal that can move the cursor.
fn is_terminal() -> bool {
    io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}
