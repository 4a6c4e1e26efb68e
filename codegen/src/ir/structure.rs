//! A structure and its members.

use super::{Constraints, Docs, Literal, Type};
use crate::names::Ident;

/// Where a structure goes, which decides what an absent member means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Only sent: required members are the compiler's business and serde's.
    Sent,
    /// Only received: an absent list is empty, an absent required member is corrected.
    Received,
    /// Sent and received: built like what is sent, read as leniently as what is received.
    Both,
}

impl Direction {
    /// Returns true for what is ever sent.
    pub fn is_sent(self) -> bool {
        self != Self::Received
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
    /// Where it goes.
    pub direction: Direction,
    /// The members, in the model's order.
    pub fields: Vec<Field>,
    /// What it is.
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
    /// Whether it may be absent, and what stands for it then.
    pub presence: Presence,
    /// Whether the value never prints.
    pub sensitive: bool,
    /// What the model demands of its value.
    pub constraints: Constraints,
    /// What it is.
    pub docs: Docs,
}

impl Field {
    /// Returns true if the member is a parameter of `new`.
    pub fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }
}

/// Whether a member may be absent.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Always there: `T`, a parameter of `new`.
    Required,
    /// Always there once it was received: `T`, and an empty value if the service leaves it out.
    Corrected {
        /// Whether the model requires it of the service.
        required: bool,
    },
    /// `Option<T>`
    Optional,
    /// `Option<T>` in an operation's request: an idempotency token, filled in when it is absent.
    Filled,
    /// `T`, and this value where nobody says otherwise.
    Defaulted(Literal),
}
