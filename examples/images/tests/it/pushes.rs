//! Pushes: what is sent, and in which order.

use std::sync::Arc;

use longshore::ecr::exception::LayerAlreadyExistsException;
use longshore::ecr::operation::*;
use longshore::ecr_public;
use longshore_images::{
    Blob, BlobStatus, Platform, Progress, PushOptions, Reference, SampleOptions, push,
};
use longshore_testing::Fault;
use serde_json::json;
use tempfile::tempdir;

use crate::recorder::{ProgressRecorder, RecordedBlob};
use crate::test_layout::{LAYER, MANIFEST, TestLayout, blobs};
use crate::test_registry::{REPOSITORY, TestRegistry};

pub fn platforms() -> [Platform; 2] {
    ["linux/amd64", "linux/arm64"].map(|text| text.parse().expect("a platform"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_image_with_large_layers_is_pushed_and_pulled_unchanged() {
    let registry = TestRegistry::new().await;
    let options = SampleOptions::new().platforms(platforms()).layers(1).layer_size(60_000_000);
    let folder = TestLayout::sample(&options);
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.manifests, pushed.moved.blobs, pushed.present.blobs), (3, 3, 0));
    // Six parts of 10 MiB at most, and two configurations.
    assert_eq!(registry.count::<UploadLayerPartRequest>(), 8);

    let copy = tempdir().expect("a folder");
    let pulled = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.digest, pulled.moved), (pushed.digest, pushed.moved));
    assert!(blobs(folder.path()) == blobs(copy.path()), "every file is the same");
    let layout = longshore_images::Layout::open(copy.path()).expect("a layout");
    let image = layout.select(Some("v1")).expect("an image of this name");
    assert_eq!(image.digest(), pushed.digest);
}

#[tokio::test]
async fn manifests_follow_blobs_children_first_and_the_tag_is_set_last() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::sample(&SampleOptions::new().platforms(platforms()).layer_size(0));
    registry.push(&folder, "team/app:v1").await.expect("pushed");

    let image = folder.layout().select(None).expect("an image");
    let expected = image.manifests().iter().map(|manifest| {
        let root = manifest.digest == image.digest();
        (Some(manifest.digest.to_string()), root.then(|| "v1".to_owned()))
    });
    let puts = registry.registry.server().requests::<PutImageRequest>();
    let puts = puts.into_iter().map(|put| (put.image_digest, put.image_tag));
    assert_eq!(puts.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    let calls = registry.calls();
    let first = calls.iter().position(|call| call.is::<PutImageRequest>()).expect("one");
    let last = calls.iter().rposition(|call| call.is::<CompleteLayerUploadRequest>());
    assert!(last.expect("one") < first);
    assert_eq!(registry.tags().await, [("v1".to_owned(), image.digest().to_string())]);
}

#[tokio::test]
async fn existing_blobs_are_not_sent_again() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::sample(&SampleOptions::new().layers(3).layer_size(5000));
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    let uploads = registry.count::<InitiateLayerUploadRequest>();
    assert_eq!(uploads, 4);

    let recorder = Arc::new(ProgressRecorder::default());
    let options = PushOptions::new();
    let again = registry.push_with(&folder, "team/app:v1", &options, recorder.clone()).await;
    let again = again.expect("pushed again");
    assert_eq!((again.moved.blobs, again.present.blobs), (0, 4));
    assert!(again.present.bytes > 15_000);
    let present = |blob: RecordedBlob| {
        let RecordedBlob { size, status, .. } = blob;
        let expected = RecordedBlob {
            size,
            started: false,
            moved: 0,
            status: Some(BlobStatus::AlreadyPresent),
        };
        blob == expected && status.is_some()
    };
    assert!(recorder.blobs().into_values().all(present));
    registry.push(&folder, "team/app:v2").await.expect("pushed under another tag");
    assert_eq!(registry.count::<InitiateLayerUploadRequest>(), uploads);
    assert_eq!(registry.tags().await.len(), 2);
}

#[tokio::test]
async fn an_image_can_be_pushed_to_ecr_public() {
    let registry = TestRegistry::new().await;
    let remote = registry.public();
    assert!(remote.create_repository("app").await.expect("a repository"));
    assert!(!remote.create_repository("app").await.expect("it is there already"));
    let folder = TestLayout::sample(&SampleOptions::new().platforms(platforms()).layer_size(5000));
    let to: Reference = "app:v1".parse().expect("a reference");
    let options = PushOptions::new();
    let pushed = push(&remote, &folder.layout(), &to, &options, Arc::new(())).await;
    let pushed = pushed.expect("pushed");
    assert_eq!((pushed.manifests, pushed.moved.blobs), (3, 5));
    let again = push(&remote, &folder.layout(), &to, &options, Arc::new(())).await;
    assert_eq!(again.expect("pushed again").present.blobs, 5);

    let public = ecr_public::Client::new(&registry.registry.config());
    let request = ecr_public::operation::DescribeImagesRequest::new("app");
    let images = public.describe_images(&request).await.expect("images").image_details;
    let tagged = images.into_iter().find(|image| !image.image_tags.is_empty());
    assert_eq!(tagged.expect("one").image_digest, Some(pushed.digest.to_string()));
    assert_eq!(registry.tags().await, [], "the private registry has nothing of it");
}

#[tokio::test]
async fn the_availability_of_blobs_is_checked_in_batches() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let layers: Vec<_> = (0..250).map(|it: u32| folder.blob(LAYER, it.to_le_bytes())).collect();
    let image = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    folder.index(&[json!(image)]);
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!(pushed.moved.blobs, 251);
    let requests = registry.registry.server().requests::<BatchCheckLayerAvailabilityRequest>();
    let sizes: Vec<_> = requests.iter().map(|request| request.layer_digests.len()).collect();
    assert_eq!(sizes, [100, 100, 51]);
}

#[tokio::test]
async fn parts_have_the_suggested_size_and_are_sent_in_order() {
    let registry = TestRegistry::with_parts(1000).await;
    let folder = TestLayout::sample(&SampleOptions::new().layers(1).layer_size(2500));
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    let parts = registry.registry.server().requests::<UploadLayerPartRequest>();
    let upload = &parts.iter().find(|part| part.part_first_byte > 0).expect("a layer").upload_id;
    let parts = parts.iter().filter(|part| part.upload_id == *upload);
    let ranges: Vec<_> = parts.map(|part| (part.part_first_byte, part.part_last_byte)).collect();
    assert_eq!(ranges, [(0, 999), (1000, 1999), (2000, 2499)]);
}

/// The service has handled the call, but the client retries it because the response was lost.
#[tokio::test]
async fn lost_responses_do_not_fail_the_push() {
    let registry = TestRegistry::with_parts(1000).await;
    let folder = TestLayout::sample(&SampleOptions::new().layers(1).layer_size(2500));
    let server = registry.registry.server();
    server.fault_on::<UploadLayerPartRequest>(Fault::truncate());
    server.fault_on::<UploadLayerPartRequest>(Fault::truncate().after(3));
    server.fault_on::<CompleteLayerUploadRequest>(Fault::truncate());
    server.fault_on::<PutImageRequest>(Fault::truncate());
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!(registry.count::<CompleteLayerUploadRequest>(), 3);
    assert_eq!(registry.count::<PutImageRequest>(), 2);
    assert_eq!(registry.tags().await, [("v1".to_owned(), pushed.digest.to_string())]);
    let copy = tempdir().expect("a folder");
    registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn a_layer_that_another_client_pushed_meanwhile_is_accepted() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::sample(&SampleOptions::new().layer_size(0));
    let server = registry.registry.server();
    server.on(|_: CompleteLayerUploadRequest| async {
        let there = LayerAlreadyExistsException::new();
        Err(CompleteLayerUploadError::LayerAlreadyExistsException(there))
    });
    server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(PutImageResponse::new()) });
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!(pushed.moved.blobs, 3);
}

#[tokio::test]
async fn progress_is_reported_for_every_blob_and_every_byte() {
    let registry = TestRegistry::with_parts(1000).await;
    let folder = TestLayout::sample(&SampleOptions::new().layers(6).layer_size(2500));
    let recorder = Arc::new(ProgressRecorder::default());
    let options = PushOptions::new().jobs(2);
    registry.push_with(&folder, "team/app:v1", &options, recorder.clone()).await.expect("pushed");
    let blobs = recorder.blobs();
    assert_eq!(blobs.len(), 7);
    for blob in blobs.into_values() {
        let RecordedBlob { size, .. } = blob;
        let expected =
            RecordedBlob { size, started: true, moved: size, status: Some(BlobStatus::Moved) };
        assert_eq!(blob, expected);
    }
    assert_eq!(recorder.max_concurrent(), 2);
}

/// The panic propagates to the caller of the push.
#[tokio::test]
#[should_panic(expected = "no bar for this")]
async fn a_panic_of_the_progress_is_propagated() {
    struct Clumsy;
    impl Progress for Clumsy {
        fn moved(&self, _: &Blob, _: u64) {
            panic!("no bar for this");
        }
    }
    let registry = TestRegistry::new().await;
    let folder = TestLayout::sample(&SampleOptions::new().layer_size(0));
    let options = PushOptions::new();
    let _ = registry.push_with(&folder, "team/app:v1", &options, Arc::new(Clumsy)).await;
}

#[tokio::test]
async fn a_reference_can_have_no_tag_or_a_digest() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::sample(&SampleOptions::new().layer_size(0));
    let pushed = registry.push(&folder, REPOSITORY).await.expect("pushed without a tag");
    assert_eq!(registry.tags().await, []);

    let other = TestLayout::new();
    let (one, two) = (other.image(b"one"), other.image(b"two"));
    other.index(&[json!(one), json!(two)]);
    let to = format!("{REPOSITORY}:v1@{}", two.digest);
    let chosen = registry.push(&other, &to).await.expect("the digest selects the image");
    assert_eq!(chosen.digest, two.digest);

    let to = format!("{REPOSITORY}:v2@{}", one.digest);
    let options = PushOptions::new().select("sample");
    let error = registry.push_with(&folder, &to, &options, Arc::new(())).await;
    let message =
        format!("the selected image is {}, but the reference has {}", pushed.digest, one.digest);
    assert_eq!(error.expect_err("the digests differ").to_string(), message);
    assert_eq!(registry.tags().await.len(), 1);
}

#[tokio::test]
async fn docker_images_are_pushed_unchanged() {
    const DOCKER: &str = "application/vnd.docker.distribution.manifest.v2+json";
    const LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let config = folder.blob("application/vnd.docker.container.image.v1+json", "{}");
    let layers = [folder.blob("application/vnd.docker.image.rootfs.diff.tar.gzip", "layer")];
    let members = json!({ "mediaType": DOCKER, "config": config, "layers": layers });
    let image = folder.manifest(DOCKER, members);
    let list = folder.manifest(LIST, json!({ "mediaType": LIST, "manifests": [image] }));
    folder.index(&[json!(list)]);
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let pulled = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.digest, pulled.manifests), (list.digest, 2));
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}

#[tokio::test]
async fn foreign_layers_need_not_exist_and_are_moved_if_they_do() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
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
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.foreign), (2, 1));
    let copy = tempdir().expect("a folder");
    let pulled = registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert_eq!((pulled.moved.blobs, pulled.foreign), (2, 1));
    assert_eq!(blobs(folder.path()), blobs(copy.path()));

    // The same image after the layer was downloaded from elsewhere.
    folder.blob(LAYER, b"elsewhere");
    let pushed = registry.push(&folder, "team/app:v2").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.present.blobs, pushed.foreign), (1, 2, 0));
    let pulled = registry.pull("team/app:v2", copy.path()).await.expect("pulled");
    assert_eq!((pulled.moved.blobs, pulled.present.blobs, pulled.foreign), (1, 2, 0));
    assert_eq!(blobs(folder.path()), blobs(copy.path()));
}
