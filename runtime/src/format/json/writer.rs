//! Writes JSON into a buffer. On request, the bytes of large blobs are shared instead of encoded.
//!
//! `serde_json` checks a string byte by byte for characters to escape. The base64 of an image layer
//! contains none, and checking it takes as long as signing it. This writer checks whole blocks,
//! which the compiler vectorizes, and copies them.

use std::fmt;

use bytes::Bytes;
use serde_core::ser::Serialize;

use crate::display::char_boundary::floor_char_boundary;
use crate::format::error::FormatError;
use crate::format::json::scan::{is_escaped, plain_length};
use crate::hex;

/// The number of bytes that are checked at once. A block is still in the first-level cache when it
/// is copied.
const BLOCK_SIZE: usize = 4096;

/// The initial capacity of the buffer. It suffices for a request without a blob or a manifest.
const INITIAL_CAPACITY: usize = 256;

/// The large blobs of a text, and the positions in it at which their base64 belongs, in ascending
/// order.
pub(crate) type Blobs = Vec<(usize, Bytes)>;

/// Serializes a value as JSON.
pub(crate) fn to_vec(value: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, FormatError> {
    let mut out = Output { text: Vec::with_capacity(INITIAL_CAPACITY), blobs: None };
    value.serialize(Writer(&mut out))?;
    Ok(out.text)
}

/// Serializes a value as JSON. Large blobs become empty strings and are returned with their
/// positions in the text.
pub(crate) fn to_text_and_blobs(
    value: &(impl Serialize + ?Sized),
) -> Result<(Vec<u8>, Blobs), FormatError> {
    let mut out = Output { text: Vec::with_capacity(INITIAL_CAPACITY), blobs: Some(Vec::new()) };
    value.serialize(Writer(&mut out))?;
    Ok((out.text, out.blobs.unwrap_or_default()))
}

/// The JSON so far.
pub(super) struct Output {
    pub(super) text: Vec<u8>,
    /// `None` if large blobs are part of the text.
    pub(super) blobs: Option<Blobs>,
}

pub(super) struct Writer<'a>(pub(super) &'a mut Output);

/// An object or array that is being written.
pub(super) struct Compound<'a> {
    pub(super) out: &'a mut Output,
    first: bool,
    /// The closing bracket, or brackets.
    closing: &'static str,
}

impl<'a> Writer<'a> {
    pub(super) fn open(self, opening: &str, closing: &'static str) -> Compound<'a> {
        self.0.text.extend_from_slice(opening.as_bytes());
        Compound { out: self.0, first: true, closing }
    }

    /// Begins an object with one member, the form of serde's enum variants with content.
    pub(super) fn variant(self, name: &str, opening: &str, closing: &'static str) -> Compound<'a> {
        self.0.text.push(b'{');
        write_string(&mut self.0.text, name);
        self.0.text.push(b':');
        self.open(opening, closing)
    }
}

impl Compound<'_> {
    pub(super) fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.out.text.push(b',');
        }
    }

    pub(super) fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), FormatError> {
        self.comma();
        value.serialize(Writer(self.out))
    }

    pub(super) fn member(
        &mut self,
        key: &str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), FormatError> {
        self.comma();
        write_string(&mut self.out.text, key);
        self.out.text.push(b':');
        value.serialize(Writer(self.out))
    }

    /// Writes a key. JSON keys are strings, so numbers and booleans are quoted.
    pub(super) fn key(&mut self, key: &(impl Serialize + ?Sized)) -> Result<(), FormatError> {
        self.comma();
        let start = self.out.text.len();
        key.serialize(Writer(self.out))?;
        match self.out.text.get(start) {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => {
                self.out.text.insert(start, b'"');
                self.out.text.push(b'"');
            }
            _ => return Err(FormatError::new("a map key must be a string, number or boolean")),
        }
        self.out.text.push(b':');
        Ok(())
    }

    pub(super) fn close(self) {
        self.out.text.extend_from_slice(self.closing.as_bytes());
    }
}

pub(super) fn write_string(out: &mut Vec<u8>, text: &str) {
    // Reserves space for the whole text, and for a few escapes.
    out.reserve(text.len() + text.len() / 8 + 2);
    out.push(b'"');
    write_content(out, text);
    out.push(b'"');
}

/// Writes the content of a string, without quotation marks.
fn write_content(out: &mut Vec<u8>, mut text: &str) {
    while !text.is_empty() {
        let (block, rest) = text.split_at(floor_char_boundary(text, BLOCK_SIZE));
        if block.bytes().fold(false, |found, byte| found | is_escaped(byte)) {
            write_escaped(out, block);
        } else {
            out.extend_from_slice(block.as_bytes());
        }
        text = rest;
    }
}

fn write_escaped(out: &mut Vec<u8>, block: &str) {
    let mut rest = block.as_bytes();
    while let Some((plain, [escaped, after @ ..])) = rest.split_at_checked(plain_length(rest)) {
        out.extend_from_slice(plain);
        write_escape(out, *escaped);
        rest = after;
    }
    out.extend_from_slice(rest);
}

fn write_escape(out: &mut Vec<u8>, byte: u8) {
    let short_form = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            let [high, low] = hex::digits(byte);
            return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
        }
    };
    out.extend_from_slice(&[b'\\', short_form]);
}

/// Escapes formatted text while it is written.
pub(super) struct Escaping<'a>(pub(super) &'a mut Vec<u8>);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        write_content(self.0, text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Document;

    /// Compares with `serde_json`.
    fn assert_same(value: &impl Serialize) {
        let ours = to_vec(value).map(|json| String::from_utf8(json).expect("UTF-8"));
        assert_eq!(ours.ok(), serde_json::to_string(value).ok());
    }

    #[test]
    fn text_is_escaped_as_by_serde_json() {
        for code in 0..=0x2_ffff {
            if let Some(character) = char::from_u32(code) {
                assert_same(&format!("a{character}b"));
                assert_same(&character);
            }
        }
    }

    #[test]
    fn escapes_at_block_boundaries() {
        for filling in ["a", "\"", "é", "\u{1f980}", "ab\n"] {
            for length in BLOCK_SIZE - 5..BLOCK_SIZE + 5 {
                assert_same(&"x".repeat(length).replacen("xxxx", filling, 3));
                assert_same(&["x".repeat(length), filling.repeat(3 * BLOCK_SIZE)].concat());
            }
        }
    }

    #[test]
    fn values_of_every_kind() {
        assert_same(&(true, -1_i8, 2_u16, i64::MIN, u64::MAX, i128::MAX, 1.5_f32, 0.1, f64::NAN));
        assert_same(&((), None::<u8>, Some("x"), 'c', [0_u8; 0], vec![vec![1], vec![]]));
        assert_same(&BTreeMap::from([("a", vec![1, 2]), ("b", vec![])]));
        assert_same(&BTreeMap::from([(-1_i64, "x"), (2, "y")]));
        assert_same(&BTreeMap::from([(false, 1), (true, 2)]));
        assert_same(&BTreeMap::from([('"', Some(1)), ('b', None)]));
        assert_same(&BTreeMap::<u8, u8>::new());
        let json = serde_json::json!({"a": [{"b": null}, {}, []], "c": {"d": -0.0, "e": "\u{7f}"}});
        assert_same(&json);
        assert_same(&Document::from(json));
        let numbers = [0.5.into(), 5e-324.into(), u64::MAX.into(), i64::MIN.into()];
        assert_same(&Document::Array(numbers.into()));
    }

    #[test]
    fn floats_are_read_back_exactly() {
        let mut random = fastrand::Rng::with_seed(1);
        let random = std::iter::repeat_with(|| f64::from_bits(random.u64(..))).take(10_000);
        for value in
            [f64::MAX, f64::MIN_POSITIVE, 1e300, -0.0, 1e16, 1e-5].into_iter().chain(random)
        {
            let json = to_vec(&value).expect("JSON");
            match serde_json::from_slice::<Option<f64>>(&json).expect("a number") {
                Some(read) => assert_eq!(read.to_bits(), value.to_bits()),
                None => assert!(!value.is_finite()),
            }
        }
        assert_eq!(to_vec(&f32::MAX).expect("JSON"), b"3.4028235e38");
        assert_eq!(to_vec(&f32::INFINITY).expect("JSON"), b"null");
    }

    #[test]
    fn other_keys_are_errors() {
        assert!(to_vec(&BTreeMap::from([(vec![1], 1)])).is_err());
        assert!(to_vec(&BTreeMap::from([((), 1)])).is_err());
    }

    #[test]
    fn serde_variants() {
        use crate::format::json::serializer::tests::Variants;
        for value in Variants::ALL {
            assert_same(&value);
        }
    }

    #[test]
    fn formatted_text() {
        struct Formatted;
        impl fmt::Display for Formatted {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a{}b{:?}", 1, "\"\n")
            }
        }
        impl Serialize for Formatted {
            fn serialize<S: serde_core::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        assert_same(&[Formatted, Formatted]);
    }
}
