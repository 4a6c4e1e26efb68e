//! Compares how Longshore and botocore read configurations.
//!
//! The comparison is a program in `xtask/harness/credentials`, so that xtask itself does not depend
//! on a client.

use std::error::Error;
use std::path::Path;

use crate::system::{process, repository};

/// The default number of combinations.
const DEFAULT_COUNT: u64 = 500;

/// Which combinations of profile files and environment variables are compared.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Combinations {
    /// Run no tests, and compare the credentials, regions and endpoints of this many generated
    /// configurations with those of botocore
    #[arg(long, value_name = "COUNT", num_args = 0..=1, default_missing_value = "500")]
    credentials: Option<u64>,
    /// Seed of the generated configurations
    #[arg(long, default_value_t = 1, requires = "credentials")]
    seed: u64,
    /// Number of the first configuration, to repeat one that the report names
    #[arg(long, default_value_t = 0, requires = "credentials")]
    first: u64,
}

impl Combinations {
    /// Returns true if only the comparison is requested.
    pub(super) fn are_wanted_alone(&self) -> bool {
        self.credentials.is_some()
    }
}

/// Runs the program, which prints the differences and fails if any of them is not intended.
pub(super) fn run(python: &Path, combinations: Combinations) -> Result<(), Box<dyn Error>> {
    let root = repository::root();
    let mut cargo = process::cargo();
    cargo.current_dir(&root);
    cargo.args(["run", "--quiet", "--package", "compare-credentials", "--"]);
    cargo.arg(python).arg(root.join("target/compare-credentials"));
    let Combinations { credentials, seed, first } = combinations;
    let count = credentials.unwrap_or(DEFAULT_COUNT);
    cargo.args([seed, first, count].map(|number| number.to_string()));
    process::run(&mut cargo)
}
