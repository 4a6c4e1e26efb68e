//! Emits the client of a service: a method per operation, and methods for pages and waiters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::docs::tree::Trees;
use crate::emit::index::ServiceIndex;
use crate::emit::service::client_type::client_type;
use crate::emit::service::signature::Signature;
use crate::emit::service::waiter;
use crate::emit::target::Crate;
use crate::emit::values::example;
use crate::{
    docs::text,
    ir::{Operation, Pages, Waiter},
};

/// `client.rs`
pub(in crate::emit) fn emit_client<'s>(index: &'s ServiceIndex<'s>, home: Crate<'s>) -> Content {
    let service = index.service;
    let about = docs::comment(&[
        format!("A client for {}.", text(&service.title)),
        "The client holds a connection pool that clones share: clone it instead of creating \
         another one."
            .to_owned(),
    ]);
    let context = ClientContext { index, home, trees: Trees::of(service) };
    let methods = service.operations.iter().map(|operation| methods(operation, &context));
    let items = client_type(&about, &quote!(longshore_runtime::Client), methods);
    let first =
        format!("The client for {}, with a method for each operation.", text(&service.title));
    (vec![first], items)
}

/// What the documentation of an operation needs in addition to the operation.
struct ClientContext<'s> {
    index: &'s ServiceIndex<'s>,
    home: Crate<'s>,
    trees: Trees<'s>,
}

impl ClientContext<'_> {
    fn page<'a>(&'a self, owner: &'a str) -> Page<'a> {
        Page { index: self.index, owner, kind: PageKind::Client }
    }
}

/// The methods are `#[inline]`, so that a caller compiles only those it uses: otherwise every
/// operation of the service would be compiled with the crate, including its codec.
fn methods(operation: &Operation, context: &ClientContext<'_>) -> TokenStream {
    let method = call(operation, context);
    let pages = operation.pages.as_ref().map(|pages| self::pages(operation, pages, context));
    let waiters = operation.waiters.iter().map(|waiter| wait(operation, waiter));
    quote!(#method #pages #(#waiters)*)
}

fn call(operation: &Operation, context: &ClientContext<'_>) -> TokenStream {
    let docs = docs::comment(&paragraphs(operation, context));
    let deprecated = docs::deprecated(&operation.docs);
    let Signature { output, error, parameter, argument } = Signature::of(operation);
    let method = &operation.method;
    let parameter = parameter.map(|parameter| quote!(, #parameter));
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

fn pages(operation: &Operation, pages: &Pages, context: &ClientContext<'_>) -> TokenStream {
    let (plain, request) = (operation.method.as_str(), &operation.request.name);
    let mut about = format!(
        "Returns the pages of [`{plain}`](Self::{plain}), starting with the page for `request`."
    );
    if let Some(size) = &pages.size {
        about += &format!(" Its `{}` sets the page size.", size.as_str());
    }
    if let Some(last) = pages.items.as_ref().and_then(|items| items.path.last()) {
        let items = "[`items`](longshore_runtime::Pages::items)";
        about += &format!(" {items} returns their `{}` one at a time.", last.field.as_str());
    }
    let errors = format!(
        "Each page can fail as [`{plain}`](Self::{plain}) can. If the service returns the token of an \
         earlier page, the pages end; see [`Pages`](longshore_runtime::Pages)."
    );
    let mut about = vec![about];
    about.extend(example::pages(context.index.service, operation, pages, context.home));
    about.push(section("Errors", &errors, ""));
    let about = docs::comment(&about);
    let deprecated = docs::deprecated(&operation.docs);
    let method = &pages.method;
    quote! {
        #about
        #deprecated
        #[inline]
        pub fn #method(&self, request: #request) -> longshore_runtime::Pages<#request> {
            self.0.pages(request)
        }
    }
}

fn wait(operation: &Operation, waiter: &Waiter) -> TokenStream {
    let plain = operation.method.as_str();
    let mut about = waiter::about(waiter);
    about.push(format!(
        "Calls [`{plain}`](Self::{plain}) until it succeeds or fails, or until `limit` is reached. See \
         [`Client::wait`](longshore_runtime::Client::wait)."
    ));
    let errors = format!(
        "Returns a [`WaitError`](longshore_runtime::WaitError) if a response meets a condition for \
         failure, if `limit` expires, or if a call fails as [`{plain}`](Self::{plain}) can."
    );
    about.push(section("Errors", &errors, ""));
    let about = docs::comment(&about);
    let deprecated = waiter::deprecated(operation, waiter);
    let Signature { output, error, parameter, argument } = Signature::of(operation);
    let parameter = parameter.map(|parameter| quote!(#parameter,));
    let (method, request, constant) = (&waiter.method, &operation.request.name, &waiter.constant);
    quote! {
        #about
        #deprecated
        #[inline]
        pub async fn #method(
            &self, #parameter limit: std::time::Duration
        ) -> Result<longshore_runtime::Waited<#output>, longshore_runtime::WaitError<#error>> {
            self.0.wait(#argument, &#request::#constant, limit).await
        }
    }
}

fn paragraphs(operation: &Operation, context: &ClientContext<'_>) -> Vec<String> {
    let page = context.page(&operation.name);
    let mut paragraphs = page.linked_all(&operation.docs.paragraphs);
    if paragraphs.is_empty() {
        paragraphs.push(format!("Calls the operation `{}`.", operation.name));
    }
    if !operation.signed {
        paragraphs.push("The request is not signed and needs no credentials.".to_owned());
    }
    paragraphs.extend(example::call(context.index.service, operation, context.home));
    if let Some(tree) = context.trees.request(operation) {
        let request = operation.request.name.as_str();
        paragraphs.push(section("Request", &format!("The members of [`{request}`]:"), &tree));
    }
    if let (Some(tree), Some(response)) = (context.trees.response(operation), &operation.response) {
        let response = response.name.as_str();
        paragraphs.push(section("Response", &format!("The members of [`{response}`]:"), &tree));
    }
    paragraphs.push(errors(operation, context));
    paragraphs.push(format!("[API reference]({})", operation.reference));
    paragraphs
}

/// A section of a method's documentation, with a list at its end.
fn section(title: &str, opening: &str, list: &str) -> String {
    format!("# {title}\n{opening}\n{list}").trim_end().to_owned()
}

/// Lists the exceptions of an operation.
fn errors(operation: &Operation, context: &ClientContext<'_>) -> String {
    let error = operation.error.name.as_str();
    let exceptions = operation.error.variants.iter().map(|variant| {
        let name = variant.name.as_str();
        match context.page(&variant.code).linked(&variant.summary).as_str() {
            "" => format!("- `{name}`"),
            summary => format!("- `{name}`: {summary}"),
        }
    });
    let lines: Vec<_> = exceptions.collect();
    if lines.is_empty() {
        return section(
            "Errors",
            "The model lists no exceptions for this operation; see [`Error`].",
            "",
        );
    }
    let opening = format!("[`Error::service`] returns one of these exceptions of [`{error}`]:");
    section("Errors", &opening, &lines.join("\n"))
}
