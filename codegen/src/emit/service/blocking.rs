//! Emits the blocking client of a service.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::service::client_type::client_type;
use crate::emit::service::signature::Signature;
use crate::emit::service::waiter;
use crate::{
    docs::text,
    ir::{Operation, Pages, Service, Waiter},
    names::Ident,
};

/// `blocking.rs`
pub(in crate::emit) fn emit_blocking(service: &Service) -> Content {
    let title = text(&service.title);
    let about = docs::comment(&[
        format!("A blocking client for {title}."),
        "The client holds a connection pool that all clones share, even across threads.".to_owned(),
    ]);
    let methods = service.operations.iter().map(methods);
    let items = client_type(&about, &quote!(longshore_runtime::blocking::Client), methods);
    let first = format!("A client for {title}, for programs without an async runtime.");
    let second =
        "It has the methods of [`Client`](super::Client), which documents them; pages and \
                  items are iterators. Use [`Config::from_env_blocking`] to read the configuration \
                  from the environment."
            .to_owned();
    (vec![first, second], items)
}

fn methods(operation: &Operation) -> TokenStream {
    let method = call(operation);
    let pages = operation.pages.as_ref().map(|pages| self::pages(operation, pages));
    let waiters = operation.waiters.iter().map(|waiter| wait(operation, waiter));
    quote!(#method #pages #(#waiters)*)
}

fn call(operation: &Operation) -> TokenStream {
    let about = same(&operation.method);
    let deprecated = docs::deprecated(&operation.docs);
    let Signature { output, error, parameter, argument } = Signature::of(operation);
    let method = &operation.method;
    let parameter = parameter.map(|parameter| quote!(, #parameter));
    quote! {
        #about
        #deprecated
        #[inline]
        pub fn #method(&self #parameter) -> Result<#output, Error<#error>> {
            self.0.call(#argument)
        }
    }
}

fn pages(operation: &Operation, pages: &Pages) -> TokenStream {
    let about = same(&pages.method);
    let deprecated = docs::deprecated(&operation.docs);
    let (method, request) = (&pages.method, &operation.request.name);
    quote! {
        #about
        #deprecated
        #[inline]
        pub fn #method(&self, request: #request) -> longshore_runtime::blocking::Pages<#request> {
            self.0.pages(request)
        }
    }
}

fn wait(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let about = same(&waiter.method);
    let deprecated = waiter::deprecated(operation, waiter);
    let Signature { output, error, parameter, argument } = Signature::of(operation);
    let parameter = parameter.map(|parameter| quote!(#parameter,));
    let (method, request, constant) = (&waiter.method, &operation.request.name, &waiter.constant);
    quote! {
        #about
        #deprecated
        #[inline]
        pub fn #method(
            &self, #parameter limit: std::time::Duration
        ) -> Result<longshore_runtime::Waited<#output>, longshore_runtime::WaitError<#error>> {
            self.0.wait(#argument, &#request::#constant, limit)
        }
    }
}

/// A link to the async method, which is documented.
fn same(method: &Ident) -> TokenStream {
    let name = method.as_str();
    docs::comment(&[format!("The blocking version of [`{name}`](super::Client::{name}).")])
}
