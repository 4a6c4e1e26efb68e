//! Formats numbers for tables.

use std::fmt;

/// The text of a cell, or a dash if there is no value.
pub(crate) fn or_dash(cell: Option<impl fmt::Display>) -> String {
    cell.map_or_else(|| "–".to_owned(), |cell| cell.to_string())
}

/// Groups digits: `445853` becomes `445,853`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
