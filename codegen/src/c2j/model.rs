//! Reads the parts of a C2J service file that the translation of every shape needs.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{namespace, protocol, service_name, timestamp_format};
use crate::{
    error::Problem,
    json::{Fields, Keys, Node},
    smithy::{Note, ShapeId},
};

/// What the translation of every shape needs.
pub(super) struct C2jModel<'a> {
    pub(super) namespace: String,
    pub(super) metadata: Node<'a>,
    pub(super) operations: Fields<'a>,
    pub(super) shapes: Fields<'a>,
    /// Whether the service uses awsJson, which puts only member names on the wire.
    pub(super) aws_json: bool,
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
        let mut context = Self {
            namespace: namespace::namespace(metadata)?,
            metadata,
            operations,
            shapes,
            aws_json: protocol::speaks_aws_json(metadata)?,
            timestamp_format: metadata
                .field("timestampFormat")?
                .map(timestamp_format::timestamp_format)
                .transpose()?,
            renamed: HashMap::new(),
            notes: Vec::new(),
        };
        context.rename()?;
        Ok((context, keys))
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
        ShapeId::parse(&format!("{}#{name}", self.namespace)).ok_or_else(|| {
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
