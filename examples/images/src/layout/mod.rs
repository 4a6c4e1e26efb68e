//! OCI image layouts: a file `oci-layout`, an `index.json` with an entry for each image, and a folder
//! of blobs named by their digests.
//!
//! Layouts are untrusted. Documents have a maximum size and are validated before they are used; blobs
//! are checked while they are sent. Only what an image needs must be valid: other entries and files of
//! the layout may be of any kind.

mod entry;
mod file;
mod folders;
mod index;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::SelectError;
use crate::image::ManifestCollector;
use crate::{ContentError, Descriptor, Digest, Error, Image, Manifest, embedded};
use entry::Entry;
pub(crate) use file::{commit, partial};
pub(crate) use folders::CreatedFolders;
use index::Index;
pub(crate) use writer::LayoutWriter;

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
    entries: Vec<Entry>,
    /// The descriptors of the entries that can be used.
    descriptors: Vec<Descriptor>,
}

/// The content of `oci-layout`.
#[derive(Deserialize)]
struct LayoutFile {
    #[serde(rename = "imageLayoutVersion")]
    version: String,
}

impl Layout {
    /// Opens a layout and reads its `index.json`.
    ///
    /// # Errors
    /// Returns an error if the folder is not a layout or its `index.json` is not JSON or has no list
    /// of manifests.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, Error> {
        let folder = folder.into();
        // Otherwise an unreadable folder would be reported as one without the file.
        fs::read_dir(&folder).map_err(Error::file("read", &folder))?;
        if !check_layout_file(&folder)? {
            let problem = format!("not an OCI image layout: there is no file {LAYOUT_FILE}");
            return Err(Error::Document { location: folder.display().to_string(), problem });
        }
        let index = Index::read(&folder.join(INDEX_FILE))?;
        let entries: Vec<_> = index.entries().iter().map(Entry::read).collect();
        let descriptors =
            entries.iter().filter_map(|entry| entry.descriptor.clone().ok()).collect();
        Ok(Self { folder, entries, descriptors })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The entries of `index.json`, without those that cannot be used, for example because their
    /// digests are not SHA-256. Such an entry is an error only if it is selected.
    #[must_use]
    pub fn entries(&self) -> &[Descriptor] {
        &self.descriptors
    }

    /// Reads and validates the manifests of the image with this name in `index.json` or this
    /// digest. A name may be complete, or the end of one: `team/app:v1` and the tag `v1` both
    /// select `docker.io/team/app:v1`. Complete names take precedence. `None` selects the only
    /// image.
    ///
    /// # Errors
    /// Returns an error if the name matches no image or several, or if a manifest is missing, damaged
    /// or of an unsupported type.
    pub fn select(&self, name: Option<&str>) -> Result<Image, Error> {
        let entry = self.entry(name)?;
        let root = entry.descriptor.clone().map_err(|problem| Error::Document {
            location: self.folder.join(INDEX_FILE).display().to_string(),
            problem: format!("the image {entry} cannot be used: {problem}"),
        })?;
        let image = self.read_image(root).map_err(|error| error.of_image(entry.name()))?;
        Ok(image.with_foreign(|digest| self.blob_path(digest).exists()))
    }

    /// The path of a blob, which need not exist.
    #[must_use]
    pub fn blob_path(&self, digest: Digest) -> PathBuf {
        blob_path(&self.folder, digest)
    }

    /// Returns `true` if the layout contains several images, and the name selects at least one.
    pub(crate) fn needs_selection(&self, name: &str) -> bool {
        !is_one_image(&self.entries.iter().collect::<Vec<_>>())
            && self.entries.iter().any(|entry| entry.matches(name).is_some())
    }

    /// Finds an entry. Several entries with the same digest are one image.
    fn entry(&self, name: Option<&str>) -> Result<&Entry, Error> {
        let candidates = self.candidates(name);
        if let Some(entry) = candidates.first().filter(|_| is_one_image(&candidates)) {
            return Ok(entry);
        }
        let (problem, available) = match candidates.as_slice() {
            [] => (SelectError::NotFound, self.entries.iter().collect()),
            _ => (SelectError::Ambiguous, candidates),
        };
        Err(Error::Select {
            folder: self.folder.clone(),
            requested: name.map(str::to_owned),
            problem,
            available: available.into_iter().map(Entry::to_string).collect(),
        })
    }

    /// The entries that match a name best, or all entries if there is no name.
    fn candidates(&self, name: Option<&str>) -> Vec<&Entry> {
        let Some(name) = name else { return self.entries.iter().collect() };
        let matches = |entry: &&Entry| entry.matches(name);
        let best = self.entries.iter().filter_map(|entry| entry.matches(name)).min();
        self.entries.iter().filter(|entry| best.is_some() && matches(entry) == best).collect()
    }

    fn read_image(&self, root: Descriptor) -> Result<Image, Error> {
        let mut collector = ManifestCollector::new(root);
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

/// Returns `true` if there is an entry, and all entries have the same digest.
fn is_one_image(entries: &[&Entry]) -> bool {
    let mut digests = entries.iter().map(|entry| entry.digest());
    digests.next().is_some_and(|first| digests.all(|digest| digest == first))
}

/// The path of a blob.
fn blob_path(folder: &Path, digest: Digest) -> PathBuf {
    folder.join("blobs").join("sha256").join(digest.hex())
}

/// Checks the version of the layout. Returns `false` if the file does not exist.
fn check_layout_file(folder: &Path) -> Result<bool, Error> {
    let path = folder.join(LAYOUT_FILE);
    if !path.exists() {
        return Ok(false);
    }
    let layout: LayoutFile = file::read_json(&path)?;
    if layout.version != VERSION {
        let problem = format!("layout version {:?} is not supported", layout.version);
        return Err(Error::Document { location: folder.display().to_string(), problem });
    }
    Ok(true)
}

/// Reads a manifest from its file, or else from its descriptor, and checks its size and digest.
fn read_manifest(path: &Path, descriptor: &Descriptor) -> Result<String, Error> {
    let Descriptor { digest, size, ref data, .. } = *descriptor;
    let location = || path.display().to_string();
    let content_error = |problem| Error::Content { location: location(), digest, problem };
    let content = match data {
        _ if path.exists() => file::read(path, Manifest::MAX_SIZE)?,
        Some(data) => embedded::decode(data, digest, size)?,
        None => return Err(content_error(ContentError::Missing)),
    };
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
