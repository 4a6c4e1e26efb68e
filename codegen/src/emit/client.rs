//! The client of a service: one short method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Content, docs};
use crate::{
    docs::text,
    ir::{Operation, Presence, Service},
};

/// `client.rs`
pub(super) fn emit_client(service: &Service) -> Content {
    let about = docs::comment(&[
        format!("A client of {}.", text(&service.title)),
        "It holds a connection pool; clones share it, so clone it instead of making a second \
         one."
            .to_owned(),
    ]);
    let methods = service.operations.iter().map(method);
    let imports = quote!(
        use super::operation::*;
        use longshore_runtime::{Config, Error};
    );
    let definition = quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct Client(longshore_runtime::Client);
    };
    let methods = quote! {
        impl Client {
            /// Makes a client; it connects when it is first used.
            pub fn new(config: &Config) -> Self {
                Self(longshore_runtime::Client::new(config))
            }
            #(#methods)*
        }
    };
    let generic = quote! {
        /// The client of any service, which calls any [`Operation`](longshore_runtime::Operation).
        impl AsRef<longshore_runtime::Client> for Client {
            fn as_ref(&self) -> &longshore_runtime::Client {
                &self.0
            }
        }
    };
    let first = format!("The client of {}: a method for each operation.", text(&service.title));
    (vec![first], vec![imports.into(), definition.into(), methods.into(), generic.into()])
}

/// The methods are inline so that a caller compiles those it uses and no others: left alone, every
/// operation of the service would be compiled, with its codec, when the crate is.
fn method(operation: &Operation) -> TokenStream {
    let docs = docs::comment(&paragraphs(operation));
    let deprecated = docs::deprecated(&operation.docs);
    let (method, request, error) =
        (&operation.method, &operation.request.name, &operation.error.name);
    let output = match &operation.response {
        Some(response) => {
            let response = &response.name;
            quote!(#response)
        }
        None => quote!(()),
    };
    let (parameter, argument) = match operation.takes_input {
        true => (quote!(, request: &#request), quote!(request)),
        false => (quote!(), quote!(&#request::new())),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub async fn #method(
            &self #parameter
        ) -> Result<#output, Error<#error>> {
            self.0.call(#argument).await
        }
    }
}

fn paragraphs(operation: &Operation) -> Vec<String> {
    let mut paragraphs = operation.docs.paragraphs.clone();
    if paragraphs.is_empty() {
        paragraphs.push(format!("Calls the operation `{}`.", operation.name));
    }
    if let Some(members) = members(operation) {
        paragraphs.push("# Request".to_owned());
        paragraphs.push(format!("The members of [`{}`]:", operation.request.name.as_str()));
        paragraphs.push(members);
    }
    paragraphs.push("# Errors".to_owned());
    paragraphs.extend(errors(operation));
    paragraphs.push(format!("See <{}>.", operation.reference));
    paragraphs
}

/// The members of the request as a list, the required ones first.
fn members(operation: &Operation) -> Option<String> {
    let request = &operation.request;
    let (required, others): (Vec<_>, Vec<_>) =
        request.fields.iter().partition(|field| field.presence == Presence::Required);
    let fields = required.into_iter().chain(others);
    let lines: Vec<_> = fields
        .map(|field| {
            let name = field.name.as_str();
            format!("- `{name}`: {}", field.rules)
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What the service can answer instead, and where to find it.
fn errors(operation: &Operation) -> Vec<String> {
    let error = operation.error.name.as_str();
    let exceptions = operation.error.variants.iter().map(|variant| {
        let name = variant.name.as_str();
        match variant.summary.as_str() {
            "" => format!("- `{name}`"),
            summary => format!("- `{name}`: {summary}"),
        }
    });
    let lines: Vec<_> = exceptions.collect();
    if lines.is_empty() {
        return vec!["The model lists no exceptions; see [`Error`].".to_owned()];
    }
    let opening = format!("[`Error::service`] is one of these exceptions of [`{error}`]:");
    vec![opening, lines.join("\n")]
}
