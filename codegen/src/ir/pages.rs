//! Defines the pagination of an operation.

use super::{Field, Type};
use crate::names::Ident;

/// How an operation is paginated.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The client's method, `list_images_pages`.
    pub method: Ident,
    /// What identifies a page.
    pub tokens: PageTokens,
    /// The path of a boolean in the response, which is true unless the page is the last one. If it
    /// is `None`, only the absence of all tokens marks the last page.
    pub more_results: Option<Vec<PathStep>>,
    /// The items of a page, if the model states them.
    pub items: Option<Items>,
    /// The field of the request for the page size, if there is one.
    pub size: Option<Ident>,
}

/// The tokens of a page.
#[derive(Clone, Debug)]
pub enum PageTokens {
    /// One token.
    One(PageToken),
    /// At least two tokens; a page may have only some of them.
    Several(Vec<PageToken>),
}

impl PageTokens {
    /// All tokens.
    pub fn all(&self) -> &[PageToken] {
        match self {
            Self::One(token) => std::slice::from_ref(token),
            Self::Several(tokens) => tokens,
        }
    }
}

/// A token of a page.
#[derive(Clone, Debug)]
pub struct PageToken {
    /// The optional field of the request that contains the token.
    pub field: Ident,
    /// The token's type.
    pub ty: Type,
    /// The path of the next token in the response.
    pub next: Vec<PathStep>,
}

/// The items of a page.
#[derive(Clone, Debug)]
pub struct Items {
    /// Their path in the response.
    pub path: Vec<PathStep>,
    /// A list or a map.
    pub ty: Type,
}

/// A field in a path into a structure.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// The field.
    pub field: Ident,
    /// Whether it is an `Option`.
    pub optional: bool,
}

impl PathStep {
    /// The step to this field.
    pub fn to(field: &Field) -> Self {
        Self { field: field.name.clone(), optional: field.is_option() }
    }
}
