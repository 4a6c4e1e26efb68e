//! Tests that only what an image needs must be valid. Everything else in a layout may be missing or
//! unknown, and is kept.

use std::fs;
use std::path::Path;

use longshore_images::{Descriptor, Digest, Layout};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::test_layout::{INDEX, LAYER, MANIFEST, TestLayout, read_index};
use crate::test_registry::TestRegistry;

const EMPTY: &str = "application/vnd.oci.empty.v1+json";
const FOREIGN: &str = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

fn sha512() -> String {
    format!("sha512:{}", "ab".repeat(64))
}

/// A descriptor with a digest that Amazon ECR does not support.
fn unsupported(media_type: &str, name: &str) -> Value {
    json!({
        "mediaType": media_type,
        "digest": sha512(),
        "size": 7,
        "annotations": { "org.opencontainers.image.ref.name": name },
    })
}

fn named(image: &Descriptor, name: &str) -> Value {
    let mut entry = json!(image);
    entry["annotations"] = json!({ "org.opencontainers.image.ref.name": name });
    entry
}

fn select_error(folder: &Path, name: Option<&str>) -> String {
    let image = Layout::open(folder).and_then(|layout| layout.select(name));
    let message = image.expect_err("it cannot be selected").to_string();
    message.replace(&folder.display().to_string(), "DIR")
}

/// A registry with an image as `team/app:v1`.
async fn pushed() -> (TestRegistry, Digest) {
    let registry = TestRegistry::new().await;
    let pushed = registry.push(&TestLayout::of_one_blob(), "team/app:v1").await.expect("pushed");
    (registry, pushed.digest)
}

#[tokio::test]
async fn a_null_list_is_empty() {
    let (registry, digest) = pushed().await;
    let folder = TestLayout::new();
    folder.write("index.json", r#"{"schemaVersion":2,"manifests":null,"annotations":null}"#);
    let empty = "DIR contains no images: the list in its index.json is empty";
    assert_eq!(select_error(folder.path(), None), empty);
    assert_eq!(select_error(folder.path(), Some("v1")), empty);
    registry.pull("team/app:v1", folder.path()).await.expect("pulled");
    assert_eq!(folder.layout().select(None).expect("an image").digest(), digest);
    assert!(folder.read_index()["annotations"].is_null());

    let index = folder.manifest(INDEX, json!({ "manifests": null }));
    folder.index(&[json!(index)]);
    assert_eq!(folder.layout().select(None).expect("an image").manifests().len(), 1);
    folder.write("index.json", r#"{"manifests":{}}"#);
    assert_eq!(select_error(folder.path(), None), "DIR/index.json: `manifests` is not a list");
}

#[tokio::test]
async fn an_entry_with_another_algorithm_only_matters_if_it_is_selected() {
    let (registry, _) = pushed().await;
    let folder = TestLayout::new();
    let image = folder.image(b"layer");
    folder.index(&[unsupported(MANIFEST, "old"), named(&image, "new")]);
    let layout = folder.layout();
    assert_eq!(layout.entries().len(), 1);
    assert_eq!(layout.select(Some("new")).expect("an image").digest(), image.digest);
    let sha512 = sha512();
    let message = format!(
        "DIR/index.json: the image old ({sha512}) cannot be used: \"{sha512}\" is not supported by \
         Amazon ECR: use a sha256 digest"
    );
    assert_eq!(select_error(folder.path(), Some("old")), message);
    assert_eq!(select_error(folder.path(), Some(&sha512)), message);
    let message =
        format!("DIR contains 2 images; select one of old ({sha512}), new ({})", image.digest);
    assert_eq!(select_error(folder.path(), None), message);

    registry.pull("team/app:v1", folder.path()).await.expect("pulled");
    assert_eq!(folder.read_index()["manifests"][0], unsupported(MANIFEST, "old"));
}

#[test]
fn a_manifest_or_layer_with_another_algorithm_is_an_error_of_its_image() {
    let folder = TestLayout::new();
    let good = folder.image(b"layer");
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let layers = [unsupported(LAYER, "layer")];
    let bad = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    let index = folder.manifest(INDEX, json!({ "manifests": [unsupported(MANIFEST, "child")] }));
    folder.index(&[named(&good, "good"), named(&bad, "bad"), named(&index, "index")]);
    folder.layout().select(Some("good")).expect("an image");
    for (name, image, path) in [("bad", bad, "layers[0]"), ("index", index, "manifests[0]")] {
        let message = format!(
            "DIR/blobs/sha256/{}: {path}: \"{}\" is not supported by Amazon ECR: use a sha256 digest \
             (in the image {name})",
            image.digest.hex(),
            sha512()
        );
        assert_eq!(select_error(folder.path(), Some(name)), message);
    }
}

#[tokio::test]
async fn foreign_layers_and_subjects_may_have_any_digest() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let layers = json!([unsupported(FOREIGN, "base"), folder.blob(LAYER, "layer")]);
    let subject = unsupported(MANIFEST, "subject");
    let members = json!({ "config": config, "layers": layers, "subject": subject });
    folder.index(&[json!(folder.manifest(MANIFEST, members))]);
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.foreign), (2, 1));
}

#[test]
fn invalid_optional_members_of_descriptors_are_ignored() {
    let folder = TestLayout::new();
    let mut entry = json!(folder.image(b"layer"));
    entry["platform"] = json!({ "os": 7 });
    entry["annotations"] = json!({ "org.opencontainers.image.ref.name": "v1", "other": 1 });
    entry["data"] = json!(["x"]);
    folder.index(&[entry, json!("not a descriptor")]);
    folder.layout().select(Some("v1")).expect("an image");
}

/// An image whose configuration is embedded in its descriptor and has no file.
fn with_embedded_config(folder: &TestLayout, data: &str, size: u64) -> Descriptor {
    let config = json!({
        "mediaType": EMPTY,
        "digest": Digest::of(b"{}"),
        "size": size,
        "data": data,
    });
    let layers = [folder.blob(LAYER, "layer")];
    let image = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    folder.index(&[json!(image)]);
    image
}

#[tokio::test]
async fn content_that_only_exists_as_data_is_pushed() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    with_embedded_config(&folder, "e30=", 2);
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.moved.bytes), (2, 7));
    let copy = tempdir().expect("a folder");
    registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    let config = copy.path().join("blobs/sha256").join(Digest::of(b"{}").hex());
    assert_eq!(fs::read(config).expect("a file"), b"{}");
}

#[tokio::test]
async fn an_artifact_may_embed_its_only_blob_once() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let plain = json!({ "mediaType": EMPTY, "digest": Digest::of(b"{}"), "size": 2 });
    let mut embedded = plain.clone();
    embedded["data"] = json!("e30=");
    for (config, layer) in [(&embedded, &plain), (&plain, &embedded)] {
        let members = json!({ "artifactType": "x/y", "config": config, "layers": [layer] });
        let image = folder.manifest(MANIFEST, members);
        let mut entry = json!(image);
        entry["data"] = json!("ignored, because there is a file");
        folder.index(&[entry]);
        registry.push(&folder, "team/app:v1").await.expect("pushed");
    }
}

#[tokio::test]
async fn wrong_data_is_an_error_unless_there_is_a_file() {
    let location = format!("the `data` of the descriptor of {}", Digest::of(b"{}"));
    let (digest, other) = (Digest::of(b"{}"), Digest::of(b"[]"));
    for (data, size, problem) in [
        ("e30", 2, format!("{location}: the content is not base64")),
        ("{}", 2, format!("{location}: the content is not base64")),
        ("e30=", 3, format!("{location} is damaged: it has 2 bytes, but {digest} has 3")),
        ("W10=", 2, format!("{location} is damaged: its digest is {other}, not {digest}")),
    ] {
        let registry = TestRegistry::new().await;
        let folder = TestLayout::new();
        with_embedded_config(&folder, data, size);
        let error = registry.push(&folder, "team/app:v1").await.expect_err("it is wrong");
        assert_eq!(error.to_string(), problem);
        if size == 2 {
            folder.blob(EMPTY, b"{}");
            registry.push(&folder, "team/app:v1").await.expect("the file is right");
        }
    }
}

#[test]
fn manifests_can_be_embedded_too() {
    let folder = TestLayout::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let content = json!({ "schemaVersion": 2, "config": config, "layers": [config] }).to_string();
    let data: String = base64(content.as_bytes());
    let child = json!({
        "mediaType": MANIFEST,
        "digest": Digest::of(content.as_bytes()),
        "size": content.len(),
        "data": data,
    });
    folder.index(&[json!(folder.manifest(INDEX, json!({ "manifests": [child] })))]);
    let image = folder.layout().select(None).expect("an image");
    assert_eq!((image.manifests().len(), image.blobs().len()), (2, 1));
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | usize::from(*chunk.get(at).unwrap_or(&0)));
        for digit in 0..4 {
            let value = bits >> (18 - 6 * digit) & 63;
            text.push(if digit <= chunk.len() { char::from(ALPHABET[value]) } else { '=' });
        }
    }
    text
}

#[tokio::test]
async fn unknown_members_of_the_layout_are_kept() {
    let (registry, _) = pushed().await;
    let folder = TestLayout::new();
    let mark = r#"{"imageLayoutVersion":"1.0.0","x-unknown":true}"#;
    folder.write("oci-layout", mark);
    folder.write("manifest.json", "[]");
    let mut entry = json!(folder.image(b"layer"));
    entry["urls"] = json!(["https://example.com/"]);
    entry["x-unknown"] = json!({ "nested": [null, 1.5] });
    let index = json!({
        "schemaVersion": 2,
        "manifests": [entry, 7, null],
        "subject": { "digest": sha512() },
        "x-unknown": [],
    });
    folder.write("index.json", index.to_string());
    registry.pull("team/app:v1", folder.path()).await.expect("pulled");
    let mut written = read_index(folder.path());
    let added = written["manifests"].as_array_mut().and_then(Vec::pop).expect("an entry");
    assert_eq!(added["annotations"]["io.containerd.image.name"], "team/app:v1");
    assert_eq!(written, index);
    let read = |name| fs::read_to_string(folder.path().join(name)).expect("a file");
    assert_eq!((read("oci-layout").as_str(), read("manifest.json").as_str()), (mark, "[]"));
}

#[tokio::test]
async fn a_layout_of_another_version_is_rejected_before_anything_is_downloaded() {
    let (registry, _) = pushed().await;
    let folder = TestLayout::new();
    folder.write("oci-layout", r#"{"imageLayoutVersion":"2.0.0"}"#);
    let error = registry.pull("team/app:v1", folder.path()).await.expect_err("another version");
    assert!(error.to_string().ends_with(": layout version \"2.0.0\" is not supported"), "{error}");
    assert_eq!(registry.downloads(), 0);
}
