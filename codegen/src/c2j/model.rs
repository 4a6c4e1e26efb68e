//! Reads the parts of a C2J service file that the translation of every shape needs.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{namespace, protocol, service_name, targets::Targets, timestamp_format, xml::Roots};
use crate::{
    error::Problem,
    json::{Fields, Keys, Node},
    smithy::{Note, Protocol, ShapeId},
};

/// What the translation of every shape needs.
pub(super) struct C2jModel<'a> {
    pub(super) namespace: String,
    pub(super) metadata: Node<'a>,
    pub(super) operations: Fields<'a>,
    pub(super) shapes: Fields<'a>,
    /// The protocol that a client of the service uses; `None` if it is unknown.
    pub(super) protocol: Option<Protocol>,
    /// Facts about shapes that the translation of references to them needs; empty if the protocol
    /// needs none.
    pub(super) targets: Targets,
    /// The root elements that references to inputs specify.
    pub(super) roots: Roots,
    /// The format of timestamps that do not state their own, if the service has a default.
    pub(super) timestamp_format: Option<Value>,
    /// Data shapes that are renamed because an operation or the service has the same name.
    pub(super) renamed: HashMap<String, String>,
    pub(super) notes: Vec<Note>,
}

impl<'a> C2jModel<'a> {
    pub(super) fn read(root: Node<'a>) -> Result<(Self, Keys<'a>), Problem> {
        let mut keys = Keys::of(root)?;
        let metadata = keys.need("metadata")?;
        let operations = keys.need("operations")?.fields()?;
        let shapes = keys.need("shapes")?.fields()?;
        let protocol = protocol::protocol(metadata)?;
        let needs_targets = protocol.is_some_and(|p| p.binds_http() || p.uses_xml());
        let mut context = Self {
            namespace: namespace::namespace(metadata)?,
            metadata,
            operations,
            protocol,
            targets: if needs_targets { Targets::of(&shapes)? } else { Targets::default() },
            roots: Roots::new(),
            shapes,
            timestamp_format: timestamp_format::of_service(metadata, protocol)?,
            renamed: HashMap::new(),
            notes: Vec::new(),
        };
        context.roots = context.input_roots()?;
        context.rename()?;
        Ok((context, keys))
    }

    /// Returns true if clients can be generated for the protocol of the service.
    pub(super) fn is_generated(&self) -> bool {
        self.protocol.is_some_and(Protocol::is_generated)
    }

    /// C2J has separate namespaces for operations and shapes; Smithy has only one.
    fn rename(&mut self) -> Result<(), Problem> {
        let mut taken: HashSet<String> =
            self.operations.iter().map(|(name, _)| name.to_string()).collect();
        taken.insert(service_name::name(self.metadata)?);
        let shapes: HashSet<String> =
            self.shapes.iter().map(|(name, _)| name.to_string()).collect();
        for (name, node) in &self.shapes {
            if !taken.contains(name.as_ref()) {
                continue;
            }
            if node.field("exception")?.is_some() {
                let what = format!(
                    "the exception `{name}` has the name of an operation or of the service. \
                     Rename one of them."
                );
                return Err(node.problem(what));
            }
            let mut new = format!("{name}Shape");
            while taken.contains(&new) || shapes.contains(&new) {
                new.push('_');
            }
            self.renamed.insert(name.to_string(), new);
        }
        Ok(())
    }

    /// The id of an operation or the service.
    pub(super) fn id(&self, name: &str, node: Node<'_>) -> Result<ShapeId, Problem> {
        format!("{}#{name}", self.namespace).parse().map_err(|_| {
            node.problem(format!(
                "`{name}` is not a valid shape name. Use letters, digits and \
                `_`."
            ))
        })
    }

    /// The id of a data shape.
    pub(super) fn data_id(&self, name: &str, node: Node<'_>) -> Result<ShapeId, Problem> {
        self.id(self.renamed.get(name).map_or(name, String::as_str), node)
    }

    /// The id in the key `shape` of a reference.
    pub(super) fn target(&self, keys: &mut Keys<'_>) -> Result<ShapeId, Problem> {
        let node = keys.need("shape")?;
        self.data_id(&node.string()?, node)
    }
}
