//! Defines shapes and their members.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Position, ShapeId, Simple, Traits, WIRE_NAME};

/// A member of an aggregate shape.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Member {
    /// The shape that it targets.
    pub target: ShapeId,
    /// The member's own traits, not its target's.
    pub traits: Traits,
    /// Where it was read; `None` if no file contains it.
    pub position: Option<Position>,
}

/// Members are equal regardless of where they were read.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        (&self.target, &self.traits) == (&other.target, &other.traits)
    }
}

impl Member {
    /// Creates a member that no file contains and that has no target, such as an enum value.
    #[must_use]
    pub fn unit(traits: Traits) -> Self {
        Self { target: ShapeId::prelude("Unit"), traits, position: None }
    }

    /// Returns true if clients may rely on the presence of the member.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.traits.has("smithy.api#required") && !self.traits.has("smithy.api#clientOptional")
    }

    /// Returns the wire name of a member that the model calls `name`.
    #[must_use]
    pub fn wire_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.traits.text(WIRE_NAME).unwrap_or(name)
    }
}

/// Members by name, in the model's order.
pub type Members = IndexMap<String, Member>;

/// The content of a service shape.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ServiceShape {
    /// The API version, `2015-09-21`.
    pub version: String,
    /// Operations bound to the service itself.
    pub operations: Vec<ShapeId>,
    /// Resources bound to the service.
    pub resources: Vec<ShapeId>,
    /// Errors that every operation may return.
    pub errors: Vec<ShapeId>,
    /// Names that shapes of the closure have in this service, by shape id.
    pub rename: BTreeMap<ShapeId, String>,
}

/// The content of a resource shape, as far as operations are reached through it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ResourceShape {
    /// Life-cycle, instance and collection operations, in that order.
    pub operations: Vec<ShapeId>,
    /// Child resources.
    pub resources: Vec<ShapeId>,
}

/// The content of an operation shape. An input or output of `smithy.api#Unit` is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct OperationShape {
    /// The input structure.
    pub input: Option<ShapeId>,
    /// The output structure.
    pub output: Option<ShapeId>,
    /// The errors it lists, in the model's order.
    pub errors: Vec<ShapeId>,
}

/// The kind of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A shape without members.
    Simple(Simple),
    /// A string with listed values; each member has `smithy.api#enumValue`.
    Enum(Members),
    /// An integer with listed values; each member has `smithy.api#enumValue`.
    IntEnum(Members),
    /// A list (or the deprecated set) of one member.
    List(Member),
    /// A map.
    Map {
        /// The key, which targets a string or enum.
        key: Member,
        /// The value.
        value: Member,
    },
    /// A structure.
    Structure(Members),
    /// A tagged union.
    Union(Members),
    /// A service.
    Service(ServiceShape),
    /// A resource.
    Resource(ResourceShape),
    /// An operation.
    Operation(OperationShape),
}

impl Kind {
    /// Returns true for strings and string enums.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Simple(Simple::String) | Self::Enum(_))
    }

    /// Returns the members with their names, in the model's order. Those of a list or map have the
    /// names from shape ids: `member`, `key` and `value`.
    #[must_use]
    pub fn members(&self) -> Vec<(&str, &Member)> {
        match self {
            Self::Structure(members)
            | Self::Union(members)
            | Self::Enum(members)
            | Self::IntEnum(members) => {
                members.iter().map(|(name, member)| (name.as_str(), member)).collect()
            }
            Self::List(member) => vec![("member", member)],
            Self::Map { key, value } => vec![("key", key), ("value", value)],
            _ => Vec::new(),
        }
    }

    /// Returns the member with this name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Member> {
        match (self, name) {
            (
                Self::Structure(members)
                | Self::Union(members)
                | Self::Enum(members)
                | Self::IntEnum(members),
                name,
            ) => members.get(name),
            (Self::List(member), "member") => Some(member),
            (Self::Map { key, .. }, "key") => Some(key),
            (Self::Map { value, .. }, "value") => Some(value),
            _ => None,
        }
    }

    /// Returns a mutable reference to the member with this name.
    #[must_use]
    pub fn member_mut(&mut self, name: &str) -> Option<&mut Member> {
        match (self, name) {
            (
                Self::Structure(members)
                | Self::Union(members)
                | Self::Enum(members)
                | Self::IntEnum(members),
                name,
            ) => members.get_mut(name),
            (Self::List(member), "member") => Some(member),
            (Self::Map { key, .. }, "key") => Some(key),
            (Self::Map { value, .. }, "value") => Some(value),
            _ => None,
        }
    }

    /// Returns mutable references to the members, with their names.
    #[must_use]
    pub fn members_mut(&mut self) -> Vec<(&str, &mut Member)> {
        match self {
            Self::Structure(members)
            | Self::Union(members)
            | Self::Enum(members)
            | Self::IntEnum(members) => {
                members.iter_mut().map(|(name, member)| (name.as_str(), member)).collect()
            }
            Self::List(member) => vec![("member", member)],
            Self::Map { key, value } => vec![("key", key), ("value", value)],
            _ => Vec::new(),
        }
    }
}

/// A shape: its kind, its traits, and where it was read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Shape {
    /// Its kind.
    pub kind: Kind,
    /// Its traits, `apply` statements included.
    pub traits: Traits,
    /// Where it was read.
    pub position: Position,
}

impl Shape {
    /// Returns where a member was read, or where the shape was if no file contains the member.
    #[must_use]
    pub fn position_of(&self, member: &str) -> &Position {
        let member = self.kind.member(member);
        member.and_then(|member| member.position.as_ref()).unwrap_or(&self.position)
    }
}
