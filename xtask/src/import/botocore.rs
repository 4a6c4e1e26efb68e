//! Fetches botocore, the Python library that contains AWS's newest models, into a folder under
//! `target/`.
//!
//! It fetches the source distribution, because other distributions do not contain the test cases of
//! the endpoint rules.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use longshore_codegen::error::{Error, Problem};

use super::sdist::{Project, Sdist};

const BOTOCORE: Project =
    Project { name: "botocore", data: &["botocore/data", "tests/functional/endpoint-rules"] };

/// An unpacked botocore.
pub(super) struct Package(Sdist);

/// Fetches this version, or the newest one. `sha256` is the expected hash of the archive.
pub(super) fn fetch(
    version: Option<&str>,
    sha256: Option<&str>,
    target: &Path,
) -> Result<Package, Error> {
    BOTOCORE.fetch(version, sha256, target).map(Package)
}

impl Package {
    /// The source distribution.
    pub(super) fn sdist(&self) -> &Sdist {
        &self.0
    }

    /// The file of the partitions table.
    pub(super) fn partitions(&self) -> PathBuf {
        self.0.folder.join("botocore/data/partitions.json")
    }

    /// The folder of a service's newest API version. The test cases of its endpoint rules, which
    /// botocore keeps among its own tests, are copied into it.
    pub(super) fn service_folder(&self, service: &str) -> Result<PathBuf, Problem> {
        let data = self.0.folder.join("botocore").join("data").join(service);
        let entries = fs::read_dir(&data).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|_| {
            let what = format!(
                "botocore {} has no service `{service}`. The names are those of botocore's data.",
                self.0.version
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
        let tests = self.0.folder.join("tests/functional/endpoint-rules").join(service).join(TESTS);
        if !tests.is_file() {
            return Ok(());
        }
        let copied = fs::copy(&tests, folder.join(TESTS));
        copied.map(drop).map_err(|error| Problem::from_io(&tests, "copy this file", &error))
    }
}
