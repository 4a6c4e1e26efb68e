//! `cargo xtask e2e`: runs the tests in the modules `moto` against a server that is not part of this
//! project, sends it the examples in the documentation, and compares credentials with botocore. If
//! skopeo or docker is available, also runs the tests that use it.
//!
//! The module installs, starts and stops the server. Only the tests define the calls and the expected
//! responses. Imports `system`.

mod credentials;
mod engine;
mod examples;
mod server;
mod venv;

use std::error::Error;
use std::path::Path;

use crate::system::{process, repository};
use engine::{ENGINES, Engine};
use server::Server;

/// Test the ECR client and the image programs against moto, a server from PyPI, and the in-memory
/// registry with skopeo and docker
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Run only the tests whose name contains this
    filter: Option<String>,
    /// Run no tests, and send the examples of these services of botocore, separated by commas, or of
    /// `all` that moto has
    #[arg(long, value_name = "SERVICES", value_delimiter = ',', conflicts_with_all = ["filter", "credentials"])]
    examples: Vec<String>,
    #[command(flatten)]
    combinations: credentials::Combinations,
}

/// Runs the end-to-end tests. If they fail, the error contains the last lines of the server's log.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    if let Some(filter) = &args.filter
        && let Some(engine) = Engine::of_filter(filter)
    {
        return engine.run(filter);
    }
    let target = repository::root().join("target");
    let python = venv::prepare(&target.join("moto-venv"))?;
    if args.combinations.excludes_tests() {
        return credentials::run(&python, args.combinations);
    }
    let mut server = Server::start(&python, &target.join("moto.log"))?;
    let outcome = run_all(&args, &python, &server);
    server.stop();
    if let Err(error) = outcome {
        return Err(format!("{error}\n{}", server.log_tail()).into());
    }
    if !server.was_called() {
        return Err("the tests passed but never called the server; check that any test ran".into());
    }
    Ok(())
}

/// Runs the tests and sends the examples, as far as the arguments select them.
fn run_all(args: &Args, python: &Path, server: &Server) -> Result<(), Box<dyn Error>> {
    if !args.examples.is_empty() {
        return examples::run(python, server, &args.examples);
    }
    run_tests(server, args.filter.as_deref())?;
    match args.filter {
        // A filter selects tests.
        Some(_) => Ok(()),
        None => {
            examples::run(python, server, &examples::DEFAULT.map(str::to_owned))?;
            ENGINES.iter().try_for_each(Engine::run_if_available)?;
            credentials::run(python, args.combinations)
        }
    }
}

/// The packages and features to test: the client with default features, the client alone, and the
/// image examples.
const TESTED: [&[&str]; 3] = [
    &["--package", "longshore"],
    &["--package", "longshore", "--no-default-features", "--features", "ecr"],
    &["--package", "longshore-images"],
];

/// Tests run one at a time because they share the server's state, and one of them enables its
/// checks.
fn run_tests(server: &Server, filter: Option<&str>) -> Result<(), Box<dyn Error>> {
    TESTED.into_iter().try_for_each(|tested| {
        let mut cargo = process::cargo();
        cargo.current_dir(repository::root());
        cargo.arg("test").args(tested).args(["--test", "it"]);
        cargo.args(["--", "--ignored", "--test-threads=1"]).args(filter);
        for engine in &ENGINES {
            cargo.args(["--skip", engine.tests]);
        }
        cargo.env("LONGSHORE_E2E_ENDPOINT", server.endpoint());
        process::run(&mut cargo)
    })
}
