//! Defines shape ids and identifiers.

use std::{fmt, str::FromStr};

/// An absolute shape id: `namespace#Shape`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// The id of a shape of the prelude, `smithy.api#name`.
    #[must_use]
    pub fn prelude(name: &str) -> Self {
        Self(format!("smithy.api#{name}"))
    }

    /// The part before the `#`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }

    /// The part after the `#`: the shape's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(_, name)| name)
    }

    /// Returns true for `smithy.api#Unit`, the structure without members that represents the
    /// absence of content.
    #[must_use]
    pub fn is_unit(&self) -> bool {
        self.0 == "smithy.api#Unit"
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads an absolute shape id. The namespace consists of identifiers separated by dots.
impl FromStr for ShapeId {
    type Err = ParseShapeIdError;

    fn from_str(text: &str) -> Result<Self, ParseShapeIdError> {
        let is_id = text.split_once('#').is_some_and(|(namespace, name)| {
            namespace.split('.').all(is_identifier) && is_identifier(name)
        });
        if is_id { Ok(Self(text.to_owned())) } else { Err(ParseShapeIdError(text.to_owned())) }
    }
}

impl AsRef<str> for ShapeId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<ShapeId> for String {
    fn from(id: ShapeId) -> Self {
        id.0
    }
}

/// The error of parsing a [`ShapeId`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseShapeIdError(String);

impl fmt::Display for ParseShapeIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a shape id. Use `namespace#Name`, with letters, digits and `_`.",
            self.0
        )
    }
}

impl std::error::Error for ParseShapeIdError {}

/// Returns true if `text` is a Smithy identifier: letters, digits and underscores, with at least
/// one letter or digit, and not starting with a digit (Smithy specification, "Identifier ABNF").
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text.chars().any(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_id_is_read_and_printed() {
        for text in ["a#B", "com.amazonaws.ecr#Image", "_a.b1#_B_2"] {
            let id: ShapeId = text.parse().unwrap();
            assert_eq!((id.to_string(), id.as_ref()), (text.to_owned(), text));
            assert_eq!(String::from(id), text);
        }
        for text in ["", "a", "#", "a#", "#B", "a#B#C", "a..b#C", "1a#B", "a#B$c", "a b#C", "é#B"]
        {
            let error = text.parse::<ShapeId>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{text}` is not a shape id. Use ")), "{error}");
        }
    }
}
