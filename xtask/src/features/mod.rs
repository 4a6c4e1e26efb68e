//! `cargo xtask features`: compiles each published package without features, with each feature alone, with its default
//! features, and with all features.

mod combination;

use std::{error::Error, process::Command, time::Instant};

use self::combination::{Combination, combinations};
use crate::system::{
    packages::{self, Package},
    process, repository,
};

/// Compile the published packages with combinations of their features
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Packages to check; by default, all published packages
    packages: Vec<String>,
    /// Compile with the Rust version that the packages declare, which rustup must have installed.
    /// Features with a dependency that needs a newer version are skipped
    #[arg(long)]
    minimum_rust: bool,
    /// Print the commands and compile nothing
    #[arg(long)]
    list: bool,
}

/// Compiles each combination and stops at the first one that does not compile.
pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    for package in &selected(packages::published()?, &args.packages)? {
        for combination in combinations(package, args.minimum_rust) {
            let start = Instant::now();
            let mut command = command(package, &combination, args.minimum_rust);
            if args.list {
                outln!("{}", process::command_line(&command));
                continue;
            }
            process::run(&mut command)?;
            outln!("{} {combination}: ok, {} s", package.name, start.elapsed().as_secs());
        }
    }
    Ok(())
}

/// The packages with these names, or all if there are none.
fn selected(published: Vec<Package>, names: &[String]) -> Result<Vec<Package>, Box<dyn Error>> {
    let known: Vec<_> = published.iter().map(|package| package.name.clone()).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        return Err(format!(
            "no published package is named {unknown}; the published packages are {}",
            known.join(", ")
        )
        .into());
    }
    let is_selected = |package: &Package| names.is_empty() || names.contains(&package.name);
    Ok(published.into_iter().filter(is_selected).collect())
}

/// Runs clippy with warnings denied. With `minimum_rust`, runs `cargo check` with the package's
/// minimum Rust version instead, and does not deny warnings, because old compilers have different
/// ones.
fn command(package: &Package, combination: &Combination, minimum_rust: bool) -> Command {
    let mut command = if minimum_rust {
        let mut rustup = Command::new("rustup");
        rustup.args(["run", &package.rust_version, "cargo", "check"]);
        rustup
    } else {
        let mut cargo = process::cargo();
        cargo.arg("clippy");
        cargo
    };
    command.args(["--quiet", "--locked", "--package", &package.name, "--lib", "--bins"]);
    command.args(combination.arguments()).current_dir(repository::root());
    if !minimum_rust {
        command.args(["--", "-D", "warnings"]);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str) -> Package {
        Package { name: name.to_owned(), rust_version: "1.88".to_owned(), ..Package::default() }
    }

    #[test]
    fn unknown_packages_are_an_error_that_lists_the_known_ones() {
        let published = || vec![package("one"), package("two")];
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(selected(published(), &[]).unwrap().len(), 2);
        assert_eq!(selected(published(), &names(&["two"])).unwrap()[0].name, "two");
        let error = selected(published(), &names(&["two", "xtask"])).unwrap_err().to_string();
        assert_eq!(
            error,
            "no published package is named xtask; the published packages are one, two"
        );
    }

    #[test]
    fn the_minimum_rust_version_is_that_of_the_package() {
        let line = |minimum| {
            process::command_line(&command(
                &package("one"),
                &Combination::Only(Vec::new()),
                minimum,
            ))
        };
        let features = "--quiet --locked --package one --lib --bins --no-default-features";
        assert_eq!(line(true), format!("rustup run 1.88 cargo check {features}"));
        assert!(line(false).ends_with(&format!(" clippy {features} -- -D warnings")));
    }
}
