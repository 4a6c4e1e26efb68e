//! Lowers HTTP bindings: where a member of a request, an output or an exception is in the message.
//!
//! Bindings of other structures have no effect (Smithy specification, "HTTP binding traits").

use super::structure::Role;
use crate::{
    ir::{Binding, Payload, Type},
    lower::{context::Context, protocol::Place},
    smithy::Member,
};

/// The media type of a string that is the whole body and states none.
const TEXT: &str = "text/plain";

/// The media type of binary data that is the whole body and states none.
const BINARY: &str = "application/octet-stream";

/// The traits of bindings, and the roles of structures in which they have an effect.
const BINDINGS: [(&str, fn(Role) -> bool); 7] = [
    ("smithy.api#httpLabel", |role| role == Role::Input),
    ("smithy.api#httpQuery", |role| role == Role::Input),
    ("smithy.api#httpQueryParams", |role| role == Role::Input),
    ("smithy.api#httpHeader", |_| true),
    ("smithy.api#httpPrefixHeaders", |_| true),
    ("smithy.api#httpResponseCode", |role| role == Role::Output),
    ("smithy.api#httpPayload", |_| true),
];

/// Returns the trait that binds a member of a structure with this role.
pub(super) fn trait_of(context: &Context<'_>, role: Role, member: &Member) -> Option<&'static str> {
    let binds = context.protocol.has_bindings && !matches!(role, Role::Type(_));
    let mut bindings = BINDINGS.into_iter().filter(|(_, has_effect)| binds && has_effect(role));
    bindings.find(|(id, _)| member.traits.has(id)).map(|(id, _)| id)
}

/// Returns the place of a member, which determines the format of its timestamps.
pub(super) fn place(binding: Option<&str>) -> Place {
    match binding {
        Some("smithy.api#httpLabel" | "smithy.api#httpQuery" | "smithy.api#httpQueryParams") => {
            Place::Uri
        }
        Some("smithy.api#httpHeader" | "smithy.api#httpPrefixHeaders") => Place::Header,
        _ => Place::Body,
    }
}

/// Lowers the binding that the trait `id` states, for a member of type `ty`.
pub(super) fn lower(
    context: &Context<'_>,
    id: &'static str,
    member: &Member,
    ty: &Type,
) -> Result<Binding, String> {
    let text = || member.traits.text(id).unwrap_or_default().to_owned();
    let (binding, fits, expected) = match id {
        "smithy.api#httpLabel" => (Binding::Label, is_simple(ty), SIMPLE),
        "smithy.api#httpQuery" => (Binding::Query(text()), is_simple_or_list(ty), SIMPLE_OR_LIST),
        "smithy.api#httpQueryParams" => (Binding::QueryParams, is_text_map(ty, true), PARAMS),
        "smithy.api#httpHeader" => (Binding::Header(text()), is_simple_or_list(ty), SIMPLE_OR_LIST),
        "smithy.api#httpPrefixHeaders" => {
            (Binding::PrefixHeaders(text()), is_text_map(ty, false), HEADERS)
        }
        "smithy.api#httpResponseCode" => (Binding::Status, is_integer(ty), "an integer"),
        _ => (Binding::Payload(payload(context, member, ty)), is_payload(ty), PAYLOAD),
    };
    match fits {
        true => Ok(binding),
        false => Err(format!("the trait {id} has no effect here; it belongs on {expected}")),
    }
}

const SIMPLE: &str = "a member that is a string, number, boolean or timestamp";

const SIMPLE_OR_LIST: &str =
    "a member that is a string, number, boolean or timestamp, or a list of them";

const PARAMS: &str = "a map of strings, or of lists of strings";

const HEADERS: &str = "a map of strings";

const PAYLOAD: &str = "a structure, union, document, string, blob, list or map";

fn payload(context: &Context<'_>, member: &Member, ty: &Type) -> Payload {
    let target = context.model.shape(&member.target);
    let media_type = "smithy.api#mediaType";
    let stated = member.traits.text(media_type);
    let stated = stated.or_else(|| target.and_then(|shape| shape.traits.text(media_type)));
    let or = |default: &str| stated.unwrap_or(default).to_owned();
    match ty.unboxed() {
        Type::Struct(_) => Payload::Structure,
        Type::String | Type::Enum(_) => Payload::Text(or(TEXT)),
        Type::Blob => Payload::Blob(or(BINARY)),
        _ => Payload::Value,
    }
}

fn is_simple(ty: &Type) -> bool {
    is_integer(ty)
        || matches!(
            ty,
            Type::String
                | Type::Bool
                | Type::F32
                | Type::F64
                | Type::Timestamp(_)
                | Type::Enum(_)
                | Type::IntEnum(_)
        )
}

fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::I8 | Type::I16 | Type::I32 | Type::I64)
}

fn is_simple_or_list(ty: &Type) -> bool {
    match ty {
        Type::List { element, .. } => is_simple(element),
        ty => is_simple(ty),
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Enum(_))
}

fn is_text_map(ty: &Type, lists: bool) -> bool {
    let Type::Map { value, .. } = ty else { return false };
    match value.as_ref() {
        Type::List { element, .. } => lists && is_text(element),
        value => is_text(value),
    }
}

fn is_payload(ty: &Type) -> bool {
    matches!(
        ty.unboxed(),
        Type::Struct(_)
            | Type::Union(_)
            | Type::Document
            | Type::String
            | Type::Enum(_)
            | Type::Blob
            | Type::List { .. }
            | Type::Map { .. }
    )
}
