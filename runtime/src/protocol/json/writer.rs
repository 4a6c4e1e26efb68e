//! Writes JSON into a buffer, as `serde_json` writes it, and faster where a request is large.
//!
//! `serde_json` looks at each byte of a string, one after another, for one that must be escaped. In
//! the base64 of a part of a layer there is none, and looking for it takes as long as the signature.
//! Here text is looked through in blocks, which the compiler makes wide instructions of, and copied.
//! Numbers go through `serde_json`.

use std::fmt;

use serde_core::ser::{Error as _, Serialize};
use serde_json::Error;

/// How much text is looked through at once: what is copied thereafter is still in the first cache.
const BLOCK: usize = 4096;

/// Room for a request without a blob or a manifest.
const USUAL: usize = 256;

/// A value as JSON.
pub(crate) fn to_vec(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(USUAL);
    value.serialize(Writer(&mut out))?;
    Ok(out)
}

pub(super) struct Writer<'a>(pub(super) &'a mut Vec<u8>);

/// An object or a list that is not closed yet.
pub(super) struct Open<'a> {
    pub(super) out: &'a mut Vec<u8>,
    first: bool,
    /// What closes it.
    end: &'static str,
}

impl<'a> Writer<'a> {
    /// A value that `serde_json` writes no slower.
    pub(super) fn plain(self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        serde_json::to_writer(self.0, value)
    }

    pub(super) fn open(self, start: &str, end: &'static str) -> Open<'a> {
        self.0.extend_from_slice(start.as_bytes());
        Open { out: self.0, first: true, end }
    }

    /// An object with one member, as serde writes variants with content.
    pub(super) fn variant(self, name: &str, start: &str, end: &'static str) -> Open<'a> {
        self.0.push(b'{');
        string(self.0, name);
        self.0.push(b':');
        self.open(start, end)
    }
}

impl Open<'_> {
    pub(super) fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
    }

    pub(super) fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.comma();
        value.serialize(Writer(self.out))
    }

    pub(super) fn member(
        &mut self,
        key: &str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), Error> {
        self.comma();
        string(self.out, key);
        self.out.push(b':');
        value.serialize(Writer(self.out))
    }

    /// A key, which JSON wants to be a string; what is a number or a truth is made one.
    pub(super) fn key(&mut self, key: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        self.comma();
        let start = self.out.len();
        key.serialize(Writer(self.out))?;
        match self.out.get(start) {
            Some(b'"') => {}
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => {
                self.out.insert(start, b'"');
                self.out.push(b'"');
            }
            _ => return Err(Error::custom("a key that is no string")),
        }
        self.out.push(b':');
        Ok(())
    }

    pub(super) fn close(self) {
        self.out.extend_from_slice(self.end.as_bytes());
    }
}

pub(super) fn string(out: &mut Vec<u8>, text: &str) {
    // Room for all of it at once, and some for what is escaped.
    out.reserve(text.len() + text.len() / 8 + 2);
    out.push(b'"');
    contents(out, text);
    out.push(b'"');
}

/// What stands between the quotation marks.
fn contents(out: &mut Vec<u8>, mut text: &str) {
    while !text.is_empty() {
        let (block, rest) = text.split_at(text.floor_char_boundary(BLOCK));
        if block.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
            escaped(out, block);
        } else {
            out.extend_from_slice(block.as_bytes());
        }
        text = rest;
    }
}

/// Whether a byte does not stand for itself.
const fn is_escaped(byte: u8) -> bool {
    (byte < b' ') | (byte == b'"') | (byte == b'\\')
}

/// [`is_escaped`] as a table: for a single byte that is less work than three comparisons.
static ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_escaped(byte as u8);
        byte += 1;
    }
    table
};

fn escaped(out: &mut Vec<u8>, block: &str) {
    let mut rest = block.as_bytes();
    while let Some(at) = rest.iter().position(|byte| ESCAPED[usize::from(*byte)]) {
        out.extend_from_slice(&rest[..at]);
        escape(out, rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let letter = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 0xf)]];
            return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digits[0], digits[1]]);
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

/// Text that comes in pieces.
pub(super) struct Pieces<'a>(pub(super) &'a mut Vec<u8>);

impl fmt::Write for Pieces<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        contents(self.0, text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Document;

    /// Compares with `serde_json`, which is the other way to write a request.
    fn same(value: &impl Serialize) {
        let ours = to_vec(value).map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(ours.ok(), serde_json::to_string(value).ok());
    }

    #[test]
    fn text_is_escaped_as_by_serde_json() {
        for code in 0..=0x2_ffff {
            if let Some(character) = char::from_u32(code) {
                same(&format!("a{character}b"));
                same(&character);
            }
        }
    }

    #[test]
    fn blocks_end_anywhere() {
        for filling in ["a", "\"", "é", "\u{1f980}", "ab\n"] {
            for length in BLOCK - 5..BLOCK + 5 {
                same(&"x".repeat(length).replacen("xxxx", filling, 3));
                same(&["x".repeat(length), filling.repeat(3 * BLOCK)].concat());
            }
        }
    }

    #[test]
    fn values_of_every_kind() {
        same(&(true, -1_i8, 2_u16, i64::MIN, u64::MAX, i128::MAX, 1.5_f32, 1e300, f64::NAN));
        same(&((), None::<u8>, Some("x"), 'c', [0_u8; 0], vec![vec![1], vec![]]));
        same(&BTreeMap::from([("a", vec![1, 2]), ("b", vec![])]));
        same(&BTreeMap::from([(-1_i64, "x"), (2, "y")]));
        same(&BTreeMap::from([(false, 1), (true, 2)]));
        same(&BTreeMap::from([('"', Some(1)), ('b', None)]));
        same(&BTreeMap::<u8, u8>::new());
        let json = serde_json::json!({"a": [{"b": null}, {}, []], "c": {"d": -0.0, "e": "\u{7f}"}});
        same(&json);
        same(&Document::from(json));
        let numbers = [f64::MAX.into(), 5e-324.into(), u64::MAX.into(), i64::MIN.into()];
        same(&Document::Array(numbers.into()));
    }

    #[test]
    fn a_key_that_is_no_string_is_refused() {
        assert!(to_vec(&BTreeMap::from([(vec![1], 1)])).is_err());
        assert!(to_vec(&BTreeMap::from([((), 1)])).is_err());
    }

    #[test]
    fn variants_as_serde_has_them() {
        use crate::protocol::json::serializer::tests::Variants;
        for value in Variants::ALL {
            same(&value);
        }
    }

    #[test]
    fn text_in_pieces() {
        struct Shown;
        impl fmt::Display for Shown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a{}b{:?}", 1, "\"\n")
            }
        }
        impl Serialize for Shown {
            fn serialize<S: serde_core::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        same(&[Shown, Shown]);
    }
}
