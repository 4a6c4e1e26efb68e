//! Large strings with escapes, which are not copied.

use std::fmt;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};

use crate::format::json::deserializer::LARGE_STRING;
use crate::format::json::reader::Reader;

/// A string, and whether the visitor received it as an owned `String`.
#[derive(Debug, PartialEq)]
struct Received {
    text: String,
    owned: bool,
}

impl<'de> Deserialize<'de> for Received {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_string(ReceivedVisitor)
    }
}

struct ReceivedVisitor;

impl Visitor<'_> for ReceivedVisitor {
    type Value = Received;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Received, E> {
        Ok(Received { text: text.to_owned(), owned: false })
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Received, E> {
        assert_eq!(text.capacity(), text.len());
        Ok(Received { text, owned: true })
    }
}

#[test]
fn only_large_strings_with_escapes_are_owned() {
    let large = format!("{}\n", "x".repeat(LARGE_STRING - 1));
    let larger = format!("{large}\t{large}");
    let cases = [
        (&large[1..], false),
        (large.as_str(), true),
        ("small\n", false),
        (&larger, true),
        ("small\r", false),
        (&large[..LARGE_STRING - 1], false),
    ];
    let input = serde_json::to_vec(&cases.map(|(text, _)| text)).unwrap();
    let mut reader = Reader::new(&input);
    let strings = Vec::<Received>::deserialize(&mut reader).unwrap();
    reader.end().unwrap();
    let expected = cases.map(|(text, owned)| Received { text: text.to_owned(), owned });
    assert_eq!(strings, expected);
}
