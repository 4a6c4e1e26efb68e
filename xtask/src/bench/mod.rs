//! `cargo xtask bench build|calls|codegen|push|growth|all`: measures Longshore on this machine.
//!
//! The module contains the measurements (processor time, instructions, memory, callers that are
//! built and run), the resulting figures, the page that shows them, and the comparison with a saved
//! run. A missed budget is shown in the table and does not fail the command. Imports `codegen`,
//! `system` and `text`.

mod build;
mod caller;
mod callgrind;
mod calls;
mod codegen;
mod compare;
mod figures;
mod generate;
mod growth;
mod measured;
mod page;
mod push;
mod source;
mod table;
mod turns;
mod usage;
mod workspace;

use std::{error::Error, path::PathBuf};

use self::figures::{Run, Section};
use crate::system::repository;

/// Measure build time, calls, generation, throughput and growth on this machine
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, clap::Args)]
struct Options {
    /// Measure with as few repetitions as possible
    #[arg(long, global = true)]
    quick: bool,
    /// File in which to save the figures; other sections that it contains remain
    /// [default: target/bench/latest.json]
    #[arg(long, global = true, value_name = "FILE")]
    save: Option<PathBuf>,
    /// List the figures that are worse than in this saved run by more than the noise, and fail if
    /// there are any
    #[arg(long, global = true, value_name = "FILE")]
    compare: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Build(build::Args),
    Calls(calls::Args),
    Codegen(codegen::Args),
    Push(push::Args),
    Growth(growth::Args),
    /// Run all benchmarks and, without --quick, write docs/benchmarks.md
    All,
    /// Write docs/benchmarks.md from saved figures, without measuring
    Page {
        /// The saved run [default: target/bench/latest.json]
        file: Option<PathBuf>,
    },
    #[command(hide = true)]
    Generate(generate::Args),
}

/// Runs benchmarks, prints Markdown, saves the figures, and compares them with a saved run.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let Args { what, options } = args;
    let is_published = matches!(what, What::All) && !options.quick;
    match what {
        What::Build(args) => options.run(&[&|quick| build::measure(&args, quick)], is_published),
        What::Calls(args) => options.run(&[&|quick| calls::measure(&args, quick)], is_published),
        What::Codegen(args) => {
            options.run(&[&|quick| codegen::measure(&args, quick)], is_published)
        }
        What::Push(args) => options.run(&[&|quick| push::measure(&args, quick)], is_published),
        What::Growth(args) => options.run(&[&|quick| growth::measure(&args, quick)], is_published),
        What::All => options.run(&ALL, is_published),
        What::Page { file } => {
            options.refuse_all("page")?;
            page::publish(&Run::load(&file.unwrap_or_else(latest))?)
        }
        What::Generate(args) => {
            options.refuse_all("generate")?;
            generate::run(&args)
        }
    }
}

/// Measures a section. The argument is true for a quick run.
type Measure<'m> = &'m dyn Fn(bool) -> Result<Section, Box<dyn Error>>;

const ALL: [Measure<'static>; 5] = [
    &|quick| build::measure(&build::Args::default(), quick),
    &|quick| calls::measure(&calls::Args::default(), quick),
    &|quick| codegen::measure(&codegen::Args::default(), quick),
    &|quick| push::measure(&push::Args::default(), quick),
    &|quick| growth::measure(&growth::Args::default(), quick),
];

/// The file in which runs are saved by default.
fn latest() -> PathBuf {
    repository::root().join("target/bench/latest.json")
}

impl Options {
    fn run(&self, sections: &[Measure<'_>], is_published: bool) -> Result<(), Box<dyn Error>> {
        // Both files are read first, so that errors appear before the measurements.
        let kept = self.compare.as_deref().map(Run::load).transpose()?;
        let file = self.save.clone().unwrap_or_else(latest);
        let mut saved = Run::load_or_empty(&file)?;
        let mut now = Run::default();
        for measure in sections {
            let section = measure(self.quick)?;
            outln!("{}", page::section(&section));
            now.put(section.clone());
            saved.put(section);
            // Saved after each section, so that a later failure does not lose it.
            saved.save(&file)?;
        }
        if is_published {
            page::publish(&now)?;
        }
        let Some(kept) = kept else { return Ok(()) };
        let comparison = compare::compare(&kept, &now);
        outln!("{comparison}");
        Ok(comparison.check()?)
    }

    /// Returns an error if an option is set, for a command that does not measure.
    fn refuse_all(&self, command: &str) -> Result<(), String> {
        let Self { quick, save, compare } = self;
        let set =
            [("--quick", *quick), ("--save", save.is_some()), ("--compare", compare.is_some())];
        match set.iter().find(|(_, is_set)| *is_set) {
            None => Ok(()),
            Some((option, _)) => Err(format!(
                "{option}: `cargo xtask bench {command}` does not measure; leave out {option}"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        args: Args,
    }

    #[test]
    fn options_of_measurements_are_refused_without_a_measurement() {
        let table: [&[&str]; 3] =
            [&["--quick"], &["--save", "no/such/file"], &["--compare", "no/such/file"]];
        for options in table {
            let command = [&["bench", "page", "no/such/run"], options].concat();
            let error = run(Command::parse_from(command).args).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{}: ", options[0])), "{error}");
        }
        let error = run(Command::parse_from(["bench", "page", "no/such/run"]).args).unwrap_err();
        assert!(error.to_string().contains("no/such/run"), "{error}");
    }
}
