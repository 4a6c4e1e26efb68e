//! `cargo xtask codegen`: generates the source in this repository, or a crate as `longshore
//! generate` does.
//!
//! The module decides which models become which part of this repository; the module `cli` of the
//! generator does the rest. Imports `system`.

mod documentation;
mod internal;

use std::{
    error::Error,
    fs, panic,
    path::{Path, PathBuf},
    thread,
};

use longshore_codegen::cli::{
    check, coverage, generate,
    generated_source::{self, ExistingSource, GeneratedSource},
    manifest,
    options::Options,
};

use crate::system::repository;

/// Generate `generated/src` from `models/`, or a crate from any other model
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Write nothing; list the files that differ, and fail if there are any
    #[arg(long)]
    check: bool,
    /// A model to generate instead of `models/`: a Smithy JSON AST file, a C2J `service-2.json`
    /// (gzipped or not), or a folder of either; each path is one service
    #[arg(long, value_name = "PATH", num_args = 1.., requires = "out")]
    model: Vec<PathBuf>,
    /// The folder of the generated crate (Cargo.toml and src/). A new Cargo.toml names the runtime
    /// by the path of this checkout
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Generates a crate and reports what was written, or compares it with the files.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let Args { check, model, out, options } = args;
    match (out, check) {
        (None, check) => own(&options, check),
        (Some(out), true) => {
            let args = check::Args { model, out: Some(out), options };
            fail_if_any(check::differences(&args, "the same command without --check")?)
        }
        (Some(out), false) => {
            let runtime = repository::root().join("runtime");
            generate::run(&generate::Args { model, out, options }, Some(&runtime))
        }
    }
}

/// Returns an error if there are differences.
fn fail_if_any(differences: Option<String>) -> Result<(), Box<dyn Error>> {
    differences.map_or(Ok(()), |what| Err(what.into()))
}

/// Generates the source in this repository.
fn own(options: &Options, check: bool) -> Result<(), Box<dyn Error>> {
    let folder = repository::root().join("generated");
    // The runtime's partitions table has the date of our own models, and the endpoint tests of
    // other models may need a newer one.
    let generator = options.generator(&own_models()?, Some(&folder)).endpoint_tests(true);
    let folders = [internal::folder(), folder];
    let internal = internal::generator()?;
    let beside = || {
        let existing = check.then(|| folders.each_ref().map(|folder| ExistingSource::read(folder)));
        (existing, internal.generate_modules())
    };
    // One thread would be idle while the others read the largest model.
    let (generated, (existing, internal)) = thread::scope(|scope| {
        let beside = scope.spawn(beside);
        let generated = generated_source::generate(&generator);
        (generated, beside.join().unwrap_or_else(|panic| panic::resume_unwind(panic)))
    });
    let generated = generated?;
    coverage::print(&generated, true, options.verbose);
    let [internal_folder, folder] = folders;
    let internal = GeneratedSource { folder: internal_folder, generated: internal? };
    let sources = [internal, GeneratedSource { folder, generated }];
    match existing {
        Some(existing) => check_own(&sources, existing),
        None => write_own(&sources),
    }
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

/// Compares the source in this repository with the generated code, and checks that every item is
/// documented. Reports both kinds of problems.
fn check_own(
    sources: &[GeneratedSource; 2],
    existing: [ExistingSource; 2],
) -> Result<(), Box<dyn Error>> {
    let [_, own_crate] = sources;
    let compared = sources.iter().zip(existing);
    let differences = generated_source::compare(compared, "`cargo xtask codegen`");
    let results = [differences.and_then(fail_if_any), documentation::check(&own_crate.generated)];
    let problems = results.into_iter().filter_map(Result::err).map(|error| error.to_string());
    match problems.collect::<Vec<_>>().as_slice() {
        [] => Ok(()),
        problems => Err(problems.join("\n").into()),
    }
}

/// Writes the source in this repository. If the manifest of the crate lacks a feature, nothing is
/// written.
fn write_own(sources: &[GeneratedSource; 2]) -> Result<(), Box<dyn Error>> {
    let [_, GeneratedSource { folder, generated }] = sources;
    manifest::check_features(&folder.join("Cargo.toml"), generated)?;
    sources.iter().try_for_each(GeneratedSource::write)
}

#[cfg(test)]
mod tests {
    use longshore_codegen::{
        Generated,
        coverage::{Coverage, Part},
    };

    use super::*;

    const TEXT: &str = "// @generated by longshore\n";

    fn source(folder: &Path, files: &[&str]) -> GeneratedSource {
        let files = files.iter().map(|path| ((*path).to_owned(), TEXT.to_owned()));
        let mut generated = Generated::default();
        generated.files.extend(files);
        GeneratedSource { folder: folder.to_owned(), generated }
    }

    /// The first folder differs, and the crate in the second one has no documentation.
    #[test]
    fn differences_and_missing_documentation_are_reported_together() {
        let [first, second] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let mut sources = [source(first.path(), &["a.rs"]), source(second.path(), &["b.rs"])];
        let mut coverage = Coverage::default();
        coverage.add(Part::Member, false, || "A$b".to_owned());
        sources[1].generated.coverage.insert("a".to_owned(), coverage);
        let existing = sources.each_ref().map(|source| ExistingSource::read(&source.folder));
        let text = check_own(&sources, existing).expect_err("two problems").to_string();
        assert!(text.starts_with("2 files differ from the generated code; run"), "{text}");
        assert!(text.contains("\n1 of 1 items of the services in models/ have no"), "{text}");
    }
}
