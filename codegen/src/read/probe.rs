//! What a file says it is, without reading it as a model: whether it holds a service, which
//! protocols that speaks, and how many operations there are.
//!
//! For those who have many files and want to know which of them are worth generating. Nothing that
//! is told here keeps a file from being refused when it is read as a whole.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use super::{
    files::{self, read_source},
    format::{ModelFormat, recognize},
};
use crate::{c2j, error::Problem, json::Node};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// A service.
    Service(ProbedService),
    /// A part of a model that has its service elsewhere.
    Part,
    /// JSON, and no model.
    Other,
}

/// What a file says of the service in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbedService {
    /// The format it is written in.
    pub syntax: Syntax,
    /// The protocols it names, `awsJson1_1` or `restJson1`, in its order.
    pub protocols: Vec<String>,
    /// How many operations the file defines.
    pub operations: usize,
}

/// The format of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A Smithy JSON AST: the files of a folder may be parts of one model.
    Smithy,
    /// C2J: the files beside it are its paginators, waiters and rules.
    C2j,
}

impl ProbedService {
    /// Whether a client can be generated from it, as far as the protocol is concerned. A service
    /// that names none here may get one from a mixin or from another file.
    pub fn may_speak_aws_json(&self) -> bool {
        self.protocols.is_empty() || self.protocols.iter().any(|name| name.starts_with("awsJson"))
    }
}

/// Whether a file has the name of a model: `*.json` or `*.json.gz`, and not hidden.
pub fn is_model_name(file: &Path) -> bool {
    files::is_model_name(file)
}

/// Looks at a file, gzipped or not.
///
/// # Errors
/// When the file cannot be read or unpacked, is not UTF-8, or is not JSON to its end.
pub fn probe(file: &Path) -> Result<Contents, Problem> {
    let source = read_source(file)?;
    let root = source.root()?;
    match recognize(root)? {
        ModelFormat::Smithy => smithy(root),
        ModelFormat::C2j(c2j::C2jFile::Service) => {
            let (protocols, operations) = c2j::facts(root)?;
            Ok(Contents::Service(ProbedService { syntax: Syntax::C2j, protocols, operations }))
        }
        ModelFormat::C2j(_) => Ok(Contents::Part),
        ModelFormat::Unknown => Ok(Contents::Other),
    }
}

/// The shapes that a Smithy file has to do with, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shapes {
    /// Those it defines.
    pub defined: BTreeSet<String>,
    /// Those it applies traits to.
    pub applied: BTreeSet<String>,
    /// Those it refers to, among them those of the prelude.
    pub mentioned: BTreeSet<String>,
}

/// Looks for the shapes of a Smithy file, so that files can be told to belong together.
///
/// # Errors
/// As [`probe`].
pub fn shapes(file: &Path) -> Result<Shapes, Problem> {
    let source = read_source(file)?;
    let mut found = Shapes::default();
    let shapes = source.root()?.field("shapes")?.map(Node::fields).transpose()?;
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

/// Adds every `target` at any depth. Those in the values of traits are not shapes, and are passed over.
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
    // The namespace also holds traits that say more of a protocol.
    let names = names.map(|(_, name)| name).filter(|name| !name.ends_with("Compatible"));
    Ok(names.map(str::to_owned).collect())
}
