//! `cargo xtask package`: packages the published packages as for a registry, and compiles the result.

use std::error::Error;

use crate::system::{packages, process, repository};

/// Package the published packages and compile what is in them
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Do not compile the packages
    #[arg(long)]
    no_verify: bool,
}

/// Runs `cargo package`. Uncommitted changes are packaged too.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut cargo = process::cargo();
    cargo.args(["package", "--locked", "--allow-dirty"]).current_dir(repository::root());
    // With `--workspace`, cargo would also try to package what is not published.
    for package in packages::published()? {
        cargo.args(["--package", &package.name]);
    }
    if args.no_verify {
        cargo.arg("--no-verify");
    }
    // Packages are compiled without the profiles of this workspace. This setting is also that of the
    // dependencies in `profile.dev`, so those that are already compiled are used.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
    process::run(&mut cargo)
}
