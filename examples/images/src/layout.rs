//! An image layout on disk, as it is read: a file `oci-layout`, an `index.json` with an entry for
//! each image, and a folder of blobs that are called like their digests.
//!
//! Nothing in a layout is believed. Documents are read up to a limit, and checked before they are
//! used; blobs are checked while they are sent.

mod file;
mod store;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::image::Gathering;
use crate::{Descriptor, Digest, Error, Flaw, Image, Manifest};
pub(crate) use store::{Store, partial};

/// The name of the file that makes a folder a layout.
const MARK: &str = "oci-layout";
/// The version of layouts there is.
const VERSION: &str = "1.0.0";
/// The name of the file that lists the images.
const INDEX: &str = "index.json";

/// A folder with one or more images, in the form of OCI.
#[derive(Debug, Clone)]
pub struct Layout {
    folder: PathBuf,
    entries: Vec<Descriptor>,
}

/// The content of `oci-layout`.
#[derive(Deserialize)]
struct Mark {
    #[serde(rename = "imageLayoutVersion")]
    version: String,
}

/// The content of `index.json`.
#[derive(Deserialize)]
struct Index {
    manifests: Vec<Descriptor>,
}

impl Layout {
    /// Opens a layout and reads which images it has.
    ///
    /// # Errors
    /// A folder that is no layout, or one whose `index.json` cannot be read.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        check_mark(&folder)?;
        let index: Index = file::read_json(&folder.join(INDEX))?;
        Ok(Self { folder, entries: index.manifests })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The images of the layout, as its `index.json` lists them.
    #[must_use]
    pub fn entries(&self) -> &[Descriptor] {
        &self.entries
    }

    /// Reads and checks the manifests of one image: of the one that has this name in `index.json`
    /// or this digest, or of the only one.
    ///
    /// # Errors
    /// A name that means no image or several, and a manifest that is missing, damaged or of a kind
    /// that cannot be moved.
    pub fn select(&self, name: Option<&str>) -> Result<Image, Error> {
        let mut gathering = Gathering::new(self.entry(name)?.clone());
        loop {
            let wanted = gathering.wanted(usize::MAX);
            if wanted.is_empty() {
                return Ok(gathering.finish());
            }
            for descriptor in &wanted {
                self.read(descriptor, &mut gathering)?;
            }
        }
    }

    /// The file of a blob, which need not be there.
    #[must_use]
    pub fn blob_path(&self, digest: Digest) -> PathBuf {
        blob_path(&self.folder, digest)
    }

    /// Several entries of one digest are the same image.
    fn entry(&self, name: Option<&str>) -> Result<&Descriptor, Error> {
        let meant = |entry: &&Descriptor| {
            name.is_none_or(|name| entry.name() == Some(name) || entry.digest.to_string() == name)
        };
        let mut candidates = self.entries.iter().filter(meant);
        let first = candidates.next();
        match first {
            Some(entry) if candidates.all(|other| other.digest == entry.digest) => Ok(entry),
            _ => Err(Error::Select {
                folder: self.folder.clone(),
                wanted: name.map(str::to_owned),
                there: self.entries.iter().map(describe).collect(),
            }),
        }
    }

    fn read(&self, descriptor: &Descriptor, gathering: &mut Gathering) -> Result<(), Error> {
        let path = self.blob_path(descriptor.digest);
        let refused = |problem| Error::Document { place: path.display().to_string(), problem };
        Manifest::check(descriptor).map_err(refused)?;
        let content = read_manifest(&path, descriptor)?;
        let refused = |problem| Error::Document { place: path.display().to_string(), problem };
        gathering.bring(descriptor, content).map_err(refused)
    }
}

/// The file of a blob in a layout.
fn blob_path(folder: &Path, digest: Digest) -> PathBuf {
    folder.join("blobs").join("sha256").join(digest.hex())
}

fn check_mark(folder: &Path) -> Result<(), Error> {
    let refused = |problem| Err(Error::Document { place: folder.display().to_string(), problem });
    // What cannot be looked at is no folder without a mark.
    fs::read_dir(folder).map_err(Error::file("read", folder))?;
    let path = folder.join(MARK);
    if !path.exists() {
        return refused(format!("this is no OCI image layout: it has no file {MARK}"));
    }
    let mark: Mark = file::read_json(&path)?;
    if mark.version != VERSION {
        return refused(format!("version {:?} of layouts is not supported", mark.version));
    }
    Ok(())
}

/// The content of a manifest's file, with the size and the digest that it should have.
fn read_manifest(path: &Path, descriptor: &Descriptor) -> Result<String, Error> {
    let Descriptor { digest, size, .. } = *descriptor;
    let place = || path.display().to_string();
    let flawed = |flaw| Error::Content { place: place(), digest, flaw };
    if !path.exists() {
        return Err(flawed(Flaw::Missing));
    }
    let content = file::read(path, Manifest::LARGEST)?;
    if content.len() as u64 != size {
        return Err(flawed(Flaw::Size { expected: size, found: content.len() as u64 }));
    }
    let found = Digest::of(&content);
    if found != digest {
        return Err(flawed(Flaw::Digest { found }));
    }
    let content = String::from_utf8(content);
    content.map_err(|_| Error::Document { place: place(), problem: "it is no UTF-8".to_owned() })
}

/// An entry, as people can choose it.
fn describe(entry: &Descriptor) -> String {
    match entry.name() {
        Some(name) => format!("{name} ({})", entry.digest),
        None => entry.digest.to_string(),
    }
}
