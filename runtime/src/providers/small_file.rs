//! Reads token files.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

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

#[cfg(test)]
mod tests {
    use super::*;

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
