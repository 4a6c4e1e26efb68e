//! Describes default values in words.

use time::{UtcDateTime, UtcOffset, format_description::well_known::Rfc3339};

use super::escape::code;
use crate::ir::{Document, Literal};

/// A default value as a phrase.
pub fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => format!("`{value}`"),
        Literal::Integer(number) => format!("`{number}`"),
        Literal::Float(number) => format!("`{number}`"),
        Literal::Text(text) => code(text),
        Literal::Blob(bytes) => match bytes.len() {
            1 => "1 byte".to_owned(),
            count => format!("{count} bytes"),
        },
        Literal::Timestamp { seconds, nanos } => code(&timestamp(*seconds, *nanos)),
        Literal::Document(value) => code(&document(value)),
        Literal::Empty => "empty".to_owned(),
    }
}

/// JSON in the wire format.
fn document(value: &Document) -> String {
    match value {
        Document::Null => "null".to_owned(),
        Document::Bool(value) => value.to_string(),
        Document::Integer(number) => number.to_string(),
        Document::Float(number) => number.to_string(),
        Document::Text(text) => quoted(text),
        Document::List(elements) => {
            let elements: Vec<_> = elements.iter().map(document).collect();
            format!("[{}]", elements.join(", "))
        }
        Document::Map(entries) => {
            let entry =
                |(key, value): &(String, Document)| format!("{}: {}", quoted(key), document(value));
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// RFC 3339 if the year has four digits, otherwise the seconds.
fn timestamp(seconds: i64, nanos: u32) -> String {
    let whole = UtcDateTime::from_unix_timestamp(seconds).ok();
    let time = whole.and_then(|time| time.replace_nanosecond(nanos).ok());
    let text = time.and_then(|time| time.to_offset(UtcOffset::UTC).format(&Rfc3339).ok());
    text.unwrap_or_else(|| seconds.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_rfc_3339() {
        let table = [
            (-1, 250_000_000, "1969-12-31T23:59:59.25Z"),
            (951_786_123, 0, "2000-02-29T01:02:03Z"),
            (253_402_300_799, 0, "9999-12-31T23:59:59Z"),
            (i64::MAX, 0, "9223372036854775807"),
        ];
        for (seconds, nanos, wanted) in table {
            assert_eq!(timestamp(seconds, nanos), wanted);
        }
    }
}
