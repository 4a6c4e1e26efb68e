//! Reads JSON from a slice of bytes: the position in it, the tokens between values, and failures.
//!
//! Strings, numbers and skipped values have files of their own, and `deserializer` is the
//! implementation of serde's traits.

use crate::format::byte_order_mark::without_byte_order_mark;
use crate::format::error::FormatError;

/// The maximum depth of objects and arrays, because each level takes space on the stack.
const MAX_DEPTH: u8 = 127;

/// Represents the end of the input. No token begins with this byte.
const END: u8 = 0;

/// A position in JSON.
pub(crate) struct Reader<'de> {
    pub(crate) input: &'de [u8],
    /// The input as a string, up to the first byte that is not UTF-8. Checking all of it at once is
    /// faster than checking each string.
    pub(super) text: &'de str,
    pub(super) position: usize,
    /// The content of the last string with escapes.
    pub(super) unescaped: String,
    remaining_depth: u8,
    failure: Option<Failure>,
}

/// Why reading failed, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    /// The number of bytes that were read. For a syntax error, the last of them is the invalid one.
    pub(crate) offset: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum FailureKind {
    /// The input ends inside a value.
    Truncated,
    /// The input is not JSON.
    Syntax,
    /// Objects and arrays are nested too deeply.
    TooDeep,
    /// A number is too large for an `f64`.
    OutOfRange,
    /// A visitor does not accept a value. Its error has the reason.
    Mismatch,
}

/// The description of input that ends inside a value.
pub(crate) const TOO_SHORT: &str = "it ends too early";

/// The description of input whose syntax is wrong.
const NOT_JSON: &str = "it is not JSON";

impl FailureKind {
    /// Returns a description of the failure, or `None` for an error of a visitor, which has its own
    /// message.
    pub(crate) fn problem(self) -> Option<&'static str> {
        match self {
            Self::Truncated => Some(TOO_SHORT),
            Self::Syntax => Some(NOT_JSON),
            Self::TooDeep => Some("values are nested more than 127 levels deep"),
            Self::OutOfRange => Some("expected a number, found a number out of range"),
            Self::Mismatch => None,
        }
    }
}

impl<'de> Reader<'de> {
    /// Creates a reader. The input may begin with a byte order mark.
    pub(crate) fn new(input: &'de [u8]) -> Self {
        let input = without_byte_order_mark(input);
        Self {
            input,
            text: valid_prefix(input),
            position: 0,
            unescaped: String::new(),
            remaining_depth: MAX_DEPTH,
            failure: None,
        }
    }

    /// Returns the value that was read, or an error if there is more than white space after it.
    pub(crate) fn finish<T>(&mut self, value: Result<T, FormatError>) -> Result<T, FormatError> {
        let value = value?;
        self.end()?;
        Ok(value)
    }

    /// Returns an error if there is more than white space after the value that was read.
    pub(crate) fn end(&mut self) -> Result<(), FormatError> {
        if self.is_at_end() { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Where and why reading failed. An error that occurred outside of this reader is located where
    /// reading stopped.
    pub(crate) fn failure(&self) -> Failure {
        let mismatch = Failure { kind: FailureKind::Mismatch, offset: self.position };
        self.failure.unwrap_or(mismatch)
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.input.get(self.position).copied()
    }

    /// Skips white space and returns the next byte, without reading it. At the end of the input,
    /// returns [`END`].
    #[inline]
    pub(super) fn token(&mut self) -> u8 {
        match self.input.get(self.position) {
            Some(byte @ b'!'..) => *byte,
            _ => self.token_after_space(),
        }
    }

    #[inline(never)]
    fn token_after_space(&mut self) -> u8 {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.position += 1;
        }
        self.peek().unwrap_or(END)
    }

    /// Skips white space and returns true if there is nothing after it.
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.token() == END && self.position == self.input.len()
    }

    /// Reads `null`, `true` or `false`.
    pub(super) fn literal(&mut self, word: &str) -> Result<(), FormatError> {
        for expected in word.bytes() {
            if self.peek() != Some(expected) {
                return Err(self.unexpected());
            }
            self.position += 1;
        }
        Ok(())
    }

    /// Reads the colon after a key.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), FormatError> {
        if self.token() != b':' {
            return Err(self.unexpected());
        }
        self.position += 1;
        Ok(())
    }

    /// Reads an opening bracket.
    #[inline]
    pub(super) fn open(&mut self) -> Result<(), FormatError> {
        if self.remaining_depth == 0 {
            return Err(self.fail(FailureKind::TooDeep, self.position + 1));
        }
        self.remaining_depth -= 1;
        self.position += 1;
        Ok(())
    }

    /// Reads a closing bracket.
    #[inline]
    pub(super) fn close(&mut self, bracket: u8) -> Result<(), FormatError> {
        self.remaining_depth += 1;
        if self.token() != bracket {
            return Err(self.unexpected());
        }
        self.position += 1;
        Ok(())
    }

    /// Reads the comma before an element, except before the first one. Returns false if the array
    /// has no more elements.
    pub(super) fn next_element(&mut self, is_first: &mut bool) -> Result<bool, FormatError> {
        match self.token() {
            b']' => Ok(false),
            END => Err(self.unexpected()),
            _ if std::mem::take(is_first) => Ok(true),
            b',' => {
                self.position += 1;
                match self.token() {
                    b']' | END => Err(self.unexpected()),
                    _ => Ok(true),
                }
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Reads the comma before a key, except before the first one. Returns false if the object has
    /// no more members.
    #[inline]
    pub(super) fn next_key(&mut self, is_first: &mut bool) -> Result<bool, FormatError> {
        match self.input.get(self.position..) {
            Some([b',', b'"', ..]) if !*is_first => {
                self.position += 1;
                Ok(true)
            }
            Some([b'"', ..]) if *is_first => {
                *is_first = false;
                Ok(true)
            }
            Some([b'}', ..]) => Ok(false),
            _ => self.next_key_token(is_first),
        }
    }

    fn next_key_token(&mut self, is_first: &mut bool) -> Result<bool, FormatError> {
        let mut token = self.token();
        if token == b'}' {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            if token != b',' {
                return Err(self.unexpected());
            }
            self.position += 1;
            token = self.token();
        }
        if token == b'"' { Ok(true) } else { Err(self.unexpected()) }
    }

    /// Returns the error for an unexpected byte or an unexpected end of the input.
    #[cold]
    pub(super) fn unexpected(&mut self) -> FormatError {
        if self.position < self.input.len() {
            self.fail(FailureKind::Syntax, self.position + 1)
        } else {
            self.fail(FailureKind::Truncated, self.input.len())
        }
    }

    #[cold]
    pub(super) fn fail(&mut self, kind: FailureKind, offset: usize) -> FormatError {
        self.failure = Some(Failure { kind, offset });
        FormatError::new(NOT_JSON)
    }

    /// Locates the error of a visitor here, unless it was located before.
    #[cold]
    pub(super) fn locate(&mut self) {
        self.failure = Some(self.failure());
    }

    /// Locates the error of a visitor after the end of its object or array, if all of that was
    /// read, for example if a required member is absent.
    #[cold]
    pub(super) fn locate_after(&mut self, bracket: u8) {
        if self.failure.is_none() {
            // Fails if the end was not reached.
            let _ = self.close(bracket);
            self.failure = None;
        }
        self.locate();
    }
}

/// Returns the longest prefix that is UTF-8.
fn valid_prefix(input: &[u8]) -> &str {
    let valid = match std::str::from_utf8(input) {
        Ok(text) => return text,
        Err(error) => error.valid_up_to(),
    };
    std::str::from_utf8(&input[..valid]).unwrap_or_default()
}
