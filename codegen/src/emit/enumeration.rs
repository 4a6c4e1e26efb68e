//! Open enums, of strings and of whole numbers: the values, and the variant for what the model does
//! not list.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Content, Item, Keys, Table, docs};
use crate::{
    ir::{Docs, Enum, IntEnum},
    names::Ident,
};

/// The file of an enum of strings.
pub(super) fn emit_enum(shape: &Enum) -> Content {
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let about = docs::or_else(&shape.docs, || format!("The values of `{}`.", shape.wire));
    let definition = definition(
        name,
        &about,
        shape.variants.iter().map(|variant| (&variant.name, &variant.docs)),
        shape.sensitive,
        &quote!(),
        &quote! {
            /// A value that the model did not list when this client was generated.
            #unrecognized(longshore_runtime::Unrecognized)
        },
    );
    let rows = shape.variants.iter().map(|variant| {
        let name = &variant.name;
        (vec![variant.wire.clone()], quote!(#name))
    });
    let values = Table {
        name: "string_enum",
        arguments: vec![quote!(#name), quote!(#unrecognized)],
        keys: Keys::Names,
        rows: rows.collect(),
    };
    content(&shape.wire, name, definition, values, shape.sensitive)
}

/// The file of an enum of whole numbers.
pub(super) fn emit_int_enum(shape: &IntEnum) -> Content {
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let about = docs::or_else(&shape.docs, || format!("The values of `{}`.", shape.wire));
    let definition = definition(
        name,
        &about,
        shape.variants.iter().map(|variant| (&variant.name, &variant.docs)),
        shape.sensitive,
        &quote!(Copy,),
        &quote! {
            /// A number that the model did not list when this client was generated.
            #unrecognized(longshore_runtime::UnrecognizedInt)
        },
    );
    let rows = shape.variants.iter().map(|variant| {
        let name = &variant.name;
        (vec![variant.value.to_string()], quote!(#name))
    });
    let values = Table {
        name: "int_enum",
        arguments: vec![quote!(#name), quote!(#unrecognized)],
        keys: Keys::Numbers,
        rows: rows.collect(),
    };
    content(&shape.wire, name, definition, values, shape.sensitive)
}

fn definition<'s>(
    name: &Ident,
    about: &Docs,
    variants: impl Iterator<Item = (&'s Ident, &'s Docs)>,
    sensitive: bool,
    copy: &TokenStream,
    unrecognized: &TokenStream,
) -> TokenStream {
    let about = docs::item(about);
    let debug = (!sensitive).then(|| quote!(Debug,));
    let variants = variants.map(|(name, docs)| {
        let docs = docs::item(docs);
        quote!(#docs #name)
    });
    quote! {
        #about
        #[derive(#debug Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unrecognized,
        }
    }
}

fn content(
    wire: &str,
    name: &Ident,
    definition: TokenStream,
    values: Table,
    sensitive: bool,
) -> Content {
    let mut items = vec![definition.into(), Item::Table(values)];
    if sensitive {
        items.push(redacted(name).into());
    }
    (vec![format!("The enum `{wire}`.")], items)
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
