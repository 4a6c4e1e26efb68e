//! `cargo xtask codegen`: generates a crate from models.
//!
//! The module decides where models come from and where the crate is written;
//! `longshore_codegen::Generator`, which build scripts call too, does the rest. Imports `system`
//! and `text`.

mod coverage;
mod internal;
mod manifest;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::{Generated, Generator, output};

use crate::system::repository;

/// Generate `generated/src` from `models/`, or a crate from any other model
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; list the files that differ, and fail if there are any
    #[arg(long)]
    check: bool,
    /// A model to generate instead of `models/`: a Smithy JSON AST file, a C2J `service-2.json`
    /// (gzipped or not), or a folder of either; each is a service
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "out")]
    model: Vec<PathBuf>,
    /// The folder of the generated crate (Cargo.toml and src/)
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,
    /// The package name in a new Cargo.toml. Defaults to the name of the service followed by
    /// `-client`, or to `aws-clients` if there are several services
    #[arg(long, value_name = "NAME", requires = "out")]
    name: Option<String>,
    /// The default features in a new Cargo.toml: names of services, `credential-chain` and
    /// `blocking`. Defaults to all services and `credential-chain`
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "out")]
    features: Option<Vec<String>>,
    /// Generate only these operations and the types they use
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "model")]
    operations: Option<Vec<String>>,
    /// Fail if an operation, a paginator, a waiter or an endpoint test case cannot be generated,
    /// instead of skipping it
    #[arg(long)]
    strict: bool,
    /// Ignore traits that the generator does not know, with a warning
    #[arg(long)]
    lenient: bool,
    /// List every item without documentation
    #[arg(long)]
    verbose: bool,
}

/// Generates the crate and reports what was written.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    args.name.as_deref().map_or(Ok(()), manifest::check_package_name)?;
    let own = args.model.is_empty();
    if own {
        internal::run(args.check)?;
    }
    let folder = args.out.clone().unwrap_or_else(|| repository::root().join("generated"));
    let generated = generator(&args, &folder)?.generate_crate()?;
    for warning in &generated.warnings {
        errln!("warning: {warning}");
    }
    coverage::print(&generated, own, args.verbose);
    match (args.check, own) {
        (true, _) => {
            check(&folder, &generated, !own)?;
            // Documentation is required for our own models only.
            if own { coverage::check(&generated) } else { Ok(()) }
        }
        (false, true) => {
            manifest::check_features(&folder.join("Cargo.toml"), &generated)?;
            report(&folder, output::write(&folder, &generated.files)?);
            Ok(())
        }
        (false, false) => {
            let features = args.features.as_deref().map(without_blanks);
            write_crate(&folder, &generated, args.name.as_deref(), features.as_deref())
        }
    }
}

fn generator(args: &Args, folder: &Path) -> Result<Generator, Box<dyn Error>> {
    // The runtime's partitions table has the date of our own models, and the endpoint tests of
    // other models may need a newer one.
    let own = args.model.is_empty();
    let mut generator =
        Generator::new().lenient(args.lenient).strict(args.strict).endpoint_tests(own);
    for model in if own { own_models()? } else { args.model.clone() } {
        generator = generator.model(model);
    }
    if let Some(operations) = &args.operations {
        generator = generator.operations(without_blanks(operations));
    }
    let name = manifest::crate_name(&folder.join("Cargo.toml")).or_else(|| args.name.clone());
    if let Some(name) = name {
        generator = generator.crate_name(name);
    }
    Ok(generator)
}

/// The items of a list without white space and empty items.
fn without_blanks(items: &[String]) -> Vec<String> {
    let items = items.iter().map(|item| item.trim());
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// The folders in `models/`, sorted by name.
pub(crate) fn own_models() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    models_in(&repository::root().join("models"))
}

/// The folders with a model in `models`, sorted by name.
fn models_in(models: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let unreadable = |error| format!("cannot read the folder {}: {error}", models.display());
    let mut folders = Vec::new();
    for entry in fs::read_dir(models).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.join("model.json").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    if folders.is_empty() {
        let models = models.display();
        return Err(
            format!("{models} contains no model; import one with `cargo xtask import`").into()
        );
    }
    Ok(folders)
}

fn check(folder: &Path, generated: &Generated, own_crate: bool) -> Result<(), Box<dyn Error>> {
    let differences = output::check(folder, &generated.files)?;
    for difference in &differences {
        outln!("{difference}");
    }
    if differences.is_empty() {
        outln!("{} files are up to date", generated.files.len());
        return Ok(());
    }
    let count = differences.len();
    let again =
        if own_crate { "the same command without --check" } else { "`cargo xtask codegen`" };
    Err(format!("{count} files differ from the generated code; run {again}").into())
}

/// Writes a crate in a folder of its own, with a manifest if there is none.
fn write_crate(
    folder: &Path,
    generated: &Generated,
    name: Option<&str>,
    features: Option<&[String]>,
) -> Result<(), Box<dyn Error>> {
    features.map_or(Ok(()), |wanted| manifest::check_default_features(wanted, generated))?;
    fs::create_dir_all(folder)
        .map_err(|error| format!("cannot create the folder {}: {error}", folder.display()))?;
    let manifest = folder.join("Cargo.toml");
    let is_new = fs::symlink_metadata(&manifest).is_err();
    if !is_new {
        manifest::check_options(&manifest, name, features)?;
        manifest::check_features(&manifest, generated)?;
    }
    let written = output::write(folder, &generated.files)?;
    if is_new {
        manifest::NewManifest { generated, default: features }.write(&manifest)?;
    }
    report(folder, written);
    if let Some(advice) = manifest::advice(folder) {
        errln!("note: {advice}");
    }
    Ok(())
}

fn report(folder: &Path, written: output::Written) {
    let output::Written { unchanged, written, removed } = written;
    outln!(
        "{}: {written} files written, {removed} removed, {unchanged} unchanged",
        folder.join("src").display()
    );
}
