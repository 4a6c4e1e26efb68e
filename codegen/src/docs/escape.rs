//! Escapes text so that Markdown renders it as that text, and writes code spans.

/// Escapes everything that rustdoc would interpret, but no more than necessary, because people also
/// read the source. `before` is the character before the text, and `after` the one following it.
pub fn escaped(text: &str, before: Option<char>, after: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_in_word = false;
    let mut nearest = before;
    for (at, c) in text.char_indices() {
        let ahead = || text[at + c.len_utf8()..].chars().chain(after);
        if c == '_' && (at == 0 || nearest != Some('_')) {
            // Computed once per run of underscores, because a run may be long.
            is_in_word = is_word(nearest) && is_word(ahead().find(|c| *c != '_'));
        }
        if means_more(c, nearest, ahead, is_in_word) {
            out.push('\\');
        }
        out.push(c);
        nearest = Some(c);
    }
    out
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Returns true if Markdown would interpret a character between `nearest`, the preceding character,
/// and the characters `ahead`. `is_in_word` applies to underscores.
fn means_more<I: Iterator<Item = char>>(
    c: char,
    nearest: Option<char>,
    ahead: impl Fn() -> I,
    is_in_word: bool,
) -> bool {
    let next = ahead().next();
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    match c {
        '`' | '[' | ']' | '~' => true,
        // A sign between spaces is not emphasis.
        '*' | '_' if is_space(nearest) && is_space(next) => false,
        '*' => true,
        // An underscore within a word is not emphasis.
        '_' => !is_in_word,
        // Also before a space, where wrapping could end the line and make it a hard line break.
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

/// Returns true if the characters after an ampersand make it an entity.
fn is_entity(ahead: impl Iterator<Item = char>) -> bool {
    let mut ahead = ahead.skip_while(|c| c.is_ascii_alphanumeric() || *c == '#');
    ahead.next() == Some(';')
}

/// Escapes the start of a paragraph that would make it a heading, a list or the like.
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

/// Returns a code span of any text. Text that would be invisible in one (empty text, spaces,
/// control characters) is quoted or escaped as in Rust.
pub fn code(text: &str) -> String {
    let shown: String = text.chars().map(shown).collect();
    if shown.trim().is_empty() {
        return format!("`\"{shown}\"`");
    }
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    // Markdown strips one pair of surrounding spaces.
    let edge = |c: Option<char>| c == Some('`');
    let padded = edge(shown.chars().next()) || edge(shown.chars().next_back());
    let spaced = shown.starts_with(' ') && shown.ends_with(' ');
    let pad = if padded || spaced { " " } else { "" };
    let fence = "`".repeat(longest + 1);
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// Returns a visible form of a character of code.
fn shown(c: char) -> String {
    if c.is_control() || is_direction(c) { c.escape_debug().to_string() } else { c.to_string() }
}

/// Returns true for characters that change the text direction, which rustc rejects in comments.
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the text as one line, with single spaces and without unprintable characters.
pub fn line(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .map(|word| word.chars().filter(|c| !is_direction(*c)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}
