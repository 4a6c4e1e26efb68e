//! OCI image layouts: a file `oci-layout`, an `index.json` with an entry for each image, and a folder
//! of blobs named by their digests.
//!
//! Layouts are untrusted. Documents have a maximum size and are validated before they are used; blobs
//! are checked while they are sent.

mod file;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::image::ManifestCollector;
use crate::{ContentError, Descriptor, Digest, Error, Image, Manifest};
pub(crate) use writer::{LayoutWriter, partial};

/// The file that marks a folder as a layout.
const LAYOUT_FILE: &str = "oci-layout";
/// The only version of the format.
const VERSION: &str = "1.0.0";
/// The file that lists the images.
const INDEX_FILE: &str = "index.json";

/// An OCI image layout on disk.
#[derive(Debug, Clone)]
pub struct Layout {
    folder: PathBuf,
    entries: Vec<Descriptor>,
}

/// The content of `oci-layout`.
#[derive(Deserialize)]
struct LayoutFile {
    #[serde(rename = "imageLayoutVersion")]
    version: String,
}

/// The content of `index.json`.
#[derive(Deserialize)]
struct Index {
    manifests: Vec<Descriptor>,
}

impl Layout {
    /// Opens a layout and reads its `index.json`.
    ///
    /// # Errors
    /// Returns an error if the folder is not a layout or its `index.json` is invalid.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        check_layout_file(&folder)?;
        let index: Index = file::read_json(&folder.join(INDEX_FILE))?;
        Ok(Self { folder, entries: index.manifests })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The entries of `index.json`.
    #[must_use]
    pub fn entries(&self) -> &[Descriptor] {
        &self.entries
    }

    /// Reads and validates the manifests of the image with this name in `index.json` or this digest.
    /// `None` selects the only image.
    ///
    /// # Errors
    /// Returns an error if the name matches no image or several, or if a manifest is missing, damaged
    /// or of an unsupported type.
    pub fn select(&self, name: Option<&str>) -> Result<Image, Error> {
        let mut collector = ManifestCollector::new(self.entry(name)?.clone());
        loop {
            let pending = collector.take_pending(usize::MAX);
            if pending.is_empty() {
                return Ok(collector.finish());
            }
            for descriptor in &pending {
                self.read(descriptor, &mut collector)?;
            }
        }
    }

    /// The path of a blob, which need not exist.
    #[must_use]
    pub fn blob_path(&self, digest: Digest) -> PathBuf {
        blob_path(&self.folder, digest)
    }

    /// Finds an entry. Several entries with the same digest are one image.
    fn entry(&self, name: Option<&str>) -> Result<&Descriptor, Error> {
        let matches = |entry: &&Descriptor| {
            name.is_none_or(|name| entry.name() == Some(name) || entry.digest.to_string() == name)
        };
        let mut candidates = self.entries.iter().filter(matches);
        let first = candidates.next();
        match first {
            Some(entry) if candidates.all(|other| other.digest == entry.digest) => Ok(entry),
            _ => Err(Error::Select {
                folder: self.folder.clone(),
                requested: name.map(str::to_owned),
                available: self.entries.iter().map(describe).collect(),
            }),
        }
    }

    fn read(
        &self,
        descriptor: &Descriptor,
        collector: &mut ManifestCollector,
    ) -> Result<(), Error> {
        let path = self.blob_path(descriptor.digest);
        let invalid = |problem| Error::Document { location: path.display().to_string(), problem };
        Manifest::check(descriptor).map_err(invalid)?;
        let content = read_manifest(&path, descriptor)?;
        let invalid = |problem| Error::Document { location: path.display().to_string(), problem };
        collector.add(descriptor, content).map_err(invalid)
    }
}

/// The path of a blob.
fn blob_path(folder: &Path, digest: Digest) -> PathBuf {
    folder.join("blobs").join("sha256").join(digest.hex())
}

fn check_layout_file(folder: &Path) -> Result<(), Error> {
    let invalid =
        |problem| Err(Error::Document { location: folder.display().to_string(), problem });
    // Otherwise an unreadable folder would be reported as one without the file.
    fs::read_dir(folder).map_err(Error::file("read", folder))?;
    let path = folder.join(LAYOUT_FILE);
    if !path.exists() {
        return invalid(format!("not an OCI image layout: there is no file {LAYOUT_FILE}"));
    }
    let layout: LayoutFile = file::read_json(&path)?;
    if layout.version != VERSION {
        return invalid(format!("layout version {:?} is not supported", layout.version));
    }
    Ok(())
}

/// Reads a manifest, and checks its size and digest.
fn read_manifest(path: &Path, descriptor: &Descriptor) -> Result<String, Error> {
    let Descriptor { digest, size, .. } = *descriptor;
    let location = || path.display().to_string();
    let content_error = |problem| Error::Content { location: location(), digest, problem };
    if !path.exists() {
        return Err(content_error(ContentError::Missing));
    }
    let content = file::read(path, Manifest::MAX_SIZE)?;
    if content.len() as u64 != size {
        return Err(content_error(ContentError::Size {
            expected: size,
            found: content.len() as u64,
        }));
    }
    let found = Digest::of(&content);
    if found != digest {
        return Err(content_error(ContentError::Digest { found }));
    }
    let content = String::from_utf8(content);
    content.map_err(|_| Error::Document {
        location: location(),
        problem: "the content is not UTF-8".to_owned(),
    })
}

/// The name and the digest of an entry, for messages.
fn describe(entry: &Descriptor) -> String {
    match entry.name() {
        Some(name) => format!("{name} ({})", entry.digest),
        None => entry.digest.to_string(),
    }
}
