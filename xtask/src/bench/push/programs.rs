//! Builds and runs the example programs: the registry, push and pull.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use super::table::Image;
use crate::system::{folder, process, repository};

/// The folder of the built programs.
pub(super) struct Programs(PathBuf);

/// The folder of the image layout and the pulled copy.
pub(super) struct WorkFolder(PathBuf);

/// A running registry, which is stopped on drop.
pub(super) struct Registry {
    child: Child,
    url: String,
}

const NAME: &str = "bench/image:1";

impl Programs {
    /// Builds the programs in release mode.
    pub(super) fn build() -> Result<Self, Box<dyn Error>> {
        errln!("building the example programs");
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

    /// A command for one of the programs, without settings, proxies and credentials from this
    /// environment.
    fn command(&self, name: &str) -> Command {
        let mut command =
            Command::new(self.0.join(name).with_extension(std::env::consts::EXE_EXTENSION));
        command.env_clear();
        command.envs([("AWS_ACCESS_KEY_ID", "any"), ("AWS_SECRET_ACCESS_KEY", "any")]);
        command.env("AWS_REGION", "us-east-1");
        command
    }

    pub(super) fn make_layout(
        &self,
        folder: &WorkFolder,
        image: Image,
    ) -> Result<(), Box<dyn Error>> {
        let mut command = self.command("make_layout");
        command.arg(folder.layout()).args(["--platforms", "linux/amd64"]);
        command.args(["--layers", &image.layers.to_string()]);
        command.args(["--layer-size", &image.layer.to_string()]);
        process::run(command.stdout(Stdio::null()).stderr(Stdio::null()))
    }

    pub(super) fn push(&self, folder: &WorkFolder, registry: &Registry) -> Command {
        let mut command = self.command("push");
        command.arg(folder.layout()).args(["--repository", NAME, "--create"]);
        command.args(["--endpoint-url", &registry.url]).stderr(Stdio::null());
        command
    }

    pub(super) fn pull(&self, folder: &WorkFolder, registry: &Registry) -> Command {
        let mut command = self.command("pull");
        command.arg(NAME).arg(folder.pulled());
        command.args(["--endpoint-url", &registry.url]).stderr(Stdio::null());
        command
    }
}

impl WorkFolder {
    pub(super) fn create() -> io::Result<Self> {
        let folder = repository::root().join("target/bench/push");
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// Removes the layout and the pulled copy.
    pub(super) fn clear(&self) -> io::Result<()> {
        folder::remove_if_exists(&self.layout())?;
        folder::remove_if_exists(&self.pulled())
    }

    fn layout(&self) -> PathBuf {
        self.0.join("layout")
    }

    pub(super) fn pulled(&self) -> PathBuf {
        self.0.join("pulled")
    }
}

impl Registry {
    /// Starts a registry on a free port, and reads its URL from its first line of output.
    pub(super) fn start(programs: &Programs) -> Result<Self, Box<dyn Error>> {
        let mut command = programs.command("registry");
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let child = command.spawn().map_err(|error| process::start_error(&command, &error))?;
        // From this point on, dropping it stops the process.
        let mut registry = Self { child, url: String::new() };
        let output = registry.child.stdout.take().ok_or("the registry has no output")?;
        BufReader::new(output).read_line(&mut registry.url)?;
        registry.url.truncate(registry.url.trim_end().len());
        if registry.url.is_empty() {
            return Err("the registry exited before it printed its URL".into());
        }
        Ok(registry)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // Both fail only if the process has already ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
