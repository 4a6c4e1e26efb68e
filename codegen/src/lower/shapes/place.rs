//! Lowers HTTP bindings: the place of a member of a request, a response or an exception.
//!
//! Bindings of nested structures have no effect, and neither do bindings in the wrong direction,
//! such as a query parameter in a response (Smithy specification, "HTTP bindings").

use crate::{
    ir::{Payload, Place, TimestampFormat, Type},
    lower::context::Context,
    smithy::Member,
};

use super::structure::Role;

/// The trait of each binding, and the roles in which it has an effect.
const BINDINGS: [(&str, &[Role]); 7] = [
    ("smithy.api#httpLabel", &[Role::Input]),
    ("smithy.api#httpQuery", &[Role::Input]),
    ("smithy.api#httpQueryParams", &[Role::Input]),
    ("smithy.api#httpHeader", &[Role::Input, Role::Output, Role::Exception]),
    ("smithy.api#httpPrefixHeaders", &[Role::Input, Role::Output, Role::Exception]),
    ("smithy.api#httpResponseCode", &[Role::Output, Role::Exception]),
    ("smithy.api#httpPayload", &[Role::Input, Role::Output]),
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
    let mut all = BINDINGS.iter().filter(|_| context.protocol.binds_http);
    let (id, _) = all.find(|(id, roles)| roles.contains(&role) && member.traits.has(id))?;
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

    /// Returns the place of a member of this type. An error completes "the member".
    pub(super) fn place(
        self,
        name: &str,
        ty: &Type,
        media_type: Option<&str>,
    ) -> Result<Place, String> {
        let ty = ty.unboxed();
        let text = self.text.to_owned();
        let (place, fits, expected) = match self.id {
            "smithy.api#httpLabel" => (Place::Label(name.to_owned()), is_scalar(ty), SCALAR),
            "smithy.api#httpQuery" => (Place::Query(text), is_scalar_or_list(ty), LIST),
            "smithy.api#httpQueryParams" => {
                (Place::QueryParams, is_map(ty, is_scalar_or_list), "a map of strings or lists")
            }
            "smithy.api#httpHeader" => {
                let encoded = media_type.is_some() && *ty == Type::String;
                (Place::Header { name: text, encoded }, is_scalar_or_list(ty), LIST)
            }
            "smithy.api#httpPrefixHeaders" => {
                (Place::PrefixHeaders(text), is_map(ty, is_scalar), "a map of strings")
            }
            "smithy.api#httpResponseCode" => {
                (Place::Status, matches!(ty, Type::I32 | Type::IntEnum(_)), "an integer")
            }
            _ => (Place::Payload(payload(ty, media_type)), true, ""),
        };
        match fits {
            true => Ok(place),
            false => Err(format!("the trait {} requires {expected}; correct the model", self.id)),
        }
    }
}

const SCALAR: &str = "a string, a number, a boolean or a timestamp";
const LIST: &str = "a string, a number, a boolean, a timestamp or a list of these";

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
        Type::Document
        | Type::Struct(_)
        | Type::Union(_)
        | Type::List { .. }
        | Type::Map { .. } => false,
        Type::Boxed(inner) => is_scalar(inner),
        _ => true,
    }
}

fn is_scalar_or_list(ty: &Type) -> bool {
    match ty {
        Type::List { element, .. } => is_scalar(element),
        ty => is_scalar(ty),
    }
}

fn is_map(ty: &Type, value_fits: impl Fn(&Type) -> bool) -> bool {
    matches!(ty, Type::Map { value, .. } if value_fits(value))
}
