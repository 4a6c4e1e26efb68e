//! Reads small files up to a maximum size, and replaces them atomically.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::partial;
use crate::Error;

/// The maximum size of the JSON files of a layout, in bytes.
const MAX_JSON_SIZE: u64 = 16 * 1024 * 1024;

/// Reads a file of at most `max` bytes.
pub(super) fn read(path: &Path, max: u64) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(Error::file("read", path))?;
    let mut content = Vec::new();
    file.take(max + 1).read_to_end(&mut content).map_err(Error::file("read", path))?;
    if content.len() as u64 > max {
        let problem = format!("the file has more than {max} bytes");
        return Err(Error::Document { location: path.display().to_string(), problem });
    }
    Ok(content)
}

/// Reads a JSON file.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    serde_json::from_slice(&read(path, MAX_JSON_SIZE)?).map_err(|error| Error::Document {
        location: path.display().to_string(),
        problem: format!("invalid content: {error}"),
    })
}

/// Replaces a file atomically.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    let partial = partial(path);
    fs::write(&partial, content).map_err(Error::file("write", &partial))?;
    fs::rename(&partial, path).map_err(Error::file("write", path))
}
