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
                quote!(.list(#parameter, self.#field.iter().map(String::as_str)))
            }
            (Holds::Texts, true) => {
                quote!(.list(#parameter, self.#field.iter().flatten().map(String::as_str)))
            }
        },
        Bound::Path { steps, list } => {
            let texts = values(&quote!(self), steps);
            let texts = quote!(#texts.map(|value| value.as_str()));
            match list {
                true => quote!(.list(#parameter, #texts)),
                false => quote!(.text(#parameter, #texts.next())),
            }
        }
    });
    quote!(longshore_runtime::EndpointContext::new() #(#values)*)
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
        ParameterValue::List(_) => quote!(.list(#name, #literal)),
    }
}

pub(super) fn literal(value: &ParameterValue) -> TokenStream {
    match value {
        ParameterValue::Text(text) => quote!(#text),
        ParameterValue::Flag(flag) => quote!(#flag),
        ParameterValue::List(list) => quote!([#(#list),*]),
    }
}
