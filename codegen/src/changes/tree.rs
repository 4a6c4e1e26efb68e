//! Defines the tree of changes, without text: the comparison builds it, and every report prints it.

use serde_json::Value;

/// The changes of a service.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The name of the service.
    pub(crate) name: String,
    /// Changes of the service itself.
    pub(crate) service: Node,
    /// Operations that changed, sorted by name.
    pub(crate) operations: Vec<Node>,
    /// Changed types that several operations use, sorted by name.
    pub(crate) types: Vec<SharedType>,
    /// Differences that are not counted as changes.
    pub(crate) uncounted: Uncounted,
    /// The reason why the Rust APIs cannot be compared, if they cannot be.
    pub(crate) unknown: Option<String>,
}

/// A type that several operations use, reported once.
#[derive(Clone, Debug)]
pub(crate) struct SharedType {
    /// Its changes.
    pub(crate) node: Node,
    /// The operations that use it, sorted by name.
    pub(crate) used_by: Vec<String>,
}

/// Differences that need no action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uncounted {
    /// Documentation texts.
    pub(crate) documentation: usize,
    /// Traits that do not affect clients.
    pub(crate) traits: usize,
}

/// A location with its changes and those below it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) location: Location,
    pub(crate) status: Status,
    /// The definition of something added or removed.
    pub(crate) details: Option<Details>,
    /// Facts of the model that differ.
    pub(crate) facts: Vec<Fact>,
    /// Effects on callers of the generated API.
    pub(crate) effects: Vec<Effect>,
    /// Changes below.
    pub(crate) children: Vec<Node>,
    /// The type whose changes are reported elsewhere.
    pub(crate) reference: Option<Reference>,
}

/// Where the changes of a type are reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// Among the shared types.
    Shared(String),
    /// Earlier in the tree of the same operation.
    Above(String),
}

/// What changed, relative to the parent node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// The service itself.
    Service,
    /// An operation.
    Operation(String),
    /// The request of an operation.
    Request,
    /// The response of an operation.
    Response,
    /// An exception of an operation.
    Exception(String),
    /// A type that several operations use.
    Type(String),
    /// A member of a structure or union.
    Member(String),
    /// The elements of a list.
    Element,
    /// The keys of a map.
    Key,
    /// The values of a map.
    Value,
    /// A value of an enum.
    EnumValue(String),
    /// The pagination of an operation.
    Paginator,
    /// A waiter.
    Waiter(String),
    /// The endpoint rules.
    EndpointRules,
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It exists only in the new model.
    Added,
    /// It exists only in the old model.
    Removed,
    /// It, or something below it, differs.
    Changed,
}

/// The definition of a member or an operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Details {
    /// The type in terms of the model, `list of Image`; empty if there is none.
    pub(crate) ty: String,
    /// True if the member is required.
    pub(crate) required: bool,
    /// The traits of an added member.
    pub(crate) facts: Vec<Fact>,
    /// The members of an operation's request and response, with true for required ones.
    pub(crate) members: [Vec<(String, bool)>; 2],
}

/// A fact of the model that differs.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    /// The id of a trait, or a word like `type`.
    pub(crate) what: String,
    /// The old value, if there was one.
    pub(crate) from: Option<Value>,
    /// The new value, if there is one.
    pub(crate) to: Option<Value>,
}

/// An effect on callers of the generated API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// An item was added.
    New(String),
    /// An item was removed.
    Gone(String),
    /// An item has another type, signature or name.
    Changed { item: String, from: String, to: String },
    /// A function takes one more or one fewer argument.
    Argument {
        function: String,
        name: String,
        /// True if the argument was added, false if it was removed.
        added: bool,
    },
    /// A function takes the same arguments in a different order.
    Order {
        function: String,
        /// The arguments in the new order.
        to: Vec<String>,
    },
    /// An item became deprecated.
    Deprecated,
}

/// The kind of release that a change requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Release {
    /// Nothing changed.
    None,
    /// The Rust API did not change.
    Patch,
    /// Something was added.
    Minor,
    /// Some callers no longer compile.
    Major,
}

impl Location {
    /// The name of the location, or an empty string if it has none.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Operation(name)
            | Self::Exception(name)
            | Self::Type(name)
            | Self::Member(name)
            | Self::EnumValue(name)
            | Self::Waiter(name) => name,
            _ => "",
        }
    }
}

impl Node {
    /// A node without changes.
    pub(crate) fn new(location: Location, status: Status) -> Self {
        let (facts, effects, children) = (Vec::new(), Vec::new(), Vec::new());
        Self { location, status, details: None, facts, effects, children, reference: None }
    }

    /// Returns true if nothing changed here or below.
    pub(crate) fn is_empty(&self) -> bool {
        self.status == Status::Changed && !self.has_content() && self.children.is_empty()
    }

    /// Returns true if something changed at this location itself.
    pub(crate) fn has_content(&self) -> bool {
        self.status != Status::Changed
            || !self.facts.is_empty()
            || !self.effects.is_empty()
            || self.reference.is_some()
    }

    /// Returns true if all changes here and below are reported elsewhere.
    pub(crate) fn only_references(&self) -> bool {
        let here =
            self.status == Status::Changed && self.facts.is_empty() && self.effects.is_empty();
        here && self.children.iter().all(Self::only_references)
    }

    /// This node and all nodes below it.
    pub(crate) fn all(&self) -> Vec<&Self> {
        let below = self.children.iter().flat_map(Self::all);
        std::iter::once(self).chain(below).collect()
    }

    fn release(&self) -> Release {
        let here = self.effects.iter().map(Effect::release).max().unwrap_or(Release::None);
        let least = if self.has_content() { Release::Patch } else { Release::None };
        let below = self.children.iter().map(Self::release).max().unwrap_or(Release::None);
        here.max(least).max(below)
    }
}

impl Effect {
    /// Returns true if callers break.
    pub(crate) fn breaks(&self) -> bool {
        self.release() == Release::Major
    }

    fn release(&self) -> Release {
        match self {
            Self::New(_) | Self::Deprecated => Release::Minor,
            Self::Gone(_) | Self::Changed { .. } | Self::Argument { .. } | Self::Order { .. } => {
                Release::Major
            }
        }
    }
}

impl Changes {
    /// Returns true if nothing changed.
    pub fn is_empty(&self) -> bool {
        self.service.is_empty() && self.operations.is_empty() && self.types.is_empty()
    }

    /// The root of every tree.
    pub(crate) fn roots(&self) -> impl Iterator<Item = &Node> {
        let types = self.types.iter().map(|shared| &shared.node);
        std::iter::once(&self.service).chain(&self.operations).chain(types)
    }

    /// The number of locations at which callers break.
    pub(crate) fn breaking(&self) -> usize {
        let nodes = self.roots().flat_map(Node::all);
        nodes.filter(|node| node.effects.iter().any(Effect::breaks)).count()
    }

    /// The kind of release that the changes require, or `None` if the Rust API is unknown.
    pub(crate) fn release(&self) -> Option<Release> {
        let release = self.roots().map(Node::release).max().unwrap_or(Release::None);
        (self.unknown.is_none() || release == Release::None).then_some(release)
    }

    /// The operations with this status whose changes are not all reported elsewhere.
    pub(crate) fn operations(&self, status: Status) -> impl Iterator<Item = &Node> {
        let own = move |node: &&Node| node.status == status && !node.only_references();
        self.operations.iter().filter(own)
    }
}
