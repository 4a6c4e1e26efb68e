//! Emits an operation: request, response, errors, and the implementation that connects them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::content::Content;
use crate::emit::docs::operation_links::OperationLinks;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::ServiceIndex;
use crate::emit::service::endpoint;
use crate::emit::service::pages::emit_pages;
use crate::emit::service::signature::Signature;
use crate::emit::service::waiter::emit_waiters;
use crate::emit::shapes::error_enum::emit_operation_error;
use crate::emit::shapes::structure::emit_struct;
use crate::emit::shapes::structure::imports;
use crate::emit::shapes::wire::TableRole;
use crate::emit::values::ty::Needs;
use crate::emit::values::ty::TypeScope;
use crate::{
    ir::{HostLabel, HostPrefix, Http, Operation, Presence},
    rust_file::Item,
};

/// The file of an operation.
pub(super) fn emit_operation<'s>(operation: &'s Operation, index: &'s ServiceIndex<'s>) -> Content {
    let page = |owner: &'s str| Page { index, owner, kind: PageKind::Operation };
    let structs = std::iter::once(&operation.request).chain(&operation.response);
    let exceptions = !operation.error.variants.is_empty();
    let mut needs =
        Needs { exceptions, waiters: !operation.waiters.is_empty(), ..Needs::of(structs) };
    if let Some(pages) = &operation.pages {
        pages.tokens.all().iter().for_each(|token| needs.add(&token.ty));
        pages.items.iter().for_each(|items| needs.add(&items.ty));
    }
    let mut items = imports(needs, TypeScope::Elsewhere);
    let links = OperationLinks::of(operation);
    let request = &operation.request;
    let home = page(&request.wire);
    let about = home.docs_and(&request.docs, links.request());
    items.extend(emit_struct(request, &home, TableRole::Request, &about));
    if let Some(response) = &operation.response {
        let home = page(&response.wire);
        let about = home.docs_and(&response.docs, links.response());
        items.extend(emit_struct(response, &home, TableRole::Plain, &about));
    }
    items.push(binding(operation).into());
    if let (Some(pages), Some(response)) = (&operation.pages, &operation.response) {
        items.extend(emit_pages(pages, &operation.request, response).into_iter().map(Item::from));
    }
    items.extend(emit_waiters(operation).map(Item::from));
    let service = &index.service().error.name;
    let service = quote!(super::super::#service);
    let about = [links.error()];
    items.extend(emit_operation_error(&operation.error, service, &about, &page("")));
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
            #[inline]
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
    let protocol = operation.http.as_ref().map(rest_json).or_else(|| aws_query(operation));
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
            #protocol
        }
    }
}

/// Emits how an operation of awsQuery is encoded and decoded.
fn aws_query(operation: &Operation) -> Option<TokenStream> {
    let wrapper = operation.result_wrapper.as_ref()?;
    let has_members = operation.response.as_ref().is_some_and(|output| !output.fields.is_empty());
    let empty = (!has_members).then(|| quote!(, empty));
    Some(quote!(longshore_runtime::aws_query!(#wrapper #empty);))
}

/// Emits how an operation of restJson1 is encoded and decoded.
fn rest_json(http: &Http) -> TokenStream {
    let (method, uri) = (format_ident!("{}", http.method), &http.uri);
    let request = http.request_body.then(|| quote!(, request));
    let response = http.response_body.then(|| quote!(, response));
    quote!(longshore_runtime::rest_json!(#method #uri #request #response);)
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
    let checksum = operation.content_md5.then(|| {
        quote! {
            const CHECKSUM: Option<longshore_runtime::Checksum> =
                longshore_runtime::checksum!(ContentMd5);
        }
    });
    quote!(#prefix #signed #secret_output #compression #checksum)
}

/// Emits the members that are part of the host; empty if there are none.
fn host_labels(prefix: &HostPrefix) -> Option<TokenStream> {
    let labels = prefix.labels.iter().map(|HostLabel { name, field, is_option }| match is_option {
        true => quote!(#name => self.#field.as_ref().map(AsRef::<str>::as_ref)),
        false => quote!(#name => Some(self.#field.as_str())),
    });
    (!prefix.labels.is_empty()).then(|| {
        quote! {
            #[inline]
            fn host_label(&self, name: &str) -> Option<&str> {
                match name {
                    #(#labels,)*
                    _ => None,
                }
            }
        }
    })
}
