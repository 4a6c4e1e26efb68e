//! Describes a body that is not JSON, such as the error page of a proxy.

use std::fmt::{self, Write};

use crate::display::char_boundary::clip;
use crate::display::one_line::OneLine;

/// The maximum length of the content type that is printed, in bytes.
const MAX_CONTENT_TYPE: usize = 80;

/// The number of bytes of a body that are printed.
const MAX_START: usize = 160;

/// The first bytes of data compressed with gzip.
const GZIP: &[u8] = b"\x1f\x8b";

/// A body that is not JSON. `Display` prints one line with its content type, its length and, if
/// allowed, its first bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForeignBody<'a> {
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
    /// Whether the first bytes may be printed.
    pub(crate) show_start: bool,
}

impl fmt::Display for ForeignBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine(f);
        match self.content_type {
            Some(name) => {
                let (start, dots) = clip(name, MAX_CONTENT_TYPE);
                write!(line, "content type {start}{dots}")?;
            }
            None => line.write_str("no content type")?,
        }
        let length = self.body.len();
        write!(line, ", {length} byte{}", if length == 1 { "" } else { "s" })?;
        if self.body.starts_with(GZIP) {
            line.write_str(" of gzip data")
        } else if self.show_start {
            line.write_str(": ")?;
            write_start(&mut line, self.body)
        } else {
            Ok(())
        }
    }
}

/// Writes the first bytes of a body. Each run of white space and control characters becomes one
/// space, and bytes that are not UTF-8 are escaped.
fn write_start(out: &mut dyn Write, body: &[u8]) -> fmt::Result {
    let body = body.trim_ascii();
    let start = body[..body.len().min(MAX_START)].utf8_chunks();
    let text = start.map(|chunk| format!("{}{}", chunk.valid(), chunk.invalid().escape_ascii()));
    let text: String = text.collect();
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    for (index, word) in words.filter(|word| !word.is_empty()).enumerate() {
        let space = if index > 0 { " " } else { "" };
        write!(out, "{space}{word}")?;
    }
    out.write_str(if body.len() > MAX_START { ".." } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn describe(content_type: Option<&str>, body: &[u8]) -> String {
        ForeignBody { content_type, body, show_start: true }.to_string()
    }

    #[test]
    fn bodies_are_described_on_one_line() {
        let table: [(&[u8], &str); 8] = [
            (b"<html>\r\n\t <p>Sign in</p>\n", "25 bytes: <html> <p>Sign in</p>"),
            (b"404 page not found\n", "19 bytes: 404 page not found"),
            (b"\x1f\x8b\x08\0abc", "7 bytes of gzip data"),
            (b"caf\xe9 \xff\xfe.", "8 bytes: caf\\xe9 \\xff\\xfe."),
            ("caf\u{e9}\u{202e}".as_bytes(), "8 bytes: caf\u{e9} "),
            (b"a\0\0\x1bb", "5 bytes: a b"),
            (b"\xef\xbb\xbf<?xml?>", "10 bytes: \u{feff}<?xml?>"),
            (b"x", "1 byte: x"),
        ];
        for (body, expected) in table {
            assert_eq!(describe(None, body), format!("no content type, {expected}"));
        }
    }

    #[test]
    fn bodies_and_content_types_are_cut() {
        let long = "x".repeat(500);
        let text = describe(Some(&long), long.as_bytes());
        let expected = format!(
            "content type {}.., 500 bytes: {}..",
            "x".repeat(MAX_CONTENT_TYPE),
            "x".repeat(MAX_START)
        );
        assert_eq!(text, expected);
        let cut = describe(Some("text/plain"), "\u{20ac}".repeat(100).as_bytes());
        assert!(cut.len() < 300, "{cut}");
    }

    #[test]
    fn the_start_can_be_omitted() {
        let body = ForeignBody { content_type: Some("text/html"), body: b"<x>", show_start: false };
        assert_eq!(body.to_string(), "content type text/html, 3 bytes");
    }
}
