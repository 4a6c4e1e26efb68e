//! Conformance cases as code: a client of the model in a case file, and a function that replays the
//! file's cases with it.
//!
//! A case file is JSON: a `model` in either format, and lists `input` (what must be sent for a
//! request) and `output` (what must come of an answer). The requests and the expected answers become
//! expressions of the generated API, so that the types themselves are put to the test. What is
//! generated calls the crate `conformance` of this repository, which sends and compares.

mod emit;
mod examples;
mod fields;
mod form;
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
    generator::{Summary, print, threads},
    ir::Service,
    lower::{Options, bound, lower_service},
    read,
    rust_file::RustFile,
    smithy::{Model, ShapeId},
};

use form::CaseFile;

pub use examples::examples;

/// What a case file gives: a tree of modules, not yet written.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The text of each file by its path below the source folder. `mod.rs` holds a function `run`,
    /// which takes `&mut conformance::Suite`.
    pub files: BTreeMap<String, String>,
    /// What the services are: one, unless the model has several and the cases call more than one.
    pub services: Vec<Summary>,
    /// How many cases there are.
    pub cases: usize,
    /// What was noticed and let pass.
    pub warnings: Vec<Problem>,
}

/// Reads a case file and generates a client and the replay of its cases.
///
/// A case that does not suit the model, because it names an operation that there is not or a member
/// that a structure has not, is one that fails when it is replayed.
///
/// # Errors
/// A file that has not the form of a case file, with the case and the field; and every problem of
/// the model, with its place in the case file.
pub fn generate(path: &Path) -> Result<Suite, Error> {
    let source = read::read_source(path)?;
    let mut problems = Problems::new();
    let file = form::read(source.root()?, &mut problems);
    let Some(file) = problems.finish(file)? else {
        return Err(Problem::in_file(path, "there is no case in it.").into());
    };
    let paths = [path.to_owned()];
    let model = read::read_value(file.model)?;
    let (mut services, mut warnings) = (Vec::new(), Vec::new());
    for service in called(&model, &file) {
        let options = Options { lenient: true, service, ..Options::default() };
        let lowered = lower_service(&model, &options).map_err(|error| error.in_model(&paths))?;
        services.push(lowered.service);
        warnings.extend(lowered.warnings);
    }
    warnings.extend(file.unknown.iter().cloned());
    let files = replay(&model, &services, &file);
    let files = print(Blocking::Never, Crate::Unknown, &services, &files, threads(None))?;
    let services = services.iter().map(Summary::of).collect();
    let cases = file.inputs.len() + file.outputs.len();
    Ok(Suite { files, services, cases, warnings })
}

/// The files beside those of the clients: the cases of each service, and the root.
fn replay(model: &Model, services: &[Service], file: &CaseFile<'_>) -> Vec<RustFile> {
    let has = |service: &Service, name: &str| service.operations.iter().any(|o| o.name == name);
    // A case of no service is told with those of the first.
    let owner = |name: &str| services.iter().position(|s| has(s, name)).unwrap_or_default();
    let cases = services.iter().enumerate().map(|(index, service)| {
        let cases = lower::lower(model, service, file, |operation| owner(operation) == index);
        emit::emit(service, &cases)
    });
    let (modules, mut files): (Vec<_>, Vec<_>) = cases.unzip();
    let mut root = emit_root(Root::Module, services);
    root.items.push(emit::emit_run(&modules));
    files.push(root);
    files
}

/// The services of which a case names an operation, where the model has several; `None` is the one
/// that the model has.
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
