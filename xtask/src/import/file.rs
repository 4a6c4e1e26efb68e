//! Writes files atomically.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use longshore_codegen::error::Error;

/// Replaces a file atomically, unless it already has this content.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Error> {
    if fs::read(file).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let new = folder.join(format!(".model.json.{}", std::process::id()));
    let written = fs::create_dir_all(folder)
        .and_then(|()| write_synced(&new, text))
        .and_then(|()| fs::rename(&new, file));
    written.map_err(|error| {
        // The first error is reported, even if the temporary file cannot be removed.
        let _ = fs::remove_file(&new);
        Error::from_io(file, "write this file", &error)
    })
}

fn write_synced(file: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
