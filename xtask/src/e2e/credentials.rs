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
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    credentials: Option<Option<u64>>,
    /// Seed of the generated configurations
    #[arg(long, default_value_t = 1, requires = "credentials")]
    seed: u64,
    /// Number of the first configuration, to repeat one that the report names
    #[arg(long, default_value_t = 0, requires = "credentials")]
    first: u64,
}

impl Combinations {
    /// Returns true if only the comparison is requested.
    pub(super) fn excludes_tests(&self) -> bool {
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
    let count = credentials.flatten().unwrap_or(DEFAULT_COUNT);
    cargo.args([seed, first, count].map(|number| number.to_string()));
    process::run(&mut cargo)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        combinations: Combinations,
    }

    #[test]
    fn comparing_nothing_is_an_error() {
        for (arguments, count) in [
            (&[][..], Some(None)),
            (&["--credentials"], Some(Some(None))),
            (&["--credentials", "1"], Some(Some(Some(1)))),
            (&["--credentials", "0"], None),
        ] {
            let parsed = Command::try_parse_from([&["e2e"], arguments].concat());
            let found = parsed.ok().map(|command| command.combinations.credentials);
            assert_eq!(found, count, "{arguments:?}");
        }
    }
}
