//! Wraps long lines, for comments that people read.

use std::borrow::Cow;

/// The maximum width of a line of documentation in generated code, excluding the mark of the comment
/// and an indentation of up to four spaces.
const WIDTH: usize = 92;

/// The characters with which an [`atom`] begins.
pub const ATOM_STARTS: [char; 4] = ['\\', '`', '<', '['];

/// How far to look for the end of a code span or a link.
const MAX_SPAN: usize = 4096;

/// Returns the lines of a doc comment of paragraphs, which are separated by empty lines.
pub fn lines(paragraphs: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        lines.extend((index > 0).then(String::new));
        lines.extend(wrap(paragraph, WIDTH));
    }
    lines
}

/// Wraps a paragraph to lines of at most `width` characters if possible: code spans, links and
/// words are never broken, and no line starts with a character that would be a mark. Continuation
/// lines of a list item are indented; tables and code blocks remain unchanged.
pub fn wrap(paragraph: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for line in paragraph.lines() {
        let text = line.trim_start();
        let ticks = &text[..text.len() - text.trim_start_matches('`').len()];
        if let Some(open) = &fence {
            if ticks.len() >= open.len() && text.len() == ticks.len() {
                fence = None;
            }
            lines.push(line.to_owned());
        } else if let Some(ticks) = opens_fence(text) {
            fence = Some(ticks);
            lines.push(line.to_owned());
        } else if text.starts_with("| ") {
            lines.push(line.to_owned());
        } else {
            wrap_line(line, width, &mut lines);
        }
    }
    lines
}

/// Returns the backticks of a fence that a line opens, possibly after the mark of an item.
fn opens_fence(text: &str) -> Option<String> {
    let text = &text[mark(text)..];
    let ticks = text.len() - text.trim_start_matches('`').len();
    (ticks >= 3 && !text[ticks..].contains('`')).then(|| text[..ticks].to_owned())
}

fn wrap_line(line: &str, width: usize, lines: &mut Vec<String>) {
    let indent = line.len() - line.trim_start().len();
    let start = indent + mark(&line[indent..]);
    let hanging = " ".repeat(start);
    let mut current = line[..start].to_owned();
    let mut used = current.chars().count();
    let mut empty = true;
    for word in words(&line[start..]) {
        let length = word.chars().count();
        if !empty && used + 1 + length > width {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
            (used, empty) = (start, true);
        }
        if !empty {
            current.push(' ');
            used += 1;
        }
        current.push_str(&word);
        (used, empty) = (used + length, false);
    }
    lines.push(current.trim_end().to_owned());
}

/// Returns the length of the item marks at the start of a text, including their spaces.
fn mark(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let number = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let behind = &rest[number..];
        length += match number {
            0 if behind.starts_with("- ") || behind.starts_with("* ") => 2,
            1..=9 if behind.starts_with(". ") || behind.starts_with(") ") => number + 2,
            _ => return length,
        };
    }
}

/// Returns the pieces between which a line may be broken.
fn words(text: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    // All characters that matter are ASCII, so other characters are skipped byte by byte.
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b' ' => {
                push(&text[start..at], &mut words);
                at += 1;
                start = at;
            }
            byte if ATOM_STARTS.contains(&char::from(*byte)) => {
                at += atom(&text[at..]).unwrap_or(1);
            }
            _ => at += 1,
        }
    }
    push(&text[start..], &mut words);
    words
}

/// Appends a word; one that would be a mark at the start of a line is joined to the previous word.
fn push<'t>(word: &'t str, words: &mut Vec<Cow<'t, str>>) {
    match words.last_mut() {
        _ if word.is_empty() => {}
        Some(last) if is_mark(word) => last.to_mut().extend([" ", word]),
        _ => words.push(Cow::Borrowed(word)),
    }
}

/// Returns true if a word at the start of a line would open a list, a heading, a quote or a table.
fn is_mark(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    word.starts_with(['#', '>', '|', '=', ':'])
        || word.chars().all(|c| matches!(c, '-' | '+' | '*' | '_'))
        || number.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
        || word.starts_with("```")
        || word.starts_with("~~~")
}

/// Returns the length of the unbreakable unit at the start of `text`: an escaped character, a code
/// span, a link or a URL.
pub fn atom(text: &str) -> Option<usize> {
    if text.starts_with('[') { link(text) } else { solid(text) }
}

/// Returns the length of an atom that is not a link.
fn solid(text: &str) -> Option<usize> {
    match text.chars().next()? {
        '\\' => text[1..].starts_with(|c: char| c.is_ascii_punctuation()).then_some(2),
        '`' => code_span(text),
        // A `<` that opens nothing is an ordinary character.
        '<' if text[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
            text.find('>').filter(|end| !text[..*end].contains(' ')).map(|end| end + 1)
        }
        _ => None,
    }
}

/// Returns the length of the code span at the start of `text`.
pub fn code_span(text: &str) -> Option<usize> {
    let run = |text: &str| text.len() - text.trim_start_matches('`').len();
    let ticks = run(text);
    let mut at = ticks;
    loop {
        // Without an opening run, each character of a text would cause a search to its end.
        if ticks == 0 || at >= MAX_SPAN {
            return None;
        }
        at += text[at..].find('`')?;
        let closing = run(&text[at..]);
        at += closing;
        if closing == ticks {
            return Some(at);
        }
    }
}

fn link(text: &str) -> Option<usize> {
    let mut at = 1;
    while !text[at..].starts_with(']') {
        if at > MAX_SPAN {
            return None;
        }
        at += solid(&text[at..]).or_else(|| text[at..].chars().next().map(char::len_utf8))?;
    }
    at += 1;
    let address = text[at..].strip_prefix('(').and_then(|address| address.find(')'));
    Some(address.map_or(at, |end| at + end + 2))
}
