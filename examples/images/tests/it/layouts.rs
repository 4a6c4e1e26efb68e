//! What is read of a layout, and what is said of those that cannot be used.

use std::fs;

use longshore_images::{Descriptor, Layout, Platform, SampleOptions};
use serde_json::{Value, json};

use crate::folder::{Folder, INDEX, LAYER, MANIFEST};

/// What choosing an image of a folder says, without the folder.
fn refusal(folder: &Folder, name: Option<&str>) -> String {
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
fn an_image_is_chosen_by_name_or_by_digest_and_need_not_be_if_it_is_the_only_one() {
    let folder = Folder::new();
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
    assert_eq!(refusal(&folder, None), format!("DIR holds 2 images; select one of {there}"));
    assert_eq!(
        refusal(&folder, Some("v2")),
        format!("DIR has no single image \"v2\"; there is {there}")
    );
}

#[test]
fn a_folder_that_is_no_layout_is_refused() {
    let folder = Folder::new();
    assert_eq!(refusal(&folder, None), "DIR holds no image: its index.json lists none");

    folder.write("oci-layout", r#"{"imageLayoutVersion":"2.0.0"}"#);
    assert_eq!(refusal(&folder, None), "DIR: version \"2.0.0\" of layouts is not supported");
    folder.write("oci-layout", "");
    let end = "DIR/oci-layout: it cannot be read: EOF while parsing a value at line 1 column 0";
    assert_eq!(refusal(&folder, None), end);
    fs::remove_file(folder.path().join("oci-layout")).expect("removed");
    let no_mark = "DIR: this is no OCI image layout: it has no file oci-layout";
    assert_eq!(refusal(&folder, None), no_mark);

    fs::remove_dir_all(folder.path()).expect("removed");
    let nowhere = "cannot read DIR: No such file or directory (os error 2)";
    assert_eq!(refusal(&folder, None), nowhere);
    fs::write(folder.path(), "").expect("written");
    assert_eq!(refusal(&folder, None), "cannot read DIR: Not a directory (os error 20)");

    let folder = Folder::new();
    fs::remove_file(folder.path().join("index.json")).expect("removed");
    let no_index = "cannot read DIR/index.json: No such file or directory (os error 2)";
    assert_eq!(refusal(&folder, None), no_index);
}

#[test]
fn entries_that_lead_out_of_the_layout_or_nowhere_are_refused() {
    let digests = [
        ("sha256:../../../../etc/passwd", "is no digest"),
        ("sha512:00", "is a digest that Amazon ECR does not know"),
        ("../../etc/passwd", "is no digest"),
        ("", "is no digest"),
    ];
    for (digest, reason) in digests {
        let folder = Folder::new();
        folder.index(&[json!({ "mediaType": MANIFEST, "digest": digest, "size": 1 })]);
        let said = refusal(&folder, None);
        assert!(said.starts_with("DIR/index.json: it cannot be read: "), "{said}");
        assert!(said.contains(reason), "{said}");
    }
}

#[test]
fn sizes_that_cannot_be_are_refused_before_anything_is_read() {
    let folder = Folder::new();
    let image = folder.image(b"layer");
    for size in [json!(-1), json!(1e30), json!("12"), json!(null)] {
        folder.index(&[json!({ "mediaType": MANIFEST, "digest": image.digest, "size": size })]);
        let said = refusal(&folder, None);
        assert!(said.starts_with("DIR/index.json: it cannot be read: "), "{said}");
    }
    folder.index(&[json!({ "mediaType": MANIFEST, "digest": image.digest, "size": u64::MAX })]);
    let path = format!("DIR/blobs/sha256/{}", image.digest.hex());
    let said = format!("{path}: it has {} bytes, and a manifest at most 4194304", u64::MAX);
    assert_eq!(refusal(&folder, None), said);
    let wrong = image.size + 1;
    folder.index(&[json!({ "mediaType": MANIFEST, "digest": image.digest, "size": wrong })]);
    let (digest, size) = (image.digest, image.size);
    let said = format!("{path} has {size} bytes where {digest} has {wrong}: it is damaged");
    assert_eq!(refusal(&folder, None), said);
}

#[test]
fn a_manifest_that_is_missing_or_damaged_is_named() {
    let folder = Folder::new();
    let image = folder.image(b"layer");
    folder.index(&[json!(image)]);
    let path = folder.blob_path(image.digest);
    let name = format!("DIR/blobs/sha256/{}", image.digest.hex());
    let mut content = fs::read(&path).expect("a manifest");
    content.reverse();
    fs::write(&path, &content).expect("written");
    let found = longshore_images::Digest::of(&content);
    let digest = image.digest;
    let said = format!("{name} is not {digest}: its content is {found}, so it is damaged");
    assert_eq!(refusal(&folder, None), said);
    fs::remove_file(&path).expect("removed");
    let said = format!("{name} is missing, but the image needs {digest}");
    assert_eq!(refusal(&folder, None), said);
}

#[test]
fn documents_that_are_no_manifests_are_refused_with_the_reason() {
    let folder = Folder::new();
    let config = json!(folder.blob("application/vnd.oci.image.config.v1+json", "{}"));
    let layers = json!([]);
    let cases = [
        (LAYER, "{}".to_owned(), format!("media type {LAYER} is not supported")),
        (
            MANIFEST,
            r#"{"schemaVersion":2,"#.to_owned(),
            "this is no manifest: EOF while parsing a value at line 1 column 19".to_owned(),
        ),
        (
            MANIFEST,
            json!({ "schemaVersion": 1, "config": config, "layers": layers }).to_string(),
            "schema version 1 is not supported, only 2".to_owned(),
        ),
        (
            MANIFEST,
            json!({ "schemaVersion": 2, "mediaType": INDEX, "config": config, "layers": layers })
                .to_string(),
            format!("it says that it is {INDEX}, and whoever refers to it {MANIFEST}"),
        ),
        (
            MANIFEST,
            json!({ "schemaVersion": 2, "config": config, "layers": layers, "manifests": [] })
                .to_string(),
            "a manifest has `config` and `layers`, and no `manifests`".to_owned(),
        ),
        (
            INDEX,
            json!({ "schemaVersion": 2, "manifests": [], "layers": [] }).to_string(),
            "an index has `manifests`, and neither `config` nor `layers`".to_owned(),
        ),
    ];
    for (media_type, content, problem) in cases {
        let blob = folder.blob(media_type, &content);
        folder.index(&[json!(blob)]);
        let said = format!("DIR/blobs/sha256/{}: {problem}", blob.digest.hex());
        assert_eq!(refusal(&folder, None), said);
    }
    let blob = folder.blob(MANIFEST, [0xff, 0xfe]);
    folder.index(&[json!(blob)]);
    let said = format!("DIR/blobs/sha256/{}: it is no UTF-8", blob.digest.hex());
    assert_eq!(refusal(&folder, None), said);
}

/// An index cannot list itself, because its digest would have to be in its content. What says so
/// all the same is found out, and a chain of any depth has an end.
#[test]
fn indexes_in_circles_and_in_depth_come_to_an_end() {
    let folder = Folder::new();
    let lie = json!({ "mediaType": INDEX, "digest": longshore_images::Digest::of(b""), "size": 9 });
    let circle = folder.manifest(INDEX, json!({ "manifests": [lie] }));
    folder.index(&[json!(circle)]);
    assert!(
        refusal(&folder, None)
            .ends_with(&format!("the image needs {}", lie["digest"].as_str().expect("a digest")))
    );

    let mut inner = vec![folder.image(b"layer")];
    for _ in 0..900 {
        // All of those before, so that each is there many times and the longest way has 900 steps.
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
    assert!(refusal(&folder, None).ends_with(": the image has more than 1000 manifests"));
}

#[test]
fn manifests_come_before_the_indexes_that_list_them() {
    let folder = Folder::new();
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
fn documents_cut_at_any_byte_are_refused() {
    let platforms =
        ["linux/amd64", "linux/arm64/v8"].map(|text| text.parse::<Platform>().expect("one"));
    let options = SampleOptions::new().platforms(platforms).layer_size(0);
    let folder = Folder::sample(&options);
    let whole = fs::read(folder.path().join("index.json")).expect("an index");
    for end in 0..whole.len() {
        folder.write("index.json", whole.get(..end).expect("a part"));
        assert!(refusal(&folder, None).starts_with("DIR/index.json: it cannot be read: "));
    }
    for at in 0..whole.len() {
        let mut other = whole.clone();
        *other.get_mut(at).expect("a byte") = b'0';
        folder.write("index.json", other);
        // It may be the same image under another name, or none; it is no panic.
        let _ = Layout::open(folder.path()).and_then(|layout| layout.select(None));
    }
}

#[test]
fn manifests_cut_at_any_byte_are_refused() {
    let folder = Folder::new();
    let image = folder.image(b"layer");
    let whole = fs::read(folder.blob_path(image.digest)).expect("a manifest");
    for end in 0..whole.len() {
        let part = folder.blob(MANIFEST, whole.get(..end).expect("a part"));
        folder.index(&[json!(part)]);
        let hex = part.digest.hex();
        let said = refusal(&folder, None);
        let expected = format!("DIR/blobs/sha256/{hex}: this is no manifest: ");
        assert!(said.starts_with(&expected), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_as_good_as_files() {
    let folder = Folder::new();
    let image = folder.image(b"layer");
    folder.index(&[json!(image)]);
    let (path, elsewhere) = (folder.blob_path(image.digest), folder.path().join("elsewhere"));
    fs::rename(&path, &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, &path).expect("a link");
    assert_eq!(folder.layout().select(None).expect("an image").digest(), image.digest);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_an_error() {
    let folder = Folder::new();
    let image = folder.image(b"layer");
    folder.index(&[json!(image)]);
    let path = folder.blob_path(image.digest);
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("a folder");
    assert!(refusal(&folder, None).starts_with("cannot read DIR/blobs/sha256/"));
}
