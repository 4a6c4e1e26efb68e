//! Emits waiters: constants of the request, which the runtime interprets.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::emit::docs::comment as docs;
use crate::{
    docs::code,
    ir::{
        Operation, Waiter,
        waiter::{Acceptor, Matcher, Path, PathCheck, State, Test},
    },
};

/// Returns the constants of an operation's waiters, or `None` if it has none.
pub(in crate::emit) fn emit_waiters(operation: &Operation) -> Option<TokenStream> {
    if operation.waiters.is_empty() {
        return None;
    }
    let request = &operation.request.name;
    let constants = operation.waiters.iter().map(constant);
    Some(quote!(impl #request { #(#constants)* }))
}

fn constant(waiter: &Waiter) -> TokenStream {
    let Waiter { name, constant, acceptors, seconds: (least, most), .. } = waiter;
    let about = docs::comment(&about(waiter));
    let acceptors = acceptors.iter().map(acceptor);
    let [least, most] = [least, most].map(|seconds| Literal::u32_unsuffixed(*seconds));
    quote! {
        #about
        pub const #constant: wait::Waiter =
            wait::Waiter::new(#name, &[#(#acceptors),*]).seconds(#least, #most);
    }
}

/// Returns the documentation of a waiter, in paragraphs.
pub(in crate::emit) fn about(waiter: &Waiter) -> Vec<String> {
    let mut paragraphs = waiter.docs.clone();
    if paragraphs.is_empty() {
        paragraphs.push(format!("The waiter `{}`.", waiter.name));
    }
    let lines = waiter.acceptors.iter().map(|Acceptor { state, matcher }| {
        let end = match state {
            State::Success => "Succeeds",
            State::Failure => "Fails",
            State::Retry => "Retries",
        };
        format!("- {end} when {}.", condition(matcher))
    });
    let (least, most) = waiter.seconds;
    paragraphs.push(lines.collect::<Vec<_>>().join("\n"));
    paragraphs.push(format!("Waits {least} to {most} seconds between calls."));
    paragraphs
}

/// Returns the deprecation of a waiter, from itself or its operation.
pub(in crate::emit) fn deprecated(operation: &Operation, waiter: &Waiter) -> Option<TokenStream> {
    let own = waiter.deprecated.then(|| quote!(#[deprecated]));
    docs::deprecated(&operation.docs).or(own)
}

fn condition(matcher: &Matcher) -> String {
    match matcher {
        Matcher::Success(true) => "the call succeeds".to_owned(),
        Matcher::Success(false) => "the service returns an error".to_owned(),
        Matcher::ErrorType(code_) => format!("the service returns {}", code(code_)),
        Matcher::Output(PathCheck { text, test, .. })
        | Matcher::InputOutput(PathCheck { text, test, .. }) => {
            let path = code(text);
            match test {
                Test::StringEquals(text) => format!("{path} is {}", code(text)),
                Test::BooleanEquals(flag) => format!("{path} is `{flag}`"),
                Test::AllStringEquals(text) => format!("every element of {path} is {}", code(text)),
                Test::AnyStringEquals(text) => format!("an element of {path} is {}", code(text)),
            }
        }
    }
}

fn acceptor(Acceptor { state, matcher }: &Acceptor) -> TokenStream {
    let state = variant(state);
    let matcher = match matcher {
        Matcher::Success(wanted) => quote!(Success(#wanted)),
        Matcher::ErrorType(code) => quote!(ErrorType(#code)),
        Matcher::Output(check) => {
            let check = self::check(check);
            quote!(Output(#check))
        }
        Matcher::InputOutput(check) => {
            let check = self::check(check);
            quote!(InputOutput(#check))
        }
    };
    quote!(wait::Acceptor(wait::State::#state, wait::Matcher::#matcher))
}

fn check(PathCheck { text, path, test }: &PathCheck) -> TokenStream {
    let path = emit_path(path);
    let test = match test {
        Test::StringEquals(text) => quote!(StringEquals(#text)),
        Test::BooleanEquals(flag) => quote!(BooleanEquals(#flag)),
        Test::AllStringEquals(text) => quote!(AllStringEquals(#text)),
        Test::AnyStringEquals(text) => quote!(AnyStringEquals(#text)),
    };
    quote!(#text, #path, wait::Test::#test)
}

/// The path as the runtime's type.
fn emit_path(path: &Path) -> TokenStream {
    let nested = |paths: &[&Path]| {
        let paths = paths.iter().map(|path| emit_path(path));
        quote!((#(&#paths),*))
    };
    let (name, arguments) = match path {
        Path::Current => return quote!(wait::Path::Current),
        Path::Fields(names) => ("Fields", quote!((&[#(#names),*]))),
        Path::Index(index) => {
            let index = index_literal(*index);
            ("Index", quote!((#index)))
        }
        Path::Literal(json) => ("Literal", quote!((#json))),
        Path::Then(first, second) => ("Then", nested(&[first, second])),
        Path::Each(list, path) => ("Each", nested(&[list, path])),
        Path::Values(object, path) => ("Values", nested(&[object, path])),
        Path::Filter(list, condition, path) => ("Filter", nested(&[list, condition, path])),
        Path::Flatten(list) => ("Flatten", nested(&[list])),
        Path::Compare(left, comparison, right) => {
            let (left, right) = (emit_path(left), emit_path(right));
            let comparison = variant(comparison);
            ("Compare", quote!((&#left, wait::Comparison::#comparison, &#right)))
        }
        Path::And(left, right) => ("And", nested(&[left, right])),
        Path::Or(left, right) => ("Or", nested(&[left, right])),
        Path::Not(path) => ("Not", nested(&[path])),
        Path::Call(function, arguments) => {
            let (function, arguments) = (variant(function), arguments.iter().map(emit_path));
            ("Call", quote!((wait::Function::#function, &[#(#arguments),*])))
        }
        Path::List(paths) => {
            let paths = paths.iter().map(emit_path);
            ("List", quote!((&[#(#paths),*])))
        }
        Path::Object(entries) => {
            let entries = entries.iter().map(|(key, path)| {
                let path = emit_path(path);
                quote!((#key, #path))
            });
            ("Object", quote!((&[#(#entries),*])))
        }
    };
    let name = format_ident!("{name}");
    quote!(wait::Path::#name #arguments)
}

/// The variant with the same name in the runtime.
fn variant(value: &impl std::fmt::Debug) -> impl ToTokens {
    format_ident!("{value:?}")
}

fn index_literal(index: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(index.unsigned_abs());
    if index < 0 { quote!(-#digits) } else { quote!(#digits) }
}
