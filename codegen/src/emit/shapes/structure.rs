//! Emits a structure: its definition, `new` and setters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::content::Content;
use crate::emit::docs::comment as docs;
use crate::emit::docs::member_docs;
use crate::emit::docs::page::Page;
use crate::emit::docs::page::PageKind;
use crate::emit::index::ServiceIndex;
use crate::emit::shapes::wire;
use crate::emit::shapes::wire::TableRole;
use crate::emit::values::ty::Needs;
use crate::emit::values::ty::TypeScope;
use crate::{
    ir::{Docs, Field, Struct},
    rust_file::{Item, Row, Table, TableKeys},
};

/// The file of a structure in the `types` module.
pub(in crate::emit) fn emit_struct_file<'s>(
    shape: &'s Struct,
    index: &'s ServiceIndex<'s>,
) -> Content {
    let page = Page { index, owner: &shape.wire, kind: PageKind::Types };
    let needs = Needs::of([shape]);
    let mut items = imports(needs, TypeScope::Types);
    let sentence = format!("The structure `{}`.", shape.wire);
    let about = page.docs_or(&shape.docs, || sentence.clone());
    items.extend(emit_struct(shape, &page, TableRole::Plain, &about));
    (vec![sentence], items)
}

/// The imports that structures with these needs share.
pub(in crate::emit) fn imports(needs: Needs, scope: TypeScope) -> Vec<Item> {
    let mut uses = TokenStream::new();
    if needs.maps {
        uses.extend(quote!(
            use std::collections::BTreeMap;
        ));
    }
    let types = needs.types && scope == TypeScope::Elsewhere;
    match (needs.exceptions, types) {
        (true, true) => uses.extend(quote!(
            use super::super::{exception, types};
        )),
        (true, false) => uses.extend(quote!(
            use super::super::exception;
        )),
        (false, true) => uses.extend(quote!(
            use super::super::types;
        )),
        (false, false) => {}
    }
    if needs.codec {
        uses.extend(quote!(
            use longshore_runtime::codec;
        ));
    }
    if needs.waiters {
        uses.extend(quote!(
            use longshore_runtime::wait;
        ));
    }
    if uses.is_empty() { Vec::new() } else { vec![uses.into()] }
}

/// Returns all items of a structure with its documentation.
pub(in crate::emit) fn emit_struct(
    shape: &Struct,
    page: &Page<'_>,
    role: TableRole<'_>,
    about: &Docs,
) -> Vec<Item> {
    let mut items = emit_definition(shape, page, role, about);
    items.push(wire::emit_members(shape, page.kind.scope(), role));
    items
}

/// Returns a structure without its wire format.
pub(in crate::emit) fn emit_definition(
    shape: &Struct,
    page: &Page<'_>,
    role: TableRole<'_>,
    about: &Docs,
) -> Vec<Item> {
    let is_request = matches!(role, TableRole::Request);
    let scope = page.kind.scope();
    let field_docs = |field| (field, member_docs::field_docs(field, page));
    let fields: DocumentedFields<'_> = shape.fields.iter().map(field_docs).collect();
    let definition = definition(shape, &fields, scope, is_request, about);
    let mut items = vec![definition.into(), constructor(shape, scope, is_request).into()];
    items.extend(setters(shape, fields, scope));
    items
}

/// The fields of a structure, each with the lines of its documentation.
type DocumentedFields<'s> = Vec<(&'s Field, Vec<String>)>;

fn definition(
    shape: &Struct,
    fields: &DocumentedFields<'_>,
    scope: TypeScope,
    is_request: bool,
    about: &Docs,
) -> TokenStream {
    // Other structures may be unused: a caller is often not interested in the response.
    let must_use = is_request.then(|| quote!(#[must_use = "a client must send the request"]));
    let about = docs::item(about);
    let name = &shape.name;
    let fields = fields.iter().map(|(field, lines)| {
        let (docs, deprecated) = (docs::of_lines(lines), docs::deprecated(&field.docs));
        let (name, ty) = (&field.name, scope.field(field));
        quote!(#docs #deprecated pub #name: #ty)
    });
    quote! {
        #about
        #[derive(Clone, PartialEq)]
        #must_use
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
    }
}

fn constructor(shape: &Struct, scope: TypeScope, is_request: bool) -> TokenStream {
    let name = &shape.name;
    let new = new(shape, scope, is_request);
    quote! {
        impl #name {
            #new
        }
    }
}

fn new(shape: &Struct, scope: TypeScope, is_request: bool) -> TokenStream {
    let required = shape.fields.iter().filter(|field| field.is_required());
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    let mut is_generic = false;
    for field in required {
        let name = &field.name;
        let (ty, value) = scope.parameter(&field.ty, &quote!(#name));
        let same = value.to_string() == quote!(#name).to_string();
        values.push(if same { quote!(#name) } else { quote!(#name: #value) });
        // A parameter is generic exactly if its value is converted.
        is_generic |= !same;
        parameters.push(quote!(#name: #ty));
    }
    // A generic function is compiled only where it is used, even without `#[inline]`.
    let inline = (!is_generic).then(|| quote!(#[inline]));
    // The attribute of a request is on its type.
    let must_use = (!is_request).then(|| quote!(#[must_use]));
    let rest = (values.len() < shape.fields.len())
        .then(|| quote!(..longshore_runtime::Structure::empty()));
    let (about, body) = match parameters.len() {
        0 if shape.fields.is_empty() => (" Creates an instance.", quote!(Self {})),
        0 => (
            " Creates an instance without setting any member. The fields are public.",
            quote!(longshore_runtime::Structure::empty()),
        ),
        1 => (
            " Creates an instance from its required member. The fields are public.",
            quote!(Self { #(#values,)* #rest }),
        ),
        _ => (
            " Creates an instance from its required members. The fields are public.",
            quote!(Self { #(#values,)* #rest }),
        ),
    };
    quote! {
        #[doc = #about]
        #must_use
        #inline
        pub fn new(#(#parameters),*) -> Self {
            #body
        }
    }
}

/// Returns the table of the setters; `None` if the structure has no members.
fn setters(shape: &Struct, fields: DocumentedFields<'_>, scope: TypeScope) -> Option<Item> {
    let name = &shape.name;
    let setter = |(field, field_docs): (&Field, _)| {
        let about = member_docs::setter_docs(field, field_docs);
        let deprecated = field.docs.deprecated.clone();
        let target = scope.setter_argument(field);
        Row { about, deprecated, keys: vec![field.name.to_string()], target }
    };
    (!fields.is_empty()).then(|| {
        Item::Table(Table {
            name: "setters",
            arguments: vec![quote!(#name)],
            keys: TableKeys::Plain,
            rows: fields.into_iter().map(setter).collect(),
        })
    })
}
