//! Lists folders, reads files and unpacks gzip. It does not depend on their content.

use std::{
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;

use super::{folder, other_format::OtherFormat};
use crate::{
    error::{Error, Problem, Problems},
    json::SourceText,
};

/// The maximum size of an unpacked model: far larger than any real one, and too small to exhaust
/// memory.
const MAX_UNPACKED: u64 = 512 << 20;

/// The files of one folder, which form one model.
pub(super) struct Group {
    pub(super) folder: PathBuf,
    /// Whether the folder itself was passed, instead of files in it.
    pub(super) is_whole_folder: bool,
    /// The files' texts, by file name.
    pub(super) sources: Vec<SourceText>,
}

/// Reads every file in the paths, folder by folder.
pub(super) fn read_groups(paths: &[PathBuf]) -> Result<Vec<Group>, Error> {
    if paths.is_empty() {
        return Err(Problem::new("no model was given. Pass a model file or folder.").into());
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut problems = Problems::new();
    for path in paths {
        let files = problems.keep(files_of(path)).unwrap_or_default();
        for file in files {
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            let Some(text) = problems.keep(read_text(&file)) else {
                continue;
            };
            let source = SourceText::new(file, text);
            match groups.iter_mut().find(|group| group.folder == folder) {
                Some(group) => group.sources.push(source),
                None => {
                    let is_whole_folder = path.is_dir();
                    groups.push(Group { folder, is_whole_folder, sources: vec![source] });
                }
            }
        }
    }
    problems.finish(groups)
}

/// The size of all files in the paths, in bytes; files that cannot be read count as empty.
pub(crate) fn size(paths: &[PathBuf]) -> u64 {
    let files = paths.iter().flat_map(|path| files_of(path).unwrap_or_default());
    files.filter_map(|file| fs::metadata(file).ok()).map(|meta| meta.len()).sum()
}

/// Returns the file itself, or the model files of a folder, sorted by name.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let read = |error| Problem::from_io(path, "read this folder", &error);
    let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut files: Vec<_> = entries
        .map_err(read)?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|file| file.is_file() && is_model_name(file))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(folder::no_files(path));
    }
    Ok(files)
}

pub(super) fn is_model_name(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && (name.ends_with(".json") || name.ends_with(".json.gz"))
}

/// The text of a file, gzipped or not, with positions.
pub(crate) fn read_source(file: &Path) -> Result<SourceText, Problem> {
    Ok(SourceText::new(file.to_owned(), read_text(file)?))
}

/// The text of a file, unpacked if it is gzipped.
fn read_text(file: &Path) -> Result<String, Problem> {
    let bytes = fs::read(file).map_err(|error| Problem::from_io(file, "read this file", &error))?;
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) { unpack(file, &bytes)? } else { bytes };
    if let Some(other) = OtherFormat::of_bytes(&bytes) {
        return Err(other.problem(file));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let what = format!("this file is not UTF-8 (invalid at byte {offset}). Save it as UTF-8.");
        Problem::in_file(file, what)
    })?;
    // A byte order mark is not valid JSON, but some editors add one.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn unpack(file: &Path, packed: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = GzDecoder::new(packed).take(MAX_UNPACKED + 1).read_to_end(&mut bytes);
    read.map_err(|error| Problem::from_io(file, "unpack this gzip file", &error))?;
    if bytes.len() as u64 > MAX_UNPACKED {
        return Err(Problem::in_file(
            file,
            "this file unpacks to more than 512 MiB, which is no \
            plausible model.",
        ));
    }
    Ok(bytes)
}
