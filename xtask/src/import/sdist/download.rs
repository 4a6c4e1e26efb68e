//! Runs the Python script that downloads a source distribution.
//!
//! Python is used because it can read pip's configuration: the index, certificates and proxy that
//! the user has set up.

use std::{path::Path, process::Command};

use longshore_codegen::error::Problem;

/// The script. Python runs it in isolated mode (`-I`).
const SCRIPT: &str = include_str!("download.py");

/// What was downloaded.
pub(super) struct Downloaded {
    pub(super) version: String,
    /// The SHA-256 of the archive according to the index.
    pub(super) sha256: Option<String>,
}

/// Downloads this version of a project, or the newest one, to `folder/PROJECT-VERSION.tar.gz`.
pub(super) fn download(
    project: &str,
    version: Option<&str>,
    folder: &Path,
) -> Result<Downloaded, Problem> {
    let mut command = Command::new("python3");
    command.args(["-I", "-c", SCRIPT, project, version.unwrap_or_default()]).arg(folder);
    let output = run(&mut command).map_err(|why| {
        let version = version.map(|version| format!(" {version}")).unwrap_or_default();
        Problem::new(format!(
            "cannot download {project}{version}: {why}. Check python3, pip's configuration and the \
             network, or pass a folder that contains the models."
        ))
    })?;
    let mut lines = output.lines();
    let mut line = || lines.next().unwrap_or_default().trim().to_owned();
    let (version, sha256) = (line(), line());
    Ok(Downloaded { version, sha256: Some(sha256).filter(|sha256| !sha256.is_empty()) })
}

/// Runs a program to completion and returns its output. The error is the last line of its standard
/// error.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("cannot run python3: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    Err(last.unwrap_or("the script printed no error").trim().to_owned())
}
