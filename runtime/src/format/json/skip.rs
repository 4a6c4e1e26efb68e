//! Skips a value. It may be nested to any depth, because no stack frames are used for it.
//!
//! The syntax is checked, but not whether strings are UTF-8 and whether numbers are in range.

use crate::format::error::FormatError;
use crate::format::json::reader::{FailureKind, Reader};
use crate::format::json::scan::plain_length;

impl Reader<'_> {
    /// Skips a value.
    pub(crate) fn skip_value(&mut self) -> Result<(), FormatError> {
        // The closing brackets of the objects and arrays that are open.
        let mut open = Vec::new();
        loop {
            match self.token() {
                b'"' => self.skip_string()?,
                b'-' | b'0'..=b'9' => drop(self.skip_number()?),
                b'n' => self.literal("null")?,
                b't' => self.literal("true")?,
                b'f' => self.literal("false")?,
                bracket @ (b'{' | b'[') => {
                    self.position += 1;
                    open.push(if bracket == b'{' { b'}' } else { b']' });
                    if !self.skip_separator(&mut open, true)? {
                        return Ok(());
                    }
                    continue;
                }
                _ => return Err(self.unexpected()),
            }
            if !self.skip_separator(&mut open, false)? {
                return Ok(());
            }
        }
    }

    /// Skips what is between two values: closing brackets, a comma, and a key. Returns false if
    /// nothing is open.
    fn skip_separator(
        &mut self,
        open: &mut Vec<u8>,
        mut is_first: bool,
    ) -> Result<bool, FormatError> {
        while let Some(bracket) = open.last() {
            let has_next = match bracket {
                b'}' => self.next_key(&mut is_first)?,
                _ => self.next_element(&mut is_first)?,
            };
            if has_next {
                if *bracket == b'}' {
                    self.skip_string()?;
                    self.colon()?;
                }
                return Ok(true);
            }
            self.position += 1;
            is_first = false;
            open.pop();
        }
        Ok(false)
    }

    fn skip_string(&mut self) -> Result<(), FormatError> {
        self.position += 1;
        loop {
            self.position += plain_length(&self.input[self.position..]);
            match self.peek() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(());
                }
                Some(b'\\') => self.skip_escape()?,
                Some(_) => return Err(self.fail(FailureKind::Syntax, self.position)),
                None => return Err(self.unexpected()),
            }
        }
    }

    fn skip_escape(&mut self) -> Result<(), FormatError> {
        self.position += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.position += 1;
                Ok(())
            }
            Some(b'u') => self.utf16_unit().map(drop),
            _ => Err(self.unexpected()),
        }
    }
}
