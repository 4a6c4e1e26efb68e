//! The byte order mark that some libraries write before JSON and XML.

/// Returns the text without the mark, if it begins with one.
pub(crate) fn without_byte_order_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}
