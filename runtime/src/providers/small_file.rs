//! Reads token files, and replaces them atomically.

#[cfg(feature = "credential-chain")]
use std::fs::OpenOptions;
use std::fs::{self, File};
#[cfg(feature = "credential-chain")]
use std::io::Write;
use std::io::{self, Read};
use std::path::Path;

#[cfg(feature = "credential-chain")]
use crate::random;

/// The maximum size of a file. Tokens take a few kilobytes.
const LIMIT: u64 = 1024 * 1024;

/// Reads a text file of limited size.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Reads a file of limited size.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        // Opening a named pipe would wait for another process.
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LIMIT) {
        let problem = format!("it is larger than {LIMIT} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, problem));
    }
    Ok(bytes)
}

/// Replaces a file atomically: readers see either the old or the new contents. On Unix, only the
/// owner can read the new file.
#[cfg(feature = "credential-chain")]
pub(super) fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "credential-chain")]
    #[test]
    fn a_file_is_replaced_as_a_whole_and_is_private() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("token.json");
        fs::write(&path, "old").expect("a file");
        replace(&path, b"new").expect("replaced");
        assert_eq!(read(&path).expect("a file"), b"new");
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

    #[test]
    fn a_huge_file_is_not_read() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("token");
        File::create(&path).expect("a file").set_len(LIMIT + 1).expect("a size");
        assert!(read(&path).expect_err("an error").to_string().contains("larger than 1048576"));
    }

    #[test]
    fn only_text_in_regular_files_is_a_token() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("token");
        fs::write(&path, b"my-secret \xff").expect("a file");
        assert_eq!(read_text(&path).expect_err("an error").to_string(), "it is not UTF-8");
        let problem = read_text(folder.path()).expect_err("an error").to_string();
        assert_eq!(problem, "it is not a regular file");
        fs::write(&path, "a token").expect("a file");
        assert_eq!(read_text(&path).expect("text"), "a token");
    }
}
