//! Reads numbers, timestamps and booleans from text: the content of XML elements, and headers.

use serde_core::de::{Error, Visitor};

use crate::format::mismatch::mismatch;

/// Passes the text to the visitor as a number if it is one, because the visitors of numbers and
/// timestamps expect a number. Otherwise passes the text.
pub(crate) fn visit_number_or_text<'de, V: Visitor<'de>, E: Error>(
    text: &str,
    visitor: V,
) -> Result<V::Value, E> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return visitor.visit_i64(number);
    }
    if let Ok(number) = text.parse::<u64>() {
        return visitor.visit_u64(number);
    }
    let is_number = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    match text.parse::<f64>() {
        // The parser returns infinity for a number that is too large.
        Ok(number) if is_number && number.is_infinite() => {
            Err(mismatch("a number", "a number out of range"))
        }
        Ok(number) if is_number => visitor.visit_f64(number),
        _ => visitor.visit_str(text),
    }
}

/// Reads a boolean.
pub(crate) fn parse_bool<E: Error>(text: &str) -> Result<bool, E> {
    match text.trim() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(mismatch("a boolean", "a string")),
    }
}
