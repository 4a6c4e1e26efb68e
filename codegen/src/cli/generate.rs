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
     Unless writing fails, all files are then unchanged";

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
    options.check_features(generated)?;
    fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create the folder {}: {error}", folder.display()))?;
    let path = folder.join("Cargo.toml");
    if manifest::exists(&path) {
        options.check_manifest(folder, generated)?;
        source.write()?;
    } else {
        let runtime = options.runtime_path.as_deref().or(checkout);
        let runtime = runtime.map(|path| manifest::dependency_path(folder, path)).transpose()?;
        source.write()?;
        let (features, runtime) = (options.features(), runtime.as_deref());
        manifest::NewManifest { generated, default: features.as_deref(), runtime }.write(&path)?;
    }
    if let Some(advice) = workspace::advice(folder) {
        console::note(&advice);
    }
    Ok(())
}
