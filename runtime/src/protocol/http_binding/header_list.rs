//! Comma-separated lists in the value of one header.

use crate::Timestamp;
use crate::protocol::http_binding::text::Item;

/// Joins elements with `, `. A string is quoted if it contains a comma or a quotation mark, and also
/// if the recipient would drop or trim it.
pub(super) fn join(items: &[Item]) -> String {
    let mut value = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            value.push_str(", ");
        }
        if !item.is_timestamp && needs_quotes(&item.text) {
            push_quoted(&mut value, &item.text);
        } else {
            value.push_str(&item.text);
        }
    }
    value
}

fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.trim_ascii().len() < text.len() || text.contains([',', '"'])
}

fn push_quoted(value: &mut String, text: &str) {
    value.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            value.push('\\');
        }
        value.push(character);
    }
    value.push('"');
}

/// Splits a value into its elements. The comma of an HTTP date does not separate elements.
pub(super) fn split(value: &str) -> Vec<String> {
    let mut elements: Vec<String> = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let (element, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_element(quoted),
            None => date(rest).unwrap_or_else(|| plain_element(rest)),
        };
        elements.push(element);
        rest = after.trim_start();
    }
    elements
}

/// Returns the element before the next comma, and the text after it.
fn plain_element(text: &str) -> (String, &str) {
    let (element, rest) = text.split_once(',').unwrap_or((text, ""));
    (element.trim_end().to_owned(), rest)
}

/// Returns the element up to the closing quotation mark, and the text after the next comma.
fn quoted_element(text: &str) -> (String, &str) {
    let mut element = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => {
                let after = &text[index + 1..];
                return (element, after.split_once(',').map_or("", |(_, rest)| rest));
            }
            '\\' => element.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => element.push(character),
        }
    }
    (element, "")
}

/// The length of a weekday in an HTTP date.
const WEEKDAY: usize = 3;

/// Returns the HTTP date at the beginning of `text`, and the text after the next comma.
fn date(text: &str) -> Option<(String, &str)> {
    let (weekday, rest) = text.split_once(',')?;
    if weekday.len() != WEEKDAY {
        return None;
    }
    let end = rest.find(',').map_or(text.len(), |index| weekday.len() + 1 + index);
    let element = text[..end].trim_end();
    Timestamp::from_http_date(element)?;
    Some((element.to_owned(), text[end..].strip_prefix(',').unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(text: &str) -> Item {
        Item { text: text.to_owned(), is_timestamp: false }
    }

    #[test]
    fn elements_are_quoted_if_necessary() {
        let table = [
            (vec![], ""),
            (vec!["a", "b"], "a, b"),
            (vec!["b,c", "\"def\"", "a"], r#""b,c", "\"def\"", a"#),
            (vec![r"a\b", r"a\,b"], r#"a\b, "a\\,b""#),
            (vec![""], r#""""#),
            (vec!["", "a"], "\"\", a"),
            (vec![" a", "b\t", "c d"], "\" a\", \"b\t\", c d"),
        ];
        for (elements, expected) in table {
            let items: Vec<_> = elements.iter().map(|text| item(text)).collect();
            assert_eq!(join(&items), expected);
            assert_eq!(split(expected), elements);
        }
    }

    #[test]
    fn white_space_and_unfinished_quotes_are_accepted() {
        assert_eq!(split(" a ,b,  c "), ["a", "b", "c"]);
        assert_eq!(split("a,,b"), ["a", "", "b"]);
        assert_eq!(split("\"a"), ["a"]);
        assert_eq!(split("\"a\" , b"), ["a", "b"]);
    }

    #[test]
    fn the_comma_of_a_date_is_no_separator() {
        let date = "Mon, 16 Dec 2019 23:48:18 GMT";
        assert_eq!(split(&format!("{date}, {date}")), [date, date]);
        assert_eq!(split("Mon, Tue, 16"), ["Mon", "Tue", "16"]);
        let dates = [0, 1].map(|_| Item { text: date.to_owned(), is_timestamp: true });
        assert_eq!(join(&dates), format!("{date}, {date}"));
    }
}
