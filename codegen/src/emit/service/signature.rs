//! Emits the types in the signature of a client's method.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{ir::Operation, names::Ident};

/// The parameter and the result of the methods of an operation.
pub(in crate::emit) struct Signature<'o> {
    /// The type of the response.
    pub(in crate::emit) output: TokenStream,
    /// The error enum.
    pub(in crate::emit) error: &'o Ident,
    /// The request; `None` if the operation takes none.
    pub(in crate::emit) parameter: Option<TokenStream>,
    /// A reference to the request.
    pub(in crate::emit) argument: TokenStream,
}

impl<'o> Signature<'o> {
    pub(in crate::emit) fn of(operation: &'o Operation) -> Self {
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
