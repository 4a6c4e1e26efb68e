//! `cargo xtask package`: creates the archives of the published packages, as for a registry, and
//! compiles their contents.

use std::{
    env,
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

use crate::system::{
    packages::{self, Package},
    process, repository,
};

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
    let packages = packages::published()?;
    for package in &packages {
        cargo.args(["--package", &package.name]);
    }
    if let Some(home) = cargo_home() {
        remove_extracted(&home.join("registry/src"), &packages)?;
    }
    if args.no_verify {
        cargo.arg("--no-verify");
    }
    // cargo compiles the packages without the profiles of this workspace. With the setting that
    // `profile.dev` has for dependencies, those that are already compiled are reused.
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false");
    process::run(&mut cargo)
}

/// The folder in which cargo keeps downloads.
fn cargo_home() -> Option<PathBuf> {
    let set = env::var_os("CARGO_HOME").map(PathBuf::from);
    set.or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// Removes the sources of packages that an earlier run extracted in `sources`. Cargo compiles a package
/// against the others in a local registry, and would use these sources again for the same version.
fn remove_extracted(sources: &Path, packages: &[Package]) -> io::Result<()> {
    let registries = match fs::read_dir(sources) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        registries => registries?,
    };
    for registry in registries {
        let registry = registry?;
        // The name of a registry begins with its host. A local one has none.
        if !registry.file_name().as_encoded_bytes().starts_with(b"-") {
            continue;
        }
        for Package { name, version, .. } in packages {
            let extracted = registry.path().join(format!("{name}-{version}"));
            if extracted.is_dir() {
                fs::remove_dir_all(extracted)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sources_from_local_registries_are_removed() {
        let sources = tempfile::tempdir().unwrap();
        let packages = [Package {
            name: "ours".to_owned(),
            version: "0.1.0".to_owned(),
            ..Package::default()
        }];
        let folders = ["-0123/ours-0.1.0/src", "-0123/other-0.1.0", "host-0123/ours-0.1.0"];
        for folder in folders {
            fs::create_dir_all(sources.path().join(folder)).unwrap();
        }
        remove_extracted(sources.path(), &packages).unwrap();
        let exists = folders.map(|folder| sources.path().join(folder).exists());
        assert_eq!(exists, [false, true, true]);
        remove_extracted(&sources.path().join("missing"), &packages).unwrap();
    }
}
