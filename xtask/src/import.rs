//! `cargo xtask import`: an upstream model into `models/NAME/model.json`, facts only.
//!
//! What is written is a Smithy 2.0 JSON AST in a fixed order, so that two imports can be compared
//! line by line. It knows the model and nothing of Rust: no generated name is decided here.

mod botocore;
mod changelog;
pub(crate) mod order;
mod partitions;
pub(crate) mod prose;
mod provenance;
mod rules;
pub(crate) mod write;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use longshore_codegen::{
    error::{Error, Problem, Problems},
    read::read_model,
    smithy::Model,
};
use serde_json::Value;

use self::provenance::Origin;
use crate::{
    changes::{
        compare::{Order, compare},
        report,
    },
    program,
};

/// Bring upstream models into `models/`: facts only, provenance recorded.
///
/// From a file or folder:
///   cargo xtask import service/model.json --service sqs
///   cargo xtask import botocore/data/ecr/2015-09-21 --service ecr
/// From the newest botocore on PyPI, or from one version of it, for every service that is already
/// in `models/` (the one-command update) or for those named:
///   cargo xtask import --botocore
///   cargo xtask import --botocore 1.44.5 --service ecr,lightsail
///
/// With --botocore the table of partitions is brought up to date as well.
///
/// Shapes, members and enum values keep the order they already have in `models/`, because the order
/// is part of the generated API; new ones follow.
///
/// What changed is printed as `cargo xtask changes` prints it, and added to the changelog.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// A Smithy JSON AST file, a C2J service file, or a folder of either (a C2J folder brings its
    /// paginators, waiters and endpoint rules).
    #[arg(
        required_unless_present = "botocore",
        conflicts_with = "botocore",
        requires = "services"
    )]
    path: Option<PathBuf>,

    /// The service's folder in `models/`; with --botocore several may be named, with commas, and
    /// each has the name it has in botocore's data.
    #[arg(long = "service", value_name = "NAME", value_delimiter = ',')]
    services: Vec<String>,

    /// Take botocore from PyPI, the newest or this version of it, kept under `target/`; needs
    /// python3 with pip.
    #[arg(long, value_name = "VERSION", num_args = 0..=1)]
    botocore: Option<Option<String>>,

    /// Keep upstream's prose; for your own models. This repository never uses it.
    #[arg(long)]
    with_docs: bool,

    /// The table of partitions, which --botocore brings.
    #[arg(
        long,
        value_name = "FILE",
        default_value_os_t = program::root().join("runtime/src/partitions.json")
    )]
    partitions: PathBuf,

    /// The folder of all models.
    #[arg(long, value_name = "DIR", default_value_os_t = program::root().join("models"))]
    models: PathBuf,

    /// The changelog that says what an import changed; the one beside the folder of all models,
    /// where there is one.
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
}

impl Args {
    fn changelog(&self) -> PathBuf {
        let beside = || self.models.parent().unwrap_or(Path::new("")).join("CHANGELOG.md");
        self.changelog.clone().unwrap_or_else(beside)
    }
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let mut problems = Vec::new();
    let (tasks, partitions) = tasks(&args)?;
    for task in tasks {
        match import(&task, &args) {
            Ok(text) => say!("{text}"),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    if let Some(table) = partitions {
        match partitions::import(&table.path, &table.source, &args.partitions) {
            Ok(text) => say!("{text}"),
            Err(error) => problems.extend_from_slice(error.problems()),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::from(problems).into()) }
}

/// One model to bring in.
struct Task {
    path: PathBuf,
    service: String,
    /// What the provenance calls the source.
    source: String,
}

/// A table of partitions to bring in.
struct Table {
    path: PathBuf,
    source: String,
}

fn tasks(args: &Args) -> Result<(Vec<Task>, Option<Table>), Error> {
    for service in &args.services {
        check_name(service)?;
    }
    if let Some(path) = &args.path {
        let [service] = args.services.as_slice() else {
            return Err(Problem::new("one path is one service. Name it with --service.").into());
        };
        let name = path.file_name().unwrap_or(path.as_os_str());
        let source = name.to_string_lossy().into_owned();
        let task = Task { path: path.clone(), service: service.clone(), source };
        return Ok((vec![task], None));
    }
    let services = match args.services.as_slice() {
        [] => services_of(&args.models)?,
        named => named.to_vec(),
    };
    let version = args.botocore.as_ref().and_then(Option::as_deref);
    let package = botocore::fetch(version, &program::target_folder())?;
    let mut problems = Problems::new();
    let mut tasks = Vec::new();
    let source = format!("botocore {}", package.version);
    for service in services {
        let path = problems.keep(package.service_folder(&service));
        tasks.extend(path.map(|path| Task { path, service, source: source.clone() }));
    }
    problems.finish((tasks, Some(Table { path: package.partitions(), source })))
}

/// A service's name is a folder's name and nothing that leads elsewhere.
fn check_name(name: &str) -> Result<(), Problem> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.is_empty() && name.chars().all(legal) {
        return Ok(());
    }
    let what =
        format!("`{name}` is no name for a service: use a-z, 0-9 and `-`, like `ecr-public`.");
    Err(Problem::new(what))
}

/// The services that have a model already.
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
        let what = "there is no model in this folder yet. Name services with --service.";
        return Err(Problem::in_file(models, what).into());
    }
    Ok(names)
}

/// Reads, cleans, orders and writes one model; says what changed.
fn import(task: &Task, args: &Args) -> Result<String, Error> {
    let mut model = read_model(std::slice::from_ref(&task.path))?;
    let notes = std::mem::take(&mut model.notes);
    if !args.with_docs {
        prose::strip(&mut model);
    }
    let file = args.models.join(&task.service).join("model.json");
    let old = if file.exists() { Some(read_model(std::slice::from_ref(&file))?) } else { None };
    order::settle(&mut model, old.as_ref());
    let origin = Origin { path: &task.path, source: &task.source };
    model.metadata = [("longshore".to_owned(), origin.record(&model)?)].into();
    write::write(&file, &write::text(&model)?)?;
    let mut text = match old {
        Some(old) => describe(task, args, old, model)?,
        None => {
            let new = format!("{}: new: {}", task.service, count(&model));
            let item = format!("- {} from {}: new.\n", task.service, task.source);
            changelog::add(&args.changelog(), &item)?;
            new
        }
    };
    for note in notes {
        text.push_str(&format!("\n  note: {note}"));
    }
    Ok(text)
}

/// Says what changed, here and in the changelog.
fn describe(task: &Task, args: &Args, old: Model, new: Model) -> Result<String, Error> {
    let counted = count(&new);
    let same = old.metadata == new.metadata;
    let changes = match compare(&task.service, old, new, Order::Kept) {
        Ok(changes) => changes,
        // What was brought in is no less there because of that.
        Err(why) => return Ok(format!("{}: what changed is not known: {why}", task.service)),
    };
    if changes.is_empty() {
        let what = if same { "nothing changed" } else { "nothing changed but the source" };
        return Ok(format!("{}: {what} ({counted})", task.service));
    }
    changelog::add(&args.changelog(), &report::changelog(&changes, &task.source))?;
    Ok(report::terminal(&changes).trim_end().to_owned())
}

/// The shapes of a model by kind, for messages.
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
