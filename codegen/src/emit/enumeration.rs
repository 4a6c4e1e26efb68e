//! An open enum: its values, and the variant for what the model does not list.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Content, Item, Table, docs};
use crate::{ir::Enum, names::Ident};

/// The file of an enum.
pub(super) fn emit_enum(shape: &Enum) -> Content {
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let about = docs::or_else(&shape.docs, || format!("The values of `{}`.", shape.wire));
    let about = docs::item(&about);
    let variants = shape.variants.iter().map(|variant| {
        let (docs, name) = (docs::item(&variant.docs), &variant.name);
        quote!(#docs #name)
    });
    let values = shape.variants.iter().map(|variant| {
        let name = &variant.name;
        (vec![variant.wire.clone()], quote!(#name))
    });
    let debug = (!shape.sensitive).then(|| quote!(Debug,));
    let definition = quote! {
        #about
        #[derive(#debug Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the model did not list when this client was generated.
            #unrecognized(longshore_runtime::Unrecognized),
        }
    };
    let values = Item::Table(Table {
        name: "string_enum",
        arguments: vec![quote!(#name), quote!(#unrecognized)],
        rows: values.collect(),
    });
    let mut items = vec![definition.into(), values];
    if shape.sensitive {
        items.push(redacted(name).into());
    }
    (vec![format!("The enum `{}`.", shape.wire)], items)
}

/// `Debug` of values that never print.
fn redacted(name: &Ident) -> TokenStream {
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&longshore_runtime::Redacted, f)
            }
        }
    }
}
