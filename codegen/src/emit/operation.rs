//! Emits an operation: request, response, errors, and the implementation that connects them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::ServiceIndex;
use crate::emit::service::endpoint;
use crate::emit::service::pages::emit_pages;
use crate::emit::service::signature::Signature;
use crate::emit::service::waiter::emit_waiters;
use crate::emit::shapes::structure::emit_struct;
use crate::emit::shapes::structure::imports;
use crate::emit::shapes::wire::TableRole;
use crate::emit::values::ty::Needs;
use crate::emit::values::ty::TypeScope;
use crate::{
    ir::{ErrorVariant, HostPrefix, Operation, OperationError, Presence, Retry, Struct},
    rust_file::{Item, Table, TableKeys},
};

/// The file of an operation.
pub(super) fn emit_operation<'s>(operation: &'s Operation, index: &'s ServiceIndex<'s>) -> Content {
    let page = |shape: &'s Struct| Page { index, owner: &shape.wire, kind: PageKind::Operation };
    let structs = std::iter::once(&operation.request).chain(&operation.response);
    let exceptions = !operation.error.variants.is_empty();
    let mut needs =
        Needs { exceptions, waiters: !operation.waiters.is_empty(), ..Needs::of(structs) };
    if let Some(pages) = &operation.pages {
        needs.add(&pages.ty);
        pages.items.iter().for_each(|items| needs.add(&items.ty));
    }
    let mut items = imports(needs, TypeScope::Elsewhere);
    let sentence = || format!("The request of {}.", method_link(operation));
    items.extend(emit_struct(
        &operation.request,
        &page(&operation.request),
        TableRole::Request,
        sentence,
    ));
    if let Some(response) = &operation.response {
        let sentence = || format!("The response of {}.", method_link(operation));
        items.extend(emit_struct(response, &page(response), TableRole::Plain, sentence));
    }
    items.push(binding(operation).into());
    if let (Some(pages), Some(response)) = (&operation.pages, &operation.response) {
        items.extend(emit_pages(pages, &operation.request, response).into_iter().map(Item::from));
    }
    items.extend(emit_waiters(operation).map(Item::from));
    items.extend(error(operation, &operation.error));
    let parts = match operation.response {
        Some(_) => "request, response and errors",
        None => "request and errors",
    };
    (vec![format!("The operation `{}`: {parts}.", operation.name)], items)
}

fn binding(operation: &Operation) -> TokenStream {
    let (request, name) = (&operation.request.name, &operation.name);
    let Signature { output, error, .. } = Signature::of(operation);
    let context = (!operation.endpoint_context.is_empty()).then(|| {
        let context = endpoint::context(&operation.endpoint_context);
        quote! {
            fn endpoint_context(&self) -> longshore_runtime::EndpointContext<'_> {
                #context
            }
        }
    });
    let token = operation.request.fields.iter().find(|field| field.presence == Presence::Filled);
    let token = token.map(|field| {
        let name = &field.name;
        quote! {
            fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
                self.#name.is_none().then(|| self.clone().#name(token()))
            }
        }
    });
    let facts = facts(operation);
    let labels = operation.host_prefix.as_ref().and_then(host_labels);
    quote! {
        impl longshore_runtime::Operation for #request {
            const NAME: &'static str = #name;
            const SERVICE: &'static longshore_runtime::Service = &super::super::SERVICE;
            #facts
            type Output = #output;
            type Error = #error;
            #labels
            #context
            #token
        }
    }
}

/// Emits how requests are sent, if it differs from the defaults.
fn facts(operation: &Operation) -> TokenStream {
    let prefix = operation.host_prefix.as_ref().map(|HostPrefix { template, .. }| {
        quote!(const HOST_PREFIX: Option<&'static str> = Some(#template);)
    });
    let signed = (!operation.signed).then(|| {
        quote!(
            const SIGNED: bool = false;
        )
    });
    let secret_output = operation.secret_output.then(|| {
        quote!(
            const SECRET_OUTPUT: bool = true;
        )
    });
    let compression = operation.compression.then(|| {
        quote! {
            const COMPRESSION: Option<longshore_runtime::Compression> =
                longshore_runtime::compression!(Gzip);
        }
    });
    quote!(#prefix #signed #secret_output #compression)
}

/// Emits the members that are part of the host; empty if there are none.
fn host_labels(prefix: &HostPrefix) -> Option<TokenStream> {
    let labels =
        prefix.labels.iter().map(|(name, field)| quote!(#name => Some(self.#field.as_str())));
    (!prefix.labels.is_empty()).then(|| {
        quote! {
            fn host_label(&self, name: &str) -> Option<&str> {
                match name {
                    #(#labels,)*
                    _ => None,
                }
            }
        }
    })
}

fn error(operation: &Operation, error: &OperationError) -> Vec<Item> {
    let (name, unmodelled) = (&error.name, &error.unmodelled);
    let about = format!("The errors of {}.", method_link(operation));
    let about = docs::comment(&[about]);
    let variants = error.variants.iter().map(|variant| {
        // The conditions of the error are documented with the client's method and with the
        // exception.
        let docs = docs::comment(&[format!("The service returned `{}`.", variant.code)]);
        let (name, exception) = (&variant.name, &variant.exception);
        quote!(#docs #name(exception::#exception))
    });
    let codes = error.variants.iter().map(code);
    let definition = quote! {
        #about
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other error response.
            #unmodelled(longshore_runtime::Unmodelled),
        }
    };
    let codes = Table {
        name: "operation_error",
        arguments: vec![quote!(#name), quote!(#unmodelled)],
        keys: TableKeys::Names,
        rows: codes.collect(),
    };
    vec![definition.into(), Item::Table(codes)]
}

/// Returns the row of an exception: its codes, its variant, and whether it is retried or sensitive.
fn code(variant: &ErrorVariant) -> (Vec<String>, TokenStream) {
    let name = &variant.name;
    let retry = variant.retry.map(|retry| match retry {
        Retry::Retryable => quote!((retryable)),
        Retry::Throttling => quote!((throttling)),
    });
    let secret = variant.secret.then(|| quote!(where (secret)));
    let codes = std::iter::once(&variant.code).chain(&variant.aliases).cloned().collect();
    (codes, quote!(#name #retry #secret))
}

/// A link to the client's method.
fn method_link(operation: &Operation) -> String {
    // Rustdoc finds a method with a raw name by the name without `r#`.
    format!("[`{}`](super::super::Client::{})", operation.name, operation.method.as_str())
}
