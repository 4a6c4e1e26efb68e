//! `cargo xtask e2e`: the tests in the modules `moto` against a server that this project did not write.
//!
//! It puts the server in place, starts it, runs the client's tests with and without default features
//! and those of the example that moves images, and stops it; what is called and what must come back
//! is known to the tests alone.

mod server;
mod venv;

use std::error::Error;

use crate::program;
use server::Server;

/// Test the ECR client, and images that it moves, against a server this project did not write (moto, from PyPI)
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Run only the tests whose name contains this
    filter: Option<String>,
}

/// Runs the end-to-end tests, with the server's last lines in the output when they fail.
pub(crate) fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let target = program::root().join("target");
    let python = venv::prepare(&target.join("moto-venv"))?;
    let mut server = Server::start(&python, &target.join("moto.log"))?;
    let outcome = run_tests(&server, args.filter.as_deref());
    server.stop();
    if let Err(error) = outcome {
        return Err(format!("{error}\n{}", server.log_tail()).into());
    }
    if !server.was_called() {
        return Err(
            "the tests ended well but never called the server: did none of them run?".into()
        );
    }
    Ok(())
}

/// What is tested: the crate as it comes, nothing of it but the client, and the example that moves images.
const TESTED: [&[&str]; 3] = [
    &["--package", "longshore"],
    &["--package", "longshore", "--no-default-features", "--features", "ecr"],
    &["--package", "longshore-images"],
];

/// One test at a time: they share the server's state, and one of them switches its checks on.
fn run_tests(server: &Server, filter: Option<&str>) -> Result<(), Box<dyn Error>> {
    TESTED.into_iter().try_for_each(|tested| {
        let mut cargo = program::cargo();
        cargo.current_dir(program::root());
        cargo.arg("test").args(tested).args(["--test", "it"]);
        cargo.args(["--", "--ignored", "--test-threads=1"]).args(filter);
        cargo.env("LONGSHORE_E2E_ENDPOINT", server.endpoint());
        // Where the credential chain asks for the keys of a role; it looks nowhere else.
        cargo.env("AWS_ENDPOINT_URL_STS", server.endpoint());
        program::run(&mut cargo)
    })
}
