//! Selects the files of a model and refuses other files.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use longshore_codegen::{read::read_model, smithy::Kind};
use serde_json::json;

use super::support::refusal;

#[test]
fn the_format_follows_from_the_content_even_if_it_is_compressed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no-telling-name");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(br#"{"smithy": "2", "shapes": {"ns#A": {"type": "string"}}}"#).unwrap();
    fs::write(&path, packed.finish().unwrap()).unwrap();
    assert_eq!(read_model(&[path]).unwrap().shapes.len(), 1);
}

#[test]
fn binary_and_missing_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("binary.json"), [b'{', 0xff]).unwrap();
    fs::write(path("cut.json.gz"), [0x1f, 0x8b, 8, 0]).unwrap();
    let refused = |path: PathBuf| read_model(&[path]).unwrap_err().to_string();
    assert!(
        refused(path("binary.json")).ends_with("not UTF-8 (invalid at byte 1). Save it as UTF-8.")
    );
    assert!(refused(path("cut.json.gz")).contains("cannot unpack this gzip file"));
    assert!(refused(path("gone.json")).contains("gone.json: cannot read this file"));
    fs::create_dir(path("empty")).unwrap();
    assert!(refused(path("empty")).ends_with("Pass the folder that contains one."));
    for version in ["2011-12-05", "2012-08-10", "examples"] {
        fs::create_dir(path("empty").join(version)).unwrap();
    }
    for version in ["2011-12-05", "2012-08-10"] {
        fs::write(path("empty").join(version).join("service-2.json"), "{}").unwrap();
    }
    let hint = format!("such as {}.", path("empty").join("2012-08-10").display());
    assert!(refused(path("empty")).ends_with(&hint), "{}", refused(path("empty")));
    assert!(read_model(&[]).unwrap_err().to_string().starts_with("no model was given"));
}

#[test]
fn json_that_is_nested_too_deeply_is_refused() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{"ns#A": {{"type": "string", "traits": {{"t#x": {deep}}}}}}}}}"#
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.json");
    fs::write(&path, text).unwrap();
    assert!(read_model(&[path]).unwrap_err().to_string().contains("more than 127 levels deep"));
}

#[test]
fn a_file_that_is_not_a_model_is_named_in_the_error() {
    let refused = refusal(&[
        ("model.json", json!({"smithy": "2.0", "shapes": {}})),
        ("package.json", json!({"name": "x"})),
    ]);
    assert!(refused.starts_with("package.json:1:1: this is JSON but not a model"), "{refused}");
}

#[test]
fn the_models_of_this_repository_are_read_completely() {
    let cases = [("ecr", 62, 9, 2), ("ecr-public", 23, 4, 0), ("lightsail", 167, 20, 0)];
    for (service, operations, paginators, waiters) in cases {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
        let model = read_model(&[models.join(service)]).unwrap();
        let shapes = || model.shapes.values();
        let with = |id: &str| shapes().filter(|shape| shape.traits.has(id)).count();
        let found = shapes().filter(|shape| matches!(shape.kind, Kind::Operation(_))).count();
        assert_eq!(found, operations, "{service}");
        assert_eq!(with("smithy.api#paginated"), paginators, "{service}");
        assert_eq!(with("smithy.waiters#waitable"), waiters, "{service}");
    }
}
