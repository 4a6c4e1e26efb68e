//! Emits the files that declare modules: that of a service, and those of its three folders.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::topics;
use crate::emit::index::ServiceIndex;
use crate::emit::service::front;
use crate::emit::target::Blocking;
use crate::emit::target::Crate;
use crate::{
    docs::text,
    ir::{Operation, Protocol, Service, Struct},
    names::Ident,
    rust_file::Item,
};

/// `ecr/mod.rs`
pub(in crate::emit) fn emit_service(
    index: &ServiceIndex<'_>,
    blocking: Blocking,
    home: Crate<'_>,
) -> Content {
    let service = index.service;
    let about = front::about(index, home);
    let error = &service.error.name;
    let export = quote! {
        pub use client::Client;
        pub use error::{#error, Error};
    };
    // The model determines the names and sizes of types.
    let mut items: Vec<Item> = vec![
        quote! {
            #![allow(
                clippy::enum_variant_names,
                clippy::large_enum_variant,
                clippy::module_inception,
                clippy::should_implement_trait,
                clippy::too_many_arguments,
                clippy::type_complexity,
                clippy::upper_case_acronyms,
                clippy::wrong_self_convention,
            )]
        }
        .into(),
    ];
    if service.has_deprecations() {
        // Deprecation warnings are for callers; the client itself must refer to deprecated items.
        items.push(quote!(#![allow(deprecated)]).into());
    }
    items.extend([
        declarations(service, blocking).into(),
        export.into(),
        constants(service).into(),
    ]);
    (about, items)
}

/// The modules of a service.
fn declarations(service: &Service, blocking: Blocking) -> TokenStream {
    let mut modules = TokenStream::new();
    modules.extend(match blocking {
        Blocking::Never => quote!(),
        Blocking::ByFeature => quote!(
            #[cfg(feature = "blocking")]
            pub mod blocking;
        ),
        Blocking::Always => quote!(
            pub mod blocking;
        ),
    });
    modules.extend(quote!(
        mod client;
    ));
    if service.endpoint_rules.is_some() {
        modules.extend(quote!(
            mod endpoint;
        ));
    }
    modules.extend(quote!(
        mod error;
    ));
    if !service.types.exceptions.is_empty() {
        modules.extend(quote!(
            pub mod exception;
        ));
    }
    modules.extend(quote!(
        pub mod operation;
    ));
    if !service.types.is_empty() {
        modules.extend(quote!(
            pub mod types;
        ));
    }
    modules
}

fn constants(service: &Service) -> TokenStream {
    let Service { sdk_id, title, version, endpoint_prefix, signing_name, target_prefix, .. } =
        service;
    let protocol = match service.protocol {
        Protocol::AwsJson10 => quote!(longshore_runtime::Protocol::AWS_JSON_1_0),
        Protocol::AwsJson11 => quote!(longshore_runtime::Protocol::AWS_JSON_1_1),
        Protocol::RestJson1 => quote!(longshore_runtime::Protocol::REST_JSON_1),
        Protocol::AwsQuery => quote!(longshore_runtime::Protocol::AWS_QUERY),
    };
    let target = target_prefix.as_ref().map(|prefix| quote!(.target_prefix(#prefix)));
    let rules = service.endpoint_rules.as_ref().map(|_| quote!(.endpoint_rules(endpoint::RULES)));
    let query = service.query_compatible.then(|| quote!(.query_compatible()));
    quote! {
        /// The names of the service and its protocol.
        pub const SERVICE: longshore_runtime::Service = longshore_runtime::Service::new(#sdk_id)
            .name(#title)
            .api_version(#version)
            .endpoint_prefix(#endpoint_prefix)
            .signing_name(#signing_name)
            #target
            .protocol(#protocol)
            #query
            #rules;
    }
}

/// `ecr/operation/mod.rs`
pub(in crate::emit) fn emit_operations(service: &Service) -> Content {
    let modules = service.operations.iter().map(|operation| &operation.module);
    let exports = service.operations.iter().map(|operation| {
        let module = &operation.module;
        let (request, error) = (&operation.request.name, &operation.error.name);
        let response = operation.response.as_ref().map(|Struct { name, .. }| name);
        let mut names = vec![error, request];
        names.extend(response);
        quote!(pub use #module::{#(#names),*};)
    });
    let about =
        format!("The operations of {}: requests, responses and errors.", text(&service.title));
    let topics = topics::of_operations(
        service
            .operations
            .iter()
            .map(|operation| (operation.method.as_str().to_owned(), operation_links(operation))),
    );
    let topics =
        topics.into_iter().map(|(title, lines)| format!("# {title}\n{}", lines.join("\n")));
    let about = [about].into_iter().chain(topics).collect();
    (about, vec![quote!(#(mod #modules;)*).into(), quote!(#(#exports)*).into()])
}

/// A list item with links to the method of an operation, its request, response and errors.
fn operation_links(operation: &Operation) -> String {
    let method = operation.method.as_str();
    let response = operation.response.as_ref().map(|shape| &shape.name);
    let types =
        [&operation.request.name].into_iter().chain(response).chain([&operation.error.name]);
    let types: Vec<_> = types.map(|name| format!("[`{}`]", name.as_str())).collect();
    format!("- [`{method}`](super::Client::{method}): {}", types.join(", "))
}

/// The derive macros of the prelude.
const DERIVE_MACROS: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Links to a type of the same module. Without the prefix, which is not printed, rustdoc rejects a
/// link to a name that is also that of a macro.
fn type_link(name: &Ident) -> String {
    let name = name.as_str();
    let prefix = if DERIVE_MACROS.contains(&name) { "type@" } else { "" };
    format!("[`{prefix}{name}`]")
}

/// `ecr/types/mod.rs`
pub(in crate::emit) fn emit_types(service: &Service) -> Content {
    let structs = service.types.structs.iter().map(|shape| (&shape.module, &shape.name));
    let unions = service.types.unions.iter().map(|shape| (&shape.module, &shape.name));
    let enums = service.types.enums.iter().map(|shape| (&shape.module, &shape.name));
    let int_enums = service.types.int_enums.iter().map(|shape| (&shape.module, &shape.name));
    let kinds = if service.types.unions.is_empty() { "structures" } else { "structures, unions" };
    let about = format!("The {kinds} and enums of {}.", text(&service.title));
    let mut entries: Vec<_> = structs.chain(unions).chain(enums).chain(int_enums).collect();
    entries.sort();
    let links = entries.iter().map(|(module, name)| (module.as_str().to_owned(), type_link(name)));
    (vec![about, front::list(topics::of_types(links))], exports(entries))
}

/// `ecr/exception/mod.rs`
pub(in crate::emit) fn emit_exceptions(service: &Service) -> Content {
    let exceptions = service.types.exceptions.iter().map(|e| (&e.shape.module, &e.shape.name));
    let about = format!("The exceptions of {}.", text(&service.title));
    (vec![about], exports(exceptions.collect()))
}

fn exports(mut entries: Vec<(&Ident, &Ident)>) -> Vec<Item> {
    entries.sort();
    let modules = entries.iter().map(|(module, _)| module);
    let names = entries.iter().map(|(module, name)| quote!(pub use #module::#name;));
    vec![quote!(#(mod #modules;)*).into(), quote!(#(#names)*).into()]
}
