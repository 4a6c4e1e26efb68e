//! Emits the files that declare modules: the root, a service, and its three folders.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::index::ServiceIndex;
use crate::emit::service::front;
use crate::emit::target::Blocking;
use crate::emit::target::Crate;
use crate::emit::target::Root;
use crate::{
    docs::text,
    ir::{Protocol, Service, Struct},
    names::Ident,
    rust_file::{Item, RustFile},
};

/// The root file.
pub(crate) fn emit_root(root: Root, services: &[Service]) -> RustFile {
    let titles: Vec<_> = services.iter().map(|service| text(&service.title)).collect();
    let modules = services.iter().map(|service| {
        // The documentation of a service is in its own file: rustdoc would merge both texts and
        // resolve their links here.
        let module = &service.module;
        match root {
            Root::Crate => {
                let feature = feature(module);
                quote!(#[cfg(feature = #feature)] #[rustfmt::skip] pub mod #module;)
            }
            // Crates may use only parts of the module, and the compiler would warn about the rest.
            Root::Module => {
                quote!(#[allow(dead_code, unused_imports)] pub mod #module;)
            }
        }
    });
    let mut items: Vec<Item> = vec![quote!(#(#modules)*).into()];
    // The root file of a tree of modules is mounted with `include!`, which does not allow inner
    // comments.
    let mut about = Vec::new();
    if root == Root::Crate {
        about.push(format!("Typed clients for {}.", titles.join(", ")));
        items.push(shared_types().into());
        about.push(
            "Each service is a module behind a feature of the same name; all services are on by \
             default. The types shared by all services are those of the runtime. The feature \
             `blocking` adds a module of that name to each service, with a client for programs \
             without an async runtime."
                .to_owned(),
        );
    }
    let path = match root {
        Root::Crate => "lib.rs",
        Root::Module => "mod.rs",
    };
    RustFile { path: path.to_owned(), about, items }
}

/// The re-exports of the types that all services share.
fn shared_types() -> TokenStream {
    quote! {
        #[rustfmt::skip]
        pub use longshore_runtime::{
            Blob, BoxFuture, Client, Config, ConfigBuilder, ConfigError, Credentials,
            CredentialsError, CredentialsFuture, DecodeError, Document, Endpoint,
            EndpointContext, EndpointError, EndpointParameters, EndpointRules, Environment,
            Error, ErrorKind, Exception,
            HttpTransport, HttpTransportBuilder, Item, Items, NewConnection, Number, Operation,
            OperationError, Pages, Paginated, PaginatedItems, ParseTimestampError, Partition,
            Partitions, PartitionsError, Protocol, ProvideCredentials, Proxies, RetryConfig,
            RetryParameters, RootCertificates, Rule, Service, TimeoutError, Timeouts, Timestamp,
            Transport, TransportError, TransportErrorKind, Union, Unmodelled, Unrecognized,
            UnrecognizedInt, UnrecognizedMember, ValidationError, Violation, WaitError, Waited,
            Waiter, validate, wait,
        };
        #[cfg(feature = "blocking")]
        pub use longshore_runtime::blocking;
        pub use longshore_runtime::transport::{Bytes, http};
    }
}

/// Returns the feature of a service, `ecr-public` for the module `ecr_public`. Three feature names
/// are reserved.
pub(crate) fn feature(module: &Ident) -> String {
    match module.as_str().trim_matches('_').replace('_', "-").as_str() {
        taken @ ("aws-config" | "blocking" | "default") => format!("{taken}-service"),
        name => name.to_owned(),
    }
}

/// `ecr/mod.rs`
pub(in crate::emit) fn emit_service(
    index: &ServiceIndex<'_>,
    blocking: Blocking,
    home: Crate<'_>,
) -> Content {
    let service = index.service;
    let about = front::about(index, home);
    let export = quote!(
        pub use client::Client;
    );
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
        Protocol::AwsJson10 => quote!(longshore_runtime::Protocol::AwsJson10),
        Protocol::AwsJson11 => quote!(longshore_runtime::Protocol::AwsJson11),
    };
    let rules = service.endpoint_rules.as_ref().map(|_| quote!(.endpoint_rules(endpoint::RULES)));
    let query = service.query_compatible.then(|| quote!(.query_compatible()));
    quote! {
        /// The names of the service and its protocol.
        pub const SERVICE: longshore_runtime::Service = longshore_runtime::Service::new(#sdk_id)
            .name(#title)
            .api_version(#version)
            .endpoint_prefix(#endpoint_prefix)
            .signing_name(#signing_name)
            .target_prefix(#target_prefix)
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
    (vec![about], vec![quote!(#(mod #modules;)*).into(), quote!(#(#exports)*).into()])
}

/// `ecr/types/mod.rs`
pub(in crate::emit) fn emit_types(service: &Service) -> Content {
    let structs = service.types.structs.iter().map(|shape| (&shape.module, &shape.name));
    let unions = service.types.unions.iter().map(|shape| (&shape.module, &shape.name));
    let enums = service.types.enums.iter().map(|shape| (&shape.module, &shape.name));
    let int_enums = service.types.int_enums.iter().map(|shape| (&shape.module, &shape.name));
    let kinds = if service.types.unions.is_empty() { "structures" } else { "structures, unions" };
    let about = format!("The {kinds} and enums of {}.", text(&service.title));
    (vec![about], exports(structs.chain(unions).chain(enums).chain(int_enums).collect()))
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
