//! Generates crates inside and outside of workspaces, as users do, and compiles them.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

use super::{fixture, program, root, runtime, text};

/// Generates these fixtures into a folder, with the runtime of this repository.
fn generate(fixtures: &[&str], out: &Path, arguments: &[&str]) -> Output {
    let mut command = program();
    command.args(["generate", "--model"]).args(fixtures.iter().map(|name| fixture(name)));
    command.arg("--out").arg(out).arg("--runtime-path").arg(runtime());
    command.args(arguments).output().unwrap()
}

/// Generates without an error, and returns the notes.
fn notes(fixtures: &[&str], out: &Path, arguments: &[&str]) -> Vec<String> {
    let output = generate(fixtures, out, arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let stderr = text(&output.stderr);
    stderr.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}

/// A workspace with a manifest of this content, and the lock file of this repository.
fn workspace(manifest: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    folder
}

fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).args(["--offline", "--color", "never"]).current_dir(folder);
    // The dependencies are compiled once, for all runs of the tests.
    command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates"));
    command.env("CARGO_PROFILE_DEV_DEBUG", "false");
    command.output().unwrap()
}

/// The names of the packages in the workspace of a folder.
fn packages(folder: &Path) -> Vec<String> {
    let output = cargo(folder, &["metadata", "--no-deps", "--format-version", "1"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| package["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_crate_in_a_workspace_compiles_as_soon_as_it_is_a_member() {
    let folder = workspace("[workspace]\nresolver = \"3\"\nmembers = []\n");
    let out = folder.path().join("clients/aws");
    let wanted = ["--name", "my-clients", "--features", "values,timestamps"];
    let root = folder.path().canonicalize().unwrap().join("Cargo.toml");
    let expected = format!(
        "{} is in the workspace of {}. Add \"clients/aws\" to `members` under [workspace] there. \
         To keep the crate out of that workspace, add it to `exclude` instead.",
        out.display(),
        root.display()
    );
    assert_eq!(notes(&["values", "timestamps"], &out, &wanted), [expected]);
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"clients/aws\"]\n";
    fs::write(folder.path().join("Cargo.toml"), members).unwrap();
    assert_eq!(packages(folder.path()), ["my-clients"]);
    // Without the credential providers and the default transport, there is less to compile.
    let output = cargo(folder.path(), &["build", "--quiet"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    // The second time, the crate is a member, and nothing changes.
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert_eq!(notes(&["values", "timestamps"], &out, &wanted), [""; 0]);
    assert_eq!(fs::read_to_string(out.join("Cargo.toml")).unwrap(), manifest);
}

/// A program that makes a call without a transport, and then one with a transport of its own.
const OWN_TRANSPORT: &str = r#"
use my_clients::http::{Request, Response};
use my_clients::values::{blocking::Client, operation::StoreValuesRequest};
use my_clients::{BoxFuture, Bytes, Config, Transport, TransportError};

#[derive(Debug)]
struct Own;

impl Transport for Own {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async { Ok(Response::new("{}".into())) })
    }
}

fn main() {
    let config = Config::builder().region("r-1").static_credentials("AKIDEXAMPLE", "secret", None);
    let request = StoreValuesRequest::empty();
    let missing = Client::new(&config.clone().build()).store_values(&request);
    println!("{}", missing.unwrap_err());
    println!("{}", Client::new(&config.transport(Own).build()).store_values(&request).is_ok());
}

use my_clients::Structure as _;
"#;

/// The names of the packages that the crate needs on any platform with these features.
fn dependencies(folder: &Path, features: &[&str]) -> BTreeSet<String> {
    let format = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let output = cargo(folder, &[&format[..], &["--target", "all"], features].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let name = |line: &str| line.split(' ').next().unwrap().to_owned();
    text(&output.stdout).lines().map(name).collect()
}

#[test]
fn a_crate_without_the_default_transport_builds_no_http_client() {
    let folder = workspace("[workspace]\nresolver = \"3\"\nmembers = [\"aws\"]\n");
    let out = folder.path().join("aws");
    let wanted = ["--name", "my-clients", "--features", "values,blocking"];
    notes(&["values"], &out, &wanted);
    let clients = ["hyper", "hyper-rustls", "hyper-util", "mio", "rustls", "rustls-native-certs"];
    let without = dependencies(folder.path(), &["--features", "credential-chain"]);
    let with = dependencies(folder.path(), &["--features", "http-transport"]);
    for name in clients {
        assert!(with.contains(name) && !without.contains(name), "{name}: {without:?}");
    }
    fs::create_dir(out.join("examples")).unwrap();
    fs::write(out.join("examples/own_transport.rs"), OWN_TRANSPORT).unwrap();
    let output = cargo(folder.path(), &["run", "--quiet", "--example", "own_transport"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let expected = "StoreValues: the transport cannot be used: there is no transport: set one with \
                    ConfigBuilder::transport, or enable the feature http-transport of \
                    longshore-runtime (host values.r-1.amazonaws.com)\ntrue\n";
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn cargo_decides_which_workspace_a_crate_is_in() {
    let table = [
        ("members = [\"clients/*\"]", false),
        ("members = [\"clients/aws\"]", false),
        ("members = [\"other\"]\nexclude = [\"clients\"]", false),
        ("members = []\nexclude = [\"clients/other\"]", true),
        ("members = [\"clients/a?\"]", true),
    ];
    for (members, is_noted) in table {
        let folder = workspace(&format!("[workspace]\nresolver = \"3\"\n{members}\n"));
        for other in ["other", "clients/az"] {
            let other = folder.path().join(other);
            fs::create_dir_all(other.join("src")).unwrap();
            let name = other.file_name().unwrap().to_str().unwrap();
            let manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n");
            fs::write(other.join("Cargo.toml"), manifest).unwrap();
            fs::write(other.join("src/lib.rs"), "").unwrap();
        }
        let notes = notes(&["values"], &folder.path().join("clients/aws"), &[]);
        let expected = if is_noted { 1 } else { 0 };
        assert_eq!(notes.len(), expected, "{members}: {notes:?}");
    }
}

#[test]
fn a_crate_outside_of_a_workspace_needs_no_more() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(notes(&["values"], folder.path(), &[]), [""; 0]);
    assert_eq!(packages(folder.path()), ["values-client"]);
}

#[test]
fn several_services_are_not_named_after_the_first() {
    let folder = tempfile::tempdir().unwrap();
    notes(&["values", "timestamps"], folder.path(), &[]);
    assert_eq!(packages(folder.path()), ["aws-clients"]);
    let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).unwrap();
    let default =
        "default = [\"credential-chain\", \"http-transport\", \"timestamps\", \"values\"]\n";
    assert!(manifest.contains(default), "{manifest}");
    assert!(manifest.contains("\ntimestamps = []\nvalues = []\n"), "{manifest}");
}

#[test]
fn invalid_options_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("crate");
    let table: [(&[&str], &str); 4] = [
        (&["--name", "a b"], "--name: \"a b\" contains a character that is not allowed"),
        (&["--name", "std"], "--name: \"std\" is the name of a crate of the standard library"),
        (&["--name", ""], "--name: \"\" is empty"),
        (&["--features", "values,sqs"], "--features: the crate has no feature \"sqs\"; it has"),
    ];
    for (arguments, expected) in table {
        let output = generate(&["values"], &out, arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert!(!out.exists(), "{arguments:?}");
    }
}

#[test]
fn an_edited_manifest_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    notes(&["values"], folder.path(), &["--name", "mine"]);
    let path = folder.path().join("Cargo.toml");
    let edited = fs::read_to_string(&path).unwrap() + "\n[lints.rust]\nunsafe_code = \"forbid\"\n";
    fs::write(&path, &edited).unwrap();
    notes(&["values"], folder.path(), &[]);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    let before = fs::read_to_string(folder.path().join("src/lib.rs")).unwrap();
    for arguments in [["--name", "yours"], ["--features", "blocking"]] {
        let output = generate(&["shared"], folder.path(), &arguments);
        let printed = text(&output.stderr);
        assert!(printed.contains("Cargo.toml exists with "), "{printed}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(fs::read_to_string(folder.path().join("src/lib.rs")).unwrap(), before);
}
