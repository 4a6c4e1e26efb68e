//! Conformance cases as code: a client of the model in a case file, and a function that replays the
//! file's cases with it.
//!
//! A case file is JSON: a `model` in either format, and lists `input` (what must be sent for a
//! request) and `output` (what must come of an answer). The requests and the expected answers become
//! expressions of the generated API, so that the types themselves are put to the test. What is
//! generated calls the crate `conformance` of this repository, which sends and compares.

mod emit;
mod form;
mod lower;

use std::{collections::BTreeMap, path::Path};

use quote::quote;

use crate::{
    emit::{Blocking, Root, emit_root},
    error::{Error, Problem, Problems},
    generator::{Summary, print, threads},
    lower::{Options, lower_service},
    read,
};

/// What a case file gives: a tree of modules, not yet written.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The text of each file by its path below the source folder. `mod.rs` holds a function `run`,
    /// which takes `&mut conformance::Suite`.
    pub files: BTreeMap<String, String>,
    /// What the service is.
    pub service: Summary,
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
    let options = Options { lenient: true, ..Options::default() };
    let lowered = lower_service(&model, &options).map_err(|error| error.in_model(&paths))?;
    let services = [lowered.service];
    let cases = lower::lower(&model, &services[0], &file);
    let (module, cases_file) = emit::emit(&services[0], &cases);
    let mut root = emit_root(Root::Module, &services);
    root.items.push(quote!(mod #module; pub use #module::run;).into());
    let files = print(Blocking::Never, &services, &[root, cases_file], threads(None))?;
    let warnings = lowered.warnings.into_iter().chain(file.unknown.iter().cloned()).collect();
    Ok(Suite { files, service: Summary::of(&services[0]), cases: cases.len(), warnings })
}
