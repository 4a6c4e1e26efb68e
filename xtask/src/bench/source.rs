//! Measures how much Rust source a folder contains.

use std::error::Error;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

/// The size of source code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// Lines of all files, including blank lines and comments.
    pub(crate) lines: usize,
    /// Bytes of all files.
    pub(crate) bytes: usize,
}

impl AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.lines += other.lines;
        self.bytes += other.bytes;
    }
}

/// Measures all `.rs` files below `folder`.
pub(crate) fn measure(folder: &Path) -> Result<Size, Box<dyn Error>> {
    let mut size = Size::default();
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            size += measure(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let lines = text.split_inclusive(|byte| *byte == b'\n').count();
            size += Size { lines, bytes: text.len() };
        }
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_files_are_counted_at_every_depth_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).expect("created");
        fs::write(folder.path().join("lib.rs"), "one\n\nthree").expect("written");
        fs::write(deep.join("x.rs"), "one\n").expect("written");
        fs::write(deep.join("x.json"), "{}\n").expect("written");
        assert_eq!(measure(folder.path()).expect("read"), Size { lines: 4, bytes: 14 });
    }

    #[test]
    fn a_missing_folder_is_named() {
        let error = measure(Path::new("/no/such/folder")).expect_err("missing").to_string();
        assert!(error.starts_with("/no/such/folder: "), "{error}");
    }
}
