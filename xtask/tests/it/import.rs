//! Tests `cargo xtask import --botocore` with a package index on a socket: what is downloaded,
//! verified and unpacked, and that nothing in the archive is run.

mod index;

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use self::index::{Index, Page};

/// Folders for models and downloads, and a file that the archive's code would write.
struct World {
    folder: TempDir,
    index: Index,
}

impl World {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Serves a page and archives by name.
    fn new(page: Page, archives: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::start(page, archives);
        Self { folder, index }
    }

    /// An index in JSON with one archive of version 1.2.3 and its true hash.
    fn with_archive(archive: &[u8]) -> Self {
        let file = json!({"filename": NAME, "url": url(NAME), "hashes": {"sha256": hash(archive)}});
        Self::new(Page::json(&[file]), &[(NAME, archive)])
    }

    fn import(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["import", "--service", "thing", "--models"]).arg(self.path("models"));
        command.arg("--partitions").arg(self.path("partitions.json")).args(arguments);
        command.env("CARGO_TARGET_DIR", self.path("target"));
        // Only what a test sets applies, not the user's pip configuration.
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PIP_") {
                command.env_remove(name);
            }
        }
        command.env("PIP_CONFIG_FILE", NO_FILE).env("NO_PROXY", "127.0.0.1");
        command.env("PIP_INDEX_URL", self.index.url());
        // If pip ran the build script, it would need nothing else from the index.
        command.env("PIP_NO_BUILD_ISOLATION", "0");
        command.env("LONGSHORE_TEST_MARKER", self.path("code-was-run"));
        command
    }

    fn model(&self) -> Value {
        let text = fs::read_to_string(self.path("models/thing/model.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The names in the folder of downloads.
    fn downloads(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("target")).into_iter().flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    fn assert_nothing_was_run(&self) {
        assert!(!self.path("code-was-run").exists(), "the archive's code was run");
    }
}

/// With this value, pip reads no configuration file.
const NO_FILE: &str = if cfg!(windows) { "nul" } else { "/dev/null" };

const NAME: &str = "botocore-1.2.3.tar.gz";

fn url(name: &str) -> String {
    format!("../../files/{name}")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A source distribution with one service, whose code writes a file when it is run.
fn sdist(version: &str) -> Vec<u8> {
    const CODE: &str = "import os, setuptools\n\
        open(os.environ['LONGSHORE_TEST_MARKER'], 'w').close()\n\
        setuptools.setup(name='botocore', version='VERSION')\n";
    let service = json!({
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "thing", "jsonVersion": "1.1",
            "protocol": "json", "serviceFullName": "Thing", "serviceId": "Thing",
            "signatureVersion": "v4", "targetPrefix": "Thing",
        },
        "operations": {"Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"}}},
        "shapes": {},
    });
    let metadata = format!("Metadata-Version: 2.1\nName: botocore\nVersion: {version}\n");
    archive(&[
        (&format!("botocore-{version}/setup.py"), &CODE.replace("VERSION", version)),
        (&format!("botocore-{version}/PKG-INFO"), &metadata),
        (&format!("botocore-{version}/botocore/__init__.py"), ""),
        (&format!("botocore-{version}/botocore/data/partitions.json"), r#"{"partitions": []}"#),
        (
            &format!("botocore-{version}/botocore/data/thing/2020-01-01/service-2.json"),
            &service.to_string(),
        ),
    ])
}

/// A gzipped tar archive of these files; the names are not checked.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut builder = tar::Builder::new(gzip);
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, content.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

/// Returns true if Python is installed. Without it, `--botocore` cannot work, so the tests are
/// skipped.
fn has_python() -> bool {
    Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success())
}

#[test]
fn the_archive_is_verified_recorded_and_not_run() {
    if !has_python() {
        return;
    }
    let archive = sdist("1.2.3");
    let world = World::with_archive(&archive);
    let output = world.import(&["--botocore", "1.2.3"]);
    world.assert_nothing_was_run();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let origin = &world.model()["metadata"]["longshore"];
    assert_eq!(origin["source"], "botocore 1.2.3");
    assert_eq!(origin["archive"], json!({"name": NAME, "sha256": hash(&archive)}));
    assert_eq!(world.downloads(), ["botocore-1.2.3-data"]);
    let unpacked = world.path("target/botocore-1.2.3-data");
    assert!(unpacked.join("botocore/data/partitions.json").is_file());
    assert!(!unpacked.join("setup.py").exists() && !unpacked.join("botocore/__init__.py").exists());
    // The second time, nothing is downloaded.
    let requests = world.index.requests();
    assert_eq!(requests, ["/simple/botocore/", "/files/botocore-1.2.3.tar.gz"]);
    assert!(world.import(&["--botocore", "1.2.3"]).status.success());
    assert_eq!(world.index.requests(), requests);
    let wrong = world.import(&["--botocore", "1.2.3", "--sha256", &"0".repeat(64)]);
    assert!(
        text(&wrong.stderr).contains("the SHA-256 of the archive is"),
        "{}",
        text(&wrong.stderr)
    );
}

#[test]
fn an_archive_with_another_hash_is_not_used() {
    if !has_python() {
        return;
    }
    let archive = sdist("1.2.3");
    let wrong = "0".repeat(64);
    for (stated, arguments) in [
        (&wrong, ["--botocore", "1.2.3", "--sha256", &hash(&archive)]),
        (&hash(&archive), ["--botocore", "1.2.3", "--sha256", &wrong]),
    ] {
        let file = json!({"filename": NAME, "url": url(NAME), "hashes": {"sha256": stated}});
        let world = World::new(Page::json(&[file]), &[(NAME, &archive)]);
        let output = world.import(&arguments);
        assert_eq!(output.status.code(), Some(1));
        let expected = format!("the SHA-256 of the archive is {}, not {wrong}", hash(&archive));
        assert!(text(&output.stderr).contains(&expected), "{}", text(&output.stderr));
        assert!(!world.path("models").exists() && world.downloads().is_empty());
        world.assert_nothing_was_run();
    }
}

#[test]
fn an_archive_without_a_hash_needs_one() {
    if !has_python() {
        return;
    }
    let archive = sdist("1.2.3");
    let file = json!({"filename": NAME, "url": url(NAME), "hashes": {}});
    let world = World::new(Page::json(&[file]), &[(NAME, &archive)]);
    let output = world.import(&["--botocore", "1.2.3"]);
    assert!(text(&output.stderr).contains("has no SHA-256"), "{}", text(&output.stderr));
    assert!(world.downloads().is_empty());
    let output = world.import(&["--botocore", "1.2.3", "--sha256", &hash(&archive)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn the_newest_release_is_chosen_from_a_page_in_html() {
    if !has_python() {
        return;
    }
    let archive = sdist("1.10.0");
    let links = [
        ("botocore-1.9.0.tar.gz", String::new(), ""),
        ("botocore-1.10.0.tar.gz", format!("#sha256={}", hash(&archive)), ""),
        ("botocore-1.11.0rc1.tar.gz", String::new(), ""),
        ("botocore-1.12.0.tar.gz", String::new(), " data-yanked"),
        ("botocore-2.0.0-py3-none-any.whl", String::new(), ""),
    ];
    let link = |(name, hash, more): &(&str, String, &str)| {
        format!("<a href=\"{}{hash}\"{more}>{name}</a>\n", url(name))
    };
    let page: String = links.iter().map(link).collect();
    let world = World::new(Page::html(&page), &[("botocore-1.10.0.tar.gz", &archive)]);
    let output = world.import(&["--botocore"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(world.model()["metadata"]["longshore"]["source"], "botocore 1.10.0");
    world.assert_nothing_was_run();
}

#[test]
fn an_archive_that_would_write_elsewhere_is_refused() {
    if !has_python() {
        return;
    }
    let escape = "botocore-1.2.3/botocore/data/../../../../out";
    let world = World::with_archive(&archive(&[(escape, "x")]));
    let output = world.import(&["--botocore", "1.2.3"]);
    assert_eq!(output.status.code(), Some(1));
    let expected = format!("{escape:?} is not a path below botocore-1.2.3/");
    assert!(text(&output.stderr).contains(&expected), "{}", text(&output.stderr));
    assert!(world.downloads().is_empty() && !world.path("out").exists());
}

#[test]
fn an_index_that_cannot_be_used_is_one_line() {
    if !has_python() {
        return;
    }
    let archive = sdist("1.2.3");
    let local = json!({"filename": NAME, "url": "file:///dev/zero", "hashes": {}});
    let table = [
        (Page::json(&[]), "the index has no source distribution of botocore 1.2.3"),
        (Page::json(&[local]), "the index names file:///dev/zero, which is not an HTTP URL"),
        (Page::json(&[json!({"url": 1})]), "is not an index page"),
        (Page::missing(), "HTTP Error 404"),
    ];
    for (page, expected) in table {
        let world = World::new(page, &[(NAME, &archive)]);
        let output = world.import(&["--botocore", "1.2.3"]);
        let printed = text(&output.stderr);
        assert!(printed.starts_with("error: cannot download botocore 1.2.3: "), "{printed}");
        assert!(printed.contains(expected) && printed.lines().count() == 1, "{printed}");
    }
    let world = World::with_archive(&archive);
    let output = world.command(&["--botocore"]).env("PIP_NO_INDEX", "1").output().unwrap();
    let printed = text(&output.stderr);
    assert!(printed.contains("pip is configured not to use a package index"), "{printed}");
    let output = world.import(&["--botocore", "../1"]);
    assert!(text(&output.stderr).contains("`../1` is not a version of botocore"));
    assert!(world.index.requests().is_empty());
    assert!(world.downloads().is_empty());
}
