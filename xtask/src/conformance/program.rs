//! Builds and runs the program that replays a case file: a crate under `target/conformance`.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use longshore_codegen::{cli::toml, conformance::Suite, output};

use crate::system::{process, repository};

/// A crate with a program.
pub(super) struct Program {
    folder: PathBuf,
}

impl Program {
    /// Writes the crate for a case file. The index distinguishes files with the same name.
    pub(super) fn write(index: usize, name: &str, suite: &Suite) -> Result<Self, Box<dyn Error>> {
        let root = repository::root();
        let folder = root.join("target/conformance").join(format!("{index}"));
        create(&folder)?;
        output::write(&folder, &suite.files)?;
        write(&folder.join("main.rs"), &main(name))?;
        write(&folder.join("Cargo.toml"), &manifest(index, &root))?;
        repository::copy_lock_file(&folder)?;
        Ok(Self { folder })
    }

    /// Builds it. All these programs share a target folder, so that shared dependencies are built
    /// once.
    pub(super) fn build(&self) -> Result<(), Box<dyn Error>> {
        process::run(&mut self.cargo("build"))
    }

    /// Runs it and returns true if every case passed.
    pub(super) fn run(&self) -> Result<bool, Box<dyn Error>> {
        let mut cargo = self.cargo("run");
        let status = cargo.status().map_err(|error| process::start_error(&cargo, &error))?;
        Ok(status.success())
    }

    fn cargo(&self, command: &str) -> Command {
        let target = repository::root().join("target/conformance/target");
        let mut cargo = process::cargo();
        cargo.arg(command).arg("--quiet").current_dir(&self.folder).arg("--target-dir").arg(target);
        cargo
    }
}

/// Waits for another run to end and blocks further ones until the returned file is dropped, because
/// they write the same crates.
pub(super) fn lock() -> Result<fs::File, Box<dyn Error>> {
    let folder = repository::root().join("target/conformance");
    create(&folder)?;
    let path = folder.join("lock");
    let file = fs::File::create(&path).and_then(|file| file.lock().map(|()| file));
    file.map_err(|error| format!("{}: {error}", path.display()).into())
}

fn create(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()).into())
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn main(name: &str) -> String {
    format!(
        "//! Replays the cases of a conformance file.

#[allow(dead_code, unused_imports)]
#[path = \"src/mod.rs\"]
mod suite;

fn main() -> std::process::ExitCode {{
    conformance::main({name:?}, suite::run)
}}
"
    )
}

fn manifest(index: usize, root: &Path) -> String {
    let path = |folder: &str| toml::string(&root.join(folder).to_string_lossy());
    format!(
        "# Written by `cargo xtask conformance`.
[package]
name = \"conformance-{index}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[[bin]]
name = \"conformance-{index}\"
path = \"main.rs\"

[dependencies]
conformance = {{ path = {} }}
longshore-runtime = {{ path = {}, default-features = false }}

[profile.dev]
debug = false

[workspace]
",
        path("codegen/conformance"),
        path("runtime"),
    )
}
