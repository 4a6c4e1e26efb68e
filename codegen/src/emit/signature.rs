//! Emits the types in the signature of a client's method.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{ir::Operation, names::Ident};

/// The parameter and the result of the methods of an operation.
pub(super) struct Signature<'o> {
    /// The type of the response.
    pub(super) output: TokenStream,
    /// The error enum.
    pub(super) error: &'o Ident,
    /// The request; `None` if the operation takes none.
    pub(super) parameter: Option<TokenStream>,
    /// A reference to the request.
    pub(super) argument: TokenStream,
}

impl<'o> Signature<'o> {
    pub(super) fn of(operation: &'o Operation) -> Self {
        let request = &operation.request.name;
        let output = operation.response.as_ref().map(|response| &response.name);
        Self {
            output: output.map_or_else(|| quote!(()), |response| quote!(#response)),
            error: &operation.error.name,
            parameter: operation.takes_input.then(|| quote!(request: &#request)),
            argument: match operation.takes_input {
                true => quote!(request),
                false => quote!(&#request::new()),
            },
        }
    }
}
