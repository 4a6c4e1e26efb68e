//! Emits the implementations that paginate an operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::values::ty::TypeScope;
use crate::{
    ir::{Items, PageToken, PageTokens, Pages, PathStep, Struct, Type},
    names::Ident,
};

/// Returns the implementation of `Paginated`, or of `PageTokens` if there are several tokens, and
/// that of `PaginatedItems` if the model names the items.
pub(in crate::emit) fn emit_pages(
    pages: &Pages,
    request: &Struct,
    response: &Struct,
) -> Vec<TokenStream> {
    let (request, response) = (&request.name, &response.name);
    let end = pages.more_results.as_deref().map(end_without_more_results);
    let mut bindings = vec![match &pages.tokens {
        PageTokens::One(token) => one_token(token, end, request, response),
        PageTokens::Several(tokens) => several_tokens(tokens, end, request, response),
    }];
    bindings.extend(pages.items.as_ref().map(|items| {
        let (ty, body) = (TypeScope::Elsewhere.ty(&items.ty), body(items));
        quote! {
            impl longshore_runtime::PaginatedItems for #request {
                type Items = #ty;
                #[inline]
                fn items(output: #response) -> #ty {
                    #body
                }
            }
        }
    }));
    bindings
}

/// Emits the statement that ends the pages unless the boolean at `path` in the response is true.
fn end_without_more_results(path: &[PathStep]) -> TokenStream {
    let is_last = match PathEnd::of(path) {
        PathEnd::Value(more) => quote!(!#more),
        PathEnd::Option(more) => quote!(#more.is_none_or(|more| !more)),
    };
    quote! {
        if #is_last {
            return None;
        }
    }
}

fn one_token(
    token: &PageToken,
    end: Option<TokenStream>,
    request: &Ident,
    response: &Ident,
) -> TokenStream {
    let (field, ty, next) = (&token.field, TypeScope::Elsewhere.ty(&token.ty), next(token));
    quote! {
        impl longshore_runtime::Paginated for #request {
            type Token = #ty;
            #[inline]
            fn token(&self) -> Option<&#ty> {
                self.#field.as_ref()
            }
            #[inline]
            fn set_token(&mut self, token: #ty) {
                self.#field = Some(token);
            }
            #[inline]
            fn next_token(output: &#response) -> Option<&#ty> {
                #end
                #next
            }
        }
    }
}

/// Emits the implementation of `PageTokens`. A request without tokens is for the first page, and a
/// response without tokens is the last page.
fn several_tokens(
    tokens: &[PageToken],
    end: Option<TokenStream>,
    request: &Ident,
    response: &Ident,
) -> TokenStream {
    let types = tokens.iter().map(|token| TypeScope::Elsewhere.ty(&token.ty));
    let fields: Vec<_> = tokens.iter().map(|token| &token.field).collect();
    let current = tokens.iter().map(current);
    let none: Vec<_> = tokens.iter().map(|_| quote!(None)).collect();
    let next = tokens.iter().map(|token| {
        let (next, owned) = (next(token), if is_copy(&token.ty) { "copied" } else { "cloned" });
        let owned = format_ident!("{owned}");
        quote!(#next.#owned())
    });
    quote! {
        impl longshore_runtime::PageTokens for #request {
            type Tokens = (#(Option<#types>),*);
            #[inline]
            fn tokens(&self) -> Option<Self::Tokens> {
                let tokens = (#(#current),*);
                (tokens != (#(#none),*)).then_some(tokens)
            }
            #[inline]
            fn set_tokens(&mut self, tokens: Self::Tokens) {
                (#(self.#fields),*) = tokens;
            }
            #[inline]
            fn next_tokens(output: &#response) -> Option<Self::Tokens> {
                #end
                let tokens = (#(#next),*);
                (tokens != (#(#none),*)).then_some(tokens)
            }
        }
    }
}

/// Emits the current value of a token in the request.
fn current(token: &PageToken) -> TokenStream {
    let field = &token.field;
    let clone = (!is_copy(&token.ty)).then(|| quote!(.clone()));
    quote!(self.#field #clone)
}

/// Returns true for the types of tokens that are `Copy`.
fn is_copy(ty: &Type) -> bool {
    matches!(
        ty,
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Timestamp(_) | Type::IntEnum(_)
    )
}

/// Emits the token at the end of its path, as an option of a reference, if it is not empty.
fn next(token: &PageToken) -> TokenStream {
    let found = match PathEnd::of(&token.next) {
        PathEnd::Value(token) => quote!(Some(&#token)),
        PathEnd::Option(token) => token,
    };
    match token.ty {
        Type::String | Type::Blob | Type::List { .. } | Type::Map { .. } => {
            quote!(#found.filter(|token| !token.is_empty()))
        }
        Type::Enum(_) => quote!(#found.filter(|token| !token.as_str().is_empty())),
        _ => found,
    }
}

/// The end of a path in the response.
enum PathEnd {
    /// A value that always exists.
    Value(TokenStream),
    /// An option of a reference.
    Option(TokenStream),
}

impl PathEnd {
    fn of(steps: &[PathStep]) -> Self {
        let start = Self::Value(quote!(output));
        steps.iter().fold(start, |end, PathStep { field, optional }| match (end, optional) {
            (Self::Value(path), false) => Self::Value(quote!(#path.#field)),
            (Self::Value(path), true) => Self::Option(quote!(#path.#field.as_ref())),
            (Self::Option(found), false) => Self::Option(quote!(#found.map(|found| &found.#field))),
            (Self::Option(found), true) => {
                Self::Option(quote!(#found.and_then(|found| found.#field.as_ref())))
            }
        })
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
