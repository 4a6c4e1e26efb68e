//! Defines structures and their members.

use super::{Constraints, Docs, HttpLocation, Literal, Type};
use crate::names::Ident;

/// Whether a structure is sent or received, which determines the meaning of an absent member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Only sent: required members are checked by the compiler and by serde.
    Sent,
    /// Only received: an absent list is empty, and an absent required member gets a default value.
    Received,
    /// Sent and received: constructed like a sent structure, and read as leniently as a received
    /// one is.
    Both,
}

impl Direction {
    /// Returns true if it can be sent.
    #[must_use]
    pub fn is_sent(self) -> bool {
        self != Self::Received
    }

    /// Returns true if the shape is part of a response.
    #[must_use]
    pub fn is_received(self) -> bool {
        self != Self::Sent
    }
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The Rust name.
    pub name: Ident,
    /// The file's and module's name, `put_image_request`.
    pub module: Ident,
    /// The model's name.
    pub wire: String,
    /// Whether it is sent or received.
    pub direction: Direction,
    /// The members, in the model's order.
    pub fields: Vec<Field>,
    /// Its documentation.
    pub docs: Docs,
}

impl Struct {
    /// The documentation of the structure and of its members.
    pub(super) fn all_docs(&self) -> impl Iterator<Item = &Docs> {
        std::iter::once(&self.docs).chain(self.fields.iter().map(|field| &field.docs))
    }

    /// Returns true if `new` takes arguments.
    pub fn has_required(&self) -> bool {
        self.fields.iter().any(Field::is_required)
    }
}

/// A member of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The field and its setter.
    pub name: Ident,
    /// The member's name in the model.
    pub member: String,
    /// The member's name on the wire.
    pub wire: String,
    /// The type without its presence.
    pub ty: Type,
    /// Whether it may be absent, and what replaces it.
    pub presence: Presence,
    /// Its location in a message, if it is not part of the document in the body.
    pub location: Option<HttpLocation>,
    /// The description of its XML or form, if it differs from the defaults.
    pub elements: Option<String>,
    /// Whether the value is hidden in debug output.
    pub sensitive: bool,
    /// The constraints of its value.
    pub constraints: Constraints,
    /// Its documentation.
    pub docs: Docs,
}

impl Field {
    /// Returns true if the field is an `Option`.
    pub fn is_option(&self) -> bool {
        matches!(self.presence, Presence::Optional | Presence::Filled)
    }

    /// Returns true if the member is a parameter of `new`.
    pub fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }
}

/// Whether a member may be absent.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Always present: `T`, a parameter of `new`.
    Required,
    /// Always present in responses: `T`, or an empty value if the service omits it.
    Corrected {
        /// Whether the model requires it in responses.
        required: bool,
    },
    /// `Option<T>`
    Optional,
    /// `Option<T>` in an operation's request: an idempotency token, filled in when it is absent.
    Filled,
    /// `T`, with this default.
    Defaulted(Literal),
}
