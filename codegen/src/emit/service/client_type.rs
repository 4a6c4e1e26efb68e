//! Emits what the async and the blocking client have in common: the type that wraps a generic
//! client, its constructor, and access to the generic client.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust_file::Item;

/// Emits the imports, the type and the methods of a client. `generic` is the path of the generic
/// client.
pub(super) fn client_type(
    about: &TokenStream,
    generic: &TokenStream,
    methods: impl Iterator<Item = TokenStream>,
) -> Vec<Item> {
    let imports = quote!(
        use super::operation::*;
        use longshore_runtime::{Config, Error};
    );
    let definition = quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct Client(#generic);
    };
    let methods = quote! {
        impl Client {
            /// Creates a client. It connects on first use.
            #[must_use]
            #[inline]
            pub fn new(config: &Config) -> Self {
                Self(#generic::new(config))
            }
            #(#methods)*
        }
    };
    let access = quote! {
        /// The generic client, which can call any [`Operation`](longshore_runtime::Operation).
        impl AsRef<#generic> for Client {
            #[inline]
            fn as_ref(&self) -> &#generic {
                &self.0
            }
        }
    };
    vec![imports.into(), definition.into(), methods.into(), access.into()]
}
