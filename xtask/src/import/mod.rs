//! `cargo xtask import`: imports an upstream model to `models/NAME/model.json`, without its prose.
//!
//! The model is written as a Smithy 2.0 JSON AST in a fixed order, so that two imports can be
//! compared line by line. The module does not depend on generated names. Imports `system`.

mod ast;
mod botocore;
mod changelog;
mod file;
mod partitions;
mod provenance;
mod sdist;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use longshore_codegen::{
    changes::{
        compare::{Order, compare},
        report,
    },
    error::{Error, Problem, Problems},
    model_files::{order, prose},
    read::read_model,
    smithy::Model,
};
use serde_json::Value;

use self::provenance::{Origin, Source};
use crate::system::repository;

/// Import upstream models into `models/`, without their documentation
///
/// From a file or folder:
///   cargo xtask import service/model.json --service sqs
///   cargo xtask import botocore/data/ecr/2015-09-21 --service ecr
/// From the newest botocore on PyPI, or from a version of it, for every service in `models/` or
/// for the named services:
///   cargo xtask import --botocore
///   cargo xtask import --botocore 1.44.5 --service ecr,lightsail
///
/// --botocore updates the partitions table too.
///
/// Shapes, members and enum values keep their order in `models/`, because the order is part of the
/// generated API. New ones are appended.
///
/// The changes are printed in the format of `cargo xtask changes`, and added to the changelog.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// A Smithy JSON AST file, a C2J service file, or a folder of either (a C2J folder includes
    /// paginators, waiters and endpoint rules).
    #[arg(
        required_unless_present = "botocore",
        conflicts_with = "botocore",
        requires = "services"
    )]
    path: Option<PathBuf>,

    /// The service's folder in `models/`. With --botocore, a comma-separated list of services by
    /// their names in botocore's data.
    #[arg(long = "service", value_name = "NAME", value_delimiter = ',')]
    services: Vec<String>,

    /// Download botocore, this version or the newest, into `target/`; needs python3. Uses the
    /// package index, certificates and proxy that pip is configured for. No code in the package is
    /// run.
    #[arg(long, value_name = "VERSION", num_args = 0..=1)]
    botocore: Option<Option<String>>,

    /// The expected SHA-256 of botocore's archive, in addition to the one from the package index.
    #[arg(long, value_name = "HEX", requires = "botocore")]
    sha256: Option<String>,

    /// Keep upstream's documentation. Only for your own models: this repository never contains it.
    #[arg(long)]
    with_docs: bool,

    /// The partitions table that --botocore updates.
    #[arg(
        long,
        value_name = "FILE",
        default_value_os_t = repository::root().join("runtime/src/endpoint/partition/partitions.json")
    )]
    partitions: PathBuf,

    /// The folder of all models.
    #[arg(long, value_name = "DIR", default_value_os_t = repository::root().join("models"))]
    models: PathBuf,

    /// The changelog to add the changes to. Defaults to CHANGELOG.md beside the folder of all
    /// models, if it exists.
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
}

impl Args {
    fn changelog(&self) -> PathBuf {
        let beside = || self.models.parent().unwrap_or(Path::new("")).join("CHANGELOG.md");
        self.changelog.clone().unwrap_or_else(beside)
    }
}

pub(crate) fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let mut problems = Vec::new();
    let (tasks, partitions) = tasks(&args)?;
    for task in tasks {
        match import(&task, &args) {
            Ok(text) => outln!("{text}"),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    if let Some(table) = partitions {
        match partitions::import(&table.path, &table.source, &args.partitions) {
            Ok(text) => outln!("{text}"),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::from(problems).into()) }
}

/// A model to import.
struct ModelImport {
    path: PathBuf,
    service: String,
    source: Source,
}

/// A partitions table to import.
struct PartitionsImport {
    path: PathBuf,
    source: Source,
}

fn tasks(args: &Args) -> Result<(Vec<ModelImport>, Option<PartitionsImport>), Error> {
    for service in &args.services {
        check_name(service)?;
    }
    if let Some(path) = &args.path {
        let [service] = args.services.as_slice() else {
            return Err(
                Problem::new("one path is one service. Give its name with --service.").into()
            );
        };
        let name = path.file_name().unwrap_or(path.as_os_str());
        let source = Source { name: name.to_string_lossy().into_owned(), archive: None };
        let task = ModelImport { path: path.clone(), service: service.clone(), source };
        return Ok((vec![task], None));
    }
    let services = match args.services.as_slice() {
        [] => services_of(&args.models)?,
        named => named.to_vec(),
    };
    let version = args.botocore.as_ref().and_then(Option::as_deref);
    let package = botocore::fetch(version, args.sha256.as_deref(), &repository::target_folder())?;
    let mut problems = Problems::new();
    let mut tasks = Vec::new();
    let sdist = package.sdist();
    let source = Source {
        name: format!("botocore {}", sdist.version),
        archive: Some((sdist.archive.clone(), sdist.sha256.clone())),
    };
    for service in services {
        let path = problems.keep(package.service_folder(&service));
        tasks.extend(path.map(|path| ModelImport { path, service, source: source.clone() }));
    }
    problems.finish((tasks, Some(PartitionsImport { path: package.partitions(), source })))
}

/// A service name must be a plain folder name.
fn check_name(name: &str) -> Result<(), Problem> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.is_empty() && name.chars().all(legal) {
        return Ok(());
    }
    let what =
        format!("`{name}` is not a valid service name: use a-z, 0-9 and `-`, like `ecr-public`.");
    Err(Problem::new(what))
}

/// The services that already have a model.
fn services_of(models: &Path) -> Result<Vec<String>, Error> {
    let read = |error| Error::from_io(models, "read this folder", &error);
    let entries = fs::read_dir(models).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut names: Vec<String> = entries
        .map_err(read)?
        .into_iter()
        .filter(|entry| entry.path().join("model.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    if names.is_empty() {
        let what = "there is no model in this folder yet. Give service names with --service.";
        return Err(Problem::in_file(models, what).into());
    }
    Ok(names)
}

/// Reads, strips, orders and writes a model, and describes what changed.
fn import(task: &ModelImport, args: &Args) -> Result<String, Error> {
    let mut model = read_model(std::slice::from_ref(&task.path))?;
    let notes = std::mem::take(&mut model.notes);
    if !args.with_docs {
        prose::strip(&mut model);
    }
    let path = args.models.join(&task.service).join("model.json");
    let old = if path.exists() { Some(read_model(std::slice::from_ref(&path))?) } else { None };
    order::keep(&mut model, old.as_ref());
    let origin = Origin { path: &task.path, source: &task.source };
    model.metadata = [("longshore".to_owned(), origin.record(&model)?)].into();
    file::write(&path, &ast::text(&model)?)?;
    let mut text = match old {
        Some(old) => describe(task, args, old, model)?,
        None => {
            let new = format!("{}: new: {}", task.service, count(&model));
            let item = format!("- {} from {}: new.\n", task.service, task.source.name);
            changelog::add(&args.changelog(), &item)?;
            new
        }
    };
    for note in notes {
        text.push_str(&format!("\n  note: {note}"));
    }
    Ok(text)
}

/// Describes what changed and adds it to the changelog.
fn describe(task: &ModelImport, args: &Args, old: Model, new: Model) -> Result<String, Error> {
    let counted = count(&new);
    let same = old.metadata == new.metadata;
    let changes = match compare(&task.service, old, new, Order::Kept) {
        Ok(changes) => changes,
        // The import itself succeeded.
        Err(why) => {
            return Ok(format!(
                "{}: imported, but the changes cannot be determined: {why}",
                task.service
            ));
        }
    };
    if changes.is_empty() {
        let what = if same { "nothing changed" } else { "nothing changed except the source" };
        return Ok(format!("{}: {what} ({counted})", task.service));
    }
    changelog::add(&args.changelog(), &report::changelog(&changes, &task.source.name))?;
    Ok(report::terminal(&changes).trim_end().to_owned())
}

/// Counts the shapes of a model by kind, for messages.
fn count(model: &Model) -> String {
    use longshore_codegen::smithy::Kind;
    let of = |is: fn(&Kind) -> bool| model.shapes.values().filter(|shape| is(&shape.kind)).count();
    let with = |id: &str| model.shapes.values().filter(|shape| shape.traits.has(id)).count();
    let waiters = model
        .shapes
        .values()
        .filter_map(|shape| shape.traits.get("smithy.waiters#waitable").and_then(Value::as_object));
    format!(
        "{} operations, {} structures, {} enums, {} paginators, {} waiters",
        of(|kind| matches!(kind, Kind::Operation(_))),
        of(|kind| matches!(kind, Kind::Structure(_) | Kind::Union(_))),
        of(|kind| matches!(kind, Kind::Enum(_) | Kind::IntEnum(_))),
        with("smithy.api#paginated"),
        waiters.map(serde_json::Map::len).sum::<usize>(),
    )
}

#[cfg(test)]
mod tests;
