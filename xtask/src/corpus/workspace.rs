//! The generated services as a workspace: a crate each, which share what is built for them.
//!
//! Decides where files go and what manifests say; it compiles nothing.

use std::{
    collections::BTreeSet,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::{Generated, output};

use crate::{model::choose::slug, system::repository, text::toml};

/// How the manifest of the workspace opens. Without it a manifest is somebody else's.
const MARK: &str = "# Written by `cargo xtask corpus`; changes made here are lost.\n";

/// A folder for the services of a run.
#[derive(Debug)]
pub(super) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Takes a folder, which may be there from another run and must not be anything else.
    pub(super) fn open(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let manifest = folder.join("Cargo.toml");
        let foreign = fs::read_to_string(&manifest).is_ok_and(|text| !text.starts_with(MARK));
        if foreign {
            let manifest = manifest.display();
            let why = format!("{manifest} is not from this command; name another folder");
            return Err(why.into());
        }
        let why = |error| format!("cannot create the folder {}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(why)?;
        let folder = folder.canonicalize().map_err(why)?;
        Ok(Self { folder })
    }

    /// Where it lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of a service's crate.
    pub(super) fn member(&self, name: &str) -> PathBuf {
        self.folder.join("services").join(slug(name))
    }

    /// Writes the crate of a service; files that have not changed stay as they are.
    pub(super) fn add(&self, name: &str, generated: &Generated) -> Result<(), String> {
        let folder = self.member(name);
        output::write(&folder, &generated.files).map_err(|error| error.to_string())?;
        write_if_new(&folder.join("Cargo.toml"), &member_manifest(name, generated))
            .map_err(|error| error.to_string())
    }

    /// Writes the manifest of the whole, with the versions of what is built from this repository's
    /// lock file.
    pub(super) fn finish(&self, members: &BTreeSet<&str>) -> Result<(), Box<dyn Error>> {
        let members: String =
            members.iter().map(|name| format!("    \"services/{}\",\n", slug(name))).collect();
        let text = format!("{MARK}[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n");
        write_if_new(&self.folder.join("Cargo.toml"), &text)?;
        repository::copy_lock_file(&self.folder)
    }
}

fn member_manifest(name: &str, generated: &Generated) -> String {
    let features: String =
        generated.services.iter().map(|service| format!("{} = []\n", service.feature)).collect();
    let runtime = repository::root().join("runtime");
    let needed: Vec<_> = generated.runtime_features.iter().map(|name| toml::string(name)).collect();
    format!(
        "{MARK}[package]
name = \"{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[features]
{features}blocking = [\"longshore-runtime/blocking\"]
testing = [\"longshore-runtime/testing\"]

[dependencies]
longshore-runtime = {{ path = {runtime}, features = [{needed}] }}

[lints.rust]
warnings = \"deny\"
",
        name = package(name),
        runtime = toml::string(&runtime.to_string_lossy()),
        needed = needed.join(", "),
    )
}

/// The name of a service's package.
pub(super) fn package(name: &str) -> String {
    format!("corpus-{}", slug(name))
}

/// Leaves a file alone that says the same already, so that cargo builds nothing anew.
fn write_if_new(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
        .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}
