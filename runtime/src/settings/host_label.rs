//! Validation of host labels.

/// Returns true if `text` is a host label (RFC 1123): 1 to 63 letters, digits and hyphens, without
/// a leading or trailing hyphen. With `allow_sub_domains` it may be several labels, separated by
/// dots (`isValidHostLabel`).
#[must_use]
pub fn is_valid_host_label(text: &str, allow_sub_domains: bool) -> bool {
    if allow_sub_domains { text.split('.').all(is_label) } else { is_label(text) }
}

fn is_label(text: &str) -> bool {
    let valid_characters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    valid_characters
        && (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_labels() {
        let long = "a".repeat(63);
        let longer = "a".repeat(64);
        // Columns: text, whether it is a label, whether it is one or more labels.
        let table: [(&str, bool, bool); 14] = [
            ("a", true, true),
            ("A-1", true, true),
            ("1a", true, true),
            (&long, true, true),
            (&longer, false, false),
            ("", false, false),
            ("-a", false, false),
            ("a-", false, false),
            ("a_b", false, false),
            ("a.b", false, true),
            ("a..b", false, false),
            (".a", false, false),
            ("a.-b", false, false),
            ("ä", false, false),
        ];
        for (text, one, several) in table {
            assert_eq!(is_valid_host_label(text, false), one, "{text}");
            assert_eq!(is_valid_host_label(text, true), several, "{text}");
        }
    }
}
