//! Emits the root of the tree: the modules of the services and the types that they share.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use crate::emit::target::{Crate, Root};
use crate::emit::values::example;
use crate::{
    docs::text,
    ir::Service,
    names::Ident,
    rust_file::{Item, RustFile},
};

/// The types of the runtime that the crate re-exports, by topic.
const SHARED: [(&str, &[&str]); 10] = [
    (
        "Configuration",
        &[
            "AccountIdEndpointMode",
            "Config",
            "ConfigBuilder",
            "ConfigError",
            "Environment",
            "ParseModeError",
            "RetryConfig",
            "RetryMode",
            "RetryParameters",
            "Timeouts",
        ],
    ),
    (
        "Credentials",
        &[
            "Credentials",
            "CredentialsError",
            "CredentialsFuture",
            "ProvideCredentials",
            "ProvideMfaCode",
        ],
    ),
    ("Calls", &["Client", "Operation", "OperationError", "Protocol", "Service", "Structure"]),
    (
        "Errors",
        &[
            "DecodeError",
            "Error",
            "ErrorKind",
            "Exception",
            "ServiceError",
            "TimeoutError",
            "Unmodeled",
        ],
    ),
    (
        "Pages and waiters",
        &[
            "Item",
            "Items",
            "PageTokens",
            "Pages",
            "Paginated",
            "PaginatedItems",
            "WaitError",
            "Waited",
            "Waiter",
            "wait",
        ],
    ),
    (
        "Values of members",
        &[
            "Blob",
            "Document",
            "IntoOption",
            "Number",
            "ParseBase64Error",
            "ParseDocumentError",
            "ParseNumberError",
            "ParseTimestampError",
            "Timestamp",
            "TimestampRangeError",
            "Union",
            "Unrecognized",
            "UnrecognizedInt",
            "UnrecognizedMember",
        ],
    ),
    (
        "Validation",
        &["Rule", "Validation", "ValidationError", "Violation", "validate", "validate_with"],
    ),
    (
        "Network",
        &[
            "BodyChunks",
            "BoxFuture",
            "HttpTransport",
            "HttpTransportBuilder",
            "NewConnection",
            "Proxies",
            "RequestBody",
            "RootCertificates",
            "Transport",
            "TransportError",
            "TransportErrorKind",
        ],
    ),
    ("Interceptors", &["Interceptor", "intercept"]),
    (
        "Endpoints",
        &[
            "Endpoint",
            "EndpointContext",
            "EndpointError",
            "EndpointParameters",
            "EndpointRules",
            "Partition",
            "Partitions",
            "PartitionsError",
        ],
    ),
];

/// The features of every crate, besides those of its services.
pub(crate) const CRATE_FEATURES: [&str; 8] = [
    "credential-chain",
    "http-transport",
    "blocking",
    "patterns",
    "chrono",
    "jiff",
    "serde_json",
    "time",
];

/// The shared types that exist only with the feature `http-transport`.
const OF_HTTP_TRANSPORT: [&str; 4] =
    ["HttpTransport", "HttpTransportBuilder", "Proxies", "RootCertificates"];

/// The root file.
pub(crate) fn emit_root(root: Root, services: &[Service], home: Crate<'_>) -> RustFile {
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
        // docs.rs shows which feature an item needs.
        items.insert(0, quote!(#![cfg_attr(docsrs, feature(doc_cfg))]).into());
        items.push(shared_types().into());
        about = front_page(services, home);
    }
    let path = match root {
        Root::Crate => "lib.rs",
        Root::Module => "mod.rs",
    };
    RustFile { path: path.to_owned(), about, items }
}

/// The documentation of the crate: a quick start, its services, and the types they share.
fn front_page(services: &[Service], home: Crate<'_>) -> Vec<String> {
    let titles: Vec<_> = services.iter().map(|service| text(&service.title)).collect();
    let titles = match titles.split_last() {
        Some((last, others @ [_, ..])) => format!("{} and {last}", others.join(", ")),
        _ => titles.join(", "),
    };
    let mut about = vec![format!("Typed clients for {titles}.")];
    about.extend(
        services
            .first()
            .and_then(|service| example::first_call(service, &feature(&service.module), home)),
    );
    about.push(
        "# Services and features\nEach service is a module behind a feature of the same name; all services are on by \
         default. The module has the service's `Client`, its `Error`, and the modules `operation`, \
         `types` and `exception`. The feature `blocking` adds a module of that name to each \
         service, with a client for programs without an async runtime. The feature \
         `credential-chain` adds credentials from roles, web identities, SSO and login sessions. \
         The feature `patterns` adds checks of strings against the patterns of the model to \
         [`Validation`]. \
         Without the feature `http-transport`, which is on by default, the crate has no HTTP client, \
         and a configuration needs a [`Transport`]. The features `chrono`, `jiff` and `time` add \
         conversions between [`Timestamp`] and the types of these crates, and `serde_json` adds \
         conversions between [`Document`] and `serde_json::Value`."
            .to_owned(),
    );
    let topics = SHARED.iter().map(|(title, names)| {
        let links: Vec<_> = names.iter().map(|name| format!("[`{name}`]")).collect();
        format!("- {title}: {}", links.join(", "))
    });
    let topics: Vec<_> = topics.collect();
    about.push(format!("# Types that all services share\n{}", topics.join("\n")));
    about
}

/// The re-exports of the types that all services share.
fn shared_types() -> TokenStream {
    let mut names: Vec<_> = SHARED.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    names.sort_unstable();
    names.retain(|name| !OF_HTTP_TRANSPORT.contains(name));
    let token = |name: &&str| Token::new(name, Span::call_site());
    let (names, of_http) = (names.iter().map(token), OF_HTTP_TRANSPORT.iter().map(token));
    quote! {
        #[rustfmt::skip]
        pub use longshore_runtime::{#(#names),*};
        #[cfg(feature = "http-transport")]
        #[rustfmt::skip]
        pub use longshore_runtime::{#(#of_http),*};
        #[cfg(feature = "blocking")]
        pub use longshore_runtime::blocking;
        pub use longshore_runtime::transport::{Bytes, http};
    }
}

/// Returns the feature of a service, `ecr-public` for the module `ecr_public`.
pub(crate) fn feature(module: &Ident) -> String {
    let name = module.as_str().trim_matches('_').replace('_', "-");
    let is_taken = name == "default" || CRATE_FEATURES.contains(&name.as_str());
    if is_taken { name + "-service" } else { name }
}
