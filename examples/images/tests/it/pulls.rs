//! Pulls: downloads, files, and untrusted responses.

use std::collections::VecDeque;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use longshore::HttpTransport;
use longshore::ecr::operation::*;
use longshore::ecr::types::{Image, ImageIdentifier};
use longshore_images::{Digest, Layout, PullOptions, SampleOptions};
use longshore_testing::Fault;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::pushes::platforms;
use crate::test_layout::{INDEX, MANIFEST, TestLayout, blobs};
use crate::test_registry::{REPOSITORY, TestRegistry};

/// A registry with a sample as `team/app:v1`, and an empty folder.
async fn pushed(options: &SampleOptions) -> (TestRegistry, TestLayout, TempDir) {
    pushed_layout(TestLayout::sample(options)).await
}

/// A registry with the image of a layout as `team/app:v1`, and an empty folder.
async fn pushed_layout(folder: TestLayout) -> (TestRegistry, TestLayout, TempDir) {
    let registry = TestRegistry::new().await;
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    (registry, folder, tempdir().expect("a folder"))
}

fn small() -> SampleOptions {
    SampleOptions::new().platforms(platforms()).layer_size(5000)
}

#[tokio::test]
async fn valid_blobs_are_not_downloaded_again() {
    let (registry, folder, copy) = pushed(&small()).await;
    let first = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((first.moved.blobs, first.present.blobs), (5, 0));
    let damaged = folder.layout().select(None).expect("an image").blobs()[1].clone();
    fs::write(copy.path().join("blobs/sha256").join(damaged.digest.hex()), vec![1; 5000])
        .expect("written");

    let downloads = registry.downloads();
    let again = registry.pull("team/app:v1", copy.path()).await.expect("pulled again");
    assert_eq!((again.moved.blobs, again.present.blobs), (1, 4));
    assert_eq!(registry.downloads() - downloads, 1);
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_blob_is_downloaded_in_chunks() {
    let (registry, folder, copy) = pushed(&SampleOptions::new().layers(1).layer_size(5000)).await;
    let options = PullOptions::new().chunk_size(2000);
    registry.pull_with("team/app:v1", copy.path(), &options, Arc::new(())).await.expect("pulled");
    let calls = registry.calls();
    let mut ranges: Vec<_> = calls.iter().filter_map(|call| call.header("range")).collect();
    ranges.sort_unstable();
    assert_eq!(ranges.get(1..), Some(&["bytes=0-1999", "bytes=2000-3999", "bytes=4000-4999"][..]));
    assert_eq!(registry.count::<GetDownloadUrlForLayerRequest>(), 2, "a URL serves a whole blob");
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_failed_chunk_is_retried_with_a_new_url() {
    let faults = [Fault::status(403), Fault::status(503), Fault::drop(), Fault::truncate()];
    for fault in faults {
        let (registry, folder, copy) = pushed_layout(TestLayout::of_one_blob()).await;
        registry.registry.server().fault_on_get(fault);
        registry.pull("team/app:v1", copy.path()).await.expect("pulled");
        assert_eq!(registry.count::<GetDownloadUrlForLayerRequest>(), 2);
        assert_eq!(blobs(folder.path()), blobs(copy.path()));
    }
}

#[tokio::test]
async fn a_chunk_on_a_stale_connection_is_requested_again_with_the_same_url() {
    let (registry, folder, copy) = pushed_layout(TestLayout::of_one_blob()).await;
    registry.registry.server().fault_on_get(Fault::drop().after(1));
    // By default, a connection counts as stale only for a few milliseconds.
    let transport = HttpTransport::builder().stale_window(Duration::from_secs(3600)).build();
    let options = PullOptions::new().chunk_size(1).transport(transport);
    registry.pull_with("team/app:v1", copy.path(), &options, Arc::new(())).await.expect("pulled");
    assert_eq!(registry.downloads(), 3);
    assert_eq!(registry.count::<GetDownloadUrlForLayerRequest>(), 1);
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn errors_do_not_contain_the_url() {
    let (registry, folder, copy) = pushed_layout(TestLayout::of_one_blob()).await;
    let config = folder.layout().select(None).expect("an image").blobs()[0].digest;
    registry.registry.server().fault_on_get(Fault::status(404));
    let error = registry.pull("team/app:v1", copy.path()).await.expect_err("it is not there");
    let message = format!("download of {config}: the response has status 404 Not Found");
    assert_eq!(error.to_string(), message);
    for _ in 0..5 {
        registry.registry.server().fault_on_get(Fault::drop());
    }
    let error = registry.pull("team/app:v1", copy.path()).await.expect_err("no response");
    let message = error.to_string();
    assert!(message.starts_with(&format!("download of {config}: ")), "{message}");
    assert!(!message.contains("http://"), "{message}");
    assert!(!copy.path().join("index.json").exists());
}

#[tokio::test]
async fn content_with_a_wrong_digest_is_removed() {
    let (registry, _, copy) = pushed_layout(TestLayout::of_one_blob()).await;
    let server = registry.registry.server();
    let url = format!("{}/lies/1", server.url());
    server.on(move |request: GetDownloadUrlForLayerRequest| {
        let response = GetDownloadUrlForLayerResponse::new().layer_digest(request.layer_digest);
        let response = response.download_url(url.clone());
        async move { Ok::<_, GetDownloadUrlForLayerError>(response) }
    });
    let image = TestLayout::of_one_blob().layout().select(None);
    let config = image.expect("an image").blobs()[0].clone();
    let size = usize::try_from(config.size).expect("a size");
    let lie = vec![b'x'; size];
    let found = Digest::of(&lie);
    server.on_get("/lies/", move |_| {
        let lie = lie.clone();
        async move { Some(lie) }
    });
    let error = registry.pull("team/app:v1", copy.path()).await.expect_err("it is something else");
    let digest = config.digest;
    let message =
        format!("the content from team/app is damaged: its digest is {found}, not {digest}");
    assert_eq!(error.to_string(), message);
    assert_eq!(fs::read_dir(copy.path()).expect("a folder").count(), 0);
}

/// A registry that returns these digests and manifests, whatever is requested.
async fn registry_returning(responses: impl IntoIterator<Item = (Digest, String)>) -> TestRegistry {
    let registry = TestRegistry::new().await;
    let responses = Mutex::new(responses.into_iter().collect::<VecDeque<_>>());
    registry.registry.server().on(move |_: BatchGetImageRequest| {
        let next = responses.lock().expect("no test panics while it is locked").pop_front();
        let (digest, content) = next.expect("a response");
        let id = ImageIdentifier::new().image_tag("v1").image_digest(digest.to_string());
        let response = [Image::new().image_id(id).image_manifest(content)];
        let response = BatchGetImageResponse::new().images(response);
        async move { Ok::<_, BatchGetImageError>(response) }
    });
    registry
}

fn index_of(children: &Value) -> (Digest, String) {
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": children });
    (Digest::of(index.to_string().as_bytes()), index.to_string())
}

/// The message of a pull from such a registry.
async fn pull_error(responses: impl IntoIterator<Item = (Digest, String)>) -> String {
    let copy = tempdir().expect("a folder");
    let pulled = registry_returning(responses).await.pull("team/app:v1", copy.path()).await;
    assert!(!copy.path().join("index.json").exists());
    pulled.expect_err("it is something else").to_string()
}

#[tokio::test]
async fn a_manifest_with_a_wrong_digest_is_rejected() {
    let claimed = Digest::of(b"claimed");
    let (found, content) = index_of(&json!([]));
    let message =
        format!("the manifest of team/app:v1 is damaged: its digest is {found}, not {claimed}");
    assert_eq!(pull_error([(claimed, content)]).await, message);
}

#[tokio::test]
async fn children_that_differ_from_the_index_are_rejected() {
    let (child, content) = index_of(&json!([]));
    let size = content.len() as u64;
    let listed = |digest: Digest, media_type: &str, size: u64| {
        index_of(&json!([{ "mediaType": media_type, "digest": digest, "size": size }]))
    };
    let location = format!("team/app@{child}");

    let other = Digest::of(b"other");
    let responses = [listed(other, INDEX, size), (other, content.clone())];
    let message = format!("team/app@{other} is missing, but the image needs {other}");
    assert_eq!(pull_error(responses).await, message);

    let responses = [listed(child, INDEX, size + 1), (child, content.clone())];
    let wrong = size + 1;
    let message = format!("{location} is damaged: it has {size} bytes, but {child} has {wrong}");
    assert_eq!(pull_error(responses).await, message);

    let responses = [listed(child, MANIFEST, size), (child, content)];
    let message =
        format!("{location}: its mediaType is {INDEX}, but the reference to it has {MANIFEST}");
    assert_eq!(pull_error(responses).await, message);

    let responses = [listed(child, "text/plain", size)];
    assert_eq!(
        pull_error(responses).await,
        format!("{location}: media type text/plain is not supported")
    );
}

#[tokio::test]
async fn the_media_type_defaults_to_that_of_the_manifest() {
    let (digest, content) = index_of(&json!([]));
    let copy = tempdir().expect("a folder");
    let pulled =
        registry_returning([(digest, content)]).await.pull("team/app:v1", copy.path()).await;
    assert_eq!(pulled.expect("pulled").digest, digest);
    let without = json!({ "schemaVersion": 2, "manifests": [] }).to_string();
    let digest = Digest::of(without.as_bytes());
    let message = "fetching the manifests of team/app:v1: the image has no media type";
    assert_eq!(pull_error([(digest, without)]).await, message);
}

#[tokio::test]
async fn an_image_that_is_pulled_by_digest_has_no_name() {
    let (registry, folder, copy) = pushed(&small()).await;
    let image = folder.layout().select(None).expect("an image");
    let from = format!("{REPOSITORY}@{}", image.digest());
    for _ in 0..2 {
        registry.pull(&from, copy.path()).await.expect("pulled");
        let layout = Layout::open(copy.path()).expect("a layout");
        let names: Vec<_> = layout.entries().iter().map(|entry| entry.name()).collect();
        assert_eq!(names, [None]);
    }
    assert_eq!(blobs(folder.path()), blobs(copy.path()));

    let other = TestLayout::of_one_blob();
    let pushed = registry.push(&other, REPOSITORY).await.expect("pushed");
    let from = format!("{REPOSITORY}@{}", pushed.digest);
    registry.pull(&from, copy.path()).await.expect("pulled");
    let layout = Layout::open(copy.path()).expect("a layout");
    let digests: Vec<_> = layout.entries().iter().map(|entry| entry.digest).collect();
    assert_eq!(digests, [image.digest(), pushed.digest], "both have no name");
}

#[tokio::test]
async fn other_images_of_the_layout_are_kept() {
    let (registry, _, _) = pushed(&small()).await;
    let there = TestLayout::new();
    let (one, two) = (there.image(b"one"), there.image(b"two"));
    let mut named = json!(one);
    named["annotations"] = json!({ "org.opencontainers.image.ref.name": "v0", "more": "kept" });
    let mut replaced = json!(two);
    replaced["annotations"] = json!({ "org.opencontainers.image.ref.name": "team/app:v1" });
    let index = json!({
        "schemaVersion": 2, "manifests": [named, replaced], "annotations": { "also": "kept" },
    });
    there.write("index.json", index.to_string());
    registry.pull("team/app:v1", there.path()).await.expect("pulled");
    let index = fs::read(there.path().join("index.json")).expect("an index");
    let index: Value = serde_json::from_slice(&index).expect("JSON");
    assert_eq!(index["annotations"], json!({ "also": "kept" }));
    assert_eq!(index["manifests"][0], named);
    let layout = there.layout();
    let names: Vec<_> = layout.entries().iter().map(|entry| entry.name()).collect();
    assert_eq!(names, [Some("v0"), Some("v1")]);
    assert_ne!(layout.entries()[1].digest, two.digest);
}

#[tokio::test]
async fn an_invalid_layout_is_rejected_before_anything_is_downloaded() {
    let (registry, _, copy) = pushed(&small()).await;
    let path = copy.path().join("index.json");
    fs::write(&path, "{").expect("written");
    let error = registry.pull("team/app:v1", copy.path()).await.expect_err("it is no layout");
    assert!(error.to_string().contains("index.json: invalid content: "), "{error}");
    for content in ["{}", "[1]"] {
        fs::write(&path, content).expect("written");
        let error = registry.pull("team/app:v1", copy.path()).await.expect_err("it is no layout");
        assert!(error.to_string().ends_with("not an image index: there is no list `manifests`"));
    }
    assert_eq!(registry.count::<BatchGetImageRequest>(), 0);
}

#[tokio::test]
async fn missing_images_are_reported_with_the_message_of_the_service() {
    let (registry, _, copy) = pushed(&small()).await;
    let error = registry.pull("team/app:v2", copy.path()).await.expect_err("no such tag");
    let message = error.to_string();
    let expected = "fetching the manifests of team/app:v2: ImageNotFound: ";
    assert!(message.starts_with(expected), "{message}");
    let error = registry.pull("team/other:v1", copy.path()).await.expect_err("no such repository");
    let message = error.to_string();
    let expected =
        "fetching the manifests of team/other:v1: BatchGetImage: RepositoryNotFoundException";
    assert!(message.starts_with(expected), "{message}");
    let error = registry.pull("team/app", copy.path()).await.expect_err("which image?");
    let message = "team/app: add a tag or a digest";
    assert_eq!(error.to_string(), message);
}

#[tokio::test]
async fn the_children_of_an_index_are_read_in_batches() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let images: Vec<_> = (0..150)
        .map(|number| {
            let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
            let annotations = json!({ "number": number.to_string() });
            let layers = [&config];
            let members = json!({ "config": config, "layers": layers, "annotations": annotations });
            folder.manifest(MANIFEST, members)
        })
        .collect();
    let index = folder.manifest(INDEX, json!({ "manifests": images }));
    folder.index(&[json!(index)]);
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let pulled = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.manifests, pulled.moved.blobs), (151, 1));
    let requests = registry.registry.server().requests::<BatchGetImageRequest>();
    let sizes: Vec<_> = requests.iter().map(|request| request.image_ids.len()).collect();
    assert_eq!(sizes, [1, 100, 50]);
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_failed_pull_leaves_no_folders_and_no_empty_files() {
    let (registry, _, parent) = pushed(&small()).await;
    let copy = parent.path().join("new/copy");
    registry.pull("team/app:v2", &copy).await.expect_err("no such tag");
    assert!(!parent.path().join("new").exists());

    for _ in 0..20 {
        registry.registry.server().fault_on_get(Fault::status(404));
    }
    registry.pull("team/app:v1", &copy).await.expect_err("no layer can be downloaded");
    assert!(!parent.path().join("new").exists());

    fs::create_dir_all(copy.join("blobs")).expect("created");
    registry.pull("team/app:v1", &copy).await.expect_err("no layer can be downloaded");
    let names = fs::read_dir(&copy).expect("a folder").map(|entry| entry.expect("one").file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["blobs"], "existing folders stay");
    assert_eq!(fs::read_dir(copy.join("blobs")).expect("a folder").count(), 0);
}
