//! Describes a file without reading it as a model: whether it contains a service, its protocols,
//! and the number of its operations.
//!
//! Callers with many files use this to select those that are worth generating. A file that is
//! described here may still be rejected when it is read in full.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use super::{
    files::{self, read_source},
    format::{ModelFormat, check_service, parse, recognize},
};
use crate::{c2j, error::Problem, json::Node, smithy::Protocol};

/// The content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contents {
    /// A service.
    Service(ProbedService),
    /// A part of a model whose service is elsewhere.
    Part,
    /// JSON that is not a model.
    Other,
}

/// The facts about the service in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProbedService {
    /// The format it is written in.
    pub syntax: Syntax,
    /// Its protocols, `awsJson1_1` or `restJson1`, in the model's order.
    pub protocols: Vec<String>,
    /// The number of operations that the file defines.
    pub operations: usize,
}

/// The format of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// A Smithy JSON AST: the files of a folder may form one model.
    Smithy,
    /// C2J: neighboring files contain its paginators, waiters and rules.
    C2j,
}

impl ProbedService {
    /// Returns the protocol that its client uses; `None` if there is none or only unknown ones.
    #[must_use]
    pub fn protocol(&self) -> Option<Protocol> {
        let listed = |protocol: &Protocol| self.protocols.iter().any(|p| p == protocol.name());
        Protocol::preferred(Protocol::ALL.into_iter().filter(listed))
    }

    /// Returns true if a client may be generated for its protocols. A service without protocols may
    /// get one from a mixin or from another file.
    #[must_use]
    pub fn may_be_generated(&self) -> bool {
        self.protocols.is_empty() || self.protocol().is_some_and(Protocol::is_generated)
    }
}

/// Returns true if a file has the name of a model: `*.json` or `*.json.gz`, and not hidden.
#[must_use]
pub fn is_model_name(file: &Path) -> bool {
    files::is_model_name(file)
}

/// Probes a file, gzipped or not.
///
/// # Errors
/// Fails if the file cannot be read or unpacked, is not UTF-8, or is not valid JSON.
pub fn probe(file: &Path) -> Result<Contents, Problem> {
    let source = read_source(file)?;
    let root = parse(&source)?;
    match recognize(root)? {
        ModelFormat::Smithy => smithy(root),
        ModelFormat::C2j(c2j::C2jFile::Service) => {
            check_service(root)?;
            let (protocols, operations) = c2j::facts(root)?;
            Ok(Contents::Service(ProbedService { syntax: Syntax::C2j, protocols, operations }))
        }
        ModelFormat::C2j(_) => Ok(Contents::Part),
        ModelFormat::Unknown => Ok(Contents::Other),
    }
}

/// The shapes in a Smithy file, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shapes {
    /// The shapes it defines.
    pub defined: BTreeSet<String>,
    /// The shapes it applies traits to.
    pub applied: BTreeSet<String>,
    /// The shapes it refers to, including those of the prelude.
    pub mentioned: BTreeSet<String>,
}

/// Collects the shapes of a Smithy file, to find files that belong together.
///
/// # Errors
/// Fails for the same reasons as [`probe`].
pub fn shapes(file: &Path) -> Result<Shapes, Problem> {
    let source = read_source(file)?;
    let mut found = Shapes::default();
    let shapes = parse(&source)?.field("shapes")?.map(Node::fields).transpose()?;
    for (id, shape) in shapes.unwrap_or_default() {
        let shape = shape.value()?;
        mention(&shape, &mut found.mentioned);
        match shape["type"].as_str() {
            Some("apply") => found.applied.insert(id.into_owned()),
            _ => found.defined.insert(id.into_owned()),
        };
    }
    Ok(found)
}

/// Collects every `target` at any depth, except in the values of traits, which are not shapes.
fn mention(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| *key != "traits") {
                match value {
                    Value::String(id) if key == "target" => drop(ids.insert(id.clone())),
                    _ => mention(value, ids),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| mention(element, ids)),
        _ => {}
    }
}

fn smithy(root: Node<'_>) -> Result<Contents, Problem> {
    let mut protocols = Vec::new();
    let (mut services, mut operations) = (0, 0);
    for (_, shape) in root.field("shapes")?.map(Node::fields).transpose()?.unwrap_or_default() {
        match shape.field("type")?.map(Node::string).transpose()?.as_deref() {
            Some("operation") => operations += 1,
            Some("service") => {
                services += 1;
                protocols.extend(protocols_of(shape)?);
            }
            _ => {}
        }
    }
    Ok(match services {
        0 => Contents::Part,
        _ => Contents::Service(ProbedService { syntax: Syntax::Smithy, protocols, operations }),
    })
}

fn protocols_of(service: Node<'_>) -> Result<Vec<String>, Problem> {
    let traits = service.field("traits")?.map(Node::fields).transpose()?.unwrap_or_default();
    let names = traits.iter().filter_map(|(id, _)| id.split_once(".protocols#"));
    // The namespace also contains traits that modify a protocol.
    let names = names.map(|(_, name)| name).filter(|name| !name.ends_with("Compatible"));
    Ok(names.map(str::to_owned).collect())
}
