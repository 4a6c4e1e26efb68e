//! Formats exceptions on one line.

use std::fmt::{self, Write};

use crate::display::one_line::{Clipped, OneLine, non_blank};

/// Formats the code of an exception and, if there is one, the beginning of its message, on one
/// line.
///
/// # Errors
/// Returns the error of the formatter.
pub fn fmt(code: &str, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut line = OneLine(f);
    write!(line, "{}", Clipped(code))?;
    match message.and_then(non_blank) {
        Some(message) => write!(line, ": {}", Clipped(message)),
        None => Ok(()),
    }
}
