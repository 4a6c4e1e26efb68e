//! JSON files in which the AWS CLI keeps tokens.
//!
//! Errors contain no part of the file.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::format::json::writer;
use crate::providers::json_object::Members;
use crate::providers::small_file;
use crate::{Document, Timestamp, random};

/// Reads the object in a file. The error contains the path and the problem.
pub(super) fn read(path: &Path) -> Result<Members, String> {
    let bytes = small_file::read(path)
        .map_err(|error| format!("cannot read the token in {}: {error}", path.display()))?;
    match Document::from_slice(&bytes) {
        Ok(Document::Object(members)) => Ok(members),
        _ => Err(format!("the token in {} is not a JSON object", path.display())),
    }
}

/// Replaces a file as a whole.
pub(super) fn write(path: &Path, members: &Members) -> Result<(), String> {
    let text = writer::to_vec(members).map_err(io::Error::other);
    text.and_then(|text| replace(path, &text))
        .map_err(|error| format!("cannot write the token to {}: {error}", path.display()))
}

/// Replaces a file atomically: readers see either the old or the new contents. On Unix, only the
/// owner can read the new file.
fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let name = format!("longshore-{}.tmp", random::uuid().map_err(io::Error::other)?);
    let temporary = path.with_file_name(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    let written = file.write_all(contents).and_then(|()| file.sync_all());
    drop(file);
    let replaced = written.and_then(|()| fs::rename(&temporary, path));
    replaced.inspect_err(|_| drop(fs::remove_file(&temporary)))
}

/// Returns the time at which a token expires that is valid for this many seconds from now, without
/// fractions of a second.
pub(super) fn expiration(expires_in: i32) -> Timestamp {
    let lifetime = Duration::from_secs(u64::try_from(expires_in).unwrap_or(0));
    Timestamp::from_seconds(Timestamp::now().seconds()) + lifetime
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_is_private() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("token.json");
        fs::write(&path, "old").expect("a file");
        replace(&path, b"new").expect("replaced");
        assert_eq!(small_file::read(&path).expect("a file"), b"new");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        // A folder cannot be replaced by a file. Nothing is left behind.
        let other = folder.path().join("folder");
        fs::create_dir(&other).expect("a folder");
        replace(&other, b"new").expect_err("an error");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
    }
}
