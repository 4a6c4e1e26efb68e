//! The wire form of a structure: a table with a row for each member.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Item, Table,
    structure::has_plain_new,
    ty::{Place, codec},
};
use crate::{
    ir::{Direction, Field, Presence, Struct, Type},
    names::Ident,
};

/// The table of a structure; `message` is the field that holds an exception's message.
pub(super) fn emit_members(shape: &Struct, place: Place, message: Option<&Ident>) -> Item {
    let name = &shape.name;
    let default = has_plain_new(shape).then(|| quote!(Default));
    let rows = shape.fields.iter().map(|field| row(field, shape, place, message)).collect();
    Item::Table(Table {
        name: "structure",
        arguments: [quote!(#name)].into_iter().chain(default).collect(),
        rows,
    })
}

fn row(
    field: &Field,
    shape: &Struct,
    place: Place,
    message: Option<&Ident>,
) -> (Vec<String>, TokenStream) {
    let name = &field.name;
    let keys = vec![field.wire.clone()];
    let codec = codec(&field.ty).map(|codec| quote!(as #codec));
    let target = match &field.presence {
        Presence::Optional if message == Some(name) && field.ty == Type::String => {
            return (message_keys(&field.wire, shape), quote!(message(#name)));
        }
        Presence::Optional => quote!(some(#name #codec)),
        // Serde demands a member only in structures that are never received: a service may leave
        // out what its model promises, and its answer has to be read all the same.
        Presence::Required if shape.direction == Direction::Sent => {
            quote!(required(#name #codec))
        }
        Presence::Required | Presence::Corrected => quote!(value(#name #codec)),
        Presence::Defaulted(literal) => {
            let literal = place.literal(&field.ty, literal);
            quote!(default(#name #codec, #literal))
        }
    };
    (keys, target)
}

/// The keys a message comes under: services do not keep to the case their models give it.
fn message_keys(wire: &str, shape: &Struct) -> Vec<String> {
    let others = ["message", "Message", "errorMessage"];
    let free = others.into_iter().filter(|other| shape.fields.iter().all(|f| f.wire != *other));
    std::iter::once(wire).chain(free).map(str::to_owned).collect()
}
