//! Finds out from the documentation of a structure whether only one of its members may be set.
//!
//! Only examples depend on the result: for a structure that is mistaken for an exclusive one, the
//! example sets fewer members.

use crate::smithy::Shape;

/// Phrases that documentation uses if only one member may be set.
const PHRASES: [&str; 9] = [
    "at a time",
    "but not both",
    "exactly one",
    "mutually exclusive",
    "one and only one",
    "one of the following",
    "only one",
    "only specify one",
    "you can either specify",
];

/// Structures of which only one member may be set, although their documentation does not say so:
/// SDK ID, structure.
const UNDOCUMENTED: [(&str, &str); 2] = [("Glue", "RegistryId"), ("Glue", "SchemaId")];

/// Returns true if only one member can be set, or if the documentation might say so.
pub(super) fn is_exclusive(sdk_id: &str, structure: &str, shape: &Shape) -> bool {
    UNDOCUMENTED.contains(&(sdk_id, structure))
        || shape.traits.text("smithy.api#documentation").is_some_and(states_exclusion)
}

fn states_exclusion(text: &str) -> bool {
    let text = plain(text);
    PHRASES.iter().any(|phrase| text.contains(phrase))
}

/// Returns the text in lower case, without tags and with single spaces.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_tag = false;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_name = |next: &char| next.is_ascii_alphabetic() || *next == '/';
        match c {
            '<' if letters.peek().is_some_and(is_name) => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            _ => plain.extend(c.to_lowercase()),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_states_that_members_exclude_each_other() {
        let rows = [
            ("<p>Only <i>one</i> of the names\n can be provided.</p>", true),
            ("You must specify exactly one setting: A, B, or C.", true),
            ("One and only one of its members can be populated.", true),
            ("You can only set one filter at a time.", true),
            ("A 1 < 2 comparison. Its members are mutually exclusive.", true),
            ("You can either specify a bucket, or upload an archive.", true),
            ("The settings of the index.", false),
            ("", false),
        ];
        for (text, expected) in rows {
            assert_eq!(states_exclusion(text), expected, "{text}");
        }
    }
}
