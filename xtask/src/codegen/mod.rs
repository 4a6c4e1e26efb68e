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

/// Generated code, and the folder whose `src` contains it.
struct GeneratedSource {
    folder: PathBuf,
    generated: Generated,
}

/// Generates the crate and reports what was written.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    args.name.as_deref().map_or(Ok(()), manifest::check_package_name)?;
    let own = args.model.is_empty();
    let folder = args.out.clone().unwrap_or_else(|| repository::root().join("generated"));
    let generated = generator(&args, &folder)?.generate_crate()?;
    for warning in &generated.warnings {
        errln!("warning: {warning}");
    }
    coverage::print(&generated, own, args.verbose);
    let source = GeneratedSource { folder, generated };
    match (own, args.check) {
        (true, true) => check_own(&[internal::generate()?, source]),
        (true, false) => write_own(&[internal::generate()?, source]),
        (false, true) => check(&[source], "the same command without --check"),
        (false, false) => {
            let features = args.features.as_deref().map(without_blanks);
            write_crate(&source, args.name.as_deref(), features.as_deref())
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

/// Compares the source in this repository with the generated code, and checks that every item is
/// documented. Reports both kinds of problems.
fn check_own(sources: &[GeneratedSource; 2]) -> Result<(), Box<dyn Error>> {
    let [_, own_crate] = sources;
    let results = [check(sources, "`cargo xtask codegen`"), coverage::check(&own_crate.generated)];
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
    for GeneratedSource { folder, generated } in sources {
        report(folder, output::write(folder, &generated.files)?);
    }
    Ok(())
}

/// Compares all folders with the generated code, and lists every file that differs. The error names
/// `again`, the command that writes them.
fn check(sources: &[GeneratedSource], again: &str) -> Result<(), Box<dyn Error>> {
    let (mut files, mut differ) = (0, 0);
    for GeneratedSource { folder, generated } in sources {
        let differences = output::check(folder, &generated.files)?;
        for difference in &differences {
            outln!("{}: {difference}", folder.join("src").display());
        }
        files += generated.files.len();
        differ += differences.len();
    }
    match differ {
        0 => {
            outln!("{files} files are up to date");
            Ok(())
        }
        _ => Err(format!("{differ} files differ from the generated code; run {again}").into()),
    }
}

/// Writes a crate in a folder of its own, with a manifest if there is none.
fn write_crate(
    source: &GeneratedSource,
    name: Option<&str>,
    features: Option<&[String]>,
) -> Result<(), Box<dyn Error>> {
    let GeneratedSource { folder, generated } = source;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use longshore_codegen::coverage::{Coverage, Part};

    use super::*;

    const TEXT: &str = "// @generated by longshore\n";

    fn source(folder: &Path, files: &[&str]) -> GeneratedSource {
        let files = files.iter().map(|path| ((*path).to_owned(), TEXT.to_owned()));
        let generated = Generated {
            files: files.collect(),
            services: Vec::new(),
            package: String::new(),
            runtime_features: Vec::new(),
            warnings: Vec::new(),
            coverage: BTreeMap::new(),
        };
        GeneratedSource { folder: folder.to_owned(), generated }
    }

    #[test]
    fn the_differences_of_all_folders_are_counted() {
        let [same, other, more] = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
        fs::create_dir(same.path().join("src")).expect("created");
        fs::write(same.path().join("src/mod.rs"), TEXT).expect("written");
        let same = source(same.path(), &["mod.rs"]);
        check(&[same], "x").expect("no difference");
        let sources = [source(other.path(), &["a.rs"]), source(more.path(), &["b.rs", "c.rs"])];
        let error = check(&sources, "it again").expect_err("three differences");
        let text = "3 files differ from the generated code; run it again";
        assert_eq!(error.to_string(), text);
    }

    /// The first folder differs, and the crate in the second one has no documentation.
    #[test]
    fn differences_and_missing_documentation_are_reported_together() {
        let [first, second] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let mut sources = [source(first.path(), &["a.rs"]), source(second.path(), &["b.rs"])];
        let mut coverage = Coverage::default();
        coverage.add(Part::Member, false, || "A$b".to_owned());
        sources[1].generated.coverage.insert("a".to_owned(), coverage);
        let text = check_own(&sources).expect_err("two problems").to_string();
        assert!(text.starts_with("2 files differ from the generated code; run"), "{text}");
        assert!(text.contains("\n1 of 1 items of the services in models/ have no"), "{text}");
    }
}
