//! Finds groups of members of which a service requires one, in the documentation of a structure.
//!
//! Only examples depend on the result: if a sentence is mistaken for such a rule, the example sets
//! one more member.

use super::steps::Steps;
use crate::smithy::Shape;

const DOCUMENTATION: &str = "smithy.api#documentation";

/// Returns the groups of members of which one must be set, according to the documentation of the
/// structure and its members, and to `more`, the documentation of the operation.
pub(super) fn groups(shape: &Shape, more: Option<&str>, steps: &Steps) -> Vec<Vec<String>> {
    let members = shape.kind.members().into_iter();
    let of_members = members.filter_map(|(_, member)| member.traits.text(DOCUMENTATION));
    let texts = more.into_iter().chain(shape.traits.text(DOCUMENTATION)).chain(of_members);
    let mut groups = Vec::new();
    for text in texts {
        // If no steps are left, no member can be added either.
        if steps.take(text.len()).is_none() {
            break;
        }
        groups.extend(sentences(text).iter().filter_map(|sentence| group(sentence)));
    }
    groups
}

/// A word of documentation.
#[derive(Debug, PartialEq)]
enum Word {
    /// A word in lower case.
    Plain(String),
    /// The content of a code span.
    Code(String),
}

impl Word {
    fn is(&self, texts: &[&str]) -> bool {
        matches!(self, Self::Plain(word) if texts.contains(&word.as_str()))
    }
}

/// Splits documentation, in HTML or in Markdown, into sentences.
fn sentences(text: &str) -> Vec<Vec<Word>> {
    let text = text.replace("<code>", "`").replace("</code>", "`");
    let (mut all, mut sentence) = (Vec::new(), Vec::new());
    for (number, part) in text.split('`').enumerate() {
        if number % 2 == 1 {
            sentence.push(Word::Code(part.trim().to_owned()));
            continue;
        }
        // Tags end paragraphs or emphasize words; neither splits a rule.
        for word in part.split_whitespace().flat_map(|word| word.split('<')) {
            let is_end = word.ends_with(['.', ';', ':']) || word.starts_with("/p>");
            let word = word.rsplit('>').next().unwrap_or_default();
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            if !word.is_empty() {
                sentence.push(Word::Plain(word));
            }
            if is_end {
                all.push(std::mem::take(&mut sentence));
            }
        }
    }
    all.push(sentence);
    all
}

/// Returns the members of a sentence such as "You must specify either `A` or `B`".
fn group(sentence: &[Word]) -> Option<Vec<String>> {
    let first = sentence.first()?;
    let is_condition = first.is(&["for", "if", "to", "unless", "when", "while"])
        && !sentence.get(1)?.is(&["calling", "each", "invoking"]);
    let is_rule = first.is(&["provide", "specify"])
        || sentence.iter().any(|word| word.is(&["must", "required", "requires"]));
    if is_condition || !is_rule {
        return None;
    }
    let start = sentence.iter().position(|word| word.is(&["either"])).or_else(|| {
        let is_cue = |words: &[Word]| {
            words[0].is(&["exactly", "least"]) && words[1].is(&["one"]) && words[2].is(&["of"])
        };
        sentence.windows(3).position(is_cue).map(|start| start + 2)
    })?;
    let (mut members, mut is_choice) = (Vec::new(), false);
    for word in &sentence[start + 1..] {
        match word {
            Word::Code(name) => members.push(name.clone()),
            _ if word.is(&["or"]) => is_choice = true,
            _ if word.is(&FILLERS) => {}
            Word::Plain(_) => break,
        }
    }
    (is_choice && members.len() > 1).then_some(members)
}

/// Words that may occur between the names of members.
const FILLERS: [&str; 11] = [
    "a",
    "an",
    "array",
    "field",
    "following",
    "member",
    "object",
    "of",
    "parameter",
    "parameters",
    "the",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_states_that_one_of_several_members_is_required() {
        let rows: &[(&str, &[&str])] = &[
            (
                "<p>The group.</p> <p> You must include either <code>B</code> or <code>A</code>, but not both. </p>",
                &["B", "A"],
            ),
            ("Provide either a `A` or an `B` object in the request.", &["A", "B"]),
            (
                "Either the <code>A</code> or the <code>B</code> parameter must be specified",
                &["A", "B"],
            ),
            ("You must specify at least one of the `A` or `B` parameters.", &["A", "B"]),
            ("You must specify exactly one of `A`, `B`, or `C`.", &["A", "B", "C"]),
            (
                "When invoking this API, you must use either the `A` or the `B` parameter, or both.",
                &["A", "B"],
            ),
            ("You must specify either `A`, a `B` array, or an `C`.", &["A", "B", "C"]),
            ("If you set `C`, you must specify either `A` or `B`.", &[]),
            ("To limit the output, provide either `A` or `B`.", &[]),
            ("You can use either `A` or `B`.", &[]),
            ("You must specify either `A` (with `C`) or `B`.", &[]),
            ("You must specify either a name or a number.", &[]),
            ("You must specify `A`. Either is fine: `B` or `C`.", &[]),
            ("You must specify either", &[]),
            ("when", &[]),
            ("", &[]),
        ];
        for (text, expected) in rows {
            let found: Vec<_> =
                sentences(text).iter().filter_map(|sentence| group(sentence)).collect();
            assert_eq!(found.concat(), *expected, "{text}");
        }
    }
}
