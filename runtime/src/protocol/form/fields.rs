//! The text of a form that is being written.

use std::fmt::{self, Display, Write};

use percent_encoding::utf8_percent_encode;

use crate::http::percent::ENCODED;

/// The fields written so far, and the name of the next field.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    text: String,
    name: String,
}

impl Fields {
    /// Writes a field that does not belong to a structure.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        let outer = self.enter(name);
        self.write_value(value);
        self.leave(outer);
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Appends a part to the name. Pass the result to [`leave`](Self::leave).
    pub(super) fn enter(&mut self, part: impl Display) -> usize {
        let outer = self.begin_part();
        // Writing to a string does not fail.
        let _ = write!(Encoding(&mut self.name), "{part}");
        outer
    }

    /// Begins another part of the name, whose text [`push_name`](Self::push_name) appends. Pass the
    /// result to [`leave`](Self::leave).
    pub(super) fn begin_part(&mut self) -> usize {
        let outer = self.name.len();
        if outer > 0 {
            self.name.push('.');
        }
        outer
    }

    pub(super) fn push_name(&mut self, text: &str) {
        let _ = Encoding(&mut self.name).write_str(text);
    }

    /// Leaves the name unchanged. Pass the result to [`leave`](Self::leave).
    pub(super) fn enter_nothing(&mut self) -> usize {
        self.name.len()
    }

    /// Removes the parts of the name that were appended since `enter`.
    pub(super) fn leave(&mut self, outer: usize) {
        self.name.truncate(outer);
    }

    /// Writes a field with the current name.
    pub(super) fn write_value(&mut self, value: impl Display) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(&self.name);
        self.text.push('=');
        let _ = write!(Encoding(&mut self.text), "{value}");
    }
}

/// A writer that percent-encodes the text.
struct Encoding<'a>(&'a mut String);

impl Write for Encoding<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend(utf8_percent_encode(text, ENCODED));
        Ok(())
    }
}
