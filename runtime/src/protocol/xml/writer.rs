//! Writes elements, attributes and text.

use std::fmt::Display;

use serde_core::ser::Error;

use crate::format::error::FormatError;

/// Marks an element without a value (XML Schema 1.0, part 1, section 2.6.2).
const NIL: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"";

/// The text of a document while it is written.
#[derive(Debug, Default)]
pub(crate) struct Document {
    text: String,
}

/// The position at which the attributes of an open element end.
#[derive(Debug, Clone, Copy)]
pub(super) struct StartTag(usize);

impl Document {
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Writes an element with the content that `write` adds.
    pub(crate) fn element(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut Self) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        self.begin(name);
        write(self)?;
        self.end(name);
        Ok(())
    }

    /// Writes an element that contains text.
    pub(crate) fn text_element(
        &mut self,
        name: &str,
        text: impl Display,
    ) -> Result<(), FormatError> {
        let text = escaped(&text.to_string())?;
        self.element(name, |document| {
            document.text.push_str(&text);
            Ok(())
        })
    }

    /// Writes an element without a value.
    pub(super) fn nil_element(&mut self, name: &str) {
        self.text.extend(["<", name, NIL, "/>"]);
    }

    pub(super) fn begin(&mut self, name: &str) -> StartTag {
        self.text.extend(["<", name, ">"]);
        StartTag(self.text.len() - 1)
    }

    pub(super) fn end(&mut self, name: &str) {
        self.text.extend(["</", name, ">"]);
    }

    /// Adds an attribute to an element whose content may have begun.
    pub(super) fn attribute(
        &mut self,
        tag: &mut StartTag,
        name: &str,
        value: impl Display,
    ) -> Result<(), FormatError> {
        let attribute = format!(" {name}=\"{}\"", escaped(&value.to_string())?);
        self.text.insert_str(tag.0, &attribute);
        tag.0 += attribute.len();
        Ok(())
    }
}

/// Escapes text for content and attributes. Line breaks and tabs are escaped too, because parsers
/// normalize them.
fn escaped(text: &str) -> Result<String, FormatError> {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            // XML 1.0, section 2.2.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                let code = u32::from(character);
                return Err(FormatError::custom(format_args!(
                    "XML cannot contain the character U+{code:04X}"
                )));
            }
            _ => escaped.push(character),
        }
    }
    Ok(escaped)
}
