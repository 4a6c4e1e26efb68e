//! The text form of documents and numbers: JSON.

use std::fmt;
use std::str::FromStr;

use serde_core::de::Deserialize;
use serde_core::ser::Serialize;

use super::number::Repr;
use super::{Document, Number};
use crate::format::float_text::FloatText;
use crate::format::json::position::line_and_column;
use crate::format::json::reader::{FailureKind, Reader};
use crate::format::json::writer;

/// Prints compact JSON.
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = writer::to_vec(self).map_err(|_| fmt::Error)?;
        f.write_str(str::from_utf8(&json).map_err(|_| fmt::Error)?)
    }
}

/// Reads JSON. This is the inverse of `Display` for documents with up to 127 levels of lists and
/// objects; text with more levels is an error. A byte order mark at the beginning is skipped.
impl FromStr for Document {
    type Err = ParseDocumentError;

    fn from_str(json: &str) -> Result<Self, ParseDocumentError> {
        Self::from_slice(json.as_bytes())
    }
}

impl Document {
    /// Reads JSON. Text that is not UTF-8 is an error.
    pub(crate) fn from_slice(json: &[u8]) -> Result<Self, ParseDocumentError> {
        let mut reader = Reader::new(json);
        let read = Self::deserialize(&mut reader);
        reader.finish(read).map_err(|error| {
            let failure = reader.failure();
            let (line, column) = line_and_column(reader.input, failure.offset);
            let problem = match failure.kind {
                FailureKind::Syntax => "unexpected character".to_owned(),
                kind => kind.problem().map_or_else(|| error.to_string(), str::to_owned),
            };
            ParseDocumentError { line, column, problem }
        })
    }

    /// Converts a value to a document by serializing it to JSON and parsing the result. Returns
    /// `None` if either step fails, or if the value has more than 127 levels.
    pub(crate) fn from_value(value: &impl Serialize) -> Option<Self> {
        Self::from_slice(&writer::to_vec(value).ok()?).ok()
    }
}

/// Prints the number as in JSON. Formatting options, such as the width, apply.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr() {
            Repr::Unsigned(value) => fmt::Display::fmt(&value, f),
            Repr::Negative(value) => fmt::Display::fmt(&value, f),
            // `Display` of `f64` would print 1.0 as the integer 1, and 1e300 with all its zeros.
            Repr::Float(value) => FloatText(value).fmt(f),
        }
    }
}

/// Reads a JSON number without surrounding spaces. This is the inverse of `Display`.
impl FromStr for Number {
    type Err = ParseNumberError;

    fn from_str(digits: &str) -> Result<Self, ParseNumberError> {
        let is_digit = |c: char| c.is_ascii_digit();
        let unsigned = digits.strip_prefix('-').unwrap_or(digits);
        if !unsigned.starts_with(is_digit) || !digits.ends_with(is_digit) {
            return Err(ParseNumberError(()));
        }
        match digits.parse::<Document>() {
            Ok(Document::Number(number)) => Ok(number),
            _ => Err(ParseNumberError(())),
        }
    }
}

/// The error of parsing a [`Document`] from JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseDocumentError {
    line: usize,
    column: usize,
    problem: String,
}

impl ParseDocumentError {
    /// Returns the line of the problem, counted from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column of the problem in bytes, counted from 1, or 0 if it is at the start of the
    /// line.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

/// Prints the problem and its position, but no text of the document, which may be secret.
impl fmt::Display for ParseDocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, problem } = self;
        write!(f, "not a JSON document: {problem} at line {line} column {column}")
    }
}

impl std::error::Error for ParseDocumentError {}

/// The error of parsing a [`Number`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseNumberError(());

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON number in the range of `f64`")
    }
}

impl std::error::Error for ParseNumberError {}
