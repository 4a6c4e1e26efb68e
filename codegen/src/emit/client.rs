//! The client of a service: one short method an operation, one for its pages, one for each of its
//! waiters.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    content::Content,
    docs, example,
    index::ServiceIndex,
    page::{Page, PageKind},
    signature::Signature,
    target::Crate,
    tree::Trees,
    waiter,
};
use crate::{
    docs::text,
    ir::{Operation, Pages, Waiter},
};

/// `client.rs`
pub(super) fn emit_client<'s>(index: &'s ServiceIndex<'s>, home: Crate<'s>) -> Content {
    let service = index.service;
    let about = docs::comment(&[
        format!("A client of {}.", text(&service.title)),
        "It holds a connection pool; clones share it, so clone it instead of making a second \
         one."
            .to_owned(),
    ]);
    let around = Around { index, home, trees: Trees::of(service) };
    let methods = service.operations.iter().map(|operation| methods(operation, &around));
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

/// What the documentation of an operation needs to know beside it.
struct Around<'s> {
    index: &'s ServiceIndex<'s>,
    home: Crate<'s>,
    trees: Trees<'s>,
}

impl Around<'_> {
    fn page<'a>(&'a self, owner: &'a str) -> Page<'a> {
        Page { index: self.index, owner, kind: PageKind::Client }
    }
}

/// The methods are inline so that a caller compiles those it uses and no others: left alone, every
/// operation of the service would be compiled, with its codec, when the crate is.
fn methods(operation: &Operation, around: &Around<'_>) -> TokenStream {
    let method = call(operation, around);
    let pages = operation.pages.as_ref().map(|pages| self::pages(operation, pages, around));
    let waiters = operation.waiters.iter().map(|waiter| wait(operation, waiter));
    quote!(#method #pages #(#waiters)*)
}

fn call(operation: &Operation, around: &Around<'_>) -> TokenStream {
    let docs = docs::comment(&paragraphs(operation, around));
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

fn pages(operation: &Operation, pages: &Pages, around: &Around<'_>) -> TokenStream {
    let (plain, request) = (operation.method.as_str(), &operation.request.name);
    let mut about =
        format!("The pages of [`{plain}`](Self::{plain}), from the one `request` asks for.");
    if let Some(size) = &pages.size {
        about += &format!(" The size of a page is its `{}`.", size.as_str());
    }
    if let Some(last) = pages.items.as_ref().and_then(|items| items.path.last()) {
        let items = "[`items`](longshore_runtime::Pages::items)";
        about += &format!(" {items} gives their `{}` one by one.", last.field.as_str());
    }
    let errors = format!(
        "A page can fail as [`{plain}`](Self::{plain}) can. A token that the service gives twice ends \
         the pages with an error too."
    );
    let mut about = vec![about];
    about.extend(example::pages(around.index.service, operation, pages, around.home));
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
        "It calls [`{plain}`](Self::{plain}) until then; `limit` is for all of it together. See \
         [`Client::wait`](longshore_runtime::Client::wait)."
    ));
    let errors = format!(
        "A [`WaitError`](longshore_runtime::WaitError): an answer is one of the ends that fail, `limit` \
         is over, or a call failed as [`{plain}`](Self::{plain}) can."
    );
    let panics = "Where no tokio runtime with a driver for time is around it, as `#[tokio::main]` makes \
                  one: tokio itself panics then.";
    about.extend([section("Errors", &errors, ""), section("Panics", panics, "")]);
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

fn paragraphs(operation: &Operation, around: &Around<'_>) -> Vec<String> {
    let page = around.page(&operation.name);
    let mut paragraphs = page.linked_all(&operation.docs.paragraphs);
    if paragraphs.is_empty() {
        paragraphs.push(format!("Calls the operation `{}`.", operation.name));
    }
    if !operation.signed {
        paragraphs.push("It is sent without a signature and needs no credentials.".to_owned());
    }
    paragraphs.extend(example::call(around.index.service, operation, around.home));
    if let Some(tree) = around.trees.request(operation) {
        let request = operation.request.name.as_str();
        paragraphs.push(section("Request", &format!("The members of [`{request}`]:"), &tree));
    }
    if let (Some(tree), Some(response)) = (around.trees.response(operation), &operation.response) {
        let response = response.name.as_str();
        paragraphs.push(section("Response", &format!("The members of [`{response}`]:"), &tree));
    }
    paragraphs.push(errors(operation, around));
    paragraphs.push(format!("[API reference]({})", operation.reference));
    paragraphs
}

/// A part of a method's documentation, with a list at its end.
fn section(title: &str, opening: &str, list: &str) -> String {
    format!("# {title}\n{opening}\n{list}").trim_end().to_owned()
}

/// What the service can answer instead, and where to find it.
fn errors(operation: &Operation, around: &Around<'_>) -> String {
    let error = operation.error.name.as_str();
    let exceptions = operation.error.variants.iter().map(|variant| {
        let name = variant.name.as_str();
        match around.page(&variant.code).linked(&variant.summary).as_str() {
            "" => format!("- `{name}`"),
            summary => format!("- `{name}`: {summary}"),
        }
    });
    let lines: Vec<_> = exceptions.collect();
    if lines.is_empty() {
        return section("Errors", "The model lists no exceptions; see [`Error`].", "");
    }
    let opening = format!("[`Error::service`] is one of these exceptions of [`{error}`]:");
    section("Errors", &opening, &lines.join("\n"))
}
