//! The headers that a signature covers, in their canonical form.

use http::{HeaderMap, HeaderValue, Uri, header};

use crate::http::authority::host_and_port;
use crate::sigv4::error::SigningError;

pub(super) const X_AMZ_DATE: &str = "x-amz-date";
pub(super) const X_AMZ_SECURITY_TOKEN: &str = "x-amz-security-token";
pub(super) const X_AMZ_CONTENT_SHA256: &str = "x-amz-content-sha256";

/// The signature itself, and the headers that a proxy may change, add or remove.
const NEVER_SIGNED: [&str; 12] = [
    "authorization",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// Headers that the user of a presigned URL need not send.
const NOT_PRESIGNED: [&str; 2] = ["x-amz-checksum-mode", "x-amz-user-agent"];

/// Names and values sorted by name. The values of a repeated header are in their original order.
pub(super) struct SignedHeaders<'a>(Vec<(&'a str, &'a [u8])>);

impl<'a> SignedHeaders<'a> {
    /// Returns the headers of a request after replacing those for which `is_replaced` returns true
    /// with `set`.
    pub(super) fn new(
        headers: &'a HeaderMap,
        uri: &'a Uri,
        is_replaced: &dyn Fn(&str) -> bool,
        set: &[(&'static str, Option<&'a HeaderValue>)],
    ) -> Result<Self, SigningError> {
        let mut signed = Vec::with_capacity(headers.len() + set.len() + 1);
        if !headers.contains_key(header::HOST) {
            let host = host_and_port(uri).ok_or(SigningError::NoHost)?;
            signed.push((header::HOST.as_str(), host.as_bytes()));
        }
        for (name, value) in set {
            signed.extend(value.map(|value| (*name, value.as_bytes())));
        }
        for (name, value) in headers {
            let name = name.as_str();
            if !NEVER_SIGNED.contains(&name) && !is_replaced(name) {
                signed.push((name, value.as_bytes()));
            }
        }
        // A stable sort, which keeps the order of repeated headers.
        signed.sort_by_key(|(name, _)| *name);
        Ok(Self(signed))
    }

    /// Returns the headers that a client must send with a presigned URL.
    pub(super) fn presigned(headers: &'a HeaderMap, uri: &'a Uri) -> Result<Self, SigningError> {
        Self::new(headers, uri, &|name| NOT_PRESIGNED.contains(&name), &[])
    }

    /// Writes the names, separated by semicolons.
    pub(super) fn write_names(&self, mut write: impl FnMut(&str)) {
        for (index, same_name) in self.by_name().enumerate() {
            if index > 0 {
                write(";");
            }
            same_name.iter().take(1).for_each(|(name, _)| write(name));
        }
    }

    /// Writes a line per name: the name, a colon, and the values separated by commas.
    pub(super) fn write_lines(&self, mut write: impl FnMut(&[u8])) {
        for same_name in self.by_name() {
            for (index, (name, value)) in same_name.iter().enumerate() {
                match index {
                    0 => {
                        write(name.as_bytes());
                        write(b":");
                    }
                    _ => write(b","),
                }
                write_value(value, &mut write);
            }
            write(b"\n");
        }
    }

    fn by_name(&self) -> impl Iterator<Item = &[(&'a str, &'a [u8])]> {
        self.0.chunk_by(|(one, _), (other, _)| one == other)
    }
}

/// Writes a value without whitespace at its ends, and with runs of spaces collapsed.
fn write_value(value: &[u8], write: &mut impl FnMut(&[u8])) {
    let value = value.trim_ascii();
    if !value.windows(2).any(|pair| pair == b"  ") {
        return write(value);
    }
    let words = value.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            write(b" ");
        }
        write(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_trimmed_and_have_single_spaces() {
        let table = [
            ("", ""),
            ("  ", ""),
            (" \t a \t", "a"),
            ("a  b   c", "a b c"),
            ("\"a   b\"", "\"a b\""),
            ("a\tb", "a\tb"),
        ];
        for (value, expected) in table {
            let mut written = Vec::new();
            write_value(value.as_bytes(), &mut |bytes: &[u8]| written.extend_from_slice(bytes));
            assert_eq!(written, expected.as_bytes(), "{value:?}");
        }
    }
}
