//! Defines shape ids and identifiers.

use std::fmt;

/// An absolute shape id: `namespace#Shape`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// Parses an absolute shape id; `None` if `text` does not have the form `namespace#Name`, with
    /// dot-separated Smithy identifiers as the namespace.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, name) = text.split_once('#')?;
        let sound = namespace.split('.').all(is_identifier) && is_identifier(name);
        sound.then(|| Self(text.to_owned()))
    }

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

/// Returns true if `text` is a Smithy identifier: letters, digits and underscores, with at least
/// one letter or digit, and not starting with a digit (Smithy specification, "Identifier ABNF").
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text.chars().any(|c| c.is_ascii_alphanumeric())
}
