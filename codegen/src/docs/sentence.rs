//! Extracts the first sentence of a text as a summary.

use super::wrap::atom;

/// Abbreviations whose period does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "incl.", "resp.", "no.", "fig.", "st.", "u.s.",
];

/// Returns the first sentence of the first paragraph of prose, or an empty text if there is none.
pub fn summary(paragraphs: &[String]) -> String {
    let is_prose = |paragraph: &&String| !paragraph.contains('\n') && !is_structure(paragraph);
    paragraphs
        .iter()
        .find(is_prose)
        .map_or_else(String::new, |text| first_sentence(text).to_owned())
}

/// Returns true if a paragraph is prose that ends with a sentence, so that another one may follow.
pub fn is_sentence(paragraph: &str) -> bool {
    !paragraph.contains('\n') && !is_structure(paragraph) && paragraph.ends_with(['.', '!', '?'])
}

/// Returns true if a paragraph is a list or a table of one line.
fn is_structure(paragraph: &str) -> bool {
    ["- ", "* ", "1. ", "1) ", "| "].iter().any(|mark| paragraph.starts_with(mark))
}

fn first_sentence(text: &str) -> &str {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = stressed(rest)
            .or_else(|| atom(rest))
            .unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
        at += length;
        if ends(&text[..at], &text[at..]) {
            return &text[..at];
        }
    }
    text
}

/// Returns the length of emphasized text at the start of `text`, which is never split.
fn stressed(text: &str) -> Option<usize> {
    let marks = text.len() - text.trim_start_matches('*').len();
    let end = text[marks..].find(&text[..marks]).filter(|_| marks > 0)?;
    Some(marks + end + marks)
}

/// Returns true if a sentence ends between the two texts.
fn ends(before: &str, after: &str) -> bool {
    // Checked first, because trimming a long run of marks is slow.
    if !after.is_empty() && !after.starts_with(' ') {
        return false;
    }
    let sentence = before.trim_end_matches(['*', '"', '\'', ')', '”', '’']);
    if !sentence.ends_with(['.', '!', '?']) {
        return false;
    }
    let word = sentence.rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    let goes_on = after.trim_start().starts_with(char::is_lowercase);
    let initial = word.len() == 2 && word.starts_with(char::is_alphabetic);
    after.is_empty() || !(goes_on || initial || ABBREVIATIONS.contains(&word.as_str()))
}
