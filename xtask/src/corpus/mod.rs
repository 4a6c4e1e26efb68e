//! `cargo xtask corpus`: generates every awsJson service of a folder of models and, with `--check`, compiles it.
//!
//! The room holds the run over many services and the table of its results; a broken model does not stop it. Imports
//! `model`, `system` and `text`.

mod check;
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

use self::{
    generate::{Outcome, Refused},
    table::{Rest, Row},
    workspace::Workspace,
};
use crate::{
    model::{
        choose::{self, Choice, Model},
        discover,
    },
    system::{repository, thread_pool},
    text::progress::Progress,
};

/// Generate every awsJson service of a folder of models, and list what became of each.
///
/// A folder may be botocore's `data`, of which the newest version of each service is taken, or any
/// tree of Smithy JSON files:
///   cargo xtask corpus botocore/data
///   cargo xtask corpus models --check --docs
/// Services of other protocols are counted. It fails where a service is refused, does not compile or
/// has warnings of rustdoc.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// Folders to search, or files.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,

    /// Compile each service with cargo, with warnings denied.
    #[arg(long)]
    check: bool,

    /// Document each service that compiles with rustdoc, with warnings denied.
    #[arg(long, requires = "check")]
    docs: bool,

    /// How many services are worked on at a time; as many as there are cores unless this is given.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// Only these services, by the names that the table has.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,

    /// Write the services to this folder, a crate each; --check writes them to `target/corpus`
    /// unless this is given. Without either, nothing is written.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Print the table as Markdown.
    #[arg(long)]
    markdown: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok());
    let jobs = jobs.unwrap_or(NonZeroUsize::MIN);
    let workspace = args.workspace().map(|folder| Workspace::open(&folder)).transpose()?;
    let mut choice = search(&args.folders, jobs)?;
    narrow(&mut choice, &args.only)?;
    let mut rows = generate(&mut choice, workspace.as_ref(), jobs);
    let compiled = match &workspace {
        Some(workspace) => finish(workspace, &mut rows, args.check.then_some(jobs), args.docs)?,
        None => None,
    };
    let Choice { others, older, .. } = choice;
    print(args, &rows, &Rest { others, older, took: start.elapsed(), compiled });
    if let Some(workspace) = &workspace {
        say!("The crates are in {}", workspace.folder().display());
    }
    let or =
        if args.docs { "does not compile or has warnings of rustdoc" } else { "does not compile" };
    match rows.iter().filter(|row| !row.is_right()).count() {
        0 => Ok(()),
        1 => Err(format!("1 service was refused or {or}").into()),
        wrong => {
            let or = or.replace("does", "do").replace("has", "have");
            Err(format!("{wrong} services were refused or {or}").into())
        }
    }
}

impl Args {
    /// The folder to write to, where anything is written.
    fn workspace(&self) -> Option<PathBuf> {
        let usual = || self.check.then(|| repository::target_folder().join("corpus"));
        self.out.clone().or_else(usual)
    }
}

/// What the folders hold.
fn search(folders: &[PathBuf], jobs: NonZeroUsize) -> Result<Choice, Box<dyn Error>> {
    let mut found = discover::Found::default();
    for folder in folders {
        found.search(folder)?;
    }
    let choice = choose::choose(found, jobs);
    if choice.models.is_empty() && choice.broken.is_empty() && choice.others.is_empty() {
        let folders: Vec<_> = folders.iter().map(|path| path.display().to_string()).collect();
        return Err(format!("there is no service in {}", folders.join(", ")).into());
    }
    Ok(choice)
}

/// How many names are listed where none of them was asked for.
const LISTED: usize = 20;

/// Keeps the services that were asked for.
fn narrow(choice: &mut Choice, only: &[String]) -> Result<(), Box<dyn Error>> {
    if only.is_empty() {
        return Ok(());
    }
    let wanted: BTreeSet<&str> = only.iter().map(|name| name.trim()).collect();
    let there = choice.models.iter().map(|model| &model.name).chain(choice.broken.keys());
    let there: BTreeSet<&str> = there.map(String::as_str).collect();
    if let Some(missing) = wanted.difference(&there).next() {
        let names: Vec<_> = there.iter().copied().take(LISTED).collect();
        let more = if there.len() > LISTED { ", ..." } else { "" };
        let names = names.join(", ");
        return Err(format!("there is no awsJson service {missing} in there: {names}{more}").into());
    }
    choice.models.retain(|model| wanted.contains(model.name.as_str()));
    choice.broken.retain(|name, _| wanted.contains(name.as_str()));
    choice.others.clear();
    choice.older.clear();
    Ok(())
}

/// Generates all of them, the largest first, so that no thread is left alone with it at the end.
fn generate(choice: &mut Choice, workspace: Option<&Workspace>, jobs: NonZeroUsize) -> Vec<Row> {
    let mut models = std::mem::take(&mut choice.models);
    models.sort_by_key(|model| std::cmp::Reverse(model.bytes));
    let progress = Progress::new("generating", models.len());
    let job = |model: &Model| {
        generate::generate(model, |generated| match workspace {
            Some(workspace) => workspace.add(&model.name, generated),
            None => Ok(()),
        })
    };
    let done = |model: &Model, outcome: &Outcome| {
        let refused = if outcome.result.is_ok() { "" } else { " is refused" };
        progress.step(&format!("{}{refused}", model.name));
    };
    let outcomes = thread_pool::each(&models, jobs, job, done);
    let row = |(model, outcome): (Model, Outcome)| Row {
        name: model.name,
        operations: Some(model.operations),
        outcome,
        verdict: None,
    };
    let mut rows: Vec<Row> = models.into_iter().zip(outcomes).map(row).collect();
    for (name, problems) in std::mem::take(&mut choice.broken) {
        let result = Err(Refused::Problems(problems));
        let outcome = Outcome { took: Duration::ZERO, result };
        rows.push(Row { name, operations: None, outcome, verdict: None });
    }
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    rows
}

/// Makes the crates a workspace, and compiles and documents them with so many jobs; says how long that
/// took.
fn finish(
    workspace: &Workspace,
    rows: &mut [Row],
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
    let mut verdicts = check::check(workspace, &names, jobs, docs)?;
    for row in rows.iter_mut().filter(|row| row.outcome.result.is_ok()) {
        row.verdict = verdicts.remove(row.name.as_str());
    }
    Ok(Some(start.elapsed()))
}

fn print(args: &Args, rows: &[Row], rest: &Rest) {
    let table = if args.markdown { table::markdown(rows) } else { table::plain(rows) };
    say!("{table}");
    for note in table::notes(rows) {
        say!("note: {note}");
    }
    let totals = table::totals(rows, rest);
    say!("{}", totals.join("\n"));
}
