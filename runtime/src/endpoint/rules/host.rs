//! The host name functions of the endpoint rules.

use std::net::Ipv4Addr;

use crate::settings::host_label::is_valid_host_label;

/// Returns true if `text` is the name of an S3 bucket that can be part of a host name: 3 to 63
/// characters, no uppercase letters, not an IPv4 address, and a host label according to
/// [`is_valid_host_label`] (`aws.isVirtualHostableS3Bucket`).
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
    fn virtual_hostable_buckets() {
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
