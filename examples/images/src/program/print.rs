//! Lines to people. Where a reader has gone away (`push ... | head -1`), the work still goes on.

use std::fmt;
use std::io::Write;

/// Prints a line of what came out to the standard output.
pub fn say(line: impl fmt::Display) {
    // As one write, so that no other process comes in between.
    let _ = std::io::stdout().write_all(format!("{line}\n").as_bytes());
}

/// Prints a line of what is going on to the standard error.
pub fn tell(line: impl fmt::Display) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
