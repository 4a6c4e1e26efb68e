//! `cargo xtask corpus`: generates every service in a folder of models and, with `--check`,
//! compiles it.
//!
//! The module runs the generator over many services and prints a table of the results; a broken
//! model does not stop the run. Imports `system` and `text`.

mod check;
mod coverage;
mod generate;
mod table;
mod workspace;

use std::{
    collections::BTreeSet,
    error::Error,
    num::NonZeroUsize,
    path::PathBuf,
    time::{Duration, Instant},
};

use longshore_codegen::{
    cli::progress::Progress,
    model_files::{
        discover,
        select::{self, Selection, ServiceModel},
    },
    thread_pool,
};

use self::{
    generate::{Generation, GenerationError},
    table::{Remainder, ServiceRow},
    workspace::CorpusWorkspace,
};
use crate::system::{memory, repository};

/// Generate every service of a folder of models, and list the results
///
/// The folder may be botocore's `data`, of which the newest version of each service is used, or any
/// tree of Smithy JSON files:
///   cargo xtask corpus botocore/data
///   cargo xtask corpus models --check --docs
/// Services of unsupported protocols are only counted. The command fails if a service cannot be
/// generated, does not compile or has rustdoc warnings.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// Folders or files to search
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,

    /// Compile each service with cargo, with warnings denied.
    #[arg(long)]
    check: bool,

    /// Document each service that compiles with rustdoc, with warnings denied.
    #[arg(long, requires = "check")]
    docs: bool,

    /// Number of services to generate or compile at a time. Defaults to the number of cores.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Only these services, by their names in the table.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,

    /// Write each service to a crate in this folder. Defaults to `target/corpus` with --check;
    /// otherwise nothing is written.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Print the table as Markdown.
    #[arg(long)]
    markdown: bool,

    /// Write a coverage page to this Markdown file: totals, table and limitations. Only the part
    /// between its two marker comments is replaced.
    #[arg(long, value_name = "FILE", requires = "source", conflicts_with = "only")]
    write: Option<PathBuf>,

    /// The source of the models as the coverage page names it, for example "botocore 1.44.8".
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let jobs = thread_pool::threads(args.jobs);
    let workspace = args.workspace().map(|folder| CorpusWorkspace::open(&folder)).transpose()?;
    let mut selection = search(&args.folders, jobs)?;
    narrow(&mut selection, &args.only)?;
    let mut rows = generate(&mut selection, workspace.as_ref(), jobs);
    let compiled = match &workspace {
        Some(workspace) => finish(workspace, &mut rows, args.check.then_some(jobs), args.docs)?,
        None => None,
    };
    let Selection { other_protocols, older_versions, .. } = selection;
    let (took, peak) = (start.elapsed(), memory::peak_of(std::process::id()));
    let rest = Remainder { other_protocols, older_versions, took, peak, compiled };
    print(args, &rows, &rest);
    if let Some((file, source)) = args.write.as_ref().zip(args.source.as_ref()) {
        coverage::write(file, source, &rows, &rest)?;
    }
    if let Some(workspace) = &workspace {
        outln!("The crates are in {}", workspace.folder().display());
    }
    let or =
        if args.docs { "does not compile or has rustdoc warnings" } else { "does not compile" };
    match rows.iter().filter(|row| !row.succeeded()).count() {
        0 => Ok(()),
        1 => Err(format!("1 service was rejected or {or}").into()),
        wrong => {
            let or = or.replace("does", "do").replace("has", "have");
            Err(format!("{wrong} services were rejected or {or}").into())
        }
    }
}

impl Args {
    /// The folder to write to, if anything is written.
    fn workspace(&self) -> Option<PathBuf> {
        let usual = || self.check.then(|| repository::target_folder().join("corpus"));
        self.out.clone().or_else(usual)
    }
}

/// Finds and selects the services in the folders.
fn search(folders: &[PathBuf], jobs: NonZeroUsize) -> Result<Selection, Box<dyn Error>> {
    let mut found = discover::FoundFolders::default();
    for folder in folders {
        found.search(folder)?;
    }
    let selection = select::select(found, jobs);
    if selection.models.is_empty()
        && selection.broken.is_empty()
        && selection.other_protocols.is_empty()
    {
        let folders: Vec<_> = folders.iter().map(|path| path.display().to_string()).collect();
        return Err(format!("there is no service in {}", folders.join(", ")).into());
    }
    Ok(selection)
}

/// The maximum number of names that an error about an unknown name lists.
const LISTED: usize = 20;

/// Keeps only the named services.
fn narrow(selection: &mut Selection, only: &[String]) -> Result<(), Box<dyn Error>> {
    if only.is_empty() {
        return Ok(());
    }
    let wanted: BTreeSet<&str> = only.iter().map(|name| name.trim()).collect();
    let there = selection.models.iter().map(|model| &model.name).chain(selection.broken.keys());
    let there: BTreeSet<&str> = there.map(String::as_str).collect();
    if let Some(missing) = wanted.difference(&there).next() {
        let names: Vec<_> = there.iter().copied().take(LISTED).collect();
        let more = if there.len() > LISTED { ", ..." } else { "" };
        let names = names.join(", ");
        return Err(format!(
            "there is no service named {missing} that can be generated, only {names}{more}"
        )
        .into());
    }
    selection.models.retain(|model| wanted.contains(model.name.as_str()));
    selection.broken.retain(|name, _| wanted.contains(name.as_str()));
    selection.other_protocols.clear();
    selection.older_versions.clear();
    Ok(())
}

/// Generates all services, the largest first, so that no thread processes it alone at the end.
fn generate(
    selection: &mut Selection,
    workspace: Option<&CorpusWorkspace>,
    jobs: NonZeroUsize,
) -> Vec<ServiceRow> {
    let mut models = std::mem::take(&mut selection.models);
    models.sort_by_key(|model| std::cmp::Reverse(model.bytes));
    let progress = Progress::with_lines("generating", models.len());
    let job = |model: &ServiceModel| {
        let outcome = generate::generate(model, |generated| match workspace {
            Some(workspace) => workspace.add(&model.name, generated),
            None => Ok(()),
        });
        let refused = if outcome.result.is_ok() { "" } else { " is rejected" };
        progress.step(&format!("{}{refused}", model.name));
        outcome
    };
    let outcomes = thread_pool::map(&models, jobs, job);
    let row = |(model, outcome): (ServiceModel, Generation)| ServiceRow {
        name: model.name,
        protocol: model.protocol,
        operations: Some(model.operations),
        outcome,
        check: None,
    };
    let mut rows: Vec<ServiceRow> = models.into_iter().zip(outcomes).map(row).collect();
    for (name, problems) in std::mem::take(&mut selection.broken) {
        let result = Err(GenerationError::Problems(problems));
        let outcome = Generation { took: Duration::ZERO, result };
        rows.push(ServiceRow { name, protocol: None, operations: None, outcome, check: None });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

/// Writes the workspace, and compiles and documents its crates if `jobs` is given. Returns how long
/// cargo took.
fn finish(
    workspace: &CorpusWorkspace,
    rows: &mut [ServiceRow],
    jobs: Option<NonZeroUsize>,
    docs: bool,
) -> Result<Option<Duration>, Box<dyn Error>> {
    let names: Vec<String> =
        rows.iter().filter(|row| row.outcome.result.is_ok()).map(|row| row.name.clone()).collect();
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    workspace.finish(&names)?;
    let Some(jobs) = jobs.filter(|_| !names.is_empty()) else {
        return Ok(None);
    };
    let start = Instant::now();
    let mut checks = check::check(workspace, &names, jobs, docs)?;
    for row in rows.iter_mut().filter(|row| row.outcome.result.is_ok()) {
        row.check = checks.remove(row.name.as_str());
    }
    Ok(Some(start.elapsed()))
}

fn print(args: &Args, rows: &[ServiceRow], rest: &Remainder) {
    let table = if args.markdown { table::markdown(rows) } else { table::plain(rows) };
    outln!("{table}");
    for note in table::notes(rows) {
        outln!("note: {note}");
    }
    let totals = table::totals(rows, rest);
    outln!("{}", totals.join("\n"));
}
