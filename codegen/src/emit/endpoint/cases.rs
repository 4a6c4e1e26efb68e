//! The test cases of a model as a test beside the rules, and what operations have for the rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::endpoint;
use crate::ir::endpoint::{Binding, Bound, BuiltIn, Case, Holds, Value};

/// The test.
pub(super) fn emit(cases: &[Case]) -> TokenStream {
    let with_context = cases.iter().any(|case| !case.context.is_empty());
    let context = with_context.then(|| {
        quote!(
            use longshore_runtime::EndpointContext;
        )
    });
    let rows = cases.iter().map(|case| {
        let parameters = parameters(case);
        let expected = match &case.expected {
            Some(expected) => {
                let expected = endpoint(expected);
                quote!(Some(#expected))
            }
            None => quote!(None),
        };
        quote!((#parameters, #expected))
    });
    quote! {
        #[cfg(test)]
        mod tests {
            use super::*;
            #context

            /// The cases of the model; `None` where the rules answer with an error.
            #[test]
            fn the_cases_of_the_model() {
                let with = EndpointParameters::new;
                let cases = [#(#rows,)*];
                for (parameters, expected) in cases {
                    let found = RULES.resolve(&parameters);
                    assert_eq!(found.as_ref().ok(), expected.as_ref(), "{parameters:?}: {found:?}");
                }
            }
        }
    }
}

fn parameters(case: &Case) -> TokenStream {
    let settings = case.built_ins.iter().map(|(built_in, value)| {
        let value = literal(value);
        match built_in {
            BuiltIn::Region => quote!(.region(#value)),
            BuiltIn::Endpoint => quote!(.endpoint(#value)),
            BuiltIn::UseFips => quote!(.use_fips(#value)),
            BuiltIn::UseDualStack => quote!(.use_dual_stack(#value)),
        }
    });
    let context = (!case.context.is_empty()).then(|| {
        let values = case.context.iter().map(|(name, value)| fixed(name, value));
        quote!(.context(EndpointContext::new() #(#values)*))
    });
    quote!(with() #(#settings)* #context)
}

/// What an operation has for the rules, as an expression over its request.
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
    });
    quote!(longshore_runtime::EndpointContext::new() #(#values)*)
}

fn fixed(name: &str, value: &Value) -> TokenStream {
    let literal = literal(value);
    match value {
        Value::Text(_) => quote!(.text(#name, #literal)),
        Value::Flag(_) => quote!(.flag(#name, #literal)),
        Value::List(_) => quote!(.list(#name, #literal)),
    }
}

fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Text(text) => quote!(#text),
        Value::Flag(flag) => quote!(#flag),
        Value::List(list) => quote!([#(#list),*]),
    }
}
