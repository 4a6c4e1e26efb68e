//! The options that determine what is generated. `generate` and `check` take the same options, so
//! that the arguments that wrote the files can also check them.

use std::{
    error::Error,
    path::{Path, PathBuf},
};

use super::manifest;
use crate::{Generated, Generator};

/// Options of the generator and of a new manifest.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Options {
    /// Generate only these operations and the types they use
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "model")]
    operations: Option<Vec<String>>,
    /// The package name in a new Cargo.toml. Defaults to the name of the service followed by
    /// `-client`, or to `aws-clients` if there are several services
    #[arg(long, value_name = "NAME", requires = "out")]
    name: Option<String>,
    /// The default features in a new Cargo.toml: names of services, `credential-chain`,
    /// `http-transport`, `blocking`, `patterns`, `chrono`, `jiff`, `serde_json` and `time`. Defaults
    /// to all services, `credential-chain` and `http-transport`
    #[arg(long, value_name = "A,B", value_delimiter = ',', requires = "out")]
    features: Option<Vec<String>>,
    /// The folder of `longshore-runtime` in a checkout, for a new Cargo.toml. By default, the crate
    /// depends on the version in the package registry
    #[arg(long, value_name = "DIR", requires = "out", value_hint = clap::ValueHint::DirPath)]
    pub(super) runtime_path: Option<PathBuf>,
    /// Fail if an operation, a paginator, a waiter or an endpoint test case cannot be generated,
    /// instead of skipping it
    #[arg(long)]
    strict: bool,
    /// Ignore traits that the generator does not know, with a warning
    #[arg(long)]
    lenient: bool,
    /// List every item without documentation
    #[arg(long)]
    pub verbose: bool,
}

impl Options {
    /// Returns an error if an option has an invalid value.
    pub(super) fn check(&self) -> Result<(), String> {
        self.name.as_deref().map_or(Ok(()), manifest::check_package_name)?;
        self.runtime_path.as_deref().map_or(Ok(()), manifest::check_runtime)
    }

    /// Returns an error if a default feature is not a feature of the crate.
    pub(super) fn check_features(&self, generated: &Generated) -> Result<(), String> {
        let wanted = self.features();
        wanted.map_or(Ok(()), |wanted| manifest::check_default_features(&wanted, generated))
    }

    /// Returns an error if these options contradict the existing manifest in `folder`, or if the
    /// manifest lacks a feature that the generated source needs.
    pub(super) fn check_manifest(
        &self,
        folder: &Path,
        generated: &Generated,
    ) -> Result<(), Box<dyn Error>> {
        let path = folder.join("Cargo.toml");
        let (name, features) = (self.name.as_deref(), self.features());
        let runtime = self.runtime_path.as_deref();
        let runtime = runtime.map(|path| manifest::dependency_path(folder, path)).transpose()?;
        manifest::check_options(&path, name, features.as_deref(), runtime.as_deref())?;
        manifest::check_features(&path, generated)
    }

    /// The generator of these models. If `folder` already contains a crate, the examples use its
    /// name.
    #[must_use]
    pub fn generator(&self, models: &[PathBuf], folder: Option<&Path>) -> Generator {
        let mut generator = Generator::new().lenient(self.lenient).strict(self.strict);
        for model in models {
            generator = generator.model(model);
        }
        if let Some(operations) = &self.operations {
            generator = generator.operations(without_blanks(operations));
        }
        let existing = folder.and_then(|folder| manifest::crate_name(&folder.join("Cargo.toml")));
        match existing.or_else(|| self.name.clone()) {
            Some(name) => generator.crate_name(name),
            None => generator,
        }
    }

    /// The default features of a new crate.
    pub(super) fn features(&self) -> Option<Vec<String>> {
        self.features.as_deref().map(without_blanks)
    }
}

/// Trims the items of a list and removes empty ones.
fn without_blanks(items: &[String]) -> Vec<String> {
    let items = items.iter().map(|item| item.trim());
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}
