//! Text from elsewhere, made fit for one line of a log: what a server sends must neither begin a
//! line of its own nor turn the line around nor fill the screen.

use std::fmt::{self, Write};

/// How much of a message or of a body a line shows, in bytes.
const SHOWN: usize = 500;

/// Writes a space for whatever would break the line or change the direction of its text.
pub(crate) struct OneLine<'a>(pub(crate) &'a mut dyn Write);

impl Write for OneLine<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for (index, piece) in text.split(is_unfit).enumerate() {
            if index > 0 {
                self.0.write_str(" ")?;
            }
            self.0.write_str(piece)?;
        }
        Ok(())
    }
}

/// Controls, separators of lines and paragraphs, and marks, embeddings, overrides and isolates of
/// the bidirectional algorithm.
fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Prints the beginning of a text, and two dots where it is not all of it.
pub(crate) struct Clipped<'a>(pub(crate) &'a str);

impl fmt::Display for Clipped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = &self.0[..self.0.floor_char_boundary(SHOWN)];
        f.write_str(shown)?;
        f.write_str(if shown.len() < self.0.len() { ".." } else { "" })
    }
}

/// A message, where it says something.
pub(crate) fn told(message: &str) -> Option<&str> {
    (!message.trim().is_empty()).then_some(message)
}
