//! Emits the error enum of an operation or of a service: a variant for each exception, and one for
//! all other error responses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::comment as docs;
use crate::emit::docs::page::Page;
use crate::ir::{ErrorEnum, ErrorVariant, Retry};
use crate::rust_file::{Item, Row, Table, TableKeys};

/// The error enum of an operation, with the conversion to that of its service, which has the path
/// `service`.
pub(in crate::emit) fn emit_operation_error(
    error: &ErrorEnum,
    service: TokenStream,
    about: &[String],
    page: &Page<'_>,
) -> [Item; 2] {
    let (name, unmodeled) = (&error.name, &error.unmodeled);
    let table = Table {
        name: "operation_error",
        arguments: vec![quote!(#name), quote!(#unmodeled), service],
        keys: TableKeys::Names,
        rows: error.variants.iter().map(|variant| operation_row(variant).into()).collect(),
    };
    [definition(error, about, page).into(), Item::Table(table)]
}

/// The error enum of a service.
pub(in crate::emit) fn emit_service_error(
    error: &ErrorEnum,
    about: &[String],
    page: &Page<'_>,
) -> [Item; 2] {
    let (name, unmodeled) = (&error.name, &error.unmodeled);
    let rows = error.variants.iter().map(|variant| (vec![variant.code.clone()], target(variant)));
    let table = Table {
        name: "service_error",
        arguments: vec![quote!(#name), quote!(#unmodeled)],
        keys: TableKeys::Names,
        rows: rows.map(Row::from).collect(),
    };
    [definition(error, about, page).into(), Item::Table(table)]
}

fn definition(error: &ErrorEnum, about: &[String], page: &Page<'_>) -> TokenStream {
    let ErrorEnum { name, variants, unmodeled } = error;
    let about = docs::comment(about);
    let variants = variants.iter().map(|variant| {
        let docs = docs::comment(&[variant_docs(variant, page)]);
        let variant = target(variant);
        quote!(#docs #variant)
    });
    quote! {
        #about
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other error response.
            #unmodeled(longshore_runtime::Unmodeled),
        }
    }
}

/// Returns the first sentence of the exception's documentation.
fn variant_docs(variant: &ErrorVariant, page: &Page<'_>) -> String {
    match variant.summary.as_str() {
        "" => format!("The service returned `{}`.", variant.code),
        summary => page.linked(summary),
    }
}

/// A variant with the exception that it holds.
fn target(ErrorVariant { name, exception, .. }: &ErrorVariant) -> TokenStream {
    quote!(#name(exception::#exception))
}

/// Returns the row of an exception: its codes, its variant, and whether it is retried or sensitive.
fn operation_row(variant: &ErrorVariant) -> (Vec<String>, TokenStream) {
    let target = target(variant);
    let retry = variant.retry.map(|retry| match retry {
        Retry::Retryable => quote!((retryable)),
        Retry::Throttling => quote!((throttling)),
    });
    let secret = variant.secret.then(|| quote!(where (secret)));
    let codes = std::iter::once(&variant.code).chain(&variant.aliases).cloned().collect();
    (codes, quote!(#target #retry #secret))
}
