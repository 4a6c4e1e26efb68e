//! Emits the wire format of a structure: a table with one row per member.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::shapes::checks::emit_checks;
use crate::emit::values::ty::TypeScope;
use crate::emit::values::ty::{field_codec, wire_form};
use crate::{
    ir::{Direction, Field, HttpLocation, Payload, Presence, Struct, Type},
    names::Ident,
    rust_file::{Item, Table, TableKeys},
};

/// The properties of a structure that affect its table.
#[derive(Clone, Copy, Debug)]
pub(in crate::emit) enum TableRole<'a> {
    /// A request, which can be checked before it is sent.
    Request,
    /// An exception, with the field that holds its message.
    Exception(Option<&'a Ident>),
    /// Anything else.
    Plain,
}

/// The table of a structure.
pub(in crate::emit) fn emit_members(shape: &Struct, scope: TypeScope, role: TableRole<'_>) -> Item {
    let name = &shape.name;
    let (request, message) = match role {
        TableRole::Request => (Some(quote!(Request)), None),
        TableRole::Exception(message) => (None, message),
        TableRole::Plain => (None, None),
    };
    let default = (!shape.has_required()).then(|| quote!(Default));
    let rows = shape.fields.iter().map(|field| row(field, shape, scope, message).into()).collect();
    Item::Table(Table {
        name: "structure",
        arguments: [quote!(#name)].into_iter().chain(request).chain(default).collect(),
        keys: TableKeys::Names,
        rows,
    })
}

fn row(
    field: &Field,
    shape: &Struct,
    scope: TypeScope,
    message: Option<&Ident>,
) -> (Vec<String>, TokenStream) {
    let name = &field.name;
    let is_message = message == Some(name) && field.ty == Type::String;
    let keys = vec![field.wire.clone()];
    let codec = wire_form(field.elements.as_deref(), field_codec(field, shape.direction));
    let target = match &field.presence {
        Presence::Optional if is_message => quote!(some_message(#name)),
        Presence::Optional | Presence::Filled => quote!(some(#name #codec)),
        // Serde requires a member only in structures that are never received: a service may omit
        // members that its model requires, and the response must be readable nevertheless.
        Presence::Required if shape.direction == Direction::Sent => {
            quote!(required(#name #codec))
        }
        Presence::Required | Presence::Corrected { .. } if is_message => {
            quote!(value_message(#name))
        }
        Presence::Required | Presence::Corrected { .. } => quote!(value(#name #codec)),
        Presence::Defaulted(literal) => {
            let literal = scope.literal(&field.ty, literal);
            quote!(default(#name #codec, #literal))
        }
    };
    let rules =
        emit_checks(&field.constraints, &field.ty, shape.direction.is_sent(), field.sensitive);
    let location = field.location.as_ref().map(location);
    (keys, quote!(#target #location #rules))
}

/// Returns the location of a member that is not part of the document in the body.
fn location(location: &HttpLocation) -> TokenStream {
    match location {
        HttpLocation::Label(name) => quote!(at label(#name)),
        HttpLocation::Query(name) => quote!(at query(#name)),
        HttpLocation::QueryParams => quote!(at query_params),
        HttpLocation::Header { name, .. } => quote!(at header(#name)),
        HttpLocation::PrefixHeaders(prefix) => quote!(at prefix_headers(#prefix)),
        HttpLocation::Status => quote!(at status),
        HttpLocation::Payload(Payload::Structure) => quote!(at payload(structure)),
        HttpLocation::Payload(Payload::Value) => quote!(at payload(value)),
        HttpLocation::Payload(Payload::Text(media_type)) => quote!(at payload(text #media_type)),
        HttpLocation::Payload(Payload::Blob(media_type)) => quote!(at payload(blob #media_type)),
    }
}
