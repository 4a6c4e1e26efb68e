//! `index.json` with all of its members, so that it can be rewritten without losing any.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::entry::Entry;
use super::file;
use crate::manifest::{OCI_INDEX, list};
use crate::{Descriptor, Error};

/// The member with the entries.
const ENTRIES: &str = "manifests";

/// The content of the file.
#[derive(Debug)]
pub(super) struct Index {
    path: PathBuf,
    members: Map<String, Value>,
    entries: Vec<Value>,
}

impl Index {
    /// Reads an existing file.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let invalid = |problem| Error::Document { location: path.display().to_string(), problem };
        let json: Value = file::read_json(path)?;
        let missing = || "not an image index: there is no list `manifests`".to_owned();
        let entries = list(&json, ENTRIES).and_then(|list| list.ok_or_else(missing));
        let entries = entries.map_err(invalid)?.to_vec();
        // A document with a member is an object.
        let members = json.as_object().cloned().unwrap_or_default();
        Ok(Self { path: path.to_owned(), members, entries })
    }

    /// Reads the file, or returns an index without entries if it does not exist.
    pub(super) fn read_or_new(path: &Path) -> Result<Self, Error> {
        if path.exists() {
            return Self::read(path);
        }
        let mut members = Map::new();
        members.insert("schemaVersion".to_owned(), json!(2));
        members.insert("mediaType".to_owned(), json!(OCI_INDEX));
        Ok(Self { path: path.to_owned(), members, entries: Vec::new() })
    }

    pub(super) fn entries(&self) -> &[Value] {
        &self.entries
    }

    /// Adds an entry for an image, unless there is one with the same name and digest. Removes other
    /// entries with the same name, and returns their digests. An image without a name replaces
    /// nothing.
    pub(super) fn add(&mut self, image: &Descriptor) -> Vec<String> {
        let new = json!(image);
        let entry = Entry::read(&new);
        let (name, mut exists, mut replaced) = (entry.name(), false, Vec::new());
        self.entries.retain(|existing| {
            let existing = Entry::read(existing);
            let (same_name, same_digest) =
                (existing.name() == name, existing.digest() == entry.digest());
            exists |= same_name && same_digest;
            if same_name && !same_digest && name.is_some() {
                replaced.push(existing.digest().to_owned());
                return false;
            }
            true
        });
        if !exists {
            self.entries.push(new);
        }
        replaced
    }

    /// Writes the file.
    pub(super) fn write(mut self) -> Result<(), Error> {
        self.members.insert(ENTRIES.to_owned(), Value::Array(self.entries));
        file::write(&self.path, Value::Object(self.members).to_string().as_bytes())
    }
}
