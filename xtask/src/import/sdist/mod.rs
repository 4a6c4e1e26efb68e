//! Fetches a source distribution from a Python package index: downloads it, verifies its SHA-256,
//! and unpacks its data.
//!
//! Nothing in the archive is run. pip is not used for the download, because it runs the build
//! script of a source distribution to get its metadata.

mod download;
mod unpack;

use std::{
    fs,
    path::{Path, PathBuf},
};

use longshore_codegen::error::{Error, Problem};

use self::unpack::Limits;
use super::{file, provenance};

/// A project on the package index.
pub(super) struct Project {
    pub(super) name: &'static str,
    /// The paths that are unpacked; the others are only checked.
    pub(super) data: &'static [&'static str],
}

/// An unpacked source distribution.
pub(super) struct Sdist {
    pub(super) folder: PathBuf,
    /// The version, for example `1.44.5`.
    pub(super) version: String,
    /// The name of the archive.
    pub(super) archive: String,
    /// The SHA-256 of the archive in hexadecimal digits.
    pub(super) sha256: String,
}

/// The file in the folder that contains the SHA-256 of the archive. It is written last.
const HASH_FILE: &str = "longshore-sha256.txt";

impl Project {
    /// Fetches this version, or the newest one, unless it is in `target` already. The SHA-256 of
    /// the archive must match the one from the index and `expected`; at least one of them is
    /// required.
    pub(super) fn fetch(
        &self,
        version: Option<&str>,
        expected: Option<&str>,
        target: &Path,
    ) -> Result<Sdist, Error> {
        let known = version.map(|version| self.known(version, target)).transpose()?.flatten();
        let sdist = match known {
            Some(sdist) => sdist,
            None => self.fetch_new(version, expected, target)?,
        };
        verify(&sdist.folder, &sdist.sha256, expected)?;
        Ok(sdist)
    }

    /// The version if it was fetched before.
    fn known(&self, version: &str, target: &Path) -> Result<Option<Sdist>, Problem> {
        if !version.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') {
            let what =
                format!("`{version}` is not a version of {}. Use the form 1.44.5.", self.name);
            return Err(Problem::new(what));
        }
        let folder = self.folder(version, target);
        let sha256 = fs::read_to_string(folder.join(HASH_FILE)).ok();
        Ok(sha256.map(|sha256| self.sdist(version, sha256, folder)))
    }

    fn fetch_new(
        &self,
        version: Option<&str>,
        expected: Option<&str>,
        target: &Path,
    ) -> Result<Sdist, Error> {
        let new = target.join(format!("{}.{}", self.name, std::process::id()));
        let result = self.fetch_into(&new, version, expected, target);
        // An incomplete download is of no use to the next run.
        let _ = fs::remove_dir_all(&new);
        result
    }

    fn fetch_into(
        &self,
        new: &Path,
        version: Option<&str>,
        expected: Option<&str>,
        target: &Path,
    ) -> Result<Sdist, Error> {
        fs::create_dir_all(new).map_err(|why| Error::from_io(new, "create this folder", &why))?;
        let found = download::download(self.name, version, new)?;
        let archive = new.join(self.archive(&found.version));
        let sha256 = provenance::sha256(&archive)?;
        let stated = found.sha256.as_deref();
        if stated.or(expected).is_none() {
            let what = "the package index has no SHA-256 for this archive. Pass the expected \
                one with --sha256.";
            return Err(Problem::in_file(&archive, what).into());
        }
        for expected in [stated, expected] {
            verify(&archive, &sha256, expected)?;
        }
        let root = format!("{}-{}", self.name, found.version);
        unpack::unpack(&archive, &root, self.data, new, &Limits::default())?;
        file::write(&new.join(&root).join(HASH_FILE), &sha256)?;
        let folder = self.folder(&found.version, target);
        move_into_place(&new.join(root), &folder)?;
        Ok(self.sdist(&found.version, sha256, folder))
    }

    fn sdist(&self, version: &str, sha256: String, folder: PathBuf) -> Sdist {
        Sdist { folder, version: version.to_owned(), archive: self.archive(version), sha256 }
    }

    fn archive(&self, version: &str) -> String {
        format!("{}-{version}.tar.gz", self.name)
    }

    /// The folder for the data of a version.
    fn folder(&self, version: &str, target: &Path) -> PathBuf {
        target.join(format!("{}-{version}-data", self.name))
    }
}

/// Compares the SHA-256 of an archive with the expected one.
fn verify(path: &Path, sha256: &str, expected: Option<&str>) -> Result<(), Problem> {
    match expected {
        Some(expected) if !expected.eq_ignore_ascii_case(sha256) => {
            let what = format!(
                "the SHA-256 of the archive is {sha256}, not {expected}; the archive was not used. \
                 Check the version and the source of the expected value."
            );
            Err(Problem::in_file(path, what))
        }
        _ => Ok(()),
    }
}

/// Renames the folder. If another run was faster, the result of that run is kept.
fn move_into_place(new: &Path, folder: &Path) -> Result<(), Error> {
    if folder.join(HASH_FILE).is_file() {
        return Ok(());
    }
    fs::rename(new, folder).map_err(|why| Error::from_io(folder, "create this folder", &why))
}
