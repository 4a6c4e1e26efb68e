//! What a pull fetches and writes, and what it does not believe.

use std::collections::VecDeque;
use std::fs;
use std::sync::{Arc, Mutex};

use longshore::ecr::operation::*;
use longshore::ecr::types::{Image, ImageIdentifier};
use longshore_images::{Digest, Layout, PullOptions, SampleOptions};
use longshore_testing::Fault;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::folder::{Folder, INDEX, MANIFEST, blobs};
use crate::pushes::platforms;
use crate::trial::{REPOSITORY, Trial};

/// A registry that has a sample as `team/app:v1`, and an empty folder.
async fn pushed(options: &SampleOptions) -> (Trial, Folder, TempDir) {
    let trial = Trial::new().await;
    let folder = Folder::sample(options);
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    (trial, folder, tempdir().expect("a folder"))
}

fn small() -> SampleOptions {
    SampleOptions::new().platforms(platforms()).layer_size(5000)
}

#[tokio::test]
async fn blobs_that_are_there_and_right_are_not_fetched() {
    let (trial, folder, copy) = pushed(&small()).await;
    let first = trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((first.moved.blobs, first.there.blobs), (5, 0));
    let damaged = folder.layout().select(None).expect("an image").blobs()[1].clone();
    fs::write(copy.path().join("blobs/sha256").join(damaged.digest.hex()), vec![1; 5000])
        .expect("written");

    let downloads = trial.downloads();
    let again = trial.pull("team/app:v1", copy.path()).await.expect("pulled again");
    assert_eq!((again.moved.blobs, again.there.blobs), (1, 4));
    assert_eq!(trial.downloads() - downloads, 1);
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_blob_comes_in_pieces() {
    let (trial, folder, copy) = pushed(&SampleOptions::new().layers(1).layer_size(5000)).await;
    let options = PullOptions::new().piece_size(2000);
    trial.pull_with("team/app:v1", copy.path(), &options, Arc::new(())).await.expect("pulled");
    let calls = trial.calls();
    let mut ranges: Vec<_> = calls.iter().filter_map(|call| call.header("range")).collect();
    ranges.sort_unstable();
    assert_eq!(ranges.get(1..), Some(&["bytes=0-1999", "bytes=2000-3999", "bytes=4000-4999"][..]));
    assert_eq!(trial.count::<GetDownloadUrlForLayerRequest>(), 2, "a URL serves a whole blob");
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_piece_that_does_not_come_is_asked_for_again_with_a_new_url() {
    let faults = [Fault::status(403), Fault::status(503), Fault::drop(), Fault::truncate()];
    for fault in faults {
        let (trial, folder, copy) = pushed(&SampleOptions::new().layers(0)).await;
        trial.registry.server().fault_on_get(fault);
        trial.pull("team/app:v1", copy.path()).await.expect("pulled");
        assert_eq!(trial.count::<GetDownloadUrlForLayerRequest>(), 2);
        assert_eq!(blobs(folder.path()), blobs(copy.path()));
    }
}

#[tokio::test]
async fn a_piece_that_never_comes_is_an_error_without_the_url() {
    let (trial, folder, copy) = pushed(&SampleOptions::new().layers(0)).await;
    let config = folder.layout().select(None).expect("an image").blobs()[0].digest;
    trial.registry.server().fault_on_get(Fault::status(404));
    let error = trial.pull("team/app:v1", copy.path()).await.expect_err("it is not there");
    let said = format!("download of {config}: the answer was 404 Not Found");
    assert_eq!(error.to_string(), said);
    for _ in 0..5 {
        trial.registry.server().fault_on_get(Fault::drop());
    }
    let error = trial.pull("team/app:v1", copy.path()).await.expect_err("no answer comes");
    let said = error.to_string();
    assert!(said.starts_with(&format!("download of {config}: ")), "{said}");
    assert!(!said.contains("http://"), "{said}");
    assert!(!copy.path().join("index.json").exists());
}

#[tokio::test]
async fn content_that_is_not_what_its_digest_says_is_not_kept() {
    let (trial, _, copy) = pushed(&SampleOptions::new().layers(0)).await;
    let server = trial.registry.server();
    let url = format!("{}/lies/1", server.url());
    server.on(move |request: GetDownloadUrlForLayerRequest| {
        let answer = GetDownloadUrlForLayerResponse::new().layer_digest(request.layer_digest);
        let answer = answer.download_url(url.clone());
        async move { Ok::<_, GetDownloadUrlForLayerError>(answer) }
    });
    let image = Folder::sample(&SampleOptions::new().layers(0)).layout().select(None);
    let config = image.expect("an image").blobs()[0].clone();
    let size = usize::try_from(config.size).expect("a size");
    let lie = vec![b'x'; size];
    let found = Digest::of(&lie);
    server.on_get("/lies/", move |_| {
        let lie = lie.clone();
        async move { Some(lie) }
    });
    let error = trial.pull("team/app:v1", copy.path()).await.expect_err("it is something else");
    let digest = config.digest;
    let said = format!(
        "what came from team/app is not {digest}: its content is {found}, so it is damaged"
    );
    assert_eq!(error.to_string(), said);
    assert_eq!(blobs(copy.path()), []);
    assert!(!copy.path().join("index.json").exists());
}

/// A registry that answers with these manifests, whatever it is asked for, and says the digests.
async fn lying(answers: impl IntoIterator<Item = (Digest, String)>) -> Trial {
    let trial = Trial::new().await;
    let answers = Mutex::new(answers.into_iter().collect::<VecDeque<_>>());
    trial.registry.server().on(move |_: BatchGetImageRequest| {
        let next = answers.lock().expect("no test panics in it").pop_front();
        let (digest, content) = next.expect("an answer");
        let id = ImageIdentifier::new().image_tag("v1").image_digest(digest.to_string());
        let answer = [Image::new().image_id(id).image_manifest(content)];
        let answer = BatchGetImageResponse::new().images(answer);
        async move { Ok::<_, BatchGetImageError>(answer) }
    });
    trial
}

fn index_of(children: &Value) -> (Digest, String) {
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": children });
    (Digest::of(index.to_string().as_bytes()), index.to_string())
}

/// What a pull of what such a registry has says.
async fn refusal(answers: impl IntoIterator<Item = (Digest, String)>) -> String {
    let copy = tempdir().expect("a folder");
    let pulled = lying(answers).await.pull("team/app:v1", copy.path()).await;
    assert!(!copy.path().join("index.json").exists());
    pulled.expect_err("it is something else").to_string()
}

#[tokio::test]
async fn a_manifest_that_is_not_what_its_digest_says_is_refused() {
    let claimed = Digest::of(b"claimed");
    let (found, content) = index_of(&json!([]));
    let said = format!(
        "the manifest of team/app:v1 is not {claimed}: its content is {found}, so it is damaged"
    );
    assert_eq!(refusal([(claimed, content)]).await, said);
}

#[tokio::test]
async fn children_that_are_not_what_the_index_says_are_refused() {
    let (child, content) = index_of(&json!([]));
    let size = content.len() as u64;
    let listed = |digest: Digest, media_type: &str, size: u64| {
        index_of(&json!([{ "mediaType": media_type, "digest": digest, "size": size }]))
    };
    let place = format!("team/app@{child}");

    let other = Digest::of(b"other");
    let answers = [listed(other, INDEX, size), (other, content.clone())];
    let said = format!("team/app@{other} is missing, but the image needs {other}");
    assert_eq!(refusal(answers).await, said);

    let answers = [listed(child, INDEX, size + 1), (child, content.clone())];
    let wrong = size + 1;
    let said = format!("{place} has {size} bytes where {child} has {wrong}: it is damaged");
    assert_eq!(refusal(answers).await, said);

    let answers = [listed(child, MANIFEST, size), (child, content)];
    let said = format!("{place}: it says that it is {INDEX}, and whoever refers to it {MANIFEST}");
    assert_eq!(refusal(answers).await, said);

    let answers = [listed(child, "text/plain", size)];
    assert_eq!(refusal(answers).await, format!("{place}: media type text/plain is not supported"));
}

#[tokio::test]
async fn a_manifest_says_what_it_is_where_the_service_does_not() {
    let (digest, content) = index_of(&json!([]));
    let copy = tempdir().expect("a folder");
    let pulled = lying([(digest, content)]).await.pull("team/app:v1", copy.path()).await;
    assert_eq!(pulled.expect("pulled").digest, digest);
    let without = json!({ "schemaVersion": 2, "manifests": [] }).to_string();
    let digest = Digest::of(without.as_bytes());
    let said = "fetching the manifests of team/app:v1: it has no media type";
    assert_eq!(refusal([(digest, without)]).await, said);
}

#[tokio::test]
async fn an_image_is_pulled_by_digest_and_has_no_name_then() {
    let (trial, folder, copy) = pushed(&small()).await;
    let image = folder.layout().select(None).expect("an image");
    let from = format!("{REPOSITORY}@{}", image.digest());
    for _ in 0..2 {
        trial.pull(&from, copy.path()).await.expect("pulled");
        let layout = Layout::open(copy.path()).expect("a layout");
        let names: Vec<_> = layout.entries().iter().map(|entry| entry.name()).collect();
        assert_eq!(names, [None]);
    }
    assert_eq!(blobs(folder.path()), blobs(copy.path()));

    let other = Folder::sample(&SampleOptions::new().layers(0));
    let pushed = trial.push(&other, REPOSITORY).await.expect("pushed");
    let from = format!("{REPOSITORY}@{}", pushed.digest);
    trial.pull(&from, copy.path()).await.expect("pulled");
    let layout = Layout::open(copy.path()).expect("a layout");
    let digests: Vec<_> = layout.entries().iter().map(|entry| entry.digest).collect();
    assert_eq!(digests, [image.digest(), pushed.digest], "both have no name");
}

#[tokio::test]
async fn other_images_of_the_folder_stay() {
    let (trial, _, _) = pushed(&small()).await;
    let there = Folder::new();
    let (one, two) = (there.image(b"one"), there.image(b"two"));
    let mut named = json!(one);
    named["annotations"] = json!({ "org.opencontainers.image.ref.name": "v0", "more": "kept" });
    let mut replaced = json!(two);
    replaced["annotations"] = json!({ "org.opencontainers.image.ref.name": "v1" });
    let index = json!({
        "schemaVersion": 2, "manifests": [named, replaced], "annotations": { "also": "kept" },
    });
    there.write("index.json", index.to_string());
    trial.pull("team/app:v1", there.path()).await.expect("pulled");
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
async fn a_folder_that_cannot_take_an_image_is_refused_before_anything_is_fetched() {
    let (trial, _, copy) = pushed(&small()).await;
    let path = copy.path().join("index.json");
    fs::write(&path, "[1]").expect("written");
    let error = trial.pull("team/app:v1", copy.path()).await.expect_err("it is no layout");
    assert!(error.to_string().contains("index.json: it cannot be read: "), "{error}");
    fs::write(&path, "{}").expect("written");
    let error = trial.pull("team/app:v1", copy.path()).await.expect_err("it is no layout");
    assert!(error.to_string().ends_with("it is no index of images: it has no list `manifests`"));
    assert_eq!(trial.count::<BatchGetImageRequest>(), 0);
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_words_of_the_service() {
    let (trial, _, copy) = pushed(&small()).await;
    let error = trial.pull("team/app:v2", copy.path()).await.expect_err("no such tag");
    let said = error.to_string();
    let expected = "fetching the manifests of team/app:v2: ImageNotFound: ";
    assert!(said.starts_with(expected), "{said}");
    let error = trial.pull("team/other:v1", copy.path()).await.expect_err("no such repository");
    let said = error.to_string();
    let expected =
        "fetching the manifests of team/other:v1: BatchGetImage: RepositoryNotFoundException";
    assert!(said.starts_with(expected), "{said}");
    let error = trial.pull("team/app", copy.path()).await.expect_err("which image?");
    let said = "team/app: name a tag or a digest to say which image";
    assert_eq!(error.to_string(), said);
}

#[tokio::test]
async fn the_children_of_an_index_are_fetched_in_hundreds() {
    let trial = Trial::new().await;
    let folder = Folder::new();
    let images: Vec<_> = (0..150)
        .map(|number| {
            let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
            let annotations = json!({ "number": number.to_string() });
            let members = json!({ "config": config, "layers": [], "annotations": annotations });
            folder.manifest(MANIFEST, members)
        })
        .collect();
    let index = folder.manifest(INDEX, json!({ "manifests": images }));
    folder.index(&[json!(index)]);
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let pulled = trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.manifests, pulled.moved.blobs), (151, 1));
    let asked = trial.registry.server().requests::<BatchGetImageRequest>();
    let sizes: Vec<_> = asked.iter().map(|request| request.image_ids.len()).collect();
    assert_eq!(sizes, [1, 100, 50]);
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}
