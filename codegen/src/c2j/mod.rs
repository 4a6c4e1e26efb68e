//! C2J, the model format of the older AWS SDKs (`service-2.json`), to Smithy.
//!
//! The service file is translated shape by shape into a [`Fragment`] as a Smithy file would have given
//! it, with the paginators, waiters and endpoint rules of the files beside it as traits. From
//! there on nothing knows in which format a model came.
//!
//! C2J marks what is wire form and what is not by plain keys, so a key that is not known here is
//! refused; the known ones are all in `traits`. What C2J can say and Smithy cannot, and what does
//! not change the wire (a paginator with two tokens), is left out with a note in the metadata
//! `longshoreNotes`.

mod extras;
mod namespace;
mod operations;
mod paginators;
mod service;
mod shapes;
mod traits;
mod waiters;

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

pub(crate) use self::extras::corrected;
use crate::{
    error::{Problem, Problems},
    json::{Fields, Keys, Node},
    smithy::{Fragment, Shape, ShapeId},
};

/// The metadata under which notes on what was left out are kept: a list of sentences.
pub const NOTES: &str = "longshoreNotes";

/// What a file of a C2J folder is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum C2jFile {
    /// `service-2.json`
    Service,
    /// `paginators-1.json`
    Paginators,
    /// `waiters-2.json`
    Waiters,
    /// `endpoint-rule-set-1.json`
    EndpointRules,
    /// `endpoint-tests-1.json`, which botocore keeps elsewhere: what the rules answer.
    EndpointTests,
    /// `examples-1.json`: calls and answers that show how an operation is used.
    Examples,
}

impl C2jFile {
    /// Tells a file by its top-level keys.
    pub(crate) fn recognise(has: &dyn Fn(&str) -> bool) -> Option<Self> {
        let kinds: [(&[&str], C2jFile); 6] = [
            (&["metadata", "operations"], C2jFile::Service),
            (&["pagination"], C2jFile::Paginators),
            (&["waiters"], C2jFile::Waiters),
            (&["parameters", "rules"], C2jFile::EndpointRules),
            (&["testCases"], C2jFile::EndpointTests),
            (&["examples"], C2jFile::Examples),
        ];
        kinds.into_iter().find(|(keys, _)| keys.iter().all(|key| has(key))).map(|(_, file)| file)
    }

    /// Tells the file that a file of corrections is for, by the top-level keys it corrects.
    fn corrected_by(has: &dyn Fn(&str) -> bool) -> Option<Self> {
        let kinds = [
            ("metadata", C2jFile::Service),
            ("operations", C2jFile::Service),
            ("shapes", C2jFile::Service),
            ("pagination", C2jFile::Paginators),
            ("waiters", C2jFile::Waiters),
            ("parameters", C2jFile::EndpointRules),
            ("rules", C2jFile::EndpointRules),
            ("testCases", C2jFile::EndpointTests),
            ("examples", C2jFile::Examples),
        ];
        kinds.into_iter().find(|(key, _)| has(key)).map(|(_, file)| file)
    }
}

/// The files of one C2J service.
#[derive(Default)]
pub(crate) struct Pieces<'a>(HashMap<C2jFile, Node<'a>>);

impl<'a> Pieces<'a> {
    /// Adds a file; two of a kind are a problem.
    pub(crate) fn add(&mut self, file: C2jFile, root: Node<'a>) -> Result<(), Problem> {
        match self.0.insert(file, root) {
            None => Ok(()),
            Some(first) => Err(root.problem(format!(
                "this folder has two files of this kind, the other is {}. Name one service.",
                first.position().file.display()
            ))),
        }
    }

    /// Whether there is a service among them.
    pub(crate) fn has_service(&self) -> bool {
        self.0.contains_key(&C2jFile::Service)
    }

    /// All files.
    pub(crate) fn files(&self) -> impl Iterator<Item = Node<'a>> {
        self.0.values().copied()
    }
}

/// What a service file says of itself: its protocols by their Smithy names, and how many operations
/// it has.
pub(crate) fn facts(root: Node<'_>) -> Result<(Vec<String>, usize), Problem> {
    let mut keys = Keys::of(root)?;
    let metadata = keys.need("metadata")?;
    let version = metadata.field("jsonVersion")?.map(Node::string).transpose()?;
    let protocols = service::protocols(metadata)?;
    let names = protocols.iter().map(|name| service::smithy_name(name, version.as_deref()));
    Ok((names.collect(), keys.need("operations")?.fields()?.len()))
}

/// Translates a service and the files beside it.
///
/// Of a service that speaks other protocols than awsJson, what is not known here is none of our
/// business: the only problem it can have is that.
pub(crate) fn translate(pieces: &Pieces<'_>, problems: &mut Problems) -> Fragment {
    let mut fragment = Fragment::default();
    if let Some(root) = pieces.0.get(&C2jFile::Service)
        && let Some(translated) = problems.keep(Context::read(*root))
    {
        let (mut context, keys) = translated;
        let mut found = Problems::new();
        context.service(pieces, keys, &mut fragment, &mut found);
        match context.aws_json || found.is_empty() {
            true => problems.extend(found),
            false => problems.push(service::foreign(context.metadata)),
        }
    }
    fragment
}

/// What the translation of every shape needs to know.
struct Context<'a> {
    root: Node<'a>,
    namespace: String,
    metadata: Node<'a>,
    operations: Fields<'a>,
    shapes: Fields<'a>,
    /// Whether the service speaks awsJson, where nothing but the member's name is on the wire.
    aws_json: bool,
    /// The format of timestamps that name none, where the service names one.
    timestamp_format: Option<Value>,
    /// Data shapes that had to change their name, because an operation or the service has it.
    renamed: HashMap<String, String>,
    notes: Vec<String>,
}

impl<'a> Context<'a> {
    fn read(root: Node<'a>) -> Result<(Self, Keys<'a>), Problem> {
        let mut keys = Keys::of(root)?;
        let metadata = keys.need("metadata")?;
        let operations = keys.need("operations")?.fields()?;
        let shapes = keys.need("shapes")?.fields()?;
        let mut context = Self {
            root,
            namespace: namespace::namespace(metadata)?,
            metadata,
            operations,
            shapes,
            aws_json: service::speaks_aws_json(metadata)?,
            timestamp_format: metadata
                .field("timestampFormat")?
                .map(traits::timestamp_format)
                .transpose()?,
            renamed: HashMap::new(),
            notes: Vec::new(),
        };
        context.rename()?;
        Ok((context, keys))
    }

    /// C2J keeps operations and shapes apart; in Smithy they share one namespace.
    fn rename(&mut self) -> Result<(), Problem> {
        let mut taken: HashSet<String> =
            self.operations.iter().map(|(name, _)| name.to_string()).collect();
        taken.insert(service::name(self.metadata)?);
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
    fn id(&self, name: &str, node: Node<'_>) -> Result<ShapeId, Problem> {
        ShapeId::parse(&format!("{}#{name}", self.namespace)).ok_or_else(|| {
            node.problem(format!("`{name}` is no shape name: use letters, digits and `_`."))
        })
    }

    /// The id of a data shape.
    fn data_id(&self, name: &str, node: Node<'_>) -> Result<ShapeId, Problem> {
        self.id(self.renamed.get(name).map_or(name, String::as_str), node)
    }

    /// The id in the key `shape` of a reference.
    fn target(&self, keys: &mut Keys<'_>) -> Result<ShapeId, Problem> {
        let node = keys.need("shape")?;
        self.data_id(&node.string()?, node)
    }

    fn service(
        &mut self,
        pieces: &Pieces<'_>,
        keys: Keys<'a>,
        fragment: &mut Fragment,
        problems: &mut Problems,
    ) {
        let file = |file| pieces.0.get(&file).copied();
        let mut shapes: Vec<(ShapeId, Shape)> = Vec::new();
        let rules = (file(C2jFile::EndpointRules), file(C2jFile::EndpointTests));
        shapes.extend(problems.keep(self.service_shape(keys, rules)));
        self.notes.extend(problems.keep(service::guess(self.metadata, rules.0)).flatten());
        let mut operations = self.operation_shapes(problems);
        if let Some(root) = file(C2jFile::Paginators) {
            problems.keep(self.add_paginators(root, &mut operations));
        }
        if let Some(root) = file(C2jFile::Waiters) {
            problems.keep(self.add_waiters(root, &mut operations));
        }
        let dedicated = self.dedicated(&operations);
        shapes.extend(operations);
        shapes.extend(self.data_shapes(&dedicated, problems));
        fragment.shapes = shapes;
        if !self.notes.is_empty() {
            let notes: Value = json!(self.notes);
            fragment.metadata.push((NOTES.to_owned(), notes, self.root.position()));
        }
    }
}
