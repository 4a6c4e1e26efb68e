//! Decodes percent-encoded text: paths, queries and forms.

use percent_encoding::percent_decode_str;

/// Decodes a segment of a path. Bytes that are not UTF-8 are replaced.
pub(crate) fn decode_segment(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Decodes the names and values of a query or a form. A plus sign is a space.
pub(crate) fn decode_pairs(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| decode_segment(&text.replace('+', " "));
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            decode_pairs("a=b%26c&&d+e&f=%2B%3D=&%C3%A4=%ff"),
            [pair("a", "b&c"), pair("d e", ""), pair("f", "+=="), pair("\u{e4}", "\u{fffd}")]
        );
        assert_eq!(decode_pairs(""), []);
        assert_eq!(decode_segment("a%2Fb+c"), "a/b+c");
    }
}
