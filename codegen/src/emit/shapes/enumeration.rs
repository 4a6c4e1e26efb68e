//! Emits open enums of strings and of integers: the values, and the variant for unknown values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::{self, ServiceIndex};
use crate::{
    ir::{Docs, Enum, IntEnum},
    names::Ident,
    rust_file::{Item, Table, TableKeys},
};

/// The file of an enum of strings.
pub(in crate::emit) fn emit_enum<'s>(shape: &'s Enum, index: &'s ServiceIndex<'s>) -> Content {
    let unlisted = quote! {
        /// A value that the model did not list when this client was generated.
    };
    let holder = quote!(longshore_runtime::Unrecognized);
    let style = EnumStyle {
        table: "string_enum",
        keys: TableKeys::Names,
        copy: quote!(),
        unlisted,
        holder,
    };
    emit(shape, index, style)
}

/// The file of an enum of whole numbers.
pub(in crate::emit) fn emit_int_enum<'s>(
    shape: &'s IntEnum,
    index: &'s ServiceIndex<'s>,
) -> Content {
    let unlisted = quote! {
        /// A number that the model did not list when this client was generated.
    };
    let holder = quote!(longshore_runtime::UnrecognizedInt);
    let copy = quote!(Copy,);
    emit(
        shape,
        index,
        EnumStyle { table: "int_enum", keys: TableKeys::Plain, copy, unlisted, holder },
    )
}

/// The differences between enums of strings and of integers.
struct EnumStyle {
    /// The macro that implements the enum.
    table: &'static str,
    keys: TableKeys,
    /// `Copy`, if all variants are `Copy`.
    copy: TokenStream,
    /// The documentation of the last variant.
    unlisted: TokenStream,
    /// The content of the last variant.
    holder: TokenStream,
}

fn emit<'s, V: ToString>(
    shape: &'s Enum<V>,
    index: &'s ServiceIndex<'s>,
    style: EnumStyle,
) -> Content {
    let page = Page { index, owner: &shape.wire, kind: PageKind::Types };
    let rows = shape.variants.iter().map(|variant| {
        let name = &variant.name;
        (vec![variant.wire.to_string()], quote!(#name)).into()
    });
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let values = Table {
        name: style.table,
        arguments: vec![quote!(#name), quote!(#unrecognized)],
        keys: style.keys,
        rows: rows.collect(),
    };
    let mut items = vec![definition(shape, &page, &style).into(), Item::Table(values)];
    if shape.sensitive {
        items.push(redacted(name).into());
    }
    (vec![format!("The enum `{}`.", shape.wire)], items)
}

fn definition<V: ToString>(shape: &Enum<V>, page: &Page<'_>, style: &EnumStyle) -> TokenStream {
    let about = page.docs_or(&shape.docs, || format!("The values of `{}`.", shape.wire));
    let about = docs::item(&about);
    let debug = (!shape.sensitive).then(|| quote!(Debug,));
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let EnumStyle { copy, unlisted, holder, .. } = style;
    let variants = shape.variants.iter().map(|variant| {
        let paragraphs =
            page.linked_except(&variant.docs.paragraphs, |name| index::has_value(shape, name));
        let docs = Docs { paragraphs, deprecated: variant.docs.deprecated.clone() };
        let (docs, name) = (docs::item(&docs), &variant.name);
        quote!(#docs #name)
    });
    quote! {
        #about
        #[derive(#debug Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unlisted
            #unrecognized(#holder),
        }
    }
}

/// `Debug` for sensitive values, which it never prints.
fn redacted(name: &Ident) -> TokenStream {
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&longshore_runtime::Redacted, f)
            }
        }
    }
}
