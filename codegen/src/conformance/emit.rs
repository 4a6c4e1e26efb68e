//! Emits cases as tokens: one function per case, and one that calls them all.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{
    case_file::{Body, Case, Failure, Input, Output},
    lower::{Action, CaseKind, Listed, Replay, Unusable},
};
use crate::{
    emit::built,
    ir::{Operation, Service},
    rust_file::{Item, RustFile},
};

/// What the report says about a case whose operation streams.
const STREAMS: &str = "the operation was skipped; see the warnings";

/// The function for the whole file, which calls those of the services.
pub(super) fn emit_run(modules: &[proc_macro2::Ident]) -> Item {
    let item = quote! {
        #(mod #modules;)*
        /// Replays every case.
        pub fn run(suite: &mut conformance::Suite) {
            #(#modules::run(suite);)*
        }
    };
    item.into()
}

/// The file of a service's cases, and the name of its module.
pub(super) fn emit(service: &Service, cases: &[Replay<'_>]) -> (proc_macro2::Ident, RustFile) {
    let client = &service.module;
    let module = format_ident!("{}_cases", client.as_str());
    let mut used = vec![quote!(operation)];
    used.extend((!service.types.is_empty()).then(|| quote!(types)));
    used.extend((!service.types.exceptions.is_empty()).then(|| quote!(exception)));
    let imports = quote! {
        #![allow(deprecated, unreachable_patterns, unused_imports, clippy::redundant_closure)]
        use std::collections::BTreeMap;
        use conformance::{Failure, Request, Response, Suite, Way, serde_json};
        use super::#client::{#(#used),*};
    };
    let names: Vec<_> = (0..cases.len()).map(|index| format_ident!("case_{index}")).collect();
    let all = quote! {
        pub(super) fn run(suite: &mut Suite) {
            #(#names(suite);)*
        }
    };
    let functions = names.iter().zip(cases).map(|(name, case)| {
        let (disputed, call) = (disputed(case), call(case));
        Item::from(quote!(fn #name(suite: &mut Suite) { #disputed #call }))
    });
    let items = [imports.into(), all.into()].into_iter().chain(functions).collect();
    let about = vec![format!("The cases of `{client}` in a conformance file.")];
    let path = format!("{module}.rs");
    (module, RustFile { path, about, items })
}

fn call(case: &Replay<'_>) -> TokenStream {
    let id = case.id;
    match &case.action {
        Ok(Action::Sends { request, case }) => {
            let (request, expected) = (built(request), expected(case));
            quote!(suite.sends(#id, || #request, &#expected);)
        }
        Ok(Action::Succeeds { request, result, case }) => {
            let response = response(case);
            let result = result.as_ref().map_or_else(|| quote!(()), built);
            quote!(suite.succeeds::<operation::#request>(#id, &#response, || #result);)
        }
        Ok(Action::Returns { request, case }) => {
            let response = response(case);
            quote!(suite.returns::<operation::#request>(#id, &#response);)
        }
        Ok(Action::Fails { operation, listed, case }) => fails(id, operation, listed, case),
        Ok(Action::FailsUnmodeled { operation, failure, case }) => {
            unmodeled(id, operation, failure, case)
        }
        Err(unusable) => {
            let operation = case.operation;
            let way = match case.kind {
                CaseKind::Input => quote!(Way::Input),
                CaseKind::Output => quote!(Way::Output),
            };
            match unusable {
                Unusable::Streams => quote!(suite.skips(#way, #id, #operation, #STREAMS);),
                Unusable::Unfit(reason) => quote!(suite.cannot(#way, #id, #operation, #reason);),
            }
        }
    }
}

/// Emits the statement that marks the next case as disputed, if it is.
fn disputed(case: &Replay<'_>) -> Option<TokenStream> {
    let why = match &case.action {
        Ok(Action::Sends { case, .. }) => &case.disputed,
        Ok(
            Action::Succeeds { case, .. }
            | Action::Returns { case, .. }
            | Action::Fails { case, .. }
            | Action::FailsUnmodeled { case, .. },
        ) => &case.disputed,
        Err(_) => &None,
    };
    why.as_ref().map(|why| quote!(suite.disputed(#why);))
}

fn expected(case: &Case<Input>) -> TokenStream {
    let Input {
        method, uri, query, host, headers, required, forbidden, body, any_map_order, ..
    } = &case.content;
    let method = method.iter().map(|text| quote!(.method(#text)));
    let uri = uri.iter().map(|text| quote!(.uri(#text)));
    let query = query.iter().map(|pairs| {
        let pairs = pairs.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(.query(&[#(#pairs),*]))
    });
    let host = host.iter().map(|text| quote!(.host(#text)));
    let endpoint = case.endpoint.iter().map(|text| quote!(.endpoint(#text)));
    let headers = headers.iter().map(|(name, value)| quote!(.header(#name, #value)));
    let required = required.iter().map(|name| quote!(.require(#name)));
    let forbidden = forbidden.iter().map(|name| quote!(.forbid(#name)));
    let body = match body {
        Body::Any => quote!(),
        Body::Json(text) => quote!(.json(#text)),
        Body::Form(text) => quote!(.form(#text)),
        Body::Xml(text) => quote!(.xml(#text)),
        Body::Cbor(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(.cbor(#bytes))
        }
        Body::Text(text) => quote!(.text(#text)),
    };
    let order = any_map_order.then(|| quote!(.any_map_order()));
    quote! {
        Request::new() #(#endpoint)* #(#method)* #(#uri)* #(#query)* #(#host)* #(#headers)* #(#required)*
            #(#forbidden)* #body #order
    }
}

fn response(case: &Case<Output>) -> TokenStream {
    let Output { status, headers, body, .. } = &case.content;
    let status = Literal::u16_unsuffixed(*status);
    let endpoint = case.endpoint.iter().map(|text| quote!(.endpoint(#text)));
    let headers = headers.iter().map(|(name, value)| quote!(.header(#name, #value)));
    let body = (!body.is_empty()).then(|| match std::str::from_utf8(body) {
        Ok(text) => quote!(.body(#text)),
        Err(_) => {
            let bytes = Literal::byte_string(body);
            quote!(.bytes(#bytes))
        }
    });
    quote!(Response::new(#status) #(#endpoint)* #(#headers)* #body)
}

fn fails(id: &str, operation: &Operation, listed: &Listed<'_>, case: &Case<Output>) -> TokenStream {
    let (request, error) = (&operation.request.name, &operation.error.name);
    let Listed { variant, name, exception, code, message, message_member } = listed;
    let (response, exception) = (response(case), built(exception));
    let failure = failure(*code, *message);
    let message_member = message_member.iter().map(|member| quote!(.message_member(#member)));
    quote! {
        suite.fails::<operation::#request, exception::#name>(
            #id,
            &#response,
            &#failure #(#message_member)*,
            || #exception,
            |error| match error {
                operation::#error::#variant(error) => Some(error),
                _ => None,
            },
        );
    }
}

fn unmodeled(
    id: &str,
    operation: &Operation,
    expected: &Failure,
    case: &Case<Output>,
) -> TokenStream {
    let (request, error) = (&operation.request.name, &operation.error.name);
    let unmodeled = &operation.error.unmodeled;
    let response = response(case);
    let code = expected.code.as_ref().map(Option::as_deref);
    let failure = failure(code, expected.message.as_ref().map(Option::as_deref));
    let members = serde_json::Value::Object(expected.members.clone()).to_string();
    quote! {
        suite.fails_unmodeled::<operation::#request>(
            #id,
            &#response,
            &#failure,
            #members,
            |error| match error {
                operation::#error::#unmodeled(error) => Some(error),
                _ => None,
            },
        );
    }
}

fn failure(code: Option<Option<&str>>, message: Option<Option<&str>>) -> TokenStream {
    let option = |text: Option<&str>| match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let code = code.map(option).map(|code| quote!(.code(#code)));
    let message = message.map(option).map(|message| quote!(.message(#message)));
    quote!(Failure::new() #code #message)
}
