//! Emits the values that an operation has for the endpoint rules.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{
    PathStep,
    endpoint::{Binding, Bound, Holds, ParameterValue, RequestStep},
};

/// Returns the values that an operation has for the rules, as an expression over its request.
pub(in crate::emit) fn context(bindings: &[Binding]) -> TokenStream {
    let values = bindings.iter().map(|Binding { parameter, value }| match value {
        Bound::Fixed(value) => fixed(parameter, value),
        Bound::Field { field, optional, holds } => match (holds, optional) {
            (Holds::Text, false) => quote!(.text(#parameter, self.#field.as_str())),
            (Holds::Text, true) => quote!(.text(#parameter, self.#field.as_deref())),
            (Holds::Enum, false) => quote!(.text(#parameter, self.#field.as_str())),
            (Holds::Enum, true) => {
                quote!(.text(#parameter, self.#field.as_ref().map(|value| value.as_str())))
            }
            (Holds::Flag, _) => quote!(.flag(#parameter, self.#field)),
            (Holds::Texts, false) => {
                quote!(.list(#parameter, Some(self.#field.iter().map(String::as_str))))
            }
            (Holds::Texts, true) => {
                let texts = quote!(|list| list.iter().map(String::as_str));
                quote!(.list(#parameter, self.#field.as_ref().map(#texts)))
            }
        },
        Bound::Path { steps, list: true } => {
            let list = list(steps);
            quote!(.list(#parameter, #list))
        }
        Bound::Path { steps, list: false } => {
            let texts = texts(&quote!(self), steps);
            quote!(.text(#parameter, #texts.next()))
        }
    });
    quote!(longshore_runtime::EndpointContext::new() #(#values)*)
}

/// Returns the list that these steps select, as an `Option` of an iterator. It is unset if a member on
/// the way to the first list or map is; after that, values that are absent are left out.
fn list(steps: &[RequestStep]) -> TokenStream {
    let is_optional =
        |step: &RequestStep| matches!(step, RequestStep::Field(PathStep { optional: true, .. }));
    let to_list = steps.iter().take_while(|step| matches!(step, RequestStep::Field(_)));
    let (to_list, rest) = steps.split_at(to_list.count());
    if !to_list.iter().any(is_optional) {
        let texts = texts(&quote!(self), steps);
        return quote!(Some(#texts));
    }
    let (list, texts) = (values(&quote!(self), to_list), texts(&quote!(value), rest));
    quote!(#list.next().map(|value| #texts))
}

/// Returns an iterator over the strings that these steps select.
fn texts(from: &TokenStream, steps: &[RequestStep]) -> TokenStream {
    let values = values(from, steps);
    quote!(#values.map(|value| value.as_str()))
}

/// Returns an iterator over the values that these steps select.
fn values(from: &TokenStream, steps: &[RequestStep]) -> TokenStream {
    let steps = steps.iter().map(|step| match step {
        RequestStep::Field(PathStep { field, optional: true }) => {
            quote!(.filter_map(|value| value.#field.as_ref()))
        }
        RequestStep::Field(PathStep { field, optional: false }) => {
            quote!(.map(|value| &value.#field))
        }
        RequestStep::Elements => quote!(.flatten()),
        RequestStep::Keys => quote!(.flat_map(|value| value.keys())),
        RequestStep::EachOf(paths) => {
            let paths = paths.iter().map(|path| values(&quote!(value), path));
            quote!(.flat_map(|value| std::iter::empty() #(.chain(#paths))*))
        }
    });
    quote!(std::iter::once(#from) #(#steps)*)
}

pub(super) fn fixed(name: &str, value: &ParameterValue) -> TokenStream {
    let literal = literal(value);
    match value {
        ParameterValue::Text(_) => quote!(.text(#name, #literal)),
        ParameterValue::Flag(_) => quote!(.flag(#name, #literal)),
        ParameterValue::List(_) => quote!(.list(#name, Some(#literal))),
    }
}

pub(super) fn literal(value: &ParameterValue) -> TokenStream {
    match value {
        ParameterValue::Text(text) => quote!(#text),
        ParameterValue::Flag(flag) => quote!(#flag),
        ParameterValue::List(list) => quote!([#(#list),*]),
    }
}
