//! Represents the parts of a line of text and writes them as Markdown.

use super::{
    escape::{self, code, escaped},
    token::is_absolute,
};

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text, as a reader sees it.
    Text(String),
    /// Text that a machine reads.
    Code(String),
    /// An address that is shown unchanged.
    Url(String),
    /// Important text.
    Strong(Vec<Inline>),
    /// Emphasized text.
    Emphasis(Vec<Inline>),
    /// A link: its absolute URL and its text.
    Link(String, Vec<Inline>),
}

impl Inline {
    /// Returns true if none of these is visible.
    pub fn is_blank(inlines: &[Self]) -> bool {
        inlines.iter().all(|inline| match inline {
            Self::Text(text) | Self::Code(text) | Self::Url(text) => text.trim().is_empty(),
            Self::Strong(inner) | Self::Emphasis(inner) => Self::is_blank(inner),
            Self::Link(..) => false,
        })
    }
}

/// Writes the line as Markdown, without surrounding spaces.
pub fn line(inlines: &[Inline]) -> String {
    let (_, text, _) = written(&simple(inlines, &[]));
    escape::opened(text)
}

/// The element that contains a part.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Strong,
    Emphasis,
    Link,
}

/// Simplifies a line: finds URLs, collapses spaces, and merges parts that repeat the enclosing or
/// continue the preceding element.
fn simple(inlines: &[Inline], within: &[Within]) -> Vec<Inline> {
    let mut simple: Vec<Inline> = Vec::new();
    let inside = |what| [within, &[what]].concat();
    for (at, inline) in inlines.iter().enumerate() {
        let parts = match inline {
            Inline::Text(text) if within.contains(&Within::Link) => {
                vec![Inline::Text(spaced(text))]
            }
            Inline::Text(text) => split(&spaced(text), inlines.get(at + 1).is_some_and(continues)),
            Inline::Code(text) => trimmed_code(&spaced(text)),
            Inline::Url(url) => vec![Inline::Url(url.clone())],
            Inline::Strong(inner) if within.contains(&Within::Strong) => {
                self::simple(inner, within)
            }
            Inline::Strong(inner) => {
                vec![Inline::Strong(self::simple(inner, &inside(Within::Strong)))]
            }
            Inline::Emphasis(inner) if within.contains(&Within::Emphasis) => {
                self::simple(inner, within)
            }
            Inline::Emphasis(inner) => {
                vec![Inline::Emphasis(self::simple(inner, &inside(Within::Emphasis)))]
            }
            Inline::Link(_, inner) if within.contains(&Within::Link) => self::simple(inner, within),
            Inline::Link(href, inner) => {
                let href = address(href);
                vec![Inline::Link(href, self::simple(inner, &inside(Within::Link)))]
            }
        };
        for part in parts {
            join(part, &mut simple);
        }
    }
    simple
}

/// Appends a part, or merges it with the part before it.
fn join(part: Inline, parts: &mut Vec<Inline>) {
    match (parts.last_mut(), part) {
        (Some(Inline::Text(last)), Inline::Text(text)) => {
            let text = if last.ends_with(' ') { text.trim_start() } else { &text };
            last.push_str(text);
        }
        (Some(Inline::Code(last)), Inline::Code(text)) => last.push_str(&text),
        (Some(Inline::Strong(last)), Inline::Strong(inner))
        | (Some(Inline::Emphasis(last)), Inline::Emphasis(inner)) => {
            inner.into_iter().for_each(|inline| join(inline, last));
        }
        (_, part) => parts.push(part),
    }
}

/// Collapses white space, and removes characters that are invisible or that rustc rejects.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !spaced.ends_with(' ') {
                spaced.push(' ');
            }
        } else if !c.is_control() && !escape::is_direction(c) {
            spaced.push(c);
        }
    }
    spaced
}

/// Moves surrounding spaces out of code.
fn trimmed_code(text: &str) -> Vec<Inline> {
    let inner = text.trim();
    let space = |there: bool| there.then(|| Inline::Text(" ".to_owned()));
    let code = (!inner.is_empty()).then(|| Inline::Code(inner.to_owned()));
    let (start, end) = (text.starts_with(' '), text.ends_with(' '));
    space(start).into_iter().chain(code).chain(space(end)).collect()
}

/// Returns true if a part continues the word before it: at the end of a URL it is a placeholder.
fn continues(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Url(text) => {
            text.starts_with(|c: char| c.is_alphanumeric() || "{[<$".contains(c))
        }
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) => {
            inner.first().is_some_and(continues)
        }
    }
}

/// Splits text at its URLs. A URL at the end is incomplete if the text `continues`.
fn split(text: &str, continues: bool) -> Vec<Inline> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = scheme(rest) {
        let (before, from) = rest.split_at(at);
        // Markdown writes URLs in angle brackets.
        let ends = if before.ends_with('<') { " \"“”>" } else { " \"“”" };
        let end = from.find(|c: char| ends.contains(c)).unwrap_or(from.len());
        let word = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', '*']);
        // A URL with a placeholder is an illustration, not a link.
        let is_plain = |c: char| c.is_ascii_graphic() && !"<>[]{}|\\^`".contains(c);
        let whole = !continues || end < from.len();
        let sound = whole && is_absolute(word) && word.chars().all(is_plain);
        parts.push(Inline::Text(before.to_owned()));
        parts.push(if sound { Inline::Url(word.into()) } else { Inline::Code(word.into()) });
        rest = &from[word.len()..];
    }
    parts.push(Inline::Text(rest.to_owned()));
    parts.retain(|part| !matches!(part, Inline::Text(text) if text.is_empty()));
    parts
}

/// Returns where a URL begins.
fn scheme(text: &str) -> Option<usize> {
    let mut starts = text.match_indices("http").map(|(at, _)| at);
    starts.find(|at| {
        let behind = &text[at + "http".len()..];
        behind.strip_prefix('s').unwrap_or(behind).starts_with("://")
    })
}

/// Escapes the characters that would end a URL early.
fn address(href: &str) -> String {
    let mut address = String::new();
    for c in href.chars() {
        match c {
            c if c.is_whitespace() && !address.is_empty() => address.push_str("%20"),
            c if c.is_whitespace() || c.is_control() || escape::is_direction(c) => {}
            '<' | '>' | '(' | ')' | '\\' | '`' | '[' | ']' | '"' | '{' | '}' | '|' | '^' => {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => address.push(c),
        }
    }
    address
}

fn write(inlines: &[Inline], out: &mut String) {
    for (at, inline) in inlines.iter().enumerate() {
        let after = inlines.get(at + 1).and_then(first);
        match inline {
            Inline::Text(text) => {
                let marked = at.checked_sub(1).is_some_and(|last| is_marked(&inlines[last]));
                let closes = marked && begins_with_punctuation(text);
                if closes {
                    out.truncate(out.trim_end().len());
                }
                let before = out.chars().next_back();
                let text = if closes || before == Some(' ') { text.trim_start() } else { text };
                out.push_str(&escaped(text, before, after));
            }
            Inline::Code(text) => out.push_str(&code(text)),
            Inline::Url(url) => out.extend(["<", url, ">"]),
            Inline::Strong(inner) => write_marked("**", inner, after, out),
            Inline::Emphasis(inner) => write_marked("*", inner, after, out),
            Inline::Link(href, inner) => write_link(href, inner, out),
        }
    }
}

/// Returns true for a part that is an element in the model's prose, unlike plain text and the URLs
/// found in it.
fn is_marked(inline: &Inline) -> bool {
    !matches!(inline, Inline::Text(_) | Inline::Url(_))
}

/// Returns true for text that begins with the end of a sentence or clause, which must not be
/// separated from the element before it by a space.
fn begins_with_punctuation(text: &str) -> bool {
    let mut characters = text.trim_start().chars();
    characters.next().is_some_and(|c| ".,;:".contains(c))
        && characters.next().is_none_or(char::is_whitespace)
}

/// Returns the first character of a part when it is written.
fn first(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Url(_) => Some('<'),
        Inline::Strong(inner) | Inline::Emphasis(inner) => {
            inner.first().and_then(first).filter(|c| *c == ' ').or(Some('*'))
        }
        Inline::Link(..) => Some('['),
    }
}

/// Writes a line without surrounding spaces, and returns whether there were any. They are removed
/// first because some characters are special only at the end of a text.
fn written(inlines: &[Inline]) -> (bool, String, bool) {
    let mut inlines = inlines.to_vec();
    let (mut starts, mut ends) = (false, false);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        starts = text.starts_with(' ');
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        ends = text.ends_with(' ');
        *text = text.trim_end().to_owned();
    }
    let mut out = String::new();
    write(&inlines, &mut out);
    (starts || out.starts_with(' '), out.trim().to_owned(), ends || out.ends_with(' '))
}

/// Writes emphasized text, unless the marks would be read as asterisks.
fn write_marked(mark: &str, inner: &[Inline], after: Option<char>, out: &mut String) {
    let (starts, text, ends) = written(inner);
    push_space(starts, out);
    let before = out.chars().next_back();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opens = !is_word(before) || is_word(text.chars().next());
    let closes = ends || !is_word(after) || is_word(text.chars().next_back());
    if text.is_empty() || before == Some('*') || !opens || !closes {
        out.push_str(&text);
    } else {
        out.extend([mark, &text, mark]);
    }
    push_space(ends, out);
}

fn write_link(href: &str, inner: &[Inline], out: &mut String) {
    let (starts, text, ends) = written(inner);
    push_space(starts, out);
    let shows_itself = matches!(inner, [Inline::Text(text)] if text.trim() == href);
    if text.is_empty() || shows_itself {
        out.extend(["<", href, ">"]);
    } else {
        out.extend(["[", &text, "](", href, ")"]);
    }
    push_space(ends, out);
}

fn push_space(there: bool, out: &mut String) {
    if there && !out.ends_with(' ') {
        out.push(' ');
    }
}
