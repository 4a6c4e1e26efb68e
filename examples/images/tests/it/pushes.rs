//! What a push sends, and in which order.

use std::sync::Arc;

use longshore::ecr::exception::LayerAlreadyExistsException;
use longshore::ecr::operation::*;
use longshore::ecr_public;
use longshore_images::{
    Blob, Outcome, Platform, Progress, PushOptions, Reference, SampleOptions, push,
};
use longshore_testing::Fault;
use serde_json::json;
use tempfile::tempdir;

use crate::folder::{Folder, LAYER, MANIFEST, blobs};
use crate::listener::{Heard, Listener};
use crate::trial::{REPOSITORY, Trial};

pub fn platforms() -> [Platform; 2] {
    ["linux/amd64", "linux/arm64"].map(|text| text.parse().expect("a platform"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_image_for_two_platforms_with_a_layer_of_60_mb_comes_back_byte_for_byte() {
    let trial = Trial::new().await;
    let options = SampleOptions::new().platforms(platforms()).layers(1).layer_size(60_000_000);
    let folder = Folder::sample(&options);
    let pushed = trial.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.manifests, pushed.moved.blobs, pushed.there.blobs), (3, 3, 0));
    // Six parts of 10 MiB at most, and two configurations.
    assert_eq!(trial.count::<UploadLayerPartRequest>(), 8);

    let copy = tempdir().expect("a folder");
    let pulled = trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.digest, pulled.moved), (pushed.digest, pushed.moved));
    assert!(blobs(folder.path()) == blobs(copy.path()), "every file is the same");
    let layout = longshore_images::Layout::open(copy.path()).expect("a layout");
    let image = layout.select(Some("v1")).expect("an image of this name");
    assert_eq!(image.digest(), pushed.digest);
}

#[tokio::test]
async fn manifests_come_after_the_blobs_children_first_and_the_tag_with_the_last_call() {
    let trial = Trial::new().await;
    let folder = Folder::sample(&SampleOptions::new().platforms(platforms()).layer_size(0));
    trial.push(&folder, "team/app:v1").await.expect("pushed");

    let image = folder.layout().select(None).expect("an image");
    let expected = image.manifests().iter().map(|manifest| {
        let root = manifest.digest == image.digest();
        (Some(manifest.digest.to_string()), root.then(|| "v1".to_owned()))
    });
    let puts = trial.registry.server().requests::<PutImageRequest>();
    let puts = puts.into_iter().map(|put| (put.image_digest, put.image_tag));
    assert_eq!(puts.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let calls = trial.calls();
    let first = calls.iter().position(|call| call.is::<PutImageRequest>()).expect("one");
    let last = calls.iter().rposition(|call| call.is::<CompleteLayerUploadRequest>());
    assert!(last.expect("one") < first);
    assert_eq!(trial.tags().await, [("v1".to_owned(), image.digest().to_string())]);
}

#[tokio::test]
async fn what_is_there_is_not_sent_again() {
    let trial = Trial::new().await;
    let folder = Folder::sample(&SampleOptions::new().layers(3).layer_size(5000));
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    let uploads = trial.count::<InitiateLayerUploadRequest>();
    assert_eq!(uploads, 4);

    let listener = Arc::new(Listener::default());
    let options = PushOptions::new();
    let again = trial.push_with(&folder, "team/app:v1", &options, listener.clone()).await;
    let again = again.expect("pushed again");
    assert_eq!((again.moved.blobs, again.there.blobs), (0, 4));
    assert!(again.there.bytes > 15_000);
    let there = |heard: Heard| {
        let Heard { size, outcome, .. } = heard;
        let expected =
            Heard { size, started: false, moved: 0, outcome: Some(Outcome::AlreadyThere) };
        heard == expected && outcome.is_some()
    };
    assert!(listener.heard().into_values().all(there));
    trial.push(&folder, "team/app:v2").await.expect("pushed under another tag");
    assert_eq!(trial.count::<InitiateLayerUploadRequest>(), uploads);
    assert_eq!(trial.tags().await.len(), 2);
}

#[tokio::test]
async fn an_image_goes_to_ecr_public_in_the_same_way() {
    let trial = Trial::new().await;
    let remote = trial.public();
    assert!(remote.create_repository("app").await.expect("a repository"));
    assert!(!remote.create_repository("app").await.expect("it is there already"));
    let folder = Folder::sample(&SampleOptions::new().platforms(platforms()).layer_size(5000));
    let to: Reference = "app:v1".parse().expect("a reference");
    let options = PushOptions::new();
    let pushed = push(&remote, &folder.layout(), &to, &options, Arc::new(())).await;
    let pushed = pushed.expect("pushed");
    assert_eq!((pushed.manifests, pushed.moved.blobs), (3, 5));
    let again = push(&remote, &folder.layout(), &to, &options, Arc::new(())).await;
    assert_eq!(again.expect("pushed again").there.blobs, 5);

    let public = ecr_public::Client::new(&trial.registry.config());
    let request = ecr_public::operation::DescribeImagesRequest::new("app");
    let images = public.describe_images(&request).await.expect("images").image_details;
    let tagged = images.into_iter().find(|image| !image.image_tags.is_empty());
    assert_eq!(tagged.expect("one").image_digest, Some(pushed.digest.to_string()));
    assert_eq!(trial.tags().await, [], "the private registry has nothing of it");
}

#[tokio::test]
async fn blobs_are_asked_for_in_hundreds() {
    let trial = Trial::new().await;
    let folder = Folder::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let layers: Vec<_> = (0..250).map(|it: u32| folder.blob(LAYER, it.to_le_bytes())).collect();
    let image = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    folder.index(&[json!(image)]);
    let pushed = trial.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!(pushed.moved.blobs, 251);
    let asked = trial.registry.server().requests::<BatchCheckLayerAvailabilityRequest>();
    let sizes: Vec<_> = asked.iter().map(|request| request.layer_digests.len()).collect();
    assert_eq!(sizes, [100, 100, 51]);
}

#[tokio::test]
async fn parts_have_the_size_that_the_service_asks_for_and_come_in_order() {
    let trial = Trial::with_parts(1000).await;
    let folder = Folder::sample(&SampleOptions::new().layers(1).layer_size(2500));
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    let parts = trial.registry.server().requests::<UploadLayerPartRequest>();
    let upload = &parts.iter().find(|part| part.part_first_byte > 0).expect("a layer").upload_id;
    let parts = parts.iter().filter(|part| part.upload_id == *upload);
    let ranges: Vec<_> = parts.map(|part| (part.part_first_byte, part.part_last_byte)).collect();
    assert_eq!(ranges, [(0, 999), (1000, 1999), (2000, 2499)]);
}

/// The service has done what it was asked for, and the client does not know it and asks again.
#[tokio::test]
async fn answers_that_get_lost_do_no_harm() {
    let trial = Trial::with_parts(1000).await;
    let folder = Folder::sample(&SampleOptions::new().layers(1).layer_size(2500));
    let server = trial.registry.server();
    server.fault_on::<UploadLayerPartRequest>(Fault::truncate());
    server.fault_on::<UploadLayerPartRequest>(Fault::truncate().after(3));
    server.fault_on::<CompleteLayerUploadRequest>(Fault::truncate());
    server.fault_on::<PutImageRequest>(Fault::truncate());
    let pushed = trial.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!(trial.count::<CompleteLayerUploadRequest>(), 3);
    assert_eq!(trial.count::<PutImageRequest>(), 2);
    assert_eq!(trial.tags().await, [("v1".to_owned(), pushed.digest.to_string())]);
    let copy = tempdir().expect("a folder");
    trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_layer_that_someone_else_has_pushed_meanwhile_is_there() {
    let trial = Trial::new().await;
    let folder = Folder::sample(&SampleOptions::new().layer_size(0));
    let server = trial.registry.server();
    server.on(|_: CompleteLayerUploadRequest| async {
        let there = LayerAlreadyExistsException::new();
        Err(CompleteLayerUploadError::LayerAlreadyExistsException(there))
    });
    server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(PutImageResponse::new()) });
    let pushed = trial.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!(pushed.moved.blobs, 3);
}

#[tokio::test]
async fn progress_hears_of_every_blob_and_every_byte() {
    let trial = Trial::with_parts(1000).await;
    let folder = Folder::sample(&SampleOptions::new().layers(6).layer_size(2500));
    let listener = Arc::new(Listener::default());
    let options = PushOptions::new().jobs(2);
    trial.push_with(&folder, "team/app:v1", &options, listener.clone()).await.expect("pushed");
    let heard = listener.heard();
    assert_eq!(heard.len(), 7);
    for heard in heard.into_values() {
        let Heard { size, .. } = heard;
        let expected = Heard { size, started: true, moved: size, outcome: Some(Outcome::Moved) };
        assert_eq!(heard, expected);
    }
    assert_eq!(listener.most_at_once(), 2);
}

/// Whoever wrote the progress sees the panic where the push was called.
#[tokio::test]
#[should_panic(expected = "no bar for this")]
async fn a_panic_of_the_progress_is_not_swallowed() {
    struct Clumsy;
    impl Progress for Clumsy {
        fn moved(&self, _: &Blob, _: u64) {
            panic!("no bar for this");
        }
    }
    let trial = Trial::new().await;
    let folder = Folder::sample(&SampleOptions::new().layer_size(0));
    let options = PushOptions::new();
    let _ = trial.push_with(&folder, "team/app:v1", &options, Arc::new(Clumsy)).await;
}

#[tokio::test]
async fn a_reference_may_have_no_tag_or_a_digest() {
    let trial = Trial::new().await;
    let folder = Folder::sample(&SampleOptions::new().layer_size(0));
    let pushed = trial.push(&folder, REPOSITORY).await.expect("pushed without a tag");
    assert_eq!(trial.tags().await, []);

    let other = Folder::new();
    let (one, two) = (other.image(b"one"), other.image(b"two"));
    other.index(&[json!(one), json!(two)]);
    let to = format!("{REPOSITORY}:v1@{}", two.digest);
    let chosen = trial.push(&other, &to).await.expect("the digest says which image");
    assert_eq!(chosen.digest, two.digest);

    let to = format!("{REPOSITORY}:v2@{}", one.digest);
    let options = PushOptions::new().select("sample");
    let error = trial.push_with(&folder, &to, &options, Arc::new(())).await;
    let said = format!(
        "the image that was selected is {}, and {} was asked for",
        pushed.digest, one.digest
    );
    assert_eq!(error.expect_err("it is another image").to_string(), said);
    assert_eq!(trial.tags().await.len(), 1);
}

#[tokio::test]
async fn images_of_docker_are_pushed_as_they_are() {
    const DOCKER: &str = "application/vnd.docker.distribution.manifest.v2+json";
    const LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
    let trial = Trial::new().await;
    let folder = Folder::new();
    let config = folder.blob("application/vnd.docker.container.image.v1+json", "{}");
    let layers = [folder.blob("application/vnd.docker.image.rootfs.diff.tar.gzip", "layer")];
    let members = json!({ "mediaType": DOCKER, "config": config, "layers": layers });
    let image = folder.manifest(DOCKER, members);
    let list = folder.manifest(LIST, json!({ "mediaType": LIST, "manifests": [image] }));
    folder.index(&[json!(list)]);
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let pulled = trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.digest, pulled.manifests), (list.digest, 2));
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn layers_that_no_registry_keeps_are_not_sent_and_need_not_be_there() {
    let trial = Trial::new().await;
    let folder = Folder::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let foreign = json!({
        "mediaType": "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "digest": longshore_images::Digest::of(b"elsewhere"),
        "size": 9,
        "urls": ["https://example.com/layer"],
    });
    let layers = json!([foreign, folder.blob(LAYER, "layer")]);
    let image = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    folder.index(&[json!(image)]);
    let pushed = trial.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.foreign), (2, 1));
    let copy = tempdir().expect("a folder");
    let pulled = trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.moved.blobs, pulled.foreign), (2, 1));
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}
