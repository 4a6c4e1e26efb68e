//! Downloads botocore, the Python library that contains AWS's newest models, with pip into a folder
//! under `target/`.
//!
//! It downloads the source distribution, because no other one contains the test cases of the
//! endpoint rules. pip runs its build script to read the name and the version; no other code in it
//! is run.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use longshore_codegen::error::{Error, Problem};

/// An unpacked botocore.
pub(super) struct Package {
    folder: PathBuf,
    /// The version, for example `1.44.5`.
    pub(super) version: String,
}

/// Downloads this version, or the newest one.
pub(super) fn fetch(version: Option<&str>, target: &Path) -> Result<Package, Error> {
    let Some(version) = version else {
        return fetch_newest(target);
    };
    if !version.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') {
        let what = format!("`{version}` is not a version of botocore. Use the form 1.44.5.");
        return Err(Problem::new(what).into());
    }
    let folder = folder_of(target, version);
    if !folder.is_dir() {
        fetch_as(&format!("botocore=={version}"), target)?;
    }
    Ok(Package { folder, version: version.to_owned() })
}

fn fetch_newest(target: &Path) -> Result<Package, Error> {
    let version = fetch_as("botocore", target)?;
    Ok(Package { folder: folder_of(target, &version), version })
}

/// The folder for a version.
fn folder_of(target: &Path, version: &str) -> PathBuf {
    target.join(format!("botocore-{version}-source"))
}

/// Downloads and unpacks a requirement, and returns its version.
fn fetch_as(requirement: &str, target: &Path) -> Result<String, Error> {
    let new = temporary(target);
    let result = download(requirement, &new).and_then(|()| {
        let read = |error| Error::from_io(&new, "read this folder", &error);
        let (archive, version) = archive(&new).map_err(read)?.ok_or_else(|| {
            Problem::in_file(&new, "pip downloaded no botocore archive to this folder.")
        })?;
        unpack(&archive, &new)?;
        move_into_place(&new.join(format!("botocore-{version}")), &folder_of(target, &version))?;
        Ok(version)
    });
    // An incomplete download is of no use to the next run.
    let _ = fs::remove_dir_all(&new);
    result
}

fn temporary(target: &Path) -> PathBuf {
    target.join(format!("botocore.{}", std::process::id()))
}

/// Renames the folder, or removes it if another run was faster.
fn move_into_place(new: &Path, folder: &Path) -> Result<(), Error> {
    let result = if folder.is_dir() { fs::remove_dir_all(new) } else { fs::rename(new, folder) };
    result.map_err(|error| Error::from_io(folder, "keep botocore in this folder", &error))
}

fn download(requirement: &str, folder: &Path) -> Result<(), Error> {
    let mut command = Command::new("python3");
    command.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    command.args(["--no-binary", ":all:", "--dest"]).arg(folder).arg(requirement);
    run(&mut command).map_err(|why| {
        let what = format!(
            "pip could not fetch {requirement}: {why}. Check python3, pip and the network, or \
             name a folder that holds the models."
        );
        Problem::new(what).into()
    })
}

/// Unpacks with Python, so that no other program is needed.
fn unpack(archive: &Path, folder: &Path) -> Result<(), Error> {
    let mut command = Command::new("python3");
    command.args(["-m", "tarfile", "-e"]).arg(archive).arg(folder);
    let failed = |why| Problem::in_file(archive, format!("python3 could not unpack this: {why}."));
    run(&mut command).map_err(|why| failed(why).into())
}

/// Runs a program to its end. The error is the last line of its standard error.
fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    Err(last.unwrap_or("it printed no error").trim().to_owned())
}

/// The archive in a folder and the version in its name, `botocore-1.44.5.tar.gz`.
fn archive(folder: &Path) -> io::Result<Option<(PathBuf, String)>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let version = name.strip_prefix("botocore-").and_then(|rest| rest.strip_suffix(".tar.gz"));
        if let Some(version) = version {
            return Ok(Some((entry.path(), version.to_owned())));
        }
    }
    Ok(None)
}

impl Package {
    /// The file of the partitions table.
    pub(super) fn partitions(&self) -> PathBuf {
        self.folder.join("botocore/data/partitions.json")
    }

    /// The folder of a service's newest API version. The test cases of its endpoint rules, which
    /// botocore keeps among its own tests, are copied into it.
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
        let none = || Problem::in_file(&data, "there is no API version in this folder.");
        let folder = folders.max().ok_or_else(none)?;
        self.add_tests(service, &folder)?;
        Ok(folder)
    }

    fn add_tests(&self, service: &str, folder: &Path) -> Result<(), Problem> {
        const TESTS: &str = "endpoint-tests-1.json";
        let tests = self.folder.join("tests/functional/endpoint-rules").join(service).join(TESTS);
        if !tests.is_file() {
            return Ok(());
        }
        let copied = fs::copy(&tests, folder.join(TESTS));
        copied.map(drop).map_err(|error| Problem::from_io(&tests, "copy this file", &error))
    }
}
