//! Creates a Python environment with the server's packages.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::system::process;

/// The packages that pip installs. If they change, the next run reinstalls them. Their versions are
/// fixed, so that responses and credentials are always compared with the same ones. botocore needs
/// the extra `crt` to refresh login sessions.
const REQUIREMENTS: [&str; 2] = ["moto[server]==5.2.5", "botocore[crt]==1.44.8"];

/// Written last, so that an interrupted installation is not mistaken for a complete one.
const MARKER: &str = "longshore-requirement.txt";

/// Creates the environment in `folder` unless it exists, and returns its Python.
pub(crate) fn prepare(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let python = python_in(folder);
    if is_ready(folder, &python) {
        return Ok(python);
    }
    create(folder)?;
    let requirements = REQUIREMENTS.join(" ");
    outln!("installing {requirements}");
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    process::run(pip.args(REQUIREMENTS)).map_err(|error| {
        format!("{error}\n{requirements} is needed; check the connection to PyPI")
    })?;
    fs::write(folder.join(MARKER), requirements)?;
    Ok(python)
}

fn is_ready(folder: &Path, python: &Path) -> bool {
    let installed = fs::read_to_string(folder.join(MARKER)).unwrap_or_default();
    // The marker stays even if the Python that the environment points to is removed.
    installed == REQUIREMENTS.join(" ")
        && process::output(Command::new(python).arg("--version")).is_ok()
}

/// Creates an environment in `folder`, and removes what the folder contains. A symbolic link is an
/// error, because its target may contain something else.
fn create(folder: &Path) -> Result<(), Box<dyn Error>> {
    if folder.is_symlink() {
        return Err(format!(
            "{} is a symbolic link, so no Python environment is created in it; remove the link",
            folder.display()
        )
        .into());
    }
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(folder);
    process::run(&mut venv).map_err(|error| {
        format!(
            "{error}\nthis needs Python 3.10 or newer with its venv module; on Debian and Ubuntu: \
             apt-get install python3 python3-venv"
        )
        .into()
    })
}

fn python_in(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_ready_with_the_same_requirement_and_a_working_python() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let python = Path::new("python3");
        assert!(!is_ready(folder.path(), python), "nothing is installed");
        fs::write(folder.path().join(MARKER), "moto[server]==5.0.0").expect("written");
        assert!(!is_ready(folder.path(), python), "another version is installed");
        let unpinned = REQUIREMENTS.join(" ").replace("==1.44.8", "");
        fs::write(folder.path().join(MARKER), unpinned).expect("written");
        assert!(!is_ready(folder.path(), python), "any version of botocore is installed");
        fs::write(folder.path().join(MARKER), REQUIREMENTS.join(" ")).expect("written");
        assert!(!is_ready(folder.path(), Path::new("/no/such/python")), "its Python is gone");
    }

    #[test]
    #[cfg(unix)]
    fn the_target_of_a_symbolic_link_is_not_cleared() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (target, link) = (folder.path().join("target"), folder.path().join("venv"));
        fs::create_dir(&target).expect("created");
        fs::write(target.join("kept"), "").expect("written");
        std::os::unix::fs::symlink(&target, &link).expect("linked");
        let error = prepare(&link).expect_err("refused").to_string();
        assert!(error.contains("venv is a symbolic link"), "{error}");
        assert!(target.join("kept").exists());
    }
}
