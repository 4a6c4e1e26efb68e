//! The example programs as processes: built, given a folder to work in, the registry started and stopped.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::table::Image;
use crate::system::{process, repository};

/// Where the built programs are.
pub(super) struct Programs(PathBuf);

/// Where a layout is, and the one that is pulled.
pub(super) struct Folder(PathBuf);

/// A running registry. Dropping it stops it.
pub(super) struct Registry {
    child: Child,
    url: String,
}

const NAME: &str = "bench/image:1";

impl Programs {
    /// Builds them for release.
    pub(super) fn build() -> Result<Self, Box<dyn Error>> {
        tell!("building the example programs");
        let mut cargo = process::cargo();
        cargo.current_dir(repository::root());
        cargo.args([
            "build",
            "--quiet",
            "--release",
            "--package",
            "longshore-images",
            "--examples",
        ]);
        process::run(&mut cargo)?;
        Ok(Self(repository::target_folder().join("release/examples")))
    }

    /// One of them, with nothing of the caller's settings, proxies and keys.
    fn command(&self, name: &str) -> Command {
        let mut command =
            Command::new(self.0.join(name).with_extension(std::env::consts::EXE_EXTENSION));
        command.env_clear();
        command.envs([("AWS_ACCESS_KEY_ID", "any"), ("AWS_SECRET_ACCESS_KEY", "any")]);
        command.env("AWS_REGION", "us-east-1");
        command
    }

    pub(super) fn make_layout(&self, folder: &Folder, image: Image) -> Result<(), Box<dyn Error>> {
        let mut command = self.command("make_layout");
        command.arg(folder.layout()).args(["--platforms", "linux/amd64"]);
        command.args(["--layers", &image.layers.to_string()]);
        command.args(["--layer-size", &image.layer.to_string()]);
        process::run(command.stdout(Stdio::null()).stderr(Stdio::null()))
    }

    pub(super) fn push(&self, folder: &Folder, registry: &Registry) -> Command {
        let mut command = self.command("push");
        command.arg(folder.layout()).args(["--repository", NAME, "--create"]);
        command.args(["--endpoint-url", &registry.url]).stderr(Stdio::null());
        command
    }

    pub(super) fn pull(&self, folder: &Folder, registry: &Registry) -> Command {
        let mut command = self.command("pull");
        command.arg(NAME).arg(folder.pulled());
        command.args(["--endpoint-url", &registry.url]).stderr(Stdio::null());
        command
    }
}

impl Folder {
    pub(super) fn create() -> io::Result<Self> {
        let folder = repository::root().join("target/bench/push");
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Removes both.
    pub(super) fn clear(&self) -> io::Result<()> {
        fs::remove_dir_all(self.layout()).or_else(absent_is_fine)?;
        fs::remove_dir_all(self.pulled()).or_else(absent_is_fine)
    }

    fn layout(&self) -> PathBuf {
        self.0.join("layout")
    }

    pub(super) fn pulled(&self) -> PathBuf {
        self.0.join("pulled")
    }
}

pub(super) fn absent_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

impl Registry {
    /// Starts one on a free port, and reads from its first line where it is.
    pub(super) fn start(programs: &Programs) -> Result<Self, Box<dyn Error>> {
        let mut command = programs.command("registry");
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let child = command.spawn().map_err(|error| process::not_started(&command, &error))?;
        // From here on, whatever fails stops it.
        let mut registry = Self { child, url: String::new() };
        let output = registry.child.stdout.take().ok_or("the registry has no output")?;
        BufReader::new(output).read_line(&mut registry.url)?;
        registry.url.truncate(registry.url.trim_end().len());
        if registry.url.is_empty() {
            return Err("the registry ended before it said where it is".into());
        }
        Ok(registry)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // Both fail only for a process that has ended already, which is what they are for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
