//! Parses a document into a tree of elements, with limits on its depth and size.

use std::borrow::Cow;

use quick_xml::errors::IllFormedError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use crate::protocol::xml::tree::{Attribute, Element, Tree};

/// The maximum nesting depth of elements.
pub(super) const MAX_DEPTH: usize = 127;

/// The maximum number of elements and attributes. Each takes about 80 bytes of memory.
pub(super) const MAX_SIZE: usize = 1_000_000;

/// Why a text is not a document, and where.
#[derive(Debug)]
pub(super) struct ParseError {
    pub(super) kind: ParseErrorKind,
    pub(super) offset: usize,
    /// The innermost element that is open at the position.
    pub(super) element: Option<Element>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParseErrorKind {
    NotXml,
    TooShort,
    TooDeep,
    TooManyElements,
    DocumentType,
    UnknownEntity,
}

/// Parses a text. If it is not a document, the tree contains the elements before the error.
pub(super) fn parse(text: &str) -> (Tree<'_>, Result<(), ParseError>) {
    let mut parser =
        Parser { text, reader: Reader::from_str(text), tree: Tree::default(), open: Vec::new() };
    let result = parser.run().map_err(|kind| ParseError {
        kind,
        offset: usize::try_from(parser.reader.error_position())
            .unwrap_or(usize::MAX)
            .max(parser.position())
            .min(text.len()),
        element: parser.open.last().copied(),
    });
    (parser.tree, result)
}

struct Parser<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    tree: Tree<'a>,
    /// The elements that have started but not ended.
    open: Vec<Element>,
}

impl<'a> Parser<'a> {
    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn run(&mut self) -> Result<(), ParseErrorKind> {
        loop {
            let position = self.position();
            match self.reader.read_event().map_err(|error| self.error_kind(&error))? {
                Event::Start(start) => {
                    let element = self.begin(position, &start)?;
                    self.open.push(element);
                }
                Event::Empty(start) => drop(self.begin(position, &start)?),
                Event::End(_) => drop(self.open.pop()),
                Event::Text(text) => self.push_text(text.xml10_content())?,
                Event::CData(text) => self.push_text(text.xml10_content())?,
                Event::GeneralRef(entity) => self.push_text(resolve(&entity)?)?,
                Event::DocType(_) => return Err(ParseErrorKind::DocumentType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => return self.end(),
            }
        }
    }

    /// Adds an element whose start tag is at `position`.
    fn begin(
        &mut self,
        position: usize,
        start: &BytesStart<'a>,
    ) -> Result<Element, ParseErrorKind> {
        let parent = self.open.last().copied();
        if parent.is_none() && self.tree.root().is_some() {
            return Err(ParseErrorKind::NotXml);
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(ParseErrorKind::TooDeep);
        }
        let name = self.name_at(position, start).ok_or(ParseErrorKind::NotXml)?;
        let element = self.tree.push(name, position, parent);
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| ParseErrorKind::NotXml)?;
            if attribute.key.as_namespace_binding().is_none() {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                let value = value.map_err(|_| ParseErrorKind::UnknownEntity)?.into_owned();
                let name = attribute.key.into_inner().to_owned();
                self.tree.push_attribute(Attribute { name, value });
            }
            self.check_size()?;
        }
        self.check_size()?;
        Ok(element)
    }

    fn check_size(&self) -> Result<(), ParseErrorKind> {
        if self.tree.size() > MAX_SIZE { Err(ParseErrorKind::TooManyElements) } else { Ok(()) }
    }

    /// Returns the local name of the tag at `position`, borrowed from the text.
    fn name_at(&self, position: usize, start: &BytesStart<'_>) -> Option<&'a str> {
        let tag = self.text.get(position..)?.strip_prefix('<')?;
        let name = tag.get(..start.name().into_inner().len())?;
        Some(name.rsplit(':').next().unwrap_or(name)).filter(|name| !name.is_empty())
    }

    /// Adds text to the current element. Outside the root, only whitespace is allowed.
    fn push_text(&mut self, text: Cow<'a, str>) -> Result<(), ParseErrorKind> {
        match self.open.last() {
            Some(element) => self.tree.push_text(*element, text),
            None if text.trim().is_empty() => {}
            None => return Err(ParseErrorKind::NotXml),
        }
        Ok(())
    }

    fn error_kind(&self, error: &Error) -> ParseErrorKind {
        match error {
            Error::IllFormed(IllFormedError::UnclosedReference) if self.is_last_piece() => {
                ParseErrorKind::TooShort
            }
            _ => error_kind(error),
        }
    }

    /// Returns true if no tag follows the position of an error.
    fn is_last_piece(&self) -> bool {
        let start = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX);
        self.text.get(start..).is_some_and(|rest| !rest.contains('<'))
    }

    fn end(&self) -> Result<(), ParseErrorKind> {
        match self.tree.root() {
            Some(_) if self.open.is_empty() => Ok(()),
            _ => Err(ParseErrorKind::TooShort),
        }
    }
}

/// Resolves a numeric character reference or one of the five predefined entities.
fn resolve<'a>(entity: &BytesRef<'_>) -> Result<Cow<'a, str>, ParseErrorKind> {
    match entity.resolve_char_ref() {
        Ok(Some(character)) => return Ok(character.to_string().into()),
        Ok(None) => {}
        Err(_) => return Err(ParseErrorKind::UnknownEntity),
    }
    Ok(Cow::Borrowed(match &*entity.xml10_content() {
        "amp" => "&",
        "apos" => "'",
        "gt" => ">",
        "lt" => "<",
        "quot" => "\"",
        _ => return Err(ParseErrorKind::UnknownEntity),
    }))
}

fn error_kind(error: &Error) -> ParseErrorKind {
    use quick_xml::errors::SyntaxError::*;
    match error {
        Error::Syntax(
            UnclosedPI
            | UnclosedXmlDecl
            | UnclosedComment
            | UnclosedDoctype
            | UnclosedCData
            | UnclosedTag
            | UnclosedSingleQuotedAttributeValue
            | UnclosedDoubleQuotedAttributeValue,
        ) => ParseErrorKind::TooShort,
        _ => ParseErrorKind::NotXml,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names, texts and attributes of all elements, in order.
    fn outline(tree: &Tree<'_>) -> String {
        let Some(root) = tree.root() else { return String::new() };
        describe(tree, root)
    }

    fn describe(tree: &Tree<'_>, element: Element) -> String {
        let attributes = tree.attributes(element).iter();
        let attributes: String = attributes.map(|a| format!(" {}={}", a.name, a.value)).collect();
        let children: Vec<_> = tree.children(element).map(|child| describe(tree, child)).collect();
        format!("{}{attributes}[{}{}]", tree.name(element), tree.text(element), children.join(","))
    }

    fn kind(text: &str) -> Option<ParseErrorKind> {
        parse(text).1.err().map(|error| error.kind)
    }

    #[test]
    fn documents_are_parsed() {
        let table = [
            ("<a/>", "a[]"),
            ("<?xml version='1.0'?>\n<a>x<!-- y -->z</a>\n<!-- end -->", "a[xz]"),
            ("<a><b>1</b><c/><b>2</b></a>", "a[b[1],c[],b[2]]"),
            (
                "<a><![CDATA[<x>&amp;]]>&lt;&#x41;&#66;&gt;&amp;&quot;&apos;</a>",
                "a[<x>&amp;<AB>&\"']",
            ),
            (
                "<n:a xmlns:n='u' xmlns='v' n:x='1' y=\"&lt;2\"><n:b z='3'/></n:a>",
                "a n:x=1 y=<2[b z=3[]]",
            ),
            ("<a> <b> x </b> </a>", "a[  b[ x ]]"),
            ("<a>x\r\ny</a>", "a[x\ny]"),
            ("<a><?target data?>x</a>", "a[x]"),
        ];
        for (text, expected) in table {
            let (tree, result) = parse(text);
            assert!(result.is_ok(), "{text} {result:?}");
            assert_eq!(outline(&tree), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_rejected() {
        use ParseErrorKind::*;
        let table = [
            ("", TooShort),
            (" ", TooShort),
            ("<a", TooShort),
            ("<a>", TooShort),
            ("<a><b></b>", TooShort),
            ("<a><!-- ", TooShort),
            ("<a><![CDATA[", TooShort),
            ("<a b='", TooShort),
            ("<a>&am", TooShort),
            ("<a>&am</a>", NotXml),
            ("404 page not found", NotXml),
            ("{\"a\": 1}", NotXml),
            ("<a></b>", NotXml),
            ("</a>", NotXml),
            ("<a/><b/>", NotXml),
            ("<a/>x", NotXml),
            ("<>x</>", NotXml),
            ("<a b></a>", NotXml),
            ("<a><!x></a>", NotXml),
            ("<a>&nbsp;</a>", UnknownEntity),
            ("<a>&#0;</a>", UnknownEntity),
            ("<a>&#xD800;</a>", UnknownEntity),
            ("<a b='&x;'/>", UnknownEntity),
            ("<!DOCTYPE a><a/>", DocumentType),
            ("<!DOCTYPE a [<!ENTITY b \"x\">]><a>&b;</a>", DocumentType),
        ];
        for (text, expected) in table {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
        assert_eq!(kind(&nested(MAX_DEPTH)), None);
        assert_eq!(kind(&nested(MAX_DEPTH + 1)), Some(ParseErrorKind::TooDeep));
        assert_eq!(kind(&"<a>".repeat(1_000_000)), Some(ParseErrorKind::TooDeep));
    }

    #[test]
    fn size_is_limited() {
        let elements = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count));
        assert_eq!(kind(&elements(MAX_SIZE - 1)), None);
        assert_eq!(kind(&elements(MAX_SIZE)), Some(ParseErrorKind::TooManyElements));
        let attributes = format!("<a {}/>", "b='1' ".repeat(MAX_SIZE));
        assert_eq!(kind(&attributes), Some(ParseErrorKind::TooManyElements));
    }

    #[test]
    fn huge_attributes_and_texts_are_read() {
        let long = "x".repeat(1_000_000);
        let text = format!("<a b='{long}'>{long}</a>");
        let (tree, result) = parse(&text);
        assert!(result.is_ok());
        let root = tree.root().expect("a root");
        assert_eq!(tree.attributes(root)[0].value.len(), long.len());
        assert!(matches!(tree.text(root), text if text == long));
    }

    #[test]
    fn elements_before_an_error_are_kept() {
        let (tree, result) = parse("<a><b>1</b><c>2");
        assert!(result.is_err());
        assert_eq!(outline(&tree), "a[b[1],c[2]]");
    }
}
