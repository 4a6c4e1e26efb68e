//! Lowers HTTP bindings: the location of a member of a request, a response or an exception.
//!
//! Bindings of nested structures have no effect, and neither do bindings in the wrong direction,
//! such as a query parameter in a response (Smithy specification, "HTTP bindings").

use crate::{
    ir::{Field, HttpLocation, Payload, TimestampFormat, Type},
    lower::context::Context,
    smithy::{Member, Shape, ShapeId},
};

use super::structure::Role;

const PAYLOAD: &str = "smithy.api#httpPayload";

/// The trait of each binding, and the roles in which it has an effect.
const BINDINGS: [(&str, &[Role]); 7] = [
    ("smithy.api#httpLabel", &[Role::Input]),
    ("smithy.api#httpQuery", &[Role::Input]),
    ("smithy.api#httpQueryParams", &[Role::Input]),
    ("smithy.api#httpHeader", &[Role::Input, Role::Output, Role::Exception]),
    ("smithy.api#httpPrefixHeaders", &[Role::Input, Role::Output, Role::Exception]),
    ("smithy.api#httpResponseCode", &[Role::Output, Role::Exception]),
    (PAYLOAD, &[Role::Input, Role::Output, Role::Exception]),
];

/// A binding: its trait, and the string in the trait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding<'m> {
    id: &'static str,
    text: &'m str,
}

/// Returns the binding of a member, if it has one that has an effect.
pub(super) fn binding<'m>(
    context: &Context<'_>,
    role: Role,
    member: &'m Member,
) -> Option<Binding<'m>> {
    if !context.protocol.binds_http() {
        return None;
    }
    let (id, _) =
        BINDINGS.iter().find(|(id, roles)| roles.contains(&role) && member.traits.has(id))?;
    Some(Binding { id, text: member.traits.text(id).unwrap_or_default() })
}

impl Binding<'_> {
    /// Returns the default format of timestamps, if it is not that of documents.
    pub(super) fn timestamps(self) -> Option<TimestampFormat> {
        match self.id {
            "smithy.api#httpLabel" | "smithy.api#httpQuery" | "smithy.api#httpQueryParams" => {
                Some(TimestampFormat::DateTime)
            }
            "smithy.api#httpHeader" | "smithy.api#httpPrefixHeaders" => {
                Some(TimestampFormat::HttpDate)
            }
            _ => None,
        }
    }

    /// Returns the location of a member of this type. An error states the types that are allowed.
    pub(super) fn location(
        self,
        name: &str,
        ty: &Type,
        media_type: Option<&str>,
    ) -> Result<HttpLocation, String> {
        let ty = ty.unboxed();
        let text = self.text.to_owned();
        let (location, fits, expected) = match self.id {
            "smithy.api#httpLabel" => (HttpLocation::Label(name.to_owned()), is_scalar(ty), SCALAR),
            "smithy.api#httpQuery" => (HttpLocation::Query(text), is_scalar_or_list(ty), LIST),
            "smithy.api#httpQueryParams" => (
                HttpLocation::QueryParams,
                is_map(ty, is_text_or_list),
                "a map of strings or of lists of strings",
            ),
            "smithy.api#httpHeader" => {
                let encoded = media_type.is_some() && *ty == Type::String;
                (HttpLocation::Header { name: text, encoded }, is_scalar_or_list(ty), LIST)
            }
            "smithy.api#httpPrefixHeaders" => {
                (HttpLocation::PrefixHeaders(text), is_map(ty, is_text), "a map of strings")
            }
            "smithy.api#httpResponseCode" => {
                (HttpLocation::Status, matches!(ty, Type::I32 | Type::IntEnum(_)), "an integer")
            }
            _ => (HttpLocation::Payload(payload(ty, media_type)), is_body(ty), PAYLOADS),
        };
        match fits {
            true => Ok(location),
            false => Err(format!(
                "the trait {} requires {expected}; change the type of the member, or remove the \
                    trait",
                self.id
            )),
        }
    }
}

const SCALAR: &str = "a string, a number, a boolean or a timestamp";
const LIST: &str = "a string, a number, a boolean, a timestamp or a list of these";
const PAYLOADS: &str = "a string, a blob, a structure, a union, a document, a list or a map";

fn payload(ty: &Type, media_type: Option<&str>) -> Payload {
    let media_type = |default: &str| media_type.unwrap_or(default).to_owned();
    match ty {
        Type::Blob => Payload::Blob(media_type("application/octet-stream")),
        Type::String | Type::Enum(_) => Payload::Text(media_type("text/plain")),
        Type::Struct(_) => Payload::Structure,
        _ => Payload::Value,
    }
}

fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Bool
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64
        | Type::F32
        | Type::F64
        | Type::IntEnum(_)
        | Type::Timestamp(_) => true,
        ty => is_text(ty),
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Enum(_))
}

fn is_scalar_or_list(ty: &Type) -> bool {
    match ty {
        Type::List { element, .. } => is_scalar(element),
        ty => is_scalar(ty),
    }
}

fn is_text_or_list(ty: &Type) -> bool {
    match ty {
        Type::List { element, .. } => is_text(element),
        ty => is_text(ty),
    }
}

/// Returns true if a member of this type can be the whole body.
fn is_body(ty: &Type) -> bool {
    *ty == Type::Blob || is_text(ty) || !is_scalar(ty)
}

fn is_map(ty: &Type, value_fits: impl Fn(&Type) -> bool) -> bool {
    matches!(ty, Type::Map { value, .. } if value_fits(value))
}

/// Checks that at most one member is the whole body, and warns about a member that is not
/// transferred.
pub(super) fn check_payload(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    fields: &[Field],
) {
    let is_payload = |field: &&Field| matches!(field.location, Some(HttpLocation::Payload(_)));
    let mut payloads = fields.iter().filter(is_payload);
    let Some(payload) = payloads.next() else { return };
    if let Some(second) = payloads.next() {
        let what = format!(
            "its members {} and {} have the trait {PAYLOAD}, but a message has only one body; remove \
                the trait from one of them",
            payload.member, second.member
        );
        context.refuse(shape, id, what);
    } else if let Some(field) = fields.iter().find(|field| field.location.is_none()) {
        let what = format!(
            "its member {} is the whole body, so its member {} is not transferred",
            payload.member, field.member
        );
        context.warn(shape, id, what);
    }
}
