//! Chooses member names for enum values without names, which C2J and the old `enum` trait allow.

use std::collections::{HashMap, HashSet};

use crate::names;

/// The member names of an enum.
#[derive(Debug, Default)]
pub(crate) struct EnumMemberNames {
    taken: HashSet<String>,
    /// The next number to try for each name.
    next: HashMap<String, u32>,
}

impl EnumMemberNames {
    /// Creates an empty set of names.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Reserves a name from the model.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Returns an unused legal member name for an enum value: the value itself if it is an
    /// identifier, otherwise the value with `_` or words in place of illegal characters. A name
    /// that is taken gets a numeric suffix.
    pub(crate) fn claim(&mut self, value: &str) -> String {
        let base = plain(value);
        let mut name = base.clone();
        while self.taken.contains(&name) {
            let number = self.next.entry(base.clone()).or_insert(2);
            name = format!("{base}_{number}");
            *number += 1;
        }
        self.taken.insert(name.clone());
        name
    }
}

fn plain(value: &str) -> String {
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
    name
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(EnumMemberNames::new().claim(value), name, "{value}");
        }
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut names = EnumMemberNames::new();
        names.reserve("a_b");
        names.reserve("a_b_3");
        let claimed = ["a-b", "a b", "a.b", "a_b_2"].map(|value| names.claim(value));
        assert_eq!(claimed, ["a_b_2", "a_b_4", "a_b_5", "a_b_2_2"]);
    }
}
