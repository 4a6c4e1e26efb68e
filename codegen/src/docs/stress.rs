//! Finds Markdown emphasis, `*text*` and `**text**`, in tokens of prose without tags.
//!
//! This is stricter than CommonMark: signs within a word, next to unrelated punctuation, or without
//! a partner remain text.

use super::{element::Element, token::ProseToken};

/// How many unmatched signs may be between two that match.
const MAX_OPEN: usize = 16;

/// Signs that may mark emphasis.
struct Signs {
    /// The token, and the position in its text.
    token: usize,
    at: usize,
    /// `*`, `**`, `_` or `__`.
    text: String,
    opens: bool,
    closes: bool,
}

/// Returns the tokens with tags for emphasis.
pub fn marked(tokens: Vec<ProseToken>) -> Vec<ProseToken> {
    let mut signs = pairs(signs(&tokens)).into_iter().peekable();
    let mut marked = Vec::new();
    for (index, token) in tokens.into_iter().enumerate() {
        let ProseToken::Text(text) = token else {
            marked.push(token);
            continue;
        };
        let mut from = 0;
        while let Some((sign, tag)) = signs.next_if(|(sign, _)| sign.token == index) {
            marked.push(ProseToken::Text(text[from..sign.at].to_owned()));
            marked.push(tag);
            from = sign.at + sign.text.len();
        }
        marked.push(ProseToken::Text(text[from..].to_owned()));
    }
    marked.retain(|token| !matches!(token, ProseToken::Text(text) if text.is_empty()));
    marked
}

/// Finds all signs that could open or close emphasis.
fn signs(tokens: &[ProseToken]) -> Vec<Signs> {
    let mut signs = Vec::new();
    for (token, piece) in tokens.iter().enumerate() {
        let ProseToken::Text(text) = piece else {
            continue;
        };
        let mut at = 0;
        while let Some(start) = text[at..].find(['*', '_']).map(|start| at + start) {
            let rest = &text[start..];
            let run = rest.trim_start_matches(if rest.starts_with('*') { '*' } else { '_' });
            let length = rest.len() - run.len();
            // A neighbor that is not text is code or a link, which can be emphasized.
            let edge = |there: bool| there.then_some('`');
            let before = text[..start].chars().next_back().or(edge(token > 0));
            let after = run.chars().next().or(edge(token + 1 < tokens.len()));
            let text = rest[..length].to_owned();
            let (opens, closes) = (opens(before, after), closes(before, after));
            if length < 3 && (opens || closes) {
                signs.push(Signs { token, at: start, text, opens, closes });
            }
            at = start + length;
        }
    }
    signs
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    let free = before.is_none_or(|c| c.is_whitespace() || "(\"'“‘-–—/*_".contains(c));
    free && after.is_some_and(|c| c.is_alphanumeric() || "`\"'“‘(*_".contains(c))
}

fn closes(before: Option<char>, after: Option<char>) -> bool {
    let free =
        after.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || "”’–—".contains(c));
    free && before.is_some_and(|c| !c.is_whitespace() && !"([{".contains(c))
}

/// Returns the matched signs with their tags, in order.
fn pairs(signs: Vec<Signs>) -> Vec<(Signs, ProseToken)> {
    let mut tags: Vec<Option<ProseToken>> = vec![None; signs.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, sign) in signs.iter().enumerate() {
        let far = open.len().saturating_sub(MAX_OPEN);
        let near = if sign.closes { &open[far..] } else { &[] };
        match near.iter().rposition(|at| signs[*at].text == sign.text).map(|near| far + near) {
            Some(at) => {
                let element =
                    if sign.text.len() == 2 { Element::Strong } else { Element::Emphasis };
                tags[open[at]] = Some(ProseToken::Open(element, None));
                tags[index] = Some(ProseToken::Close(element));
                open.truncate(at);
            }
            None if sign.opens => open.push(index),
            None => {}
        }
    }
    signs.into_iter().zip(tags).filter_map(|(sign, tag)| Some((sign, tag?))).collect()
}
