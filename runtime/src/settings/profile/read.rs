//! Reads and parses a profile file.
//!
//! A file at its default path may be missing. Any other problem with a file is an error, because a
//! program that silently uses another account is worse than one that stops.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};

use crate::ConfigError;
use crate::settings::profile::parse::{self, Section};
use crate::settings::profile::paths::ProfilePath;

/// The maximum size of a file. A file with thousands of profiles takes about one megabyte.
const MAX_SIZE: u64 = 16 * 1024 * 1024;

impl ProfilePath {
    /// Returns the text of the file; `None` if it does not exist and need not exist.
    pub(crate) fn read(&self) -> Result<Option<String>, ConfigError> {
        // The two files are small and read once per configuration, so blocking is acceptable.
        let bytes = match self.bytes() {
            Ok(bytes) => bytes,
            Err(error) if self.named_by.is_none() && is_absent(&error) => return Ok(None),
            Err(error) => return Err(self.unreadable(&error)),
        };
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
                Err(self.bad(Some(line), "is not UTF-8: save the file in that encoding".to_owned()))
            }
        }
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        let metadata = fs::metadata(&self.path)?;
        if is_device(&metadata) {
            // `/dev/null` is commonly used to disable a file.
            return Ok(Vec::new());
        }
        if !metadata.is_file() {
            // Opening a named pipe would wait for another process.
            return Err(io::Error::other("not a regular file"));
        }
        let mut bytes = Vec::new();
        File::open(&self.path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_SIZE {
            return Err(io::Error::other("larger than 16 MiB"));
        }
        Ok(bytes)
    }

    pub(crate) fn parse(&self, text: &str) -> Result<Vec<Section>, ConfigError> {
        parse::parse(text).map_err(|bad| self.bad(Some(bad.line), bad.problem.to_owned()))
    }

    fn unreadable(&self, error: &io::Error) -> ConfigError {
        let what_to_do = match self.named_by {
            Some(setting) => format!("it is named by {setting}"),
            None => "make it readable for this program, or name another file".to_owned(),
        };
        self.bad(None, format!("cannot be read: {error}; {what_to_do}"))
    }

    fn bad(&self, line: Option<usize>, problem: String) -> ConfigError {
        ConfigError::ProfileFile { file: self.path.display().to_string(), line, problem }
    }
}

#[cfg(unix)]
fn is_device(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    metadata.file_type().is_char_device()
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

/// Returns true if there is no such file, or if a parent of the path is a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
