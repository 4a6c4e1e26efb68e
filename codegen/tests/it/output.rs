//! Writes trees and checks what changes on disk, what does not, and what a failure leaves behind.

use std::{collections::BTreeMap, fs, path::Path, time::SystemTime};

use longshore_codegen::output::{Difference, MARK, Written, check, write};

type Files = BTreeMap<String, String>;

/// Files whose texts begin with the mark of generated files.
fn files(texts: &[(&str, &str)]) -> Files {
    let file = |(path, text): &(&str, &str)| ((*path).to_owned(), format!("// {MARK}.\n{text}"));
    texts.iter().map(file).collect()
}

/// The contents of a folder: the text of each file by path, `None` for a folder.
fn contents(folder: &Path) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                found.insert(name, None);
                folders.push(path);
            } else {
                found.insert(name, Some(fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// The numbers of files that were unchanged, written and removed.
fn numbers(report: Written) -> [usize; 3] {
    [report.unchanged, report.written, report.removed]
}

fn entries(folder: &Path) -> Vec<String> {
    contents(folder).into_keys().filter(|path| !path.contains('/')).collect()
}

#[test]
fn a_new_tree_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new/crate");
    let files = files(&[("lib.rs", "a"), ("ecr/types/x.rs", "b"), ("ecr/mod.rs", "c")]);
    let report = write(&target, &files).unwrap();
    assert_eq!(numbers(report), [0, 3, 0]);
    assert_eq!(entries(&target), ["src"]);
    let found = contents(&target.join("src"));
    assert_eq!(found.len(), 5);
    for (path, text) in &files {
        assert_eq!(found[path].as_ref(), Some(text));
    }
}

#[test]
fn a_tree_without_files_is_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &Files::new()).unwrap();
    assert!(contents(&folder.path().join("src")).is_empty());
}

#[test]
fn changed_files_are_replaced_and_stale_files_removed_with_their_folders() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("a.rs", "1"), ("b/c.rs", "1"), ("d/e.rs", "1")])).unwrap();
    let new = files(&[("a.rs", "2"), ("d/e.rs", "1"), ("f/g.rs", "1")]);
    let report = write(folder.path(), &new).unwrap();
    assert_eq!(numbers(report), [1, 2, 1]);
    assert_eq!(entries(folder.path()), ["src"]);
    let found = contents(&folder.path().join("src"));
    let paths: Vec<_> = found.keys().map(String::as_str).collect();
    assert_eq!(paths, ["a.rs", "d", "d/e.rs", "f", "f/g.rs"]);
    assert_eq!(found["a.rs"].as_ref(), Some(&new["a.rs"]));
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let (file, below) = (files(&[("a", "1")]), files(&[("a/b", "1")]));
    write(folder.path(), &file).unwrap();
    write(folder.path(), &below).unwrap();
    assert!(folder.path().join("src/a/b").is_file());
    write(folder.path(), &file).unwrap();
    assert!(folder.path().join("src/a").is_file());
}

#[test]
fn unchanged_files_keep_their_modification_time() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("same.rs", "1"), ("other.rs", "1")])).unwrap();
    let same = folder.path().join("src/same.rs");
    let before = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&same).unwrap().set_modified(before).unwrap();
    write(folder.path(), &files(&[("same.rs", "1"), ("other.rs", "2")])).unwrap();
    assert_eq!(fs::metadata(&same).unwrap().modified().unwrap(), before);
}

#[cfg(unix)]
#[test]
fn unchanged_files_keep_their_inode_and_an_unchanged_tree_its_folder() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let inode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().ino();
    let old = files(&[("same.rs", "1"), ("other.rs", "1")]);
    write(folder.path(), &old).unwrap();
    let (tree, same) = (inode("src"), inode("src/same.rs"));
    let report = write(folder.path(), &old).unwrap();
    assert_eq!(numbers(report), [2, 0, 0]);
    assert_eq!((inode("src"), inode("src/same.rs")), (tree, same));
    write(folder.path(), &files(&[("same.rs", "1"), ("other.rs", "2")])).unwrap();
    assert_ne!(inode("src"), tree);
    assert_eq!(inode("src/same.rs"), same);
}

#[test]
fn a_file_that_was_not_generated_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("a.rs", "1")])).unwrap();
    fs::write(folder.path().join("src/mine.rs"), format!("\n// {MARK} says the second line\n"))
        .unwrap();
    fs::write(folder.path().join("src/empty"), "").unwrap();
    let before = contents(folder.path());
    let error = write(folder.path(), &files(&[("a.rs", "2")])).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 2, "{error}");
    for name in ["mine.rs", "empty", "move it out of the folder"] {
        assert!(error.contains(name), "{error}");
    }
    assert_eq!(contents(folder.path()), before);
    // This holds even if no file would change.
    assert!(write(folder.path(), &files(&[("a.rs", "1")])).is_err());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("a.rs", "1")])).unwrap();
    std::os::unix::fs::symlink("a.rs", folder.path().join("src/link.rs")).unwrap();
    let error = write(folder.path(), &files(&[("a.rs", "2")])).unwrap_err();
    assert!(error.to_string().contains("link.rs"), "{error}");
    fs::rename(folder.path().join("src"), folder.path().join("real")).unwrap();
    fs::remove_file(folder.path().join("real/link.rs")).unwrap();
    std::os::unix::fs::symlink("real", folder.path().join("src")).unwrap();
    let error = write(folder.path(), &files(&[("a.rs", "2")])).unwrap_err();
    assert!(error.to_string().contains("this is not a folder"), "{error}");
}

#[test]
fn paths_cannot_leave_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let bad = ["", "/a", "../x", "a/../../x", "a//b", "./a", "a/", "a\\b", "c:a", "a\nb", "a\0b"];
    for path in bad {
        let files = files(&[("good.rs", "1"), (path, "1")]);
        for error in [write(folder.path(), &files).err(), check(folder.path(), &files).err()] {
            let error = error.unwrap_or_else(|| panic!("{path:?} was taken")).to_string();
            assert!(error.contains("would leave the output folder"), "{error}");
        }
    }
    assert!(contents(folder.path()).is_empty());
}

#[test]
fn a_path_cannot_be_a_file_and_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(&[("a", "1"), ("a.rs", "1"), ("a/b", "1")]);
    let error = write(folder.path(), &files).unwrap_err().to_string();
    assert_eq!(error, "a: this would have to be both a file and a folder; nothing was written.");
    assert!(contents(folder.path()).is_empty());
}

#[test]
fn a_text_without_the_mark_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::from([("a.rs".to_owned(), "no mark".to_owned())]);
    assert!(write(folder.path(), &files).unwrap_err().to_string().starts_with("a.rs: the text"));
    assert!(contents(folder.path()).is_empty());
}

#[test]
fn leftovers_of_a_killed_run_are_removed_even_if_nothing_changed() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(&[("a.rs", "1")]);
    write(folder.path(), &files).unwrap();
    fs::create_dir_all(folder.path().join(".src-staging-99/ecr")).unwrap();
    fs::write(folder.path().join(".src-staging-99/ecr/half"), "// @gen").unwrap();
    write(folder.path(), &files).unwrap();
    assert_eq!(entries(folder.path()), ["src"]);
}

#[test]
fn check_lists_differences_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let missing = check(&folder.path().join("none"), &files(&[("a.rs", "1")])).unwrap();
    assert_eq!(missing, [Difference::Missing("a.rs".to_owned())]);
    assert!(contents(folder.path()).is_empty());

    let old = files(&[("a.rs", "1"), ("b.rs", "1"), ("c/d.rs", "1")]);
    write(folder.path(), &old).unwrap();
    assert!(check(folder.path(), &old).unwrap().is_empty());
    fs::write(folder.path().join("src/foreign"), "x").unwrap();
    let before = contents(folder.path());
    let new = files(&[("a.rs", "2"), ("b.rs", "1"), ("c/e.rs", "1")]);
    let found: Vec<_> =
        check(folder.path(), &new).unwrap().iter().map(ToString::to_string).collect();
    let expected =
        ["changed: a.rs", "unexpected: c/d.rs", "missing: c/e.rs", "unexpected: foreign"];
    assert_eq!(found, expected);
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "text").unwrap();
    let error = write(&folder.path().join("file/crate"), &files(&[("a.rs", "1")])).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("file/crate: cannot create the folder"), "{text}");
    assert!(text.contains("choose another folder"), "{text}");
    fs::write(folder.path().join("src"), "text").unwrap();
    let error = write(folder.path(), &files(&[("a.rs", "1")])).unwrap_err();
    assert!(error.to_string().contains("src: this is not a folder"), "{error}");
    assert_eq!(fs::read_to_string(folder.path().join("src")).unwrap(), "text");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_its_tree() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("a.rs", "1")])).unwrap();
    let before = contents(folder.path());
    let set = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    set(0o555);
    // Root can write anywhere, so there is nothing to test.
    let privileged = fs::write(folder.path().join("probe"), "").is_ok();
    let result = write(folder.path(), &files(&[("a.rs", "2")]));
    set(0o755);
    if !privileged {
        let error = result.unwrap_err().to_string();
        assert!(error.contains("make the folder writable"), "{error}");
        assert_eq!(contents(folder.path()), before);
    }
}

#[test]
fn concurrent_runs_leave_the_tree_of_one_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let tree = |text: &str| {
        let paths: Vec<_> = (0..40).map(|index| format!("m{}/f{index}.rs", index % 4)).collect();
        files(&paths.iter().map(|path| (path.as_str(), text)).collect::<Vec<_>>())
    };
    let trees: Vec<_> = (0..4).map(|index| tree(&index.to_string())).collect();
    std::thread::scope(|scope| {
        for files in &trees {
            scope.spawn(|| {
                for _ in 0..8 {
                    write(folder.path(), files).unwrap();
                }
            });
        }
    });
    assert_eq!(entries(folder.path()), ["src"]);
    let same = trees.iter().filter(|files| check(folder.path(), files).unwrap().is_empty());
    assert_eq!(same.count(), 1);
}

/// The size of the file on which a limited run fails; it exceeds the limit below.
const HUGE: usize = 4 << 20;

/// The tree that a limited run writes: a change, a removal and a file that exceeds the limit.
fn huge_tree() -> Files {
    files(&[("a.rs", "2"), ("keep.rs", "1"), ("z.rs", &"x".repeat(HUGE))])
}

/// Not an independent test: the tests below run it in a process with a limit on file sizes.
#[test]
fn limited_run() {
    if let Some(folder) = std::env::var_os("LONGSHORE_TEST_FOLDER") {
        let error = write(Path::new(&folder), &huge_tree()).unwrap_err();
        println!("the error: {error}");
    }
}

/// Runs `limited_run` with a limit of one or two megabytes per file, in a shell that first runs
/// `prelude`; returns whether it succeeded, and its output.
#[cfg(unix)]
fn run_limited(folder: &Path, prelude: &str) -> (bool, String) {
    let script = format!("{prelude} ulimit -c 0; ulimit -f 2048; exec \"$0\" \"$@\"");
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "output::limited_run", "--nocapture"])
        .env("LONGSHORE_TEST_FOLDER", folder)
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_midway_leaves_only_the_old_tree() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("a.rs", "1"), ("keep.rs", "1"), ("old.rs", "1")])).unwrap();
    let before = contents(folder.path());
    let (finished, printed) = run_limited(folder.path(), "trap '' XFSZ;");
    assert!(finished, "{printed}");
    assert!(printed.contains("z.rs: cannot write the file"), "{printed}");
    assert!(printed.contains("free some space"), "{printed}");
    assert_eq!(contents(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_midway_leaves_the_old_tree_and_the_next_run_cleans_up() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files(&[("a.rs", "1"), ("keep.rs", "1"), ("old.rs", "1")])).unwrap();
    let before = contents(&folder.path().join("src"));
    let (finished, printed) = run_limited(folder.path(), "");
    assert!(!finished, "{printed}");
    assert_eq!(contents(&folder.path().join("src")), before);
    assert_eq!(entries(folder.path()).len(), 2, "the killed run left its staging folder");
    write(folder.path(), &huge_tree()).unwrap();
    assert_eq!(entries(folder.path()), ["src"]);
    assert!(check(folder.path(), &huge_tree()).unwrap().is_empty());
}
