//! `longshore check`: checks models, and whether generated files are up to date.

use std::{error::Error, path::PathBuf};

use super::{
    console, coverage,
    generated_source::{self, Comparison, ExistingSource, GeneratedSource},
    manifest,
    options::Options,
    outcome::Outcome,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  longshore check --model service-2.json
  longshore check --model service-2.json --strict
  longshore check --model service-2.json --out clients --operations PutThing,GetThing

Exit status:
  0  the models are valid, and the files are up to date
  1  files differ from the generated code
  2  an error: invalid arguments, an invalid model, or a file that cannot be read";

/// Check models, and whether a generated crate is up to date
///
/// Reports every problem in the models that makes `generate` fail. With --out, lists the files that
/// differ from what `generate` writes with the same options, and fails if the options contradict
/// Cargo.toml. Writes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Smithy JSON AST file, a C2J `service-2.json` (gzipped or not), or a folder of either; each
    /// path is one service
    #[arg(long, value_name = "PATH", num_args = 1.., required = true)]
    pub model: Vec<PathBuf>,
    /// The folder of the generated crate (Cargo.toml and src/). Without it, only the models are
    /// checked
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub options: Options,
}

/// Prints differences like an error, but exits with a different status.
pub(super) fn run(args: &Args) -> Result<Outcome, Box<dyn Error>> {
    let differences = differences(args, "`longshore generate` with the same options")?;
    let outcome = if differences.is_some() { Outcome::Difference } else { Outcome::Success };
    differences.into_iter().for_each(|what| console::error(Box::<dyn Error>::from(what).as_ref()));
    Ok(outcome)
}

/// Generates in memory, and compares the result with the files if there is a folder. Lists every
/// difference and returns a summary that names `again`, the command that writes the files.
pub fn differences(args: &Args, again: &str) -> Result<Option<String>, Box<dyn Error>> {
    let Args { model, out, options } = args;
    options.check()?;
    let generator = options.generator(model, out.as_deref());
    let generated = generated_source::generate(&generator)?;
    coverage::print(&generated, false, options.verbose);
    let Some(folder) = out.clone() else {
        outln!("the models are valid; they become {} files", generated.files.len());
        return Ok(None);
    };
    options.check_features(&generated)?;
    let mut comparison = Comparison::default();
    if manifest::exists(&folder.join("Cargo.toml")) {
        options.check_manifest(&folder, &generated)?;
    } else {
        comparison.add_missing_manifest(&folder);
    }
    let existing = ExistingSource::read(&folder);
    comparison.add_source(&GeneratedSource { folder, generated }, existing)?;
    Ok(comparison.summary(again))
}
