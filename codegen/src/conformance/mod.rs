//! Turns conformance cases into code: a client for the model in a case file, and a function that
//! replays its cases.
//!
//! A case file is JSON: a `model` in either format, and the lists `input` (requests and what must
//! be sent) and `output` (responses and their expected results). Requests and results become
//! expressions of the generated API, so that the generated types are tested too. The generated code
//! calls the crate `conformance` of this repository, which sends and compares. This module is the
//! topmost one and may import every other module.

mod case_file;
mod emit;
mod examples;
mod fields;
mod lower;
mod request;
mod response;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    emit::{Blocking, Crate, Root, emit_root},
    error::{Error, Problem, Problems},
    generator::{Summary, print},
    ir::Service,
    lower::{Options, bound, lower_service},
    read,
    rust_file::RustFile,
    smithy::{Model, ShapeId},
    thread_pool,
};

use case_file::CaseFile;

pub use examples::examples;

/// The result of a case file: a tree of modules, not yet written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Suite {
    /// The text of each file by its path below the source folder. `mod.rs` contains the function
    /// `run`, which takes `&mut conformance::Suite`.
    pub files: BTreeMap<String, String>,
    /// The services: one, unless the model has several and the cases call more than one.
    pub services: Vec<Summary>,
    /// The number of cases.
    pub cases: usize,
    /// Warnings.
    pub warnings: Vec<Problem>,
}

/// Reads a case file and generates a client and the replay of its cases.
///
/// A case that does not fit the model, because it names an unknown operation or member, fails when
/// it is replayed.
///
/// # Errors
/// Fails if the file does not have the schema of a case file, naming the case and the field, and
/// for every problem of the model, with its position in the case file.
pub fn generate(path: &Path) -> Result<Suite, Error> {
    let source = read::read_source(path)?;
    let mut problems = Problems::new();
    let file = case_file::read(source.root()?, &mut problems);
    let Some(file) = problems.finish(file)? else {
        return Err(Problem::in_file(path, "there is no case in it.").into());
    };
    let paths = [path.to_owned()];
    let model = read::read_value(file.model)?;
    let (mut services, mut warnings) = (Vec::new(), Vec::new());
    let mut streaming = BTreeSet::new();
    for service in called(&model, &file) {
        let options = Options { lenient: true, service, ..Options::default() };
        let lowered = lower_service(&model, &options).map_err(|error| error.in_model(&paths))?;
        services.push(lowered.service);
        streaming.extend(lowered.streaming);
        warnings.extend(lowered.warnings);
    }
    warnings.extend(file.unknown.iter().cloned());
    let files = replay(&streaming, &services, &file);
    let files =
        print(Blocking::Never, Crate::Unknown, &services, files, thread_pool::threads(None))?;
    let services = services.iter().map(Summary::of).collect();
    let cases = file.inputs.len() + file.outputs.len();
    Ok(Suite { files, services, cases, warnings })
}

/// The files in addition to those of the clients: the cases of each service, and the root file.
fn replay(
    streaming: &BTreeSet<String>,
    services: &[Service],
    file: &CaseFile<'_>,
) -> Vec<RustFile> {
    let has = |service: &Service, name: &str| service.operations.iter().any(|o| o.name == name);
    // A case of an unknown operation is listed with the first service.
    let owner = |name: &str| services.iter().position(|s| has(s, name)).unwrap_or_default();
    let cases = services.iter().enumerate().map(|(index, service)| {
        let cases = lower::lower(streaming, service, file, |operation| owner(operation) == index);
        emit::emit(service, &cases)
    });
    let (modules, mut files): (Vec<_>, Vec<_>) = cases.unzip();
    let mut root = emit_root(Root::Module, services, Crate::Unknown);
    root.items.push(emit::emit_run(&modules));
    files.push(root);
    files
}

/// Returns the services whose operations the cases name, if the model has several; `None` stands
/// for the only service.
fn called(model: &Model, file: &CaseFile<'_>) -> Vec<Option<ShapeId>> {
    let bound = bound(model);
    if bound.len() < 2 {
        return vec![None];
    }
    let inputs = file.inputs.iter().map(|case| case.operation.as_str());
    let named: BTreeSet<_> =
        inputs.chain(file.outputs.iter().map(|c| c.operation.as_str())).collect();
    let mut called = bound.clone();
    called.retain(|(_, names)| !names.is_disjoint(&named));
    if called.is_empty() {
        called.extend(bound.into_iter().take(1));
    }
    called.into_iter().map(|(id, _)| Some(id.clone())).collect()
}
