//! Emits the endpoint test cases of a model as a test.

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::fixed;
use super::bindings::literal;
use super::expression::endpoint;
use crate::ir::endpoint::{BuiltIn, EndpointCase};

/// The test.
pub(super) fn emit(cases: &[EndpointCase]) -> TokenStream {
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

            /// The test cases of the model; `None` if the rules return an error.
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

fn parameters(case: &EndpointCase) -> TokenStream {
    let settings = case.built_ins.iter().map(|(built_in, value)| {
        let value = literal(value);
        match built_in {
            BuiltIn::Region => quote!(.region(#value)),
            BuiltIn::Endpoint => quote!(.endpoint(#value)),
            BuiltIn::UseFips => quote!(.use_fips(#value)),
            BuiltIn::UseDualStack => quote!(.use_dual_stack(#value)),
            BuiltIn::UseStsGlobalEndpoint => quote!(.use_sts_global_endpoint(#value)),
            BuiltIn::AccountId => quote!(.account_id(#value)),
            BuiltIn::AccountIdEndpointMode => quote!(.account_id_endpoint_mode(#value)),
        }
    });
    let context = (!case.context.is_empty()).then(|| {
        let values = case.context.iter().map(|(name, value)| fixed(name, value));
        quote!(.context(EndpointContext::new() #(#values)*))
    });
    quote!(with() #(#settings)* #context)
}
