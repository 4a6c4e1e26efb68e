//! Output that ignores errors, so that `push ... | head -1` does not stop the push.

use std::fmt;
use std::io::Write;

/// Prints a line to standard output.
pub fn out(line: impl fmt::Display) {
    // One write, so that lines of several processes are not mixed.
    let _ = std::io::stdout().write_all(format!("{line}\n").as_bytes());
}

/// Prints a line to standard error.
pub fn err(line: impl fmt::Display) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
