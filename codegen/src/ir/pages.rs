//! An operation that answers in pages.

use super::Type;
use crate::names::Ident;

/// How an operation is paged through.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The client's method, `list_images_pages`.
    pub method: Ident,
    /// The request's field that takes a token; it is optional.
    pub token: Ident,
    /// The token's type.
    pub ty: Type,
    /// Where the response has the token of the next page.
    pub next: Vec<PathStep>,
    /// What a page holds, where the model says so.
    pub items: Option<Items>,
    /// The request's field for the size of a page, where there is one.
    pub size: Option<Ident>,
}

/// What a page holds.
#[derive(Clone, Debug)]
pub struct Items {
    /// Where the response has it.
    pub path: Vec<PathStep>,
    /// A list or a map.
    pub ty: Type,
}

/// A field on a way into a structure.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// The field.
    pub field: Ident,
    /// Whether it is an `Option`.
    pub optional: bool,
}
