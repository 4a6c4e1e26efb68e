//! Small files, whole: read up to a limit, and written so that there is never half of one.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::partial;
use crate::Error;

/// The largest JSON file of a layout that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The content of a file that has at most so many bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let file = File::open(path).map_err(Error::file("read", path))?;
    let mut content = Vec::new();
    file.take(most + 1).read_to_end(&mut content).map_err(Error::file("read", path))?;
    if content.len() as u64 > most {
        let problem = format!("it has more than {most} bytes");
        return Err(Error::Document { place: path.display().to_string(), problem });
    }
    Ok(content)
}

/// What a JSON file says.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    serde_json::from_slice(&read(path, LARGEST)?).map_err(|error| Error::Document {
        place: path.display().to_string(),
        problem: format!("it cannot be read: {error}"),
    })
}

/// Replaces a file, in one step.
pub(super) fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    let beside = partial(path);
    fs::write(&beside, content).map_err(Error::file("write", &beside))?;
    fs::rename(&beside, path).map_err(Error::file("write", path))
}
