//! Unpacks a gzipped tar archive that may be malicious.
//!
//! Only regular files below one folder are written, in limited number and size. An archive with
//! anything else is refused, even if that part would not be written.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use flate2::read::GzDecoder;
use longshore_codegen::error::Problem;
use tar::{Archive, Entry, EntryType};

/// The limits of an archive, far above what any expected one needs.
pub(super) struct Limits {
    /// The number of entries.
    pub(super) entries: usize,
    /// The size of a file.
    pub(super) file: u64,
    /// The size of all files, including those that are not written.
    pub(super) total: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 50_000, file: 64 << 20, total: 1 << 30 }
    }
}

/// The size of the headers and the padding of an entry: more than an ordinary entry needs.
const HEADERS: u64 = 2048;

/// Writes the files of the archive that are below `root` and one of the `wanted` paths in it to
/// `folder/root`, which must be new.
pub(super) fn unpack(
    archive: &Path,
    root: &str,
    wanted: &[&str],
    folder: &Path,
    limits: &Limits,
) -> Result<(), Problem> {
    let refused = |what: String| {
        let what = format!("{what}. The archive is not used; check where it comes from.");
        Problem::in_file(archive, what)
    };
    let unread = |error: io::Error| refused(format!("cannot unpack this archive: {error}"));
    let file = File::open(archive).map_err(unread)?;
    // Headers of long names are read at once, so this limit also bounds memory.
    let headers = limits.entries as u64 * HEADERS;
    let mut tar = Archive::new(GzDecoder::new(file).take(limits.total.saturating_add(headers)));
    let (mut total, mut written) = (0_u64, 0_usize);
    for (count, entry) in tar.entries().map_err(unread)?.enumerate() {
        let mut entry = entry.map_err(unread)?;
        if count >= limits.entries {
            return Err(refused(format!("the archive has more than {} entries", limits.entries)));
        }
        if entry.header().entry_type() == EntryType::XGlobalHeader {
            continue;
        }
        let path = path_below(root, &entry).map_err(refused)?;
        total = total.saturating_add(entry.size());
        if entry.size() > limits.file || total > limits.total {
            return Err(refused(format!("`{path}` is too large ({} bytes)", entry.size())));
        }
        let is_wanted = wanted.iter().any(|start| below(&path, start).is_some());
        if is_wanted && entry.header().entry_type() == EntryType::Regular {
            write(&mut entry, &folder.join(root).join(&path))
                .map_err(|error| refused(format!("cannot unpack `{path}`: {error}")))?;
            written += 1;
        }
    }
    match written {
        0 => Err(refused(format!("the archive has no file below {root}/{}", wanted.join(" or ")))),
        _ => Ok(()),
    }
}

/// Returns the path of an entry below the root, or why it must not be unpacked.
fn path_below(root: &str, entry: &Entry<'_, impl Read>) -> Result<String, String> {
    let bytes = entry.path_bytes();
    let path = String::from_utf8_lossy(&bytes);
    let kind = match entry.header().entry_type() {
        EntryType::Regular | EntryType::Directory => None,
        EntryType::Symlink | EntryType::Link => Some("a link"),
        _ => Some("neither a file nor a folder"),
    };
    if let Some(kind) = kind {
        return Err(format!("{path:?} is {kind}"));
    }
    let inside = path.strip_suffix('/').unwrap_or(&path);
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let is_legal = |c: char| !c.is_control() && !"\\:\u{fffd}".contains(c);
    let is_sound = inside.split('/').all(is_plain) && inside.chars().all(is_legal);
    match below(inside, root) {
        Some(inside) if is_sound => Ok(inside.to_owned()),
        _ => Err(format!("{path:?} is not a path below {root}/")),
    }
}

/// Returns the rest of a path that is equal to `start` or below it.
fn below<'p>(path: &'p str, start: &str) -> Option<&'p str> {
    let rest = path.strip_prefix(start)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// Writes a file. A second file of the same name is an error.
fn write(entry: &mut Entry<'_, impl Read>, path: &Path) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let size = entry.size();
    let copied = io::copy(entry, &mut File::create_new(path)?)?;
    if copied != size {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
