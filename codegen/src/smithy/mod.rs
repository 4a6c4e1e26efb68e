//! The wire world: a Smithy 2.0 semantic model, as its JSON AST describes it.
//!
//! Everything here is what the model says and nothing is what Rust makes of it. Both readers
//! (`read`, for Smithy JSON AST, and `c2j`) end in a [`Model`]; `lower` is the only floor above
//! that looks at it.

mod enum_names;
mod fragment;
mod prelude;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    path::PathBuf,
    sync::Arc,
};

use indexmap::IndexMap;
use serde_json::Value;

pub(crate) use self::{
    enum_names::enum_member_name,
    fragment::{Apply, Fragment, SmithyVersion},
};

/// A trait of our own on a service: what stands before the dot in `X-Amz-Target`, where that is not
/// the name of the service shape. Smithy knows no such thing; C2J models do.
pub const TARGET_PREFIX: &str = "longshore#targetPrefix";

/// A trait of our own on a member: its name on the wire, where that is not its name in the model.
/// Smithy's awsJson knows no such thing; C2J models do.
pub const WIRE_NAME: &str = "longshore#wireName";

/// An absolute shape id: `namespace#Shape`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// Takes an absolute shape id; `None` where `text` is not of the form `namespace#Name`, with
    /// dot-separated Smithy identifiers before the `#` and one behind it.
    pub fn parse(text: &str) -> Option<Self> {
        let (namespace, name) = text.split_once('#')?;
        let sound = namespace.split('.').all(is_identifier) && is_identifier(name);
        sound.then(|| Self(text.to_owned()))
    }

    /// The id of a shape of the prelude, `smithy.api#name`.
    pub fn prelude(name: &str) -> Self {
        Self(format!("smithy.api#{name}"))
    }

    /// What stands before the `#`.
    pub fn namespace(&self) -> &str {
        self.0.split_once('#').map_or("", |(namespace, _)| namespace)
    }

    /// What stands behind the `#`: the shape's name.
    pub fn name(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(_, name)| name)
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` is a Smithy identifier: letters, digits and underscores, at least one of which
/// is a letter, not opening with a digit (Smithy specification, "Identifier ABNF").
pub fn is_identifier(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text.chars().any(|c| c.is_ascii_alphanumeric())
}

/// Where in a file a shape was read: line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, as it was named to the reader.
    pub file: Arc<PathBuf>,
    /// The line on which the shape's value opens.
    pub line: usize,
    /// The column, in bytes, at which the shape's value opens.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

/// The traits of a shape or member: absolute trait id to its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(pub BTreeMap<String, Value>);

impl Traits {
    /// The value of a trait, by its absolute id (`smithy.api#required`).
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// Whether the trait is there.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The value of a trait that is a string.
    pub fn text(&self, id: &str) -> Option<&str> {
        self.get(id).and_then(Value::as_str)
    }
}

/// A member of an aggregate shape.
#[derive(Clone, Debug)]
pub struct Member {
    /// The shape it is of.
    pub target: ShapeId,
    /// The member's own traits, not its target's.
    pub traits: Traits,
    /// Where it was read; nothing where no file writes it out.
    pub position: Option<Position>,
}

/// Two members are the same wherever they were read.
impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        (&self.target, &self.traits) == (&other.target, &other.traits)
    }
}

impl Member {
    /// A member that no file writes out and that targets nothing, as the values of enums do.
    pub fn unit(traits: Traits) -> Self {
        Self { target: ShapeId::prelude("Unit"), traits, position: None }
    }
}

impl Member {
    /// The name on the wire of a member that the model calls `name`.
    pub fn wire_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.traits.text(WIRE_NAME).unwrap_or(name)
    }
}

/// Members by name, in the model's order.
pub type Members = IndexMap<String, Member>;

/// A shape without members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple {
    /// `blob`
    Blob,
    /// `boolean`
    Boolean,
    /// `string`
    String,
    /// `byte`
    Byte,
    /// `short`
    Short,
    /// `integer`
    Integer,
    /// `long`
    Long,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `bigInteger`
    BigInteger,
    /// `bigDecimal`
    BigDecimal,
    /// `timestamp`
    Timestamp,
    /// `document`
    Document,
}

/// What a service shape holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// The API version, `2015-09-21`.
    pub version: String,
    /// Operations bound to the service itself.
    pub operations: Vec<ShapeId>,
    /// Resources bound to the service.
    pub resources: Vec<ShapeId>,
    /// Errors that every operation may return.
    pub errors: Vec<ShapeId>,
    /// Names that shapes of the closure have in this service: shape id to name.
    pub rename: BTreeMap<ShapeId, String>,
}

/// What a resource shape holds, as far as operations are reached through it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// Life-cycle, instance and collection operations, in that order.
    pub operations: Vec<ShapeId>,
    /// Child resources.
    pub resources: Vec<ShapeId>,
}

/// What an operation shape holds. An input or output of `smithy.api#Unit` is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// The input structure.
    pub input: Option<ShapeId>,
    /// The output structure.
    pub output: Option<ShapeId>,
    /// The errors it lists, in the model's order.
    pub errors: Vec<ShapeId>,
}

/// What a shape is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A shape without members.
    Simple(Simple),
    /// A string of listed values; each member has `smithy.api#enumValue`.
    Enum(Members),
    /// An integer of listed values; each member has `smithy.api#enumValue`.
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
    Service(Service),
    /// A resource.
    Resource(Resource),
    /// An operation.
    Operation(Operation),
}

impl Kind {
    /// The members with their names, in the model's order. Those of a list and a map have the
    /// names that shape ids give them: `member`, `key` and `value`.
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

    /// The same, to be changed.
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

/// A shape: what it is, its traits, and where it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is.
    pub kind: Kind,
    /// Its traits, `apply` statements included.
    pub traits: Traits,
    /// Where it was read.
    pub position: Position,
}

impl Shape {
    /// Where a member was read, as far as a file writes it out; otherwise where the shape was.
    pub fn position_of(&self, member: &str) -> &Position {
        let mut members = self.kind.members().into_iter();
        let member = members.find(|(name, _)| *name == member);
        member.and_then(|(_, member)| member.position.as_ref()).unwrap_or(&self.position)
    }
}

/// A whole model: every shape by id, in the files' order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Top-level metadata; `longshore` in it is our own provenance record.
    pub metadata: BTreeMap<String, Value>,
    /// The shapes.
    pub shapes: IndexMap<ShapeId, Shape>,
}

impl Model {
    /// The shape of that id, be it the model's own or one of the prelude (`smithy.api#String`).
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id).or_else(|| prelude::shape(id))
    }

    /// The operations of a service and of its resources, however these are nested, by id.
    pub fn operations_of<'m>(
        &'m self,
        service: &'m Service,
    ) -> BTreeMap<&'m str, (&'m ShapeId, &'m Operation)> {
        let mut operations: Vec<&ShapeId> = service.operations.iter().collect();
        let mut pending: Vec<&ShapeId> = service.resources.iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if let Some(Shape { kind: Kind::Resource(resource), .. }) = self.shape(id)
                && seen.insert(id)
            {
                operations.extend(&resource.operations);
                pending.extend(&resource.resources);
            }
        }
        let found = operations.into_iter().filter_map(|id| match self.shape(id) {
            Some(Shape { kind: Kind::Operation(operation), .. }) => {
                Some((id.as_str(), (id, operation)))
            }
            _ => None,
        });
        found.collect()
    }
}
