//! Emits an open union: a variant and a constructor for each member, and a variant for unknown
//! members.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::docs::member_docs;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::ServiceIndex;
use crate::emit::shapes::checks::emit_checks;
use crate::emit::shapes::structure::imports;
use crate::emit::values::ty::Needs;
use crate::emit::values::ty::TypeScope;
use crate::emit::values::ty::{codec, wire_form};
use crate::{
    ir::{Direction, Union, UnionVariant},
    rust_file::{Item, Row, Table, TableKeys},
};

/// The text about unknown members in the documentation of every union.
const OPEN: &str = "A tagged union: on the wire, exactly one of the members below. A \
                    member that this client does not know is kept, with its value, in the last \
                    variant.";

/// The file of a union.
pub(in crate::emit) fn emit_union<'s>(shape: &'s Union, index: &'s ServiceIndex<'s>) -> Content {
    let page = Page { index, owner: &shape.wire, kind: PageKind::Types };
    let mut items = imports(Needs::of_union(shape), TypeScope::Types);
    items.push(definition(shape, &page).into());
    items.extend(debug(shape).map(Item::from));
    items.extend(constructors(shape));
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    items.push(Item::Table(Table {
        name: "union",
        arguments: vec![quote!(#name), quote!(#unrecognized)],
        keys: TableKeys::Names,
        rows: shape.variants.iter().map(|variant| row(variant, shape.direction).into()).collect(),
    }));
    (vec![format!("The union `{}`.", shape.wire)], items)
}

fn definition(shape: &Union, page: &Page<'_>) -> TokenStream {
    let mut about = page.docs_or(&shape.docs, || format!("The union `{}`.", shape.wire));
    about.paragraphs.push(OPEN.to_owned());
    let about = docs::item(&about);
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let debug = (!has_secrets(shape)).then(|| quote!(Debug,));
    let variants = shape.variants.iter().map(|variant| {
        let (docs, name) = (docs::item(&member_docs::variant_docs(variant, page)), &variant.name);
        let payload = variant.ty.as_ref().map(|ty| {
            let ty = TypeScope::Types.ty(ty);
            quote!((#ty))
        });
        quote!(#docs #name #payload)
    });
    quote! {
        #about
        #[derive(#debug Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A member that the model did not list when this client was generated.
            #unrecognized(longshore_runtime::UnrecognizedMember),
        }
    }
}

/// Returns the table of the constructors; `None` if no variant has content.
fn constructors(shape: &Union) -> Option<Item> {
    let rows = shape.variants.iter().filter_map(|variant| {
        let (name, argument) = (&variant.name, TypeScope::Types.argument(variant.ty.as_ref()?));
        Some(Row {
            about: Vec::new(),
            deprecated: variant.docs.deprecated.clone(),
            keys: vec![variant.constructor.to_string()],
            target: quote!(#name #argument),
        })
    });
    let rows: Vec<_> = rows.collect();
    let name = &shape.name;
    (!rows.is_empty()).then(|| {
        Item::Table(Table {
            name: "constructors",
            arguments: vec![quote!(#name)],
            keys: TableKeys::Plain,
            rows,
        })
    })
}

/// The row of a member; one without content has empty parentheses.
fn row(variant: &UnionVariant, direction: Direction) -> (Vec<String>, TokenStream) {
    let name = &variant.name;
    let target = match &variant.ty {
        None => quote!(#name()),
        Some(ty) => {
            let codec = wire_form(variant.elements.as_deref(), codec(ty, direction));
            let rules =
                emit_checks(&variant.constraints, ty, direction.is_sent(), variant.sensitive);
            quote!(#name #codec #rules)
        }
    };
    (vec![variant.wire.clone()], target)
}

/// Returns a `Debug` that hides sensitive values, or `None` if there are none and it is derived.
fn debug(shape: &Union) -> Option<TokenStream> {
    if !has_secrets(shape) {
        return None;
    }
    let (name, unrecognized) = (&shape.name, &shape.unrecognized);
    let label = unrecognized.as_str();
    let arms = shape.variants.iter().map(|variant| {
        let (label, name) = (variant.name.as_str(), &variant.name);
        match (&variant.ty, variant.sensitive) {
            (None, _) => quote!(Self::#name => f.write_str(#label)),
            (Some(_), false) => {
                quote!(Self::#name(value) => f.debug_tuple(#label).field(value).finish())
            }
            (Some(_), true) => quote! {
                Self::#name(_) => f.debug_tuple(#label).field(&longshore_runtime::Redacted).finish()
            },
        }
    });
    Some(quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms,)*
                    Self::#unrecognized(member) => f.debug_tuple(#label).field(member).finish(),
                }
            }
        }
    })
}

fn has_secrets(shape: &Union) -> bool {
    shape.variants.iter().any(|variant| variant.sensitive && variant.ty.is_some())
}
