//! Text to Markdown that reads as that text: escapes and code spans.

/// Text with everything escaped that rustdoc would take for more than text, as sparingly as it
/// can be done, because people read it in the source as well. `before` is the character in front
/// of the text, `after` the one behind it.
pub fn escaped(text: &str, before: Option<char>, after: Option<char>) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let back = chars[..at].iter().rev().copied().chain(before);
        let ahead = || chars[at + 1..].iter().copied().chain(after);
        if means_more(c, back, ahead) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether a character would be more than itself between what is behind it, nearest first, and
/// what is ahead of it.
fn means_more<I: Iterator<Item = char>>(
    c: char,
    mut back: impl Iterator<Item = char> + Clone,
    ahead: impl Fn() -> I,
) -> bool {
    let (nearest, next) = (back.clone().next(), ahead().next());
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '[' | ']' | '~' => true,
        // A sign between spaces stresses nothing.
        '*' | '_' if is_space(nearest) && is_space(next) => false,
        '*' => true,
        // Within a word an underscore stresses nothing.
        '_' => !is_word(back.find(|c| *c != '_')) || !is_word(ahead().find(|c| *c != '_')),
        // In front of a space too, where a line could end and the line break would be meant.
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c.is_whitespace()),
        '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || "/!?".contains(c)),
        // A line could begin here.
        '>' => nearest.is_none_or(char::is_whitespace),
        '|' => nearest.is_none(),
        '&' => is_entity(ahead()),
        // rustdoc would draw a dash.
        '-' => next == Some('-'),
        '!' => next == Some('['),
        _ => false,
    }
}

/// Whether what follows an ampersand makes it an entity.
fn is_entity(ahead: impl Iterator<Item = char>) -> bool {
    let mut ahead = ahead.skip_while(|c| c.is_ascii_alphanumeric() || *c == '#');
    ahead.next() == Some(';')
}

/// A paragraph whose start would make it a heading, a list or something else, kept from that.
pub fn opened(paragraph: String) -> String {
    let digits = paragraph.find(|c: char| !c.is_ascii_digit()).unwrap_or(paragraph.len());
    let (number, rest) = paragraph.split_at(digits);
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let item = (1..10).contains(&digits) && rest.starts_with(['.', ')']) && ends(&rest[1..]);
    let marker = digits == 0
        && (rest.starts_with(['-', '+']) && ends(&rest[1..])
            || rest.starts_with('#') && ends(rest.trim_start_matches('#')));
    if item || marker { format!("{number}\\{rest}") } else { paragraph }
}

/// A code span of any text. What would not show in one (nothing, spaces alone, control characters)
/// is put in quotes or escaped the Rust way.
pub fn code(text: &str) -> String {
    let shown: String = text.chars().map(shown).collect();
    if shown.trim().is_empty() {
        return format!("`\"{shown}\"`");
    }
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    // Two spaces at the ends count as one pair, and the pair is taken off by every reader.
    let edge = |c: Option<char>| c == Some('`');
    let padded = edge(shown.chars().next()) || edge(shown.chars().next_back());
    let spaced = shown.starts_with(' ') && shown.ends_with(' ');
    let pad = if padded || spaced { " " } else { "" };
    let fence = "`".repeat(longest + 1);
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// A character of code as it can be shown.
fn shown(c: char) -> String {
    if c.is_control() || is_direction(c) { c.escape_debug().to_string() } else { c.to_string() }
}

/// Whether a character turns the direction of text, which rustc refuses in comments.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text in one line: white space as single blanks, and nothing that does not print.
pub fn line(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .map(|word| word.chars().filter(|c| !is_direction(*c)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}
