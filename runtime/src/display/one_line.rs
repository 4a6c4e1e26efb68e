//! Formatting of text from other systems for a single log line: it must not start a new line,
//! reverse the direction of the line or fill the screen.

use std::fmt::{self, Write};

use super::char_boundary::clip;

/// The maximum length of a message or body in a line, in bytes.
const MAX_LENGTH: usize = 500;

/// Replaces characters that would end the line or change its text direction with a space.
pub(crate) struct OneLine<'a>(pub(crate) &'a mut dyn Write);

impl Write for OneLine<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for (index, piece) in text.split(breaks_line).enumerate() {
            if index > 0 {
                self.0.write_str(" ")?;
            }
            self.0.write_str(piece)?;
        }
        Ok(())
    }
}

/// Returns true for control characters, line and paragraph separators, and the marks, embeddings,
/// overrides and isolates of the Unicode bidirectional algorithm.
fn breaks_line(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Formats the beginning of a text, followed by two dots if the text is longer.
pub(crate) struct Clipped<'a>(pub(crate) &'a str);

impl fmt::Display for Clipped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, dots) = clip(self.0, MAX_LENGTH);
        f.write_str(start)?;
        f.write_str(dots)
    }
}

/// Returns the message unless it is empty or blank.
pub(crate) fn non_blank(message: &str) -> Option<&str> {
    (!message.trim().is_empty()).then_some(message)
}
