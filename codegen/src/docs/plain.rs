//! Converts prose without tags, which is Markdown: its paragraphs, titles, lists and fences become
//! the same tokens as HTML.

use super::{
    element::Element,
    stress,
    token::{self, ProseToken},
};

/// Lines that belong together, and their indentation.
struct PlainBlock {
    kind: PlainKind,
    indent: usize,
    text: String,
}

#[derive(Clone, Copy, PartialEq)]
enum PlainKind {
    Paragraph,
    Title,
    /// An item of a list with bullets or numbers.
    Item(Element),
    Verbatim,
}

/// Splits prose into lines, and each block into code, links and emphasis.
pub fn tokens(prose: &str) -> Vec<ProseToken> {
    let mut tokens = Vec::new();
    let mut lists = Lists::default();
    for part in parts(prose) {
        lists.close_finished_lists(&part, &mut tokens);
        let (element, inner) = match part.kind {
            PlainKind::Paragraph => (Element::Division, stress::marked(token::tokens(&part.text))),
            PlainKind::Title => (Element::Heading, token::tokens(&part.text)),
            PlainKind::Item(_) => (Element::Item, stress::marked(token::tokens(&part.text))),
            PlainKind::Verbatim => (Element::Verbatim, vec![ProseToken::Text(part.text)]),
        };
        tokens.push(ProseToken::Open(element, None));
        tokens.extend(inner);
        // An item ends where the next item of its list begins.
        if element != Element::Item {
            tokens.push(ProseToken::Close(element));
        }
    }
    lists.end(0, &mut tokens);
    tokens
}

/// The enclosing lists, outermost first: their indentation and kind. Each has an open item.
#[derive(Default)]
struct Lists(Vec<(usize, Element)>);

impl Lists {
    /// Closes the lists that do not contain a block, and opens the one that it is the first item
    /// of.
    fn close_finished_lists(&mut self, part: &PlainBlock, tokens: &mut Vec<ProseToken>) {
        let inside = |indent: usize| part.indent > indent + 1;
        let PlainKind::Item(list) = part.kind else {
            let keep = self.0.iter().take_while(|(indent, _)| inside(*indent)).count();
            self.end(keep, tokens);
            return;
        };
        // The outermost list also contains blocks to the left of it.
        let within = self.0.iter().take_while(|(indent, _)| inside(*indent)).count();
        let same = self.0.get(within).is_some_and(|(_, kind)| *kind == list);
        self.end(within + usize::from(same), tokens);
        if same {
            tokens.push(ProseToken::Close(Element::Item));
        } else {
            tokens.push(ProseToken::Open(list, None));
            self.0.push((part.indent, list));
        }
    }

    /// Closes all lists but the outermost ones.
    fn end(&mut self, keep: usize, tokens: &mut Vec<ProseToken>) {
        for (_, list) in self.0.drain(keep.min(self.0.len())..).rev() {
            tokens.extend([ProseToken::Close(Element::Item), ProseToken::Close(list)]);
        }
    }
}

fn parts(prose: &str) -> Vec<PlainBlock> {
    let mut parts: Vec<PlainBlock> = Vec::new();
    let mut continues = false;
    let mut lines = prose.lines();
    while let Some(line) = lines.next() {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        let part = |kind, text: &str| PlainBlock { kind, indent, text: text.to_owned() };
        if text.starts_with("```") && !text[3..].contains('`') {
            let inner = lines.by_ref().take_while(|line| !line.trim().starts_with("```"));
            let inner: Vec<_> = inner.map(|line| outdented(line, indent)).collect();
            parts.push(part(PlainKind::Verbatim, &inner.join("\n")));
            continues = false;
        } else if text.is_empty() {
            continues = false;
        } else if let Some((list, text)) = item(text) {
            parts.push(part(PlainKind::Item(list), text));
            continues = true;
        } else if let Some(text) = title(text) {
            parts.push(part(PlainKind::Title, text));
            continues = false;
        } else {
            match parts.last_mut() {
                Some(last) if continues => last.text.extend(["\n", text]),
                _ => parts.push(part(PlainKind::Paragraph, text)),
            }
            continues = true;
        }
    }
    parts
}

/// Removes up to `indent` leading spaces.
fn outdented(line: &str, indent: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(indent)..]
}

/// Returns the text of a title line.
fn title(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let sound = (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ');
    sound.then(|| text.trim_end_matches('#').trim())
}

/// Returns the kind of list and the text of a line that starts an item.
fn item(line: &str) -> Option<(Element, &str)> {
    let bullet = ["- ", "* ", "+ "].iter().find_map(|bullet| line.strip_prefix(bullet));
    let numbered = || {
        let (number, text) = line.split_once(['.', ')'])?;
        let sound = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        text.strip_prefix(' ').filter(|_| sound && number.len() < 3)
    };
    let bullet = bullet.map(|text| (Element::Bullets, text));
    bullet.or_else(|| numbered().map(|text| (Element::Numbers, text)))
}
