//! Prose without tags, which is Markdown then: paragraphs, lists and fences to the same tokens.

use super::{
    element::Element,
    token::{self, Token},
};

/// Lines that belong together.
enum Part {
    Paragraph(String),
    Item { numbered: bool, text: String },
    Verbatim(String),
}

/// Takes prose apart at its lines, and each part then at its code and links.
pub fn tokens(prose: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut list = None;
    for part in parts(prose) {
        let wanted = match &part {
            Part::Item { numbered: true, .. } => Some(Element::Numbers),
            Part::Item { numbered: false, .. } => Some(Element::Bullets),
            _ => None,
        };
        if list != wanted {
            tokens.extend(list.map(Token::Close));
            tokens.extend(wanted.map(|list| Token::Open(list, None)));
            list = wanted;
        }
        let (element, inner) = match part {
            Part::Paragraph(text) => (Element::Division, token::tokens(&text)),
            Part::Item { text, .. } => (Element::Item, token::tokens(&text)),
            Part::Verbatim(text) => (Element::Verbatim, vec![Token::Text(text)]),
        };
        tokens.push(Token::Open(element, None));
        tokens.extend(inner);
        tokens.push(Token::Close(element));
    }
    tokens.extend(list.map(Token::Close));
    tokens
}

fn parts(prose: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut goes_on = false;
    let mut lines = prose.lines();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("```") && !text[3..].contains('`') {
            let inner = lines.by_ref().take_while(|line| !line.trim().starts_with("```"));
            parts.push(Part::Verbatim(inner.collect::<Vec<_>>().join("\n")));
            goes_on = false;
        } else if text.is_empty() {
            goes_on = false;
        } else if let Some((numbered, text)) = item(text) {
            parts.push(Part::Item { numbered, text: text.to_owned() });
            goes_on = true;
        } else {
            match parts.last_mut() {
                Some(Part::Paragraph(last) | Part::Item { text: last, .. }) if goes_on => {
                    last.extend(["\n", text]);
                }
                _ => parts.push(Part::Paragraph(text.to_owned())),
            }
            goes_on = true;
        }
    }
    parts
}

/// The text of a line that opens an item, and whether the item is numbered.
fn item(line: &str) -> Option<(bool, &str)> {
    let bullet = ["- ", "* ", "+ "].iter().find_map(|bullet| line.strip_prefix(bullet));
    let numbered = || {
        let (number, text) = line.split_once(['.', ')'])?;
        let sound = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        text.strip_prefix(' ').filter(|_| sound && number.len() < 3)
    };
    bullet.map(|text| (false, text)).or_else(|| numbered().map(|text| (true, text)))
}
