//! `longshore generate`: generates a crate from models.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use super::{
    console, coverage,
    generated_source::{self, GeneratedSource},
    manifest,
    options::Options,
    workspace,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  longshore generate --model service-2.json --out clients
  longshore generate --model botocore/data/sqs/2012-11-05 --out sqs --operations SendMessage
  longshore generate --model sqs sns --out clients --name my-clients --features sqs,http-transport
  longshore generate --model model.json --out clients --runtime-path ../longshore/runtime

Exit status:
  0  the crate was written
  2  an error: invalid arguments, an invalid model, or a file that cannot be read or written.
     The files are then unchanged";

/// Generate a crate with clients for models
///
/// Writes src/ and, if there is none, Cargo.toml. An existing Cargo.toml is never changed. If src/
/// contains a file that was not generated, nothing is written.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Smithy JSON AST file, a C2J `service-2.json` (gzipped or not), or a folder of either; each
    /// path is one service
    #[arg(long, value_name = "PATH", num_args = 1.., required = true)]
    pub model: Vec<PathBuf>,
    /// The folder of the generated crate (Cargo.toml and src/)
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub out: PathBuf,
    #[command(flatten)]
    pub options: Options,
}

/// Generates the crate and reports what was written. `checkout` is the folder of the runtime for a
/// new manifest if the options do not name one.
pub fn run(args: &Args, checkout: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let Args { model, out, options } = args;
    options.check()?;
    let generator = options.generator(model, Some(out));
    let generated = generated_source::generate(&generator)?;
    coverage::print(&generated, false, options.verbose);
    write(&GeneratedSource { folder: out.clone(), generated }, options, checkout)
}

/// Writes the source of a crate, and a manifest if there is none.
fn write(
    source: &GeneratedSource,
    options: &Options,
    checkout: Option<&Path>,
) -> Result<(), Box<dyn Error>> {
    let GeneratedSource { folder, generated } = source;
    let features = options.features();
    let features = features.as_deref();
    features.map_or(Ok(()), |wanted| manifest::check_default_features(wanted, generated))?;
    fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create the folder {}: {error}", folder.display()))?;
    let path = folder.join("Cargo.toml");
    let is_new = fs::symlink_metadata(&path).is_err();
    let wanted = options.runtime_path.as_deref();
    let runtime = wanted.or(checkout.filter(|_| is_new));
    let runtime = runtime.map(|runtime| manifest::dependency_path(folder, runtime)).transpose()?;
    if !is_new {
        manifest::check_options(&path, options.name.as_deref(), features, runtime.as_deref())?;
        manifest::check_features(&path, generated)?;
    }
    source.write()?;
    if is_new {
        let runtime = runtime.as_deref();
        manifest::NewManifest { generated, default: features, runtime }.write(&path)?;
    }
    if let Some(advice) = workspace::advice(folder) {
        console::note(&advice);
    }
    Ok(())
}
