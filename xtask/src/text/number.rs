//! Numbers in tables.

use std::fmt;

/// What a cell says, or that there is nothing to say.
pub(crate) fn open(cell: Option<impl fmt::Display>) -> String {
    cell.map_or_else(|| "–".to_owned(), |cell| cell.to_string())
}

/// `445853` as `445,853`.
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
