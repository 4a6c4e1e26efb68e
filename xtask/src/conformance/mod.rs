//! `cargo xtask conformance`: replays conformance cases over generated clients.
//!
//! Each case file becomes a crate under `target/conformance` that is built and run: a client of the
//! file's model and its cases. The package `conformance` makes the comparisons. Imports `system`.

mod program;

use std::{
    error::Error,
    path::{Path, PathBuf},
};

use longshore_codegen::{cli::console, conformance::generate};

use self::program::Program;

/// Replay conformance cases: generate a client from each file's model, and compare what it sends
/// and reads with what the file expects
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A case file: a model, in either format, with cases for requests and responses
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Prints the failures and a line of counts for each file. A file that cannot be replayed does not
/// stop the others.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let _lock = program::lock()?;
    let mut failed = 0;
    for (index, file) in args.files.iter().enumerate() {
        if !replay(index, file)? {
            failed += 1;
        }
    }
    match (failed, args.files.len()) {
        (0, _) => Ok(()),
        (_, 1) => Err("the file does not pass".into()),
        (failed, all) => Err(format!("{failed} of {all} files do not pass").into()),
    }
}

/// Returns true if every case of the file passes.
fn replay(index: usize, file: &Path) -> Result<bool, Box<dyn Error>> {
    let name = file.display().to_string();
    errln!("{name}: generating");
    let suite = match generate(file) {
        Ok(suite) => suite,
        Err(error) => {
            errln!("{error}");
            outln!("{name}: not replayed, because it cannot be generated");
            return Ok(false);
        }
    };
    for warning in &suite.warnings {
        console::warning(warning);
    }
    let program = Program::write(index, &name, &suite)?;
    let operations: usize = suite.services.iter().map(|service| service.operations).sum();
    errln!("{name}: building a client of {operations} operations and {} cases", suite.cases);
    if let Err(error) = program.build() {
        errln!("{error}");
        outln!("{name}: not replayed, because its client does not compile");
        return Ok(false);
    }
    errln!("{name}: replaying");
    program.run()
}
