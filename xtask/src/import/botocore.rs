//! botocore, the Python library whose data are AWS's newest models: fetched by pip, without what
//! it depends on, into a folder under `target/`. Nothing of it is run.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use longshore_codegen::error::{Error, Problem};

/// An unpacked botocore.
pub(super) struct Package {
    folder: PathBuf,
    /// Its version, `1.44.5`.
    pub(super) version: String,
}

/// Fetches that version, or the newest one.
pub(super) fn fetch(version: Option<&str>, target: &Path) -> Result<Package, Error> {
    let Some(version) = version else {
        return fetch_newest(target);
    };
    if !version.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') {
        let what = format!("`{version}` is no version of botocore. Write it like 1.44.5.");
        return Err(Problem::new(what).into());
    }
    let folder = target.join(format!("botocore-{version}"));
    if !folder.is_dir() {
        let new = temporary(target);
        let result = pip(&format!("botocore=={version}"), &new);
        result.and_then(|()| settle(&new, &folder))?;
    }
    Ok(Package { folder, version: version.to_owned() })
}

fn fetch_newest(target: &Path) -> Result<Package, Error> {
    let new = temporary(target);
    pip("botocore", &new)?;
    let version = installed_version(&new)
        .map_err(|error| Error::from_io(&new, "read this folder", &error))?
        .ok_or_else(|| Problem::in_file(&new, "pip left no botocore here. Run it by hand."))?;
    let folder = target.join(format!("botocore-{version}"));
    settle(&new, &folder)?;
    Ok(Package { folder, version })
}

fn temporary(target: &Path) -> PathBuf {
    target.join(format!("botocore.{}", std::process::id()))
}

/// Gives the folder its name, or removes it where another run was faster.
fn settle(new: &Path, folder: &Path) -> Result<(), Error> {
    let result = if folder.is_dir() { fs::remove_dir_all(new) } else { fs::rename(new, folder) };
    result.map_err(|error| Error::from_io(folder, "keep botocore in this folder", &error))
}

fn pip(requirement: &str, folder: &Path) -> Result<(), Error> {
    let mut command = Command::new("python3");
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    command.args(["--no-compile", "--target"]).arg(folder).arg(requirement);
    let failed = |why: String| {
        // What pip left half-way would be taken for the whole by the next run.
        let _ = fs::remove_dir_all(folder);
        let what = format!(
            "pip could not fetch {requirement}: {why}. Check python3, pip and the network, or \
             name a folder that holds the models."
        );
        Problem::new(what)
    };
    let output = command.output().map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let last = text.lines().rev().find(|line| !line.trim().is_empty());
        return Err(failed(last.unwrap_or("it gave no reason").trim().to_owned()).into());
    }
    Ok(())
}

/// The version in the name of `botocore-1.44.5.dist-info`.
fn installed_version(folder: &Path) -> io::Result<Option<String>> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let version =
            name.strip_prefix("botocore-").and_then(|rest| rest.strip_suffix(".dist-info"));
        if let Some(version) = version {
            return Ok(Some(version.to_owned()));
        }
    }
    Ok(None)
}

impl Package {
    /// The folder of a service's newest API version.
    pub(super) fn service_folder(&self, service: &str) -> Result<PathBuf, Problem> {
        let data = self.folder.join("botocore").join("data").join(service);
        let entries = fs::read_dir(&data).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|_| {
            let what = format!(
                "botocore {} has no service `{service}`. The names are those of botocore's data.",
                self.version
            );
            Problem::new(what)
        })?;
        // API versions are dates, so the last one by name is the newest.
        let folders = entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir());
        folders.max().ok_or_else(|| Problem::in_file(&data, "there is no API version in here."))
    }
}
