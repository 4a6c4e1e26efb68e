//! A legal Rust identifier.

use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use super::keywords;

/// A legal Rust identifier, which only this module can create.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(pub(super) String);

impl Ident {
    /// Returns the name without a raw prefix: `type` for `r#type`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if the name is a keyword, so that it is written `r#type`.
    pub fn is_raw(&self) -> bool {
        keywords::is_keyword(&self.0)
    }

    /// Makes an identifier of ASCII letters, digits and underscores. A text that starts with a
    /// digit or consists of underscores gets a leading `_`; a keyword that cannot be raw gets a
    /// trailing one.
    pub(super) fn legal(mut text: String) -> Self {
        if text.chars().all(|c| c == '_') || text.starts_with(|c: char| c.is_ascii_digit()) {
            text.insert(0, '_');
        }
        if text == "_" || keywords::is_path_keyword(&text) {
            text.push('_');
        }
        Self(text)
    }

    /// Appends a `_` to the name.
    pub(super) fn marked(self) -> Self {
        Self(self.0 + "_")
    }
}

/// Writes the name as in source code: `r#type`.
impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = if self.is_raw() { "r#" } else { "" };
        write!(f, "{prefix}{}", self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let make =
            if self.is_raw() { proc_macro2::Ident::new_raw } else { proc_macro2::Ident::new };
        tokens.append(make(&self.0, Span::call_site()));
    }
}
