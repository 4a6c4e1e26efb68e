//! Lenient reading of the body of an error response.
//!
//! Programs act on the error code, so a small defect of the body must not hide it: invalid UTF-8, a
//! lone surrogate, a byte order mark, a missing end. This file reads only the members that every
//! error has; exceptions read their own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::display::one_line::non_blank;
use crate::format::byte_order_mark::without_byte_order_mark;
use crate::format::json::reader::Reader;
use crate::format::json::writer;

/// The names under which services send the message, the usual one first.
const MESSAGE_KEYS: [&str; 3] = ["message", "Message", "errorMessage"];

/// The members that the body of any error can have.
#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<String>,
    /// The member `__type`.
    pub(crate) error_type: Option<String>,
    messages: [Option<String>; 3],
}

impl ErrorBody {
    /// Reads as much of the text as is valid JSON, and keeps what was found up to there.
    pub(crate) fn read(text: &str) -> Self {
        let mut found = Self::default();
        let mut reader = Reader::new(text.as_bytes());
        let _ = reader.deserialize_any(ErrorBodyVisitor(&mut found));
        found
    }

    pub(crate) fn into_message(self) -> Option<String> {
        self.messages.into_iter().flatten().next()
    }

    /// Returns the field that holds the value of a member.
    fn slot(&mut self, key: &str) -> Option<&mut Option<String>> {
        match key {
            "code" => Some(&mut self.code),
            "__type" => Some(&mut self.error_type),
            _ => {
                let name = MESSAGE_KEYS.iter().position(|name| *name == key)?;
                self.messages.get_mut(name)
            }
        }
    }
}

/// Returns a body with only the message of another body, under all names of a message.
pub(crate) fn message_only_body(text: &str) -> Vec<u8> {
    let message = ErrorBody::read(text).into_message();
    let mut members = BTreeMap::new();
    if let Some(message) = &message {
        for name in MESSAGE_KEYS {
            members.insert(name, message);
        }
    }
    writer::to_vec(&members).unwrap_or_default()
}

struct ErrorBodyVisitor<'a>(&'a mut ErrorBody);

impl<'de> Visitor<'de> for ErrorBodyVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match self.0.slot(&key) {
                Some(slot) => {
                    let NonBlank(text) = map.next_value()?;
                    *slot = slot.take().or(text);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A string that is not blank; any other value is skipped.
struct NonBlank(Option<String>);

impl<'de> Deserialize<'de> for NonBlank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NonBlankVisitor).map(Self)
    }
}

struct NonBlankVisitor;

impl<'de> Visitor<'de> for NonBlankVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        Ok(non_blank(text).map(str::to_owned))
    }

    fn visit_unit<E>(self) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Option<String>, A::Error> {
        IgnoredAny.visit_seq(list).map(|_| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<String>, A::Error> {
        IgnoredAny.visit_map(map).map(|_| None)
    }
}

/// Converts a body to text that a JSON parser accepts, provided that it is JSON.
pub(crate) fn to_parsable_json(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(without_byte_order_mark(body));
    if text.contains("\\u") { replace_lone_surrogates(&text).into() } else { text }
}

/// Replaces escaped lone surrogates. In JSON, backslashes occur only in strings.
fn replace_lone_surrogates(mut text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    while let Some(index) = text.find('\\') {
        let (before, rest) = text.split_at(index);
        result.push_str(before);
        let (length, lone) = parse_escape(rest);
        result.push_str(if lone { "\\ufffd" } else { &rest[..length] });
        text = &rest[length..];
    }
    result + text
}

/// Returns the length of the escape at the beginning of `text`, and whether it is a lone surrogate.
fn parse_escape(text: &str) -> (usize, bool) {
    match utf16_unit(text) {
        Some(0xd800..=0xdbff) => match text.get(6..).and_then(utf16_unit) {
            Some(0xdc00..=0xdfff) => (12, false),
            _ => (6, true),
        },
        Some(0xdc00..=0xdfff) => (6, true),
        Some(_) => (6, false),
        None => (text.chars().take(2).map(char::len_utf8).sum(), false),
    }
}

/// Parses an escaped UTF-16 code unit, for example `\u1234`.
fn utf16_unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}
