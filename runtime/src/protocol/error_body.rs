//! The body of an error answer, as far as it can be read.
//!
//! Which error it was decides what a program does next, so a trifle in the body must not hide it: a
//! byte that is no UTF-8, half a surrogate pair, a mark at the beginning, an end that is missing.
//! Only what every error has is read here; the members of exceptions are the exceptions' business.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::SliceRead;

use crate::display::one_line::told;

/// The names of the message, the usual one first.
const MESSAGE: [&str; 3] = ["message", "Message", "errorMessage"];

/// What can be in the body of any error.
#[derive(Default)]
pub(crate) struct ErrorBody {
    pub(crate) code: Option<String>,
    /// What is called `__type`.
    pub(crate) kind: Option<String>,
    messages: [Option<String>; 3],
}

impl ErrorBody {
    /// Reads as far as it is JSON; what was found until then counts.
    pub(crate) fn read(text: &str) -> Self {
        let mut found = Self::default();
        let mut deserializer = serde_json::Deserializer::new(SliceRead::new(text.as_bytes()));
        let _ = deserializer.deserialize_any(Search(&mut found));
        found
    }

    pub(crate) fn into_message(self) -> Option<String> {
        self.messages.into_iter().flatten().next()
    }

    /// Where the value of a member goes.
    fn slot(&mut self, key: &str) -> Option<&mut Option<String>> {
        match key {
            "code" => Some(&mut self.code),
            "__type" => Some(&mut self.kind),
            _ => {
                let name = MESSAGE.iter().position(|name| *name == key)?;
                self.messages.get_mut(name)
            }
        }
    }
}

/// A body with nothing but the message of another one, under all of its names.
pub(crate) fn message_alone(text: &str) -> Vec<u8> {
    let message = ErrorBody::read(text).into_message();
    let members = message.iter().flat_map(|text| MESSAGE.map(|name| (name, text.as_str())));
    let members: std::collections::BTreeMap<_, _> = members.collect();
    serde_json::to_vec(&members).unwrap_or_default()
}

struct Search<'a>(&'a mut ErrorBody);

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match self.0.slot(&key) {
                Some(slot) => {
                    let Text(text) = map.next_value()?;
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

/// A string that says something; anything else is passed over.
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<String>, E> {
        Ok(told(text).map(str::to_owned))
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

/// A body as text that a reader of JSON takes, if it is JSON at all.
pub(crate) fn readable(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = String::from_utf8_lossy(body);
    if text.contains("\\u") { whole_surrogates(&text).into() } else { text }
}

/// The text with every escaped half of a surrogate pair replaced. In JSON a backslash is in strings
/// only.
fn whole_surrogates(mut text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    while let Some(at) = text.find('\\') {
        let (before, rest) = text.split_at(at);
        whole.push_str(before);
        let (length, half) = escape(rest);
        whole.push_str(if half { "\\ufffd" } else { &rest[..length] });
        text = &rest[length..];
    }
    whole + text
}

/// How long the escape is that `text` begins with, and whether it is half a pair.
fn escape(text: &str) -> (usize, bool) {
    match unit(text) {
        Some(0xd800..=0xdbff) => match text.get(6..).and_then(unit) {
            Some(0xdc00..=0xdfff) => (12, false),
            _ => (6, true),
        },
        Some(0xdc00..=0xdfff) => (6, true),
        Some(_) => (6, false),
        None => (text.chars().take(2).map(char::len_utf8).sum(), false),
    }
}

/// The unit of UTF-16 in `\u1234`.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}
