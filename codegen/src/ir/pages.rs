//! Defines the pagination of an operation.

use super::Type;
use crate::names::Ident;

/// How an operation is paginated.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The client's method, `list_images_pages`.
    pub method: Ident,
    /// The optional field of the request that contains the token.
    pub token: Ident,
    /// The token's type.
    pub ty: Type,
    /// The path of the next token in the response.
    pub next: Vec<PathStep>,
    /// The items of a page, if the model states them.
    pub items: Option<Items>,
    /// The field of the request for the page size, if there is one.
    pub size: Option<Ident>,
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
