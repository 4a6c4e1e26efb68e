//! Reads strings. A string without escapes is a slice of the input.

use crate::format::error::FormatError;
use crate::format::json::reader::{FailureKind, Reader};
use crate::format::json::scan::{plain_length, plain_length_in_blocks};

/// The content of a string.
pub(super) enum Text<'de, 'a> {
    Borrowed(&'de str),
    /// A string with escapes, in the buffer of the reader.
    Unescaped(&'a str),
}

impl<'de> Reader<'de> {
    /// Reads a string. The next byte must be its quotation mark.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Text<'de, '_>, FormatError> {
        match self.plain_string() {
            Some(text) => Ok(Text::Borrowed(text)),
            None => self.other_string(),
        }
    }

    /// Reads a string without escapes. Returns `None` for any other string, and for one that is not
    /// in the valid part of the input.
    #[inline]
    fn plain_string(&mut self) -> Option<&'de str> {
        let start = self.position + 1;
        let rest = self.text.get(start..)?;
        let length = plain_length_in_blocks(rest.as_bytes().as_chunks().0)?;
        if rest.as_bytes().get(length) != Some(&b'"') {
            return None;
        }
        let text = rest.get(..length)?;
        self.position = start + length + 1;
        Some(text)
    }

    /// Reads a string that may contain escapes or invalid UTF-8.
    #[inline(never)]
    fn other_string(&mut self) -> Result<Text<'de, '_>, FormatError> {
        let start = self.position + 1;
        let end = start + plain_length(&self.input[start..]);
        if self.input.get(end) != Some(&b'"') {
            return self.string_with_escapes(start, end);
        }
        self.position = end + 1;
        self.utf8(&self.input[start..end]).map(Text::Borrowed)
    }

    /// Checks the content of a string in an input that is not UTF-8.
    fn utf8<'a>(&mut self, content: &'a [u8]) -> Result<&'a str, FormatError> {
        std::str::from_utf8(content).map_err(|error| {
            let invalid = content.len() - error.valid_up_to();
            self.fail(FailureKind::Syntax, self.position - invalid)
        })
    }

    /// Reads the rest of a string, whose first escape is at `end`.
    fn string_with_escapes(
        &mut self,
        mut start: usize,
        mut end: usize,
    ) -> Result<Text<'de, '_>, FormatError> {
        let mut content = std::mem::take(&mut self.unescaped).into_bytes();
        content.clear();
        loop {
            content.extend_from_slice(&self.input[start..end]);
            self.position = end;
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape(&mut content)?,
                _ => return Err(self.unexpected()),
            }
            start = self.position;
            end = start + plain_length(&self.input[start..]);
        }
        self.position += 1;
        // The buffer may contain invalid UTF-8 of the input.
        match String::from_utf8(content) {
            Ok(text) => {
                self.unescaped = text;
                Ok(Text::Unescaped(&self.unescaped))
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                Err(self
                    .fail(FailureKind::Syntax, self.position - (error.as_bytes().len() - valid)))
            }
        }
    }

    /// Takes the buffer that contains the last string with escapes.
    #[cold]
    pub(super) fn take_unescaped(&mut self) -> String {
        let mut text = std::mem::take(&mut self.unescaped);
        text.shrink_to_fit();
        text
    }

    /// Reads an escape and appends its character to `content`.
    fn escape(&mut self, content: &mut Vec<u8>) -> Result<(), FormatError> {
        self.position += 1;
        let character = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => b'\x08',
            Some(b'f') => b'\x0c',
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.unicode_escape(content),
            _ => return Err(self.unexpected()),
        };
        self.position += 1;
        content.push(character);
        Ok(())
    }

    /// Reads the rest of an escape such as `\u00e9`, or of two escapes that are a surrogate pair.
    fn unicode_escape(&mut self, content: &mut Vec<u8>) -> Result<(), FormatError> {
        let unit = self.utf16_unit()?;
        let mut units = [unit, 0];
        let mut length = 1;
        if matches!(unit, 0xd800..=0xdbff) {
            self.byte(b'\\')?;
            if self.peek() != Some(b'u') {
                return Err(self.unexpected());
            }
            units[1] = self.utf16_unit()?;
            length = 2;
        }
        for character in char::decode_utf16(units[..length].iter().copied()) {
            let Ok(character) = character else {
                return Err(self.fail(FailureKind::Syntax, self.position));
            };
            content.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Ok(())
    }

    /// Reads `u` and four hexadecimal digits.
    pub(super) fn utf16_unit(&mut self) -> Result<u16, FormatError> {
        let Some(digits) = self.input.get(self.position + 1..self.position + 5) else {
            return Err(self.fail(FailureKind::Truncated, self.input.len()));
        };
        self.position += 5;
        let mut unit = 0;
        for digit in digits {
            match char::from(*digit).to_digit(16) {
                Some(value) => unit = unit << 4 | value,
                None => return Err(self.fail(FailureKind::Syntax, self.position)),
            }
        }
        // Four digits are at most 0xffff.
        Ok(unit as u16)
    }

    fn byte(&mut self, expected: u8) -> Result<(), FormatError> {
        if self.peek() != Some(expected) {
            return Err(self.unexpected());
        }
        self.position += 1;
        Ok(())
    }
}
