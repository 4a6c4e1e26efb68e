//! Reads numbers. Floats are rounded to the nearest value.

use serde_core::de::{Error, Expected, Unexpected, Visitor};

use crate::format::error::FormatError;
use crate::format::json::reader::{FailureKind, Reader};

/// A number. `-0` and integers that fit neither integer type are floats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Unsigned(u64),
    Negative(i64),
    Float(f64),
}

impl Number {
    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, FormatError> {
        match self {
            Self::Unsigned(value) => visitor.visit_u64(value),
            Self::Negative(value) => visitor.visit_i64(value),
            Self::Float(value) => visitor.visit_f64(value),
        }
    }

    pub(super) fn invalid_type(self, expected: &dyn Expected) -> FormatError {
        let found = match self {
            Self::Unsigned(value) => Unexpected::Unsigned(value),
            Self::Negative(value) => Unexpected::Signed(value),
            Self::Float(value) => Unexpected::Float(value),
        };
        FormatError::invalid_type(found, expected)
    }
}

/// The powers of ten that an `f64` represents exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The largest integer up to which an `f64` represents all integers exactly.
const MAX_EXACT_INTEGER: u64 = 1 << 53;

/// The number of digits that always fit into a `u64`.
const MAX_DIGITS: usize = 19;

impl Reader<'_> {
    /// Reads a number. The next byte must be a minus sign or a digit.
    pub(super) fn number(&mut self) -> Result<Number, FormatError> {
        match self.plain_number() {
            Some(number) => Ok(number),
            None => self.other_number(),
        }
    }

    /// Reads a number without an exponent whose value is exact. Returns `None` for any other number.
    fn plain_number(&mut self) -> Option<Number> {
        let (input, start) = (self.input, self.position);
        let is_negative = input.get(start) == Some(&b'-');
        let first = start + usize::from(is_negative);
        let (mut value, mut end) = many_digits(input, first);
        let mut count = end - first;
        if count == 0 || (count > 1 && input.get(first) == Some(&b'0')) {
            return None;
        }
        let mut fraction_digits = 0;
        if input.get(end) == Some(&b'.') {
            let after_point = end + 1;
            (value, end) = digits(input, after_point, value);
            fraction_digits = end - after_point;
            count += fraction_digits;
            if fraction_digits == 0 {
                return None;
            }
        }
        if count > MAX_DIGITS || matches!(input.get(end), Some(b'e' | b'E')) {
            return None;
        }
        let number = match (fraction_digits, is_negative) {
            (0, false) => Number::Unsigned(value),
            (0, true) if value > 0 => Number::Negative(0_i64.checked_sub_unsigned(value)?),
            _ => Number::Float(exact_float(value, fraction_digits, is_negative)?),
        };
        self.position = end;
        Some(number)
    }

    /// Reads a number with many digits or an exponent, or one that is not valid.
    #[inline(never)]
    fn other_number(&mut self) -> Result<Number, FormatError> {
        let start = self.position;
        self.skip_number()?;
        let written = self.written_number(start);
        // `-0` is a float, because no integer is a negative zero.
        if let Ok(value) = written.parse() {
            return Ok(Number::Unsigned(value));
        }
        if let Ok(value @ ..0) = written.parse() {
            return Ok(Number::Negative(value));
        }
        match written.parse() {
            Ok(value) if f64::is_finite(value) => Ok(Number::Float(value)),
            _ => Err(self.fail(FailureKind::OutOfRange, self.position)),
        }
    }

    /// The number from `start` up to the current position, as it is written.
    pub(super) fn written_number(&self, start: usize) -> &str {
        std::str::from_utf8(&self.input[start..self.position]).unwrap_or_default()
    }

    /// Reads a number without converting it.
    pub(super) fn skip_number(&mut self) -> Result<(), FormatError> {
        if self.peek() == Some(b'-') {
            self.position += 1;
        }
        if self.peek() == Some(b'0') {
            self.position += 1;
            if let Some(b'0'..=b'9') = self.peek() {
                return Err(self.unexpected());
            }
        } else {
            self.skip_digits()?;
        }
        if self.peek() == Some(b'.') {
            self.position += 1;
            self.skip_digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.position += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.position += 1;
            }
            self.skip_digits()?;
        }
        Ok(())
    }

    /// Reads at least one digit.
    fn skip_digits(&mut self) -> Result<(), FormatError> {
        let (_, end) = digits(self.input, self.position, 0);
        if end == self.position {
            return Err(self.unexpected());
        }
        self.position = end;
        Ok(())
    }
}

/// Like [`digits`], but faster if there are at least eight.
#[inline]
fn many_digits(input: &[u8], start: usize) -> (u64, usize) {
    let first = input.get(start..).and_then(<[u8]>::first_chunk);
    match first.and_then(|first| eight_digits(*first)) {
        Some(value) => digits(input, start + 8, value),
        None => digits(input, start, 0),
    }
}

/// Returns the value of eight digits, or `None` if a byte is not a digit.
#[inline]
fn eight_digits(digits: [u8; 8]) -> Option<u64> {
    let repeat = |byte| u64::from_ne_bytes([byte; 8]);
    // The first digit is in the lowest byte.
    let digits = u64::from_le_bytes(digits) ^ repeat(b'0');
    // Bytes that are too large for a digit are too large before or after the addition.
    if (digits | digits.wrapping_add(repeat(6))) & repeat(0xf0) != 0 {
        return None;
    }
    let pairs = ((digits * 10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = ((pairs * 100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some(((fours * 10_000) + (fours >> 32)) & 0xffff_ffff)
}

/// Appends digits to `value`. Returns the result, which wraps if there are too many, and the end.
#[inline]
fn digits(input: &[u8], start: usize, mut value: u64) -> (u64, usize) {
    let mut end = start;
    while let Some(digit) = input.get(end).map(|byte| byte.wrapping_sub(b'0')) {
        if digit > 9 {
            break;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        end += 1;
    }
    (value, end)
}

/// Divides exact floats. The result is rounded only once, to the nearest float.
fn exact_float(value: u64, fraction_digits: usize, is_negative: bool) -> Option<f64> {
    let power = POWERS_OF_TEN.get(fraction_digits)?;
    let float = (value <= MAX_EXACT_INTEGER).then_some(value as f64 / power)?;
    Some(if is_negative { -float } else { float })
}
