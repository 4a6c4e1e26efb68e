//! Tests manifests of new crates, and files that already exist.

use super::{
    super::{check_features, sample::tree},
    *,
};

fn text(generated: &Generated, default: Option<&[String]>) -> String {
    NewManifest { generated, default, runtime: None }.text()
}

#[test]
fn a_manifest_has_a_feature_for_each_service() {
    let text = text(&tree(&["ecr", "ecr-public"], &[]), None);
    assert!(text.contains("name = \"ecr-client\""), "{text}");
    assert!(
        text.contains(
            "default = [\"credential-chain\", \"http-transport\", \"ecr\", \"ecr-public\"]\n"
        ),
        "{text}"
    );
    assert!(text.contains("]\necr = []\necr-public = []\n"), "{text}");
    for name in CRATE_FEATURES {
        assert!(text.contains(&format!("\n{name} = [\"longshore-runtime/{name}\"]\n")), "{text}");
    }
    assert!(text.contains(r#"description = "Typed clients for A \"quoted\" name, A"#), "{text}");
    // The crate can live in a workspace.
    assert!(!text.contains("[workspace]"), "{text}");
}

#[test]
fn the_runtime_is_named_with_the_features_that_the_clients_need() {
    let needing = tree(&["3d"], &["compression"]);
    let runtime = Some("some/\"runtime\"");
    let text = NewManifest { generated: &needing, default: None, runtime }.text();
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        r#"longshore-runtime = {{ version = "{version}", path = "some/\"runtime\"", default-features = false, features = ["compression"] }}"#
    );
    assert!(text.contains(&expected), "{text}");
    let text = NewManifest { generated: &needing, default: None, runtime: None }.text();
    let expected =
        format!(r#"longshore-runtime = {{ version = "{version}", default-features = false"#);
    assert!(text.contains(&expected), "{text}");
}

#[test]
fn the_default_features_can_be_chosen() {
    let generated = tree(&["ecr", "ecr-public"], &[]);
    let wanted = ["ecr".to_owned(), "blocking".to_owned()];
    assert!(text(&generated, Some(&wanted)).contains("default = [\"ecr\", \"blocking\"]\n"));
    assert!(text(&generated, Some(&[])).contains("default = []\n"));
    assert_eq!(check_default_features(&wanted, &generated), Ok(()));
    let refused = check_default_features(&["sqs".to_owned()], &generated).unwrap_err();
    let expected = "--features: the crate has no feature \"sqs\"; it has ecr, ecr-public, \
                    credential-chain, http-transport, blocking, patterns, chrono, jiff, \
                    serde_json, time";
    assert_eq!(refused, expected);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Cargo.toml");
    let generated = tree(&["ecr"], &[]);
    let manifest = NewManifest { generated: &generated, default: None, runtime: None };
    fs::write(&path, "mine").unwrap();
    let refused = manifest.write(&path).unwrap_err().to_string();
    assert!(refused.starts_with("cannot write ") && refused.contains("exists"), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    fs::remove_file(&path).unwrap();
    #[cfg(unix)]
    {
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
        assert!(manifest.write(&path).is_err());
        assert!(!elsewhere.exists());
        fs::remove_file(&path).unwrap();
    }
    manifest.write(&path).unwrap();
    check_features(&path, &generated).unwrap();
}
