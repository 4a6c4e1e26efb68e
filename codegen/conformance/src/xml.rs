//! Compares XML documents by their elements, attributes and text.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use crate::differences::clipped;

/// An element.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

/// Describes the difference between two documents. Elements with different names may be in any
/// order. If `any_order` is true, map entries may be too: elements with the same name that each
/// have exactly two children.
pub(crate) fn differences(expected: &str, found: &str, any_order: bool) -> Vec<String> {
    let expected = match parse(expected) {
        Ok(expected) => expected.canonical(any_order),
        Err(reason) => return vec![format!("body: the expected XML is wrong: {reason}")],
    };
    match parse(found).map(|found| found.canonical(any_order)) {
        Ok(found) if found == expected => Vec::new(),
        Ok(found) => {
            let (expected, found) = (clipped(&expected), clipped(&found));
            vec![format!("body: expected {expected}, found {found}")]
        }
        Err(reason) => vec![format!("body: expected XML, found {}: {reason}", clipped(found))],
    }
}

/// Parses a document. Returns an unnamed element that contains the root.
fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(Element::of(&start)?),
            Event::Empty(start) => close(&mut open, Element::of(&start)?),
            Event::End(_) => {
                let element = open.pop().unwrap_or_default();
                close(&mut open, element);
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::CData(text) => push_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|error| error.to_string())?;
                let name = entity.xml10_content();
                let text = character.map(String::from);
                let text = text.or_else(|| predefined(&name).map(str::to_owned));
                push_text(&mut open, &text.ok_or_else(|| format!("the entity &{name};"))?);
            }
            Event::DocType(_) => return Err("a document type".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match open.pop() {
        Some(document) if open.is_empty() => Ok(document),
        _ => Err("an element is not closed".to_owned()),
    }
}

fn close(open: &mut [Element], element: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(element);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "apos" => "'",
        "gt" => ">",
        "lt" => "<",
        "quot" => "\"",
        _ => return None,
    })
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?.into_owned();
            attributes.push((attribute.key.into_inner().to_owned(), value));
        }
        attributes.sort();
        let name = start.name().into_inner().to_owned();
        Ok(Self { name, attributes, ..Self::default() })
    }

    /// Returns a text that is equal for equal elements. White space between elements is omitted.
    fn canonical(&self, any_order: bool) -> String {
        let mut children: Vec<_> = self.children.iter().collect();
        children.sort_by_key(|child| &child.name);
        let text = match children.is_empty() {
            true => self.text.as_str(),
            false => self.text.trim(),
        };
        let same_name = children.chunk_by(|a, b| a.name == b.name);
        let children: String = same_name
            .flat_map(|elements| {
                let are_entries = elements.iter().all(|element| element.children.len() == 2);
                let mut texts: Vec<_> =
                    elements.iter().map(|element| element.canonical(any_order)).collect();
                if any_order && are_entries {
                    texts.sort();
                }
                texts
            })
            .collect();
        if self.name.is_empty() {
            return children + text;
        }
        let attributes = self.attributes.iter();
        let attributes: String =
            attributes.map(|(name, value)| format!(" {name}={value:?}")).collect();
        format!("<{}{attributes}>{children}{text}</{}>", self.name, self.name)
    }
}
