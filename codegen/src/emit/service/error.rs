//! Emits the error type that all operations of a service convert to.

use quote::quote;

use crate::docs::text;
use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::docs::page::{Page, PageKind};
use crate::emit::index::ServiceIndex;
use crate::emit::shapes::error_enum::emit_service_error;
use crate::rust_file::Item;

/// `error.rs`
pub(in crate::emit) fn emit_error<'s>(index: &'s ServiceIndex<'s>) -> Content {
    let (error, title) = (&index.service().error, text(&index.service().title));
    let name = &error.name;
    let imports = (!error.variants.is_empty()).then(|| {
        quote!(
            use super::exception;
        )
        .into()
    });
    let about = docs::comment(&[
        format!("A failed call of any operation of {title}."),
        format!(
            "`?` converts the [`Error`](longshore_runtime::Error) of each operation to this type, so \
             a function that calls several operations can return it. It has the methods of that \
             error; [`service`](longshore_runtime::Error::service) returns the exception as [`{}`].",
            name.as_str()
        ),
    ]);
    let alias = quote! {
        #about
        pub type Error = longshore_runtime::ServiceError<#name>;
    };
    let page = Page { index, owner: "", kind: PageKind::Error };
    let exceptions = format!("The exceptions of all operations of {title}; see [`Error`].");
    let items: Vec<Item> = imports
        .into_iter()
        .chain([alias.into()])
        .chain(emit_service_error(error, &[exceptions], &page))
        .collect();
    (vec!["The error type that the errors of all operations convert to.".to_owned()], items)
}
