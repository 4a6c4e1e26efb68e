//! Emits the implementations that paginate an operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::values::ty::TypeScope;
use crate::ir::{Items, Pages, PathStep, Struct, Type};

/// Returns the implementations of `Paginated` and, if the model names the items, `PaginatedItems`.
pub(in crate::emit) fn emit_pages(
    pages: &Pages,
    request: &Struct,
    response: &Struct,
) -> Vec<TokenStream> {
    let (request, response) = (&request.name, &response.name);
    let (field, ty, next) = (&pages.token, TypeScope::Elsewhere.ty(&pages.ty), next(pages));
    let mut bindings = vec![quote! {
        impl longshore_runtime::Paginated for #request {
            type Token = #ty;
            fn token(&self) -> Option<&#ty> {
                self.#field.as_ref()
            }
            fn set_token(&mut self, token: #ty) {
                self.#field = Some(token);
            }
            fn next_token(output: &#response) -> Option<&#ty> {
                #next
            }
        }
    }];
    bindings.extend(pages.items.as_ref().map(|items| {
        let (ty, body) = (TypeScope::Elsewhere.ty(&items.ty), body(items));
        quote! {
            impl longshore_runtime::PaginatedItems for #request {
                type Items = #ty;
                fn items(output: #response) -> #ty {
                    #body
                }
            }
        }
    }));
    bindings
}

/// Emits the token at the end of its path, as an option of a reference, if it is not empty.
fn next(pages: &Pages) -> TokenStream {
    let mut found: Option<TokenStream> = None;
    let mut path = quote!(output);
    for PathStep { field, optional } in &pages.next {
        found = match (found, optional) {
            (None, false) => {
                path = quote!(#path.#field);
                None
            }
            (None, true) => Some(quote!(#path.#field.as_ref())),
            (Some(found), false) => Some(quote!(#found.map(|found| &found.#field))),
            (Some(found), true) => Some(quote!(#found.and_then(|found| found.#field.as_ref()))),
        };
    }
    let token = found.unwrap_or_else(|| quote!(Some(&#path)));
    match pages.ty {
        Type::String | Type::Blob | Type::List { .. } | Type::Map { .. } => {
            quote!(#token.filter(|token| !token.is_empty()))
        }
        Type::Enum(_) => quote!(#token.filter(|token| !token.as_str().is_empty())),
        _ => token,
    }
}

/// Emits the list or map at the end of its path; it is empty if the path does not exist.
fn body(items: &Items) -> TokenStream {
    let Some((last, way)) = items.path.split_last() else { return TokenStream::new() };
    let steps = way.iter().map(|PathStep { field, optional }| match optional {
        false => quote!(let output = output.#field;),
        true => quote! {
            let Some(output) = output.#field else {
                return Default::default();
            };
        },
    });
    let field = &last.field;
    let end = last.optional.then(|| quote!(.unwrap_or_default()));
    quote!(#(#steps)* output.#field #end)
}
