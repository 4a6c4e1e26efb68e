//! `cargo xtask changes`: reports what changed between two models and what that means for callers of the generated API.
//!
//! `source` finds the models, `compare` builds a tree of their differences with the help of `rust`, and `report` prints
//! it. `import` compares and prints in the same way. Imports `model`, `system` and `text`.

pub(crate) mod compare;
pub(crate) mod report;
mod rust;
mod source;
pub(crate) mod tree;

use std::{fs, num::NonZeroUsize, path::PathBuf, process::ExitCode};

use longshore_codegen::read::read_model;

use self::{
    compare::Order,
    report::{Format, Report},
    source::ServicePair,
    tree::Changes,
};
use crate::{system::thread_pool, text::console};

/// Show what changed between two models, and whether it breaks callers
///
/// OLD and NEW are each a Smithy JSON AST file, a C2J file, a folder of either, or a folder of
/// services like `models` or botocore's `data`. Of two folders of services, those in both are
/// compared:
///   cargo xtask changes models/ecr botocore/data/ecr
///   cargo xtask changes models botocore/data --format html --output changes.html
/// Changes of documentation are ignored, and so are services that exist on one side only.
///
/// The exit status is 0 if nothing changed, 1 if something changed, and 2 on errors.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The old model or folder of models
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new model or folder of models
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Only these services, by the names of their folders
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,

    /// Take members in the order of NEW, as a crate generated from NEW alone would. By default they
    /// are taken in the order of OLD, which an import keeps
    #[arg(long)]
    own_order: bool,

    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Write the report to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Compares, prints the report, and returns the exit status.
pub(crate) fn run(args: &Args) -> ExitCode {
    let outcome = compare(args).and_then(|report| put(&report, args).map(|()| report));
    match outcome {
        Err(error) => {
            errln!("error: {error}");
            ExitCode::from(2)
        }
        Ok(report) if !report.failed.is_empty() => {
            for (name, why) in &report.failed {
                errln!("error: {name} could not be compared: {why}");
            }
            ExitCode::from(2)
        }
        Ok(report) => ExitCode::from(u8::from(!report.is_equal())),
    }
}

fn compare(args: &Args) -> Result<Report, String> {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let matched = source::pair(&args.old, &args.new, &args.only, threads)?;
    // An empty comparison must not be reported as "nothing changed".
    if matched.pairs.is_empty() && matched.failed.is_empty() {
        return Err(matched.nothing());
    }
    let is_one = matched.pairs.len() == 1 && matched.failed.is_empty();
    let mut report = Report {
        from: args.old.display().to_string(),
        to: args.new.display().to_string(),
        added: matched.added,
        removed: matched.removed,
        passed_over: matched.passed_over,
        failed: matched.failed,
        ..Report::default()
    };
    let order = if args.own_order { Order::Own } else { Order::Kept };
    let results = thread_pool::map(&matched.pairs, threads, |pair| of_pair(pair, order), |_, _| ());
    for (pair, result) in matched.pairs.iter().zip(results) {
        match result {
            Ok(changes) => report.services.push(changes),
            // There is nothing else to report.
            Err(why) if is_one => {
                return Err(format!("{} could not be compared: {why}", pair.name));
            }
            Err(why) => report.failed.push((pair.name.clone(), why)),
        }
    }
    Ok(report)
}

fn of_pair(pair: &ServicePair, order: Order) -> Result<Changes, String> {
    let read = |paths| read_model(paths).map_err(|error| error.to_string());
    let (old, new) = (read(&pair.old)?, read(&pair.new)?);
    compare::compare(&pair.name, old, new, order).map_err(|error| error.to_string())
}

fn put(report: &Report, args: &Args) -> Result<(), String> {
    let text = report.print(args.format);
    let Some(file) = &args.output else {
        console::write(std::io::stdout(), format_args!("{text}"));
        return console::write_error().map_or(Ok(()), Err);
    };
    fs::write(file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

#[cfg(test)]
mod tests;
