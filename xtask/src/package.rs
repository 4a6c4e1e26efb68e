//! `cargo xtask package`: creates the archives of the published packages, as for a registry, and
//! compiles their contents.

use std::error::Error;

use crate::system::{packages, process, repository};

/// Create the archives of the published packages and compile their contents
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Do not compile the packages
    #[arg(long)]
    no_verify: bool,
}

/// Runs `cargo package`. Uncommitted changes are included.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut cargo = process::cargo();
    cargo.args(["package", "--locked", "--allow-dirty"]).current_dir(repository::root());
    // With `--workspace`, cargo would also try to package the unpublished packages.
    for package in packages::published()? {
        cargo.args(["--package", &package.name]);
    }
    if args.no_verify {
        cargo.arg("--no-verify");
    }
    // cargo compiles the packages without the profiles of this workspace. With the setting that
    // `profile.dev` has for dependencies, those that are already compiled are reused.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
    process::run(&mut cargo)
}
