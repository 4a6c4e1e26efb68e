//! `longshore changes`: reports what changed between two models and whether it breaks callers of
//! the generated API.

use std::{error::Error, fs, io, path::PathBuf};

use super::{console, outcome::Outcome, progress::Progress};
use crate::changes::{
    Comparison,
    compare::Order,
    report::{Format, Report},
};

pub(super) const EXAMPLES: &str = "\
Examples:
  longshore changes old/service-2.json new/service-2.json
  longshore changes models/ecr botocore/data/ecr
  longshore changes models botocore/data --format html --output changes.html";

/// Show what changed between two models, and whether it breaks callers
///
/// OLD and NEW are each a Smithy JSON AST file, a C2J file, a folder of either, or a folder of
/// services like botocore's `data`. If both are folders of services, the services in both are
/// compared. Documentation changes and services that exist on only one side do not count as
/// changes.
///
/// The exit status is 0 if nothing changed, 1 if something changed, and 2 on errors.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The old model or folder of models
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new model or folder of models
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Compare only these services, named by their folders
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,

    /// Keep members in the order of NEW, as in a crate generated from NEW alone. By default,
    /// members keep the order of OLD, as if NEW were an update of OLD
    #[arg(long)]
    own_order: bool,

    /// The format of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Write the report to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Compares the models and prints the report. Fails at the end if a service could not be compared.
pub fn run(args: &Args) -> Result<Outcome, Box<dyn Error>> {
    let report = compare(args)?;
    put(&report, args)?;
    if let Some(((last, why), others)) = report.failed.split_last() {
        for (name, why) in others {
            console::error(could_not_be_compared(name, why).as_ref());
        }
        return Err(could_not_be_compared(last, why));
    }
    Ok(if report.is_equal() { Outcome::Success } else { Outcome::Difference })
}

fn could_not_be_compared(name: &str, why: &str) -> Box<dyn Error> {
    format!("{name} could not be compared: {why}").into()
}

fn compare(args: &Args) -> Result<Report, String> {
    let comparison = Comparison::of(&args.old, &args.new, &args.only)?;
    let progress = Progress::new("comparing", comparison.services());
    let order = if args.own_order { Order::Own } else { Order::Kept };
    comparison.report(order, |name| progress.step(name))
}

fn put(report: &Report, args: &Args) -> Result<(), String> {
    let text = report.print(args.format);
    let Some(file) = &args.output else {
        console::write(io::stdout(), format_args!("{text}"));
        return console::write_error().map_or(Ok(()), Err);
    };
    fs::write(file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))
}
