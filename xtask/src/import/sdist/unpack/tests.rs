//! Unpacks archives that try to write elsewhere, to write links, or to fill the disk.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use tar::{Builder, Header};
use tempfile::TempDir;

use super::*;

/// An entry of an archive: its type, its name, and its content, or the target of a link.
type Item<'i> = (EntryType, &'i str, &'i [u8]);

/// Writes an archive whose headers contain the names unchanged.
fn archive(items: &[Item<'_>]) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("thing-1.0.tar.gz");
    let gzip = GzEncoder::new(File::create(&path).unwrap(), Compression::fast());
    let mut builder = Builder::new(gzip);
    for (kind, name, content) in items {
        let mut header = Header::new_ustar();
        header.set_entry_type(*kind);
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        let is_link = matches!(kind, EntryType::Symlink | EntryType::Link);
        let content = if is_link {
            header.as_old_mut().linkname[..content.len()].copy_from_slice(content);
            &[]
        } else {
            *content
        };
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, content).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap().flush().unwrap();
    (folder, path)
}

/// Unpacks an archive, and returns the result and the files in the folder afterwards.
fn unpacked(items: &[Item<'_>], limits: &Limits) -> (Result<(), String>, Vec<String>) {
    let (folder, path) = archive(items);
    let new = folder.path().join("new");
    let result = unpack(&path, "thing-1.0", &["data"], &new, limits);
    let mut files = Vec::new();
    list(folder.path(), "", &mut files);
    files.retain(|file| file != "thing-1.0.tar.gz");
    (result.map_err(|problem| problem.message), files)
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(name);
        }
    }
    files.sort();
}

const FILE: EntryType = EntryType::Regular;

#[test]
fn only_wanted_files_are_written() {
    let (result, files) = unpacked(
        &[
            (EntryType::Directory, "thing-1.0/", b""),
            (FILE, "thing-1.0/setup.py", b"code"),
            (EntryType::Directory, "thing-1.0/data", b""),
            (FILE, "thing-1.0/data/a/b.json", b"{}"),
            (FILE, "thing-1.0/database/c.json", b"{}"),
        ],
        &Limits::default(),
    );
    assert_eq!(result, Ok(()));
    assert_eq!(files, ["new/thing-1.0/data/a/b.json"]);
}

#[test]
fn entries_that_would_leave_the_folder_are_refused() {
    let table: [(Item<'_>, &str); 13] = [
        ((FILE, "thing-1.0/data/../../../out", b"x"), "is not a path below thing-1.0/"),
        ((FILE, "../out", b"x"), "is not a path below"),
        ((FILE, "thing-1.0/..", b"x"), "is not a path below"),
        ((FILE, "/tmp/longshore-out", b"x"), "is not a path below"),
        ((FILE, "thing-1.0//tmp/out", b"x"), "is not a path below"),
        ((FILE, "thing-1.0/data/./x", b"x"), "is not a path below"),
        ((FILE, "thing-1.0-other/data/x", b"x"), "is not a path below"),
        ((FILE, "thing-1.0/data/c:\\x", b"x"), "is not a path below"),
        ((FILE, "thing-1.0/data/a\nb", b"x"), "is not a path below"),
        ((EntryType::Symlink, "thing-1.0/data/link", b"/etc"), "is a link"),
        ((EntryType::Link, "thing-1.0/unwanted", b"/etc/passwd"), "is a link"),
        ((EntryType::Fifo, "thing-1.0/data/pipe", b""), "is neither a file nor a folder"),
        ((EntryType::Char, "thing-1.0/data/tty", b""), "is neither a file nor a folder"),
    ];
    for (item, expected) in table {
        let (result, files) = unpacked(&[item], &Limits::default());
        let refused = result.unwrap_err();
        assert!(refused.contains(expected), "{}: {refused}", item.1);
        assert!(files.is_empty(), "{}: {files:?}", item.1);
    }
    // A link and a file below it.
    let link = (EntryType::Symlink, "thing-1.0/data/up", &b"../.."[..]);
    let file = (FILE, "thing-1.0/data/up/out", &b"x"[..]);
    let (result, files) = unpacked(&[link, file], &Limits::default());
    assert!(result.is_err() && files.is_empty(), "{files:?}");
}

#[test]
fn an_archive_that_is_too_large_is_refused() {
    let small = Limits { entries: 2, file: 4, total: 6000 };
    let file = |name| (FILE, name, &b"1234"[..]);
    let (a, b, c) = ("thing-1.0/data/a", "thing-1.0/data/b", "thing-1.0/c");
    assert_eq!(unpacked(&[file(a), file(b)], &small).0, Ok(()));
    let refused = unpacked(&[file(a), file(b), file(c)], &small).0.unwrap_err();
    assert!(refused.starts_with("the archive has more than 2 entries."), "{refused}");
    let refused = unpacked(&[(FILE, c, b"12345")], &small).0.unwrap_err();
    assert!(refused.starts_with("`c` is too large (5 bytes)."), "{refused}");
    // Zeros that are much smaller in the archive.
    let zeros = vec![0; 5000];
    let large = Limits { file: 5000, ..small };
    let refused = unpacked(&[(FILE, a, &zeros), (FILE, b, &zeros)], &large).0.unwrap_err();
    assert!(refused.starts_with("`data/b` is too large (5000 bytes)."), "{refused}");
    // The limit includes entries that are not files.
    let refused =
        unpacked(&[(EntryType::GNULongName, "x", &[b'a'; 20_000])], &large).0.unwrap_err();
    assert!(refused.starts_with("cannot unpack this archive"), "{refused}");
}

#[test]
fn a_file_that_occurs_twice_is_refused() {
    let file = (FILE, "thing-1.0/data/a", &b"1"[..]);
    let refused = unpacked(&[file, file], &Limits::default()).0.unwrap_err();
    assert!(refused.starts_with("cannot unpack `data/a`: "), "{refused}");
}

#[test]
fn an_archive_that_is_cut_or_empty_is_refused() {
    let refused = unpacked(&[(FILE, "thing-1.0/setup.py", b"code")], &Limits::default()).0;
    assert!(refused.unwrap_err().starts_with("the archive has no file below thing-1.0/data."));
    let (folder, path) = archive(&[(FILE, "thing-1.0/data/a", &[7; 4000])]);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let new = folder.path().join("new");
    assert!(unpack(&path, "thing-1.0", &["data"], &new, &Limits::default()).is_err());
    fs::write(&path, "not gzip").unwrap();
    assert!(unpack(&path, "thing-1.0", &["data"], &new, &Limits::default()).is_err());
}
