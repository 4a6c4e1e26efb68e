//! Chooses member names for enum values without names, which C2J and the old `enum` trait allow.

use super::Members;
use crate::names;

/// Returns a legal member name for an enum value that is not taken: the value itself if it is an
/// identifier, otherwise with `_` or words for illegal characters.
pub(crate) fn enum_member_name(value: &str, taken: &Members) -> String {
    let mut name = names::spelled(value);
    if !value.contains(|c: char| c.is_ascii_alphanumeric()) {
        name = name.to_ascii_uppercase();
    }
    while !value.contains("__") && name.contains("__") {
        name = name.replace("__", "_");
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    let base = name.clone();
    let mut number = 2;
    while taken.contains_key(&name) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smithy::{Member, Traits};

    #[test]
    fn enum_values_become_identifiers() {
        let cases = [
            ("TAGGED", "TAGGED"),
            ("us-east-1", "us_east_1"),
            ("TLSv1.2_2021", "TLSv1_2_2021"),
            ("Bytes/Second", "Bytes_Second"),
            ("2xlarge", "_2xlarge"),
            ("a -- b", "a_b"),
            ("", "EMPTY"),
            ("*", "STAR"),
            (">=", "GREATER_EQUAL"),
            ("UTC-1", "UTC_1"),
            ("UTC+1", "UTC_plus_1"),
            ("-1", "minus_1"),
            ("a__b-", "a__b_"),
            ("Zürich", "Z_u00fc_rich"),
        ];
        for (value, name) in cases {
            assert_eq!(enum_member_name(value, &Members::new()), name, "{value}");
        }
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let member = Member::unit(Traits::default());
        let taken = Members::from([("a_b".to_owned(), member)]);
        assert_eq!(enum_member_name("a-b", &taken), "a_b_2");
    }
}
