//! Generates a tree of files from models. The program `longshore` and every `build.rs` call this.

mod generated;
mod print;

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use crate::{
    emit::{self, Blocking, Crate, Root},
    error::{Error, Problem},
    ir,
    lower::{self, Lowered, Options},
    read,
    smithy::{Model, Note},
    thread_pool,
};

pub use self::generated::{Generated, Summary};
pub(crate) use self::print::print;

/// What to generate.
///
/// ```no_run
/// # fn main() -> Result<(), longshore_codegen::Error> {
/// longshore_codegen::Generator::new()
///     .model("models/ecr")
///     .operations(["PutImage"])
///     .write_modules("target/clients")?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Generator {
    services: Vec<Vec<PathBuf>>,
    options: Options,
    blocking: bool,
    threads: Option<NonZeroUsize>,
    crate_name: Option<String>,
}

impl Generator {
    /// Creates a generator without services.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a service: a Smithy JSON AST file, a C2J file, or a folder of either.
    #[must_use]
    pub fn model(self, path: impl Into<PathBuf>) -> Self {
        self.models([path])
    }

    /// Adds a service whose model consists of several files or folders.
    #[must_use]
    pub fn models(mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        self.services.push(paths.into_iter().map(Into::into).collect());
        self
    }

    /// Keeps only these operations and the types they use; the names are those of the model.
    #[must_use]
    pub fn operations(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options.operations = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a module `blocking` to each service of a tree of modules: a client for programs without
    /// an async runtime. It requires the feature `blocking` of `longshore-runtime`. A generated
    /// crate always has these modules, behind its feature `blocking`.
    #[must_use]
    pub fn blocking(mut self, blocking: bool) -> Self {
        self.blocking = blocking;
        self
    }

    /// Makes unknown traits warnings instead of errors.
    #[must_use]
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.options.lenient = lenient;
        self
    }

    /// Makes anything that cannot be generated an error. By default, operations whose requests or
    /// responses stream are skipped with a warning, as are unusable paginators, waiters and
    /// endpoint test cases.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.options.strict = strict;
        self
    }

    /// Sets the name of the crate, so that examples in its documentation can use it. Defaults to
    /// the name of the service followed by `-client`, or to `aws-clients` if there are several
    /// services. The examples of a tree of modules name no crate and are not compiled.
    #[must_use]
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = Some(name.into());
        self
    }

    /// Writes the endpoint test cases of the models as tests of the generated source.
    ///
    /// They are off by default: they expect the table of partitions from the time when the model
    /// was published, and the runtime has the current one, so the cases of an old model may fail
    /// although its rules are correct.
    #[must_use]
    pub fn endpoint_tests(mut self, endpoint_tests: bool) -> Self {
        self.options.endpoint_tests = endpoint_tests;
        self
    }

    /// Sets the number of threads that read models and print files; defaults to the number of
    /// cores. With one thread, all work happens on the caller's thread, which suits callers that run
    /// several generators at once.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Generates the source of a crate: `lib.rs` with a feature for each service.
    ///
    /// # Errors
    /// Returns every problem of the models, with file, line and shape id.
    pub fn generate_crate(&self) -> Result<Generated, Error> {
        self.generate(Root::Crate, &|_| ())
    }

    /// Generates the source of a crate. `on_step` is called at the start of each step: one for each
    /// service, and one for printing.
    #[cfg(feature = "cli")]
    pub(crate) fn generate_crate_in_steps(
        &self,
        on_step: &(dyn Fn(Step<'_>) + Sync),
    ) -> Result<Generated, Error> {
        self.generate(Root::Crate, on_step)
    }

    /// The number of services.
    #[cfg(feature = "cli")]
    pub(crate) fn services(&self) -> usize {
        self.services.len()
    }

    /// Generates a tree of modules with a `mod.rs`, to be mounted in any crate that depends on
    /// `longshore-runtime`.
    ///
    /// # Errors
    /// Returns every problem of the models, with file, line and shape id.
    pub fn generate_modules(&self) -> Result<Generated, Error> {
        self.generate(Root::Module, &|_| ())
    }

    /// Generates a tree of modules and writes it as `folder/src`, as a `build.rs` does.
    ///
    /// # Errors
    /// Returns every problem of the models, and errors of the file system; the old tree is then
    /// unchanged.
    pub fn write_modules(&self, folder: impl AsRef<Path>) -> Result<Generated, Error> {
        let generated = self.generate_modules()?;
        crate::output::write(folder.as_ref(), &generated.files)?;
        Ok(generated)
    }

    fn generate(
        &self,
        root: Root,
        on_step: &(dyn Fn(Step<'_>) + Sync),
    ) -> Result<Generated, Error> {
        let options = Options { several: self.services.len() > 1, ..self.options.clone() };
        let mut services: Vec<ir::Service> = Vec::new();
        let mut warnings = Vec::new();
        let mut coverage = BTreeMap::new();
        let threads = thread_pool::threads(self.threads);
        let lower = |paths: &Vec<PathBuf>| {
            on_step(Step::Model(paths));
            lower(paths, &options)
        };
        let size = |paths: &Vec<PathBuf>| read::size(paths);
        let results = thread_pool::map_largest_first(&self.services, threads, size, lower);
        // The first service with problems determines the error, regardless of the number of
        // threads.
        for (paths, result) in self.services.iter().zip(results) {
            let (notes, lowered) = result?;
            warnings.extend(notes);
            distinct(&services, &lowered.service).map_err(|e| e.in_model(paths))?;
            coverage.insert(lowered.service.module.as_str().to_owned(), lowered.coverage);
            services.push(lowered.service);
            warnings.extend(lowered.warnings);
        }
        all_found(&services, &options)?;
        on_step(Step::Print);
        services.sort_by(|a, b| a.module.cmp(&b.module));
        let blocking = match (root, self.blocking) {
            (Root::Crate, _) => Blocking::ByFeature,
            (Root::Module, true) => Blocking::Always,
            (Root::Module, false) => Blocking::Never,
        };
        let package = self.crate_name.clone().unwrap_or_else(|| package(&services));
        let name = package.replace('-', "_");
        let home = match root {
            Root::Module => Crate::Unknown,
            _ if syn::parse_str::<syn::Ident>(&name).is_ok() => Crate::Named(&name),
            _ => Crate::Unknown,
        };
        let root = vec![emit::emit_root(root, &services, home)];
        let files = print(blocking, home, &services, root, threads)?;
        let runtime_features = runtime_features(&services, blocking);
        let services = services.iter().map(Summary::of).collect();
        Ok(Generated { files, services, package, runtime_features, warnings, coverage })
    }
}

/// Reads and lowers a service. Also returns problems for what the reader of its model omitted.
fn lower(paths: &[PathBuf], options: &Options) -> Result<(Vec<Problem>, Lowered), Error> {
    let model = read::read_model(paths)?;
    let notes = notes(&model, paths, options)?;
    let lowered = lower::lower_service(&model, options).map_err(|e| e.in_model(paths))?;
    Ok((notes, lowered))
}

/// A step of a run.
// Only the program shows progress.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'s> {
    /// The model in these files is read and lowered.
    Model(&'s [PathBuf]),
    /// The files are emitted and formatted.
    Print,
}

/// The default name of a crate with these services.
fn package(services: &[ir::Service]) -> String {
    let [service] = services else { return "aws-clients".to_owned() };
    let name = emit::feature(&service.module);
    // Cargo requires a letter at the start.
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => format!("{name}-client"),
        false => format!("client-{name}"),
    }
}

/// Returns what the reader of a model omitted, as warnings about the file.
///
/// # Errors
/// Returns the problems of unusable entries if the options are strict.
fn notes(model: &Model, paths: &[PathBuf], options: &Options) -> Result<Vec<Problem>, Error> {
    let file = paths.first().map(PathBuf::as_path).unwrap_or(Path::new(""));
    let problem = |note: &Note| match note.position() {
        Some(position) => Problem::new(note.to_string()).at(position),
        None => Problem::in_file(file, note.to_string()),
    };
    let unusable = model.notes.iter().filter(|note| options.strict && note.unusable().is_some());
    let unusable: Vec<_> = unusable.map(problem).collect();
    match unusable.is_empty() {
        true => Ok(model.notes.iter().map(problem).collect()),
        false => Err(unusable.into()),
    }
}

/// Returns the features with which the runtime must be compiled.
fn runtime_features(services: &[ir::Service], blocking: Blocking) -> Vec<&'static str> {
    let has = |fact: fn(&ir::Operation) -> bool| {
        services.iter().flat_map(|service| &service.operations).any(fact)
    };
    let compression = has(|operation| operation.compression).then_some("compression");
    let checksum = has(|operation| operation.content_md5).then_some("content-md5");
    let query = services.iter().any(|service| service.protocol == ir::Protocol::AwsQuery);
    let query = query.then_some("aws-query");
    let blocking = (blocking == Blocking::Always).then_some("blocking");
    query.into_iter().chain(blocking).chain(compression).chain(checksum).collect()
}

/// Checks that no two services have the same module.
fn distinct(services: &[ir::Service], next: &ir::Service) -> Result<(), Error> {
    let Some(first) = services.iter().find(|service| service.module == next.module) else {
        return Ok(());
    };
    let what = format!(
        "the service {} would become the module {}, like {}; generate them into separate crates.",
        next.sdk_id, next.module, first.sdk_id
    );
    Err(Problem::new(what).into())
}

/// Checks that every requested operation belongs to one of the services.
fn all_found(services: &[ir::Service], options: &Options) -> Result<(), Error> {
    let known = |name: &String| {
        services.iter().flat_map(|service| &service.operations).any(|known| known.name == *name)
    };
    let wanted = options.operations.iter().flatten();
    let problems = wanted.filter(|name| !known(name)).map(|name| {
        Problem::new(format!("none of the services has an operation {name}; correct its name."))
    });
    let problems: Vec<_> = problems.collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}
