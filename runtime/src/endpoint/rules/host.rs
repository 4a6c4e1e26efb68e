//! Host names: what may be a part of one.

use std::net::Ipv4Addr;

/// Whether `text` is one label of a host name (RFC 1123): 1 to 63 letters, digits and hyphens,
/// without a hyphen at an end. With `allow_sub_domains` it may be several of them, with dots
/// between (`isValidHostLabel`).
#[must_use]
pub fn is_valid_host_label(text: &str, allow_sub_domains: bool) -> bool {
    if allow_sub_domains { text.split('.').all(is_label) } else { is_label(text) }
}

fn is_label(text: &str) -> bool {
    let legal = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    legal && (1..=63).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-')
}

/// Whether `text` is the name of an S3 bucket that may stand in a host name: 3 to 63 characters, no
/// capital letter, no IPv4 address, and labels as [`is_valid_host_label`] has them
/// (`aws.isVirtualHostableS3Bucket`).
#[must_use]
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_sub_domains: bool) -> bool {
    (3..=63).contains(&text.len())
        && !text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.parse::<Ipv4Addr>().is_err()
        && is_valid_host_label(text, allow_sub_domains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_host_name() {
        let long = "a".repeat(63);
        let longer = "a".repeat(64);
        // The text, whether it is a label, whether it is one or several.
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

    #[test]
    fn buckets_that_may_stand_in_a_host_name() {
        let long = "a".repeat(63);
        let longer = "a".repeat(64);
        let table: [(&str, bool, bool); 12] = [
            ("abc", true, true),
            ("bucket-1", true, true),
            (&long, true, true),
            (&longer, false, false),
            ("ab", false, false),
            ("", false, false),
            ("Abc", false, false),
            ("abc-", false, false),
            ("a.bc", false, true),
            ("a..bc", false, false),
            ("192.168.0.1", false, false),
            ("äbc", false, false),
        ];
        for (text, one, several) in table {
            assert_eq!(is_virtual_hostable_s3_bucket(text, false), one, "{text}");
            assert_eq!(is_virtual_hostable_s3_bucket(text, true), several, "{text}");
        }
    }
}
