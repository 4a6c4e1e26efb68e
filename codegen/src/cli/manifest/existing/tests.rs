//! Tests manifests that users have edited.

use super::{
    super::{NewManifest, sample::tree},
    *,
};

const BLOCKING: &str = "blocking = [\"longshore-runtime/blocking\"]";
const HTTP_TRANSPORT: &str = "http-transport = [\"longshore-runtime/http-transport\"]";

/// Replaces the manifest with that of a new crate.
fn write(path: &Path, generated: &Generated) {
    fs::remove_file(path).unwrap_or_default();
    NewManifest { generated, default: None, runtime: None }.write(path).unwrap();
}

#[test]
fn a_crate_has_the_name_of_its_library_or_of_its_package() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    assert_eq!(crate_name(&path), None);
    let table = [
        ("[package]\nname = \"my-clients\" # ours\n", Some("my-clients")),
        ("[lib]\nname = \"mine\"\n[package]\nname = \"my-clients\"\n", Some("mine")),
        ("[[bin]]\nname = \"other\"\n[package]\nname=\"mine\"\n", Some("mine")),
        ("[package]\nname = \"\"\n", None),
        ("[package]\nname = \"a b\"\n", None),
        ("[dependencies]\nname = \"other\"\n", None),
    ];
    for (text, expected) in table {
        fs::write(&path, text).unwrap();
        assert_eq!(crate_name(&path).as_deref(), expected, "{text}");
    }
}

#[test]
fn a_service_without_a_feature_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    fs::write(&path, "[features]\ndefault = []\n").unwrap();
    let error = check_features(&path, &tree(&["ecr"], &[])).unwrap_err().to_string();
    assert!(error.ends_with(&format!("add `{BLOCKING}` under [features]")), "{error}");
    fs::write(&path, format!("[features]\ndefault = []\n{BLOCKING}\n")).unwrap();
    let error = check_features(&path, &tree(&["ecr"], &[])).unwrap_err().to_string();
    assert!(error.ends_with(&format!("add `{HTTP_TRANSPORT}` under [features]")));
    let features = format!("{BLOCKING}\n{HTTP_TRANSPORT}\n");
    fs::write(&path, format!("[features]\ndefault = []\n{features}")).unwrap();
    let error = check_features(&path, &tree(&["ecr"], &[])).unwrap_err().to_string();
    assert!(error.ends_with("add `ecr = []` under [features] and \"ecr\" to its default"));
    write(&path, &tree(&["ecr"], &[]));
    check_features(&path, &tree(&["ecr"], &[])).unwrap();
}

#[test]
fn a_runtime_without_a_required_feature_is_an_error() {
    let table = [
        ("longshore-runtime = { version = \"0.1\" }", false),
        ("longshore-runtime = { version = \"0.1\", features = [\"compression\"] }", true),
        ("# longshore-runtime = { features = [\"compression\"] }", false),
        ("other = { features = [\"compression\"] }", false),
        ("[dependencies.longshore-runtime]\nfeatures = [\"compression\"]", true),
        ("[dependencies.longshore-runtime]\n[dependencies.a]\nfeatures = [\"compression\"]", false),
        ("longshore-runtime.workspace = true", true),
        ("longshore-runtime = { features = [\n\"compression\",\n] }", true),
        ("longshore-runtime = { features = [\n] }\na = [\"compression\"]", false),
        ("[features]\nbig = [\"longshore-runtime/compression\"]", true),
    ];
    for (dependency, enough) in table {
        assert_eq!(switches_on(dependency, "compression"), enough, "{dependency}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    write(&path, &tree(&["ecr"], &[]));
    let needing = tree(&["ecr"], &["compression"]);
    let error = check_features(&path, &needing).unwrap_err().to_string();
    assert!(error.ends_with("add `features = [\"compression\"]` to that dependency"), "{error}");
    write(&path, &needing);
    check_features(&path, &needing).unwrap();
}

#[test]
fn options_that_contradict_the_manifest_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    let text = "[package]\nname = \"mine\"\n[lib]\nname = \"other\"\n\
                [features]\ndefault = [\n  \"b\", # why\n  \"a\",\n]\na = []\n";
    fs::write(&path, text).unwrap();
    let check = |name: Option<&str>, features: Option<&[&str]>| {
        let features: Option<Vec<String>> =
            features.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        check_options(&path, name, features.as_deref(), None).map_err(|error| error.to_string())
    };
    assert_eq!(check(None, None), Ok(()));
    assert_eq!(check(Some("mine"), Some(&["a", "b"])), Ok(()));
    let refused = check(Some("yours"), None).unwrap_err();
    assert!(refused.contains("exists with the package name mine"), "{refused}");
    let refused = check(None, Some(&["a"])).unwrap_err();
    assert!(refused.contains("exists with different default features"), "{refused}");
    fs::write(&path, "[package]\nname = \"mine\"\n").unwrap();
    assert_eq!(check(None, Some(&[])), Ok(()));
    assert!(check(None, Some(&["a"])).is_err());
}

#[test]
fn another_path_of_the_runtime_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    let check = |runtime| {
        check_options(&path, None, None, Some(runtime)).map_err(|error| error.to_string())
    };
    fs::write(&path, "[dependencies]\nlongshore-runtime = \"0.1\"\n").unwrap();
    let refused = check("../runtime").unwrap_err();
    assert!(refused.ends_with("or add `path = \"../runtime\"` to that dependency"), "{refused}");
    let table = [
        ("longshore-runtime = { path = \"../runtime\" }", true),
        ("longshore-runtime={path=\"../runtime\"}", true),
        ("longshore-runtime.path  =  \"../runtime\"", true),
        ("[x.longshore-runtime]\npath = \"../runtime\"", true),
        ("[x.longshore-runtime] # ours\nfeatures = [\n\"a\",\n]\npath=\"../runtime\"", true),
        ("longshore-runtime = { path = \"../runtime2\" }", false),
        ("longshore-runtime = \"0.1\"\nother = { path = \"../runtime\" }", false),
        ("longshore-runtime-tests = { path = \"../runtime\" }", false),
        ("[lib]\npath = \"../runtime\"\n[x]\nlongshore-runtime = \"0.1\"", false),
        ("[x.longshore-runtime]\nx_path = \"../runtime\"", false),
        ("# longshore-runtime = { path = \"../runtime\" }", false),
    ];
    for (dependency, expected) in table {
        fs::write(&path, dependency).unwrap();
        assert_eq!(check("../runtime").is_ok(), expected, "{dependency}");
    }
}
