//! Splits prose into tokens: tags, code, links and the text between them, with entities decoded.

use super::{element::Element, lookahead::Lookahead, wrap::code_span};

/// The maximum lengths of a tag and of an entity, in bytes.
const MAX_TAG: usize = 8192;
const MAX_ENTITY: usize = 32;

/// A piece of prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProseToken {
    /// Text, as a reader sees it.
    Text(String),
    /// Text between backticks.
    Code(String),
    /// A Markdown link: its text and its URL.
    Link(String, String),
    /// An opening tag, with the URL of a link.
    Open(Element, Option<String>),
    /// A closing tag.
    Close(Element),
}

impl ProseToken {
    /// Returns true if this is an HTML tag.
    pub fn is_tag(&self) -> bool {
        matches!(self, Self::Open(..) | Self::Close(_))
    }
}

/// Splits prose into tokens. Unknown tags remain text.
pub fn tokens(prose: &str) -> Vec<ProseToken> {
    let mut tokens = Vec::new();
    let mut text = String::new();
    let mut ahead = Lookahead::new(prose);
    let mut rest = prose;
    while let Some(at) = rest.find(['<', '&', '`', '[']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((character, behind)) = entity(rest) {
            text.push(character);
            rest = behind;
        } else if let Some((token, behind)) = special(rest, &mut ahead) {
            flush(&mut text, &mut tokens);
            tokens.extend(token);
            rest = behind;
        } else {
            // A run is consumed whole, so that the rest of ``` is not tried again.
            let run = run(rest).max(1);
            text.push_str(&rest[..run]);
            rest = &rest[run..];
        }
    }
    text.push_str(rest);
    flush(&mut text, &mut tokens);
    if tokens.iter().any(ProseToken::is_tag) {
        tokens.iter_mut().for_each(decode_code);
    }
    tokens
}

/// Entities are decoded in the code of HTML, but not in that of Markdown.
fn decode_code(token: &mut ProseToken) {
    if let ProseToken::Code(code) = token {
        *code = decoded(code);
    }
}

fn flush(text: &mut String, tokens: &mut Vec<ProseToken>) {
    if !text.is_empty() {
        tokens.push(ProseToken::Text(std::mem::take(text)));
    }
}

/// Returns the token at the start of `text`, if it is not plain text, and the rest. A comment
/// yields no token.
fn special<'p>(text: &'p str, ahead: &mut Lookahead<'_>) -> Option<(Option<ProseToken>, &'p str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return ahead.split_once(comment, "-->").map(|(_, behind)| (None, behind));
    }
    let found = tag(text, ahead).or_else(|| code(text)).or_else(|| link(text, ahead));
    found.map(|(token, behind)| (Some(token), behind))
}

/// Parses a known tag: `<name attributes>` or `</name>`.
fn tag<'p>(text: &'p str, ahead: &mut Lookahead<'_>) -> Option<(ProseToken, &'p str)> {
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(length);
    let mut is_pair = || closes || is_closed(name, attributes, ahead);
    let pair = || Element::of_pair(name).filter(|_| is_pair());
    let element = Element::of(name).or_else(pair)?;
    if !attributes.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()) {
        return None;
    }
    let end = tag_end(attributes)?;
    let behind = &attributes[end + 1..];
    let attributes = &attributes[..end];
    let token = match attribute("href", attributes) {
        _ if closes => ProseToken::Close(element),
        _ if element == Element::Image => {
            ProseToken::Text(attribute("alt", attributes).unwrap_or_default())
        }
        href if !ends_itself(attributes) || !element.is_inline() => ProseToken::Open(element, href),
        href if element == Element::Link && is_link(behind, ahead) => {
            ProseToken::Open(element, href)
        }
        Some(href) if is_absolute(href.trim()) => {
            ProseToken::Link(String::new(), href.trim().into())
        }
        // A self-closing inline element has no content to mark.
        _ => ProseToken::Close(element),
    };
    Some((token, behind))
}

/// Returns true if the text after the opening tag of a link is its label.
fn is_link(behind: &str, ahead: &mut Lookahead<'_>) -> bool {
    ahead.find("</a>", behind).is_some_and(|end| !behind[..end].contains("<a"))
}

/// Returns true if an element closes itself or has a closing tag.
fn is_closed(name: &str, behind: &str, ahead: &mut Lookahead<'_>) -> bool {
    behind.starts_with("/>") || ahead.find(&format!("</{name}>"), behind).is_some()
}

/// Returns true if a tag ends with a slash that is not part of a URL.
fn ends_itself(attributes: &str) -> bool {
    attributes.strip_suffix('/').is_some_and(|before| {
        before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || "\"'".contains(c))
    })
}

/// Finds the `>` of a tag, skipping quoted values; a `<` before it means that this is not a tag.
fn tag_end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in attributes.char_indices().take_while(|(at, _)| *at < MAX_TAG) {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // An unmatched quote is an apostrophe.
    let end = attributes.bytes().take(MAX_TAG).position(|byte| byte == b'>');
    end.filter(|end| !attributes[..*end].contains('<'))
}

/// Returns the value of an attribute; the name must be in lower case.
fn attribute(name: &str, attributes: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let (at, _) = lower.match_indices(name).find(|(at, _)| {
        let behind = lower[at + name.len()..].trim_start();
        lower[..*at].ends_with(char::is_whitespace) && behind.starts_with('=')
    })?;
    let value = attributes[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    };
    value.map(decoded)
}

/// Reads text between two runs of backticks of the same length.
fn code(text: &str) -> Option<(ProseToken, &str)> {
    let ticks = run(text);
    let (span, behind) = text.split_at(code_span(text)?);
    let inner = &span[ticks..span.len() - ticks];
    let sound = !inner.contains("</") && !inner.contains("\n\n") && !inner.trim().is_empty();
    sound.then(|| (ProseToken::Code(inner.to_owned()), behind))
}

/// Reads `[text](url)` with plain text and an absolute URL.
fn link<'p>(text: &'p str, ahead: &mut Lookahead<'_>) -> Option<(ProseToken, &'p str)> {
    let (label, behind) = ahead.split_once(text.strip_prefix('[')?, "]")?;
    let (address, behind) = ahead.split_once(behind.strip_prefix('(')?, ")")?;
    let sound = !label.contains(['[', '<', '`']) && !address.contains(char::is_whitespace);
    (sound && is_absolute(address))
        .then(|| (ProseToken::Link(decoded(label), decoded(address)), behind))
}

/// Returns true if a URL is absolute.
pub fn is_absolute(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        let host = address.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme));
        host.is_some() && address[scheme.len()..].starts_with(|c: char| c.is_alphanumeric())
    })
}

/// Returns the number of backticks at the start of a text.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// Decodes the entities of a text.
fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let (character, behind) = entity(&rest[at..]).unwrap_or(('&', &rest[at + 1..]));
        decoded.push(character);
        rest = behind;
    }
    decoded + rest
}

/// Decodes the entity at the start of `text`, and returns the rest.
fn entity(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix('&')?;
    let end = text.bytes().take(MAX_ENTITY).position(|byte| byte == b';')?;
    let (name, behind) = (&text[..end], &text[end + 1..]);
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
            numbered(code.ok()?)?
        }
        None => named_entity(name)?,
    };
    Some((character, behind))
}

/// Returns the character of a number. In the range of control characters, HTML means those of
/// Windows-1252.
fn numbered(code: u32) -> Option<char> {
    Some(match code {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        0x99 => '™',
        other => return char::from_u32(other),
    })
}

fn named_entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "apos" => '\'',
        "bull" => '•',
        "copy" => '©',
        "deg" => '°',
        "ge" => '≥',
        "gt" => '>',
        "hellip" => '…',
        "larr" => '←',
        "ldquo" => '“',
        "le" => '≤',
        "lsquo" => '‘',
        "lt" => '<',
        "mdash" => '—',
        "micro" => 'µ',
        "middot" => '·',
        "minus" => '−',
        "nbsp" => ' ',
        "ndash" => '–',
        "ne" => '≠',
        "para" => '¶',
        "plusmn" => '±',
        "quot" => '"',
        "rarr" => '→',
        "rdquo" => '”',
        "reg" => '®',
        "rsquo" => '’',
        "sect" => '§',
        "times" => '×',
        "trade" => '™',
        _ => return None,
    })
}
