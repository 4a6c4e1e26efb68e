//! Reading layouts, and errors for invalid ones.

use std::fs;

use longshore_images::{Descriptor, Layout, Platform, SampleOptions};
use serde_json::{Value, json};

use crate::test_layout::{INDEX, LAYER, MANIFEST, TestLayout};

/// The message of selecting an image, with the folder replaced by `DIR`.
fn select_error(folder: &TestLayout, name: Option<&str>) -> String {
    let image = Layout::open(folder.path()).and_then(|layout| layout.select(name));
    let error = image.expect_err("this layout cannot be used").to_string();
    error.replace(&folder.path().display().to_string(), "DIR")
}

fn entry(descriptor: &Descriptor, name: &str) -> Value {
    let mut entry = json!(descriptor);
    entry["annotations"] = json!({ "org.opencontainers.image.ref.name": name });
    entry
}

#[test]
fn an_image_is_selected_by_name_by_digest_or_as_the_only_one() {
    let folder = TestLayout::new();
    let (one, two) = (folder.image(b"one"), folder.image(b"two"));
    folder.index(&[entry(&one, "v1"), entry(&one, "latest")]);
    let layout = folder.layout();
    assert_eq!(layout.select(None).expect("two names of one image").digest(), one.digest);

    folder.index(&[entry(&one, "v1"), json!(two)]);
    let layout = folder.layout();
    assert_eq!(layout.select(Some("v1")).expect("by name").digest(), one.digest);
    let digest = two.digest.to_string();
    assert_eq!(layout.select(Some(&digest)).expect("by digest").digest(), two.digest);
    let there = format!("v1 ({}), {}", one.digest, two.digest);
    assert_eq!(
        select_error(&folder, None),
        format!("DIR contains 2 images; select one of {there}")
    );
    assert_eq!(
        select_error(&folder, Some("v2")),
        format!("DIR has no image that matches \"v2\"; select one of {there}")
    );
}

#[test]
fn a_folder_that_is_not_a_layout_is_rejected() {
    let folder = TestLayout::new();
    assert_eq!(
        select_error(&folder, None),
        "DIR contains no images: the list in its index.json is empty"
    );

    folder.write("oci-layout", r#"{"imageLayoutVersion":"2.0.0"}"#);
    assert_eq!(select_error(&folder, None), "DIR: layout version \"2.0.0\" is not supported");
    folder.write("oci-layout", "");
    let end = "DIR/oci-layout: invalid content: EOF while parsing a value at line 1 column 0";
    assert_eq!(select_error(&folder, None), end);
    fs::remove_file(folder.path().join("oci-layout")).expect("removed");
    let no_mark = "DIR: not an OCI image layout: there is no file oci-layout";
    assert_eq!(select_error(&folder, None), no_mark);

    fs::remove_dir_all(folder.path()).expect("removed");
    let nowhere = "cannot read DIR: No such file or directory (os error 2)";
    assert_eq!(select_error(&folder, None), nowhere);
    fs::write(folder.path(), "").expect("written");
    assert_eq!(select_error(&folder, None), "cannot read DIR: Not a directory (os error 20)");

    let folder = TestLayout::new();
    fs::remove_file(folder.path().join("index.json")).expect("removed");
    let no_index = "cannot read DIR/index.json: No such file or directory (os error 2)";
    assert_eq!(select_error(&folder, None), no_index);
}

#[test]
fn entries_that_point_outside_of_the_layout_are_rejected() {
    let digests = [
        ("sha256:../../../../etc/passwd", "is not a digest"),
        ("../../etc/passwd", "is not a digest"),
        ("", "is not a digest"),
    ];
    for (digest, reason) in digests {
        let folder = TestLayout::new();
        folder.index(&[json!({ "mediaType": MANIFEST, "digest": digest, "size": 1 })]);
        let message = select_error(&folder, None);
        let shown = if digest.is_empty() { "no digest" } else { digest };
        let expected = format!("DIR/index.json: the image {shown} cannot be used: ");
        assert!(message.starts_with(&expected), "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn invalid_sizes_are_rejected_before_reading() {
    let folder = TestLayout::new();
    let image = folder.image(b"layer");
    for size in [json!(-1), json!(1e30), json!("12"), json!(null)] {
        folder.index(&[json!({ "mediaType": MANIFEST, "digest": image.digest, "size": size })]);
        let digest = image.digest;
        let reason = format!("the image {digest} cannot be used: it has no valid size");
        assert_eq!(select_error(&folder, None), format!("DIR/index.json: {reason}"));
    }
    folder.index(&[json!({ "mediaType": MANIFEST, "digest": image.digest, "size": u64::MAX })]);
    let path = format!("DIR/blobs/sha256/{}", image.digest.hex());
    let message = format!("{path}: the manifest has {} bytes; the maximum is 4194304", u64::MAX);
    assert_eq!(select_error(&folder, None), message);
    let wrong = image.size + 1;
    folder.index(&[json!({ "mediaType": MANIFEST, "digest": image.digest, "size": wrong })]);
    let (digest, size) = (image.digest, image.size);
    let message = format!("{path} is damaged: it has {size} bytes, but {digest} has {wrong}");
    assert_eq!(select_error(&folder, None), message);
}

#[test]
fn a_missing_or_damaged_manifest_is_reported() {
    let folder = TestLayout::new();
    let image = folder.image(b"layer");
    folder.index(&[json!(image)]);
    let path = folder.blob_path(image.digest);
    let name = format!("DIR/blobs/sha256/{}", image.digest.hex());
    let mut content = fs::read(&path).expect("a manifest");
    content.reverse();
    fs::write(&path, &content).expect("written");
    let found = longshore_images::Digest::of(&content);
    let digest = image.digest;
    let message = format!("{name} is damaged: its digest is {found}, not {digest}");
    assert_eq!(select_error(&folder, None), message);
    fs::remove_file(&path).expect("removed");
    let message = format!("{name} is missing, but the image needs {digest}");
    assert_eq!(select_error(&folder, None), message);
}

#[test]
fn invalid_manifests_are_rejected_with_a_reason() {
    let folder = TestLayout::new();
    let config = json!(folder.blob("application/vnd.oci.image.config.v1+json", "{}"));
    let layers = json!([]);
    let cases = [
        (LAYER, "{}".to_owned(), format!("media type {LAYER} is not supported")),
        (
            MANIFEST,
            r#"{"schemaVersion":2,"#.to_owned(),
            "not a manifest: EOF while parsing a value at line 1 column 19".to_owned(),
        ),
        (
            MANIFEST,
            json!({ "schemaVersion": 1, "config": config, "layers": layers }).to_string(),
            "schema version 1 is not supported (only 2 is)".to_owned(),
        ),
        (
            MANIFEST,
            json!({ "schemaVersion": 2, "mediaType": INDEX, "config": config, "layers": layers })
                .to_string(),
            format!("its mediaType is {INDEX}, but the reference to it has {MANIFEST}"),
        ),
        (
            MANIFEST,
            json!({ "schemaVersion": 2, "config": config, "layers": layers, "manifests": [] })
                .to_string(),
            "a manifest must have `config` and `layers`, but no `manifests`".to_owned(),
        ),
        (
            INDEX,
            json!({ "schemaVersion": 2, "manifests": [], "layers": [] }).to_string(),
            "an index must have `manifests`, but neither `config` nor `layers`".to_owned(),
        ),
    ];
    for (media_type, content, problem) in cases {
        let blob = folder.blob(media_type, &content);
        folder.index(&[json!(blob)]);
        let message = format!("DIR/blobs/sha256/{}: {problem}", blob.digest.hex());
        assert_eq!(select_error(&folder, None), message);
    }
    let blob = folder.blob(MANIFEST, [0xff, 0xfe]);
    folder.index(&[json!(blob)]);
    let message = format!("DIR/blobs/sha256/{}: the content is not UTF-8", blob.digest.hex());
    assert_eq!(select_error(&folder, None), message);
}

/// An index cannot reference itself, because its content would have to contain its own digest. A forged
/// reference is detected, and deep nesting is limited.
#[test]
fn cyclic_and_deeply_nested_indexes_are_handled() {
    let folder = TestLayout::new();
    let lie = json!({ "mediaType": INDEX, "digest": longshore_images::Digest::of(b""), "size": 9 });
    let circle = folder.manifest(INDEX, json!({ "manifests": [lie] }));
    folder.index(&[json!(circle)]);
    assert!(
        select_error(&folder, None)
            .ends_with(&format!("the image needs {}", lie["digest"].as_str().expect("a digest")))
    );

    let mut inner = vec![folder.image(b"layer")];
    for _ in 0..900 {
        // Each index references all previous ones, so that the longest path has 900 steps.
        let index = folder
            .manifest(INDEX, json!({ "manifests": inner.get(inner.len().saturating_sub(3)..) }));
        inner.push(index);
    }
    let outer = inner.last().expect("one");
    folder.index(&[json!(outer)]);
    let image = folder.layout().select(None).expect("an image");
    assert_eq!(image.manifests().len(), 901);
    assert_eq!(image.manifests().last().map(|last| last.digest), Some(outer.digest));
    assert_eq!(image.blobs().len(), 2);

    for _ in 0..100 {
        let index = folder.manifest(INDEX, json!({ "manifests": [inner.last()] }));
        inner.push(index);
    }
    folder.index(&[json!(inner.last())]);
    assert!(select_error(&folder, None).ends_with(": the image has more than 1000 manifests"));
}

#[test]
fn manifests_come_before_the_indexes_that_reference_them() {
    let folder = TestLayout::new();
    let (one, two) = (folder.image(b"one"), folder.image(b"two"));
    let inner = folder.manifest(INDEX, json!({ "manifests": [two, one] }));
    let outer = folder.manifest(INDEX, json!({ "manifests": [one, inner, two] }));
    folder.index(&[json!(outer)]);
    let image = folder.layout().select(None).expect("an image");
    let order: Vec<_> = image.manifests().iter().map(|manifest| manifest.digest).collect();
    assert_eq!(order, [one.digest, two.digest, inner.digest, outer.digest]);
    assert_eq!(image.blobs().len(), 3, "the configuration of both is the same");
}

#[test]
fn truncated_layout_files_are_rejected() {
    let platforms =
        ["linux/amd64", "linux/arm64/v8"].map(|text| text.parse::<Platform>().expect("one"));
    let options = SampleOptions::new().platforms(platforms).layer_size(0);
    let folder = TestLayout::sample(&options);
    let whole = fs::read(folder.path().join("index.json")).expect("an index");
    for end in 0..whole.len() {
        folder.write("index.json", whole.get(..end).expect("a part"));
        assert!(select_error(&folder, None).starts_with("DIR/index.json: invalid content: "));
    }
    for at in 0..whole.len() {
        let mut other = whole.clone();
        *other.get_mut(at).expect("a byte") = b'0';
        folder.write("index.json", other);
        // The result may be the same image without its name, but not a panic.
        let _ = Layout::open(folder.path()).and_then(|layout| layout.select(None));
    }
}

#[test]
fn truncated_manifests_are_rejected() {
    let folder = TestLayout::new();
    let image = folder.image(b"layer");
    let whole = fs::read(folder.blob_path(image.digest)).expect("a manifest");
    for end in 0..whole.len() {
        let part = folder.blob(MANIFEST, whole.get(..end).expect("a part"));
        folder.index(&[json!(part)]);
        let hex = part.digest.hex();
        let message = select_error(&folder, None);
        let expected = format!("DIR/blobs/sha256/{hex}: not a manifest: ");
        assert!(message.starts_with(&expected), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed() {
    let folder = TestLayout::new();
    let image = folder.image(b"layer");
    folder.index(&[json!(image)]);
    let (path, elsewhere) = (folder.blob_path(image.digest), folder.path().join("elsewhere"));
    fs::rename(&path, &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, &path).expect("a link");
    assert_eq!(folder.layout().select(None).expect("an image").digest(), image.digest);
}

#[test]
fn a_folder_instead_of_a_file_is_an_error() {
    let folder = TestLayout::new();
    let image = folder.image(b"layer");
    folder.index(&[json!(image)]);
    let path = folder.blob_path(image.digest);
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("a folder");
    assert!(select_error(&folder, None).starts_with("cannot read DIR/blobs/sha256/"));
}
