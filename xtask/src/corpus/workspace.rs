//! Writes the generated services as a workspace with a crate for each, so that shared dependencies
//! are built once.

use std::{
    collections::BTreeSet,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::{Generated, cli::toml, model_files::select::slug, output};

use crate::system::repository;

/// The first line of the workspace's manifest. A folder with a different manifest is never changed.
const MARK: &str = "# Written by `cargo xtask corpus`; changes made here are lost.\n";

/// The folder for the services of a run.
#[derive(Debug)]
pub(super) struct CorpusWorkspace {
    folder: PathBuf,
}

impl CorpusWorkspace {
    /// Opens a folder, which must be empty, missing, or written by an earlier run.
    pub(super) fn open(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let manifest = folder.join("Cargo.toml");
        let not_generated = fs::read_to_string(&manifest).is_ok_and(|text| !text.starts_with(MARK));
        if not_generated {
            let manifest = manifest.display();
            let why = format!(
                "{manifest} was not written by `cargo xtask corpus`; choose another folder with --out"
            );
            return Err(why.into());
        }
        let why = |error| format!("cannot create the folder {}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(why)?;
        let folder = folder.canonicalize().map_err(why)?;
        Ok(Self { folder })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of a service's crate.
    pub(super) fn member(&self, name: &str) -> PathBuf {
        self.folder.join("services").join(slug(name))
    }

    /// Writes the crate of a service. Files that are equal are not rewritten.
    pub(super) fn add(&self, name: &str, generated: &Generated) -> Result<(), String> {
        let folder = self.member(name);
        output::write(&folder, &generated.files).map_err(|error| error.to_string())?;
        write_if_new(&folder.join("Cargo.toml"), &member_manifest(name, generated))
            .map_err(|error| error.to_string())
    }

    /// Writes the manifest of the workspace, and copies this repository's lock file.
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
http-transport = [\"longshore-runtime/http-transport\"]

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

/// The package name of a service.
pub(super) fn package(name: &str) -> String {
    format!("corpus-{}", slug(name))
}

/// Writes a file unless it already has this content, because cargo would otherwise rebuild the
/// crate.
fn write_if_new(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
        .map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}
