//! Images that cannot be pushed. Each error states the reason, and nothing is tagged.

use std::fs;

use longshore::ecr::exception::ImageTagAlreadyExistsException;
use longshore::ecr::operation::*;
use longshore_images::{Blob, Digest, Error, Layout, SampleOptions};
use serde_json::json;

use crate::test_layout::{LAYER, MANIFEST, TestLayout};
use crate::test_registry::TestRegistry;

/// A sample, and its second layer.
fn sample() -> (TestLayout, Blob) {
    let folder = TestLayout::sample(&SampleOptions::new().layers(2).layer_size(2500));
    let image = folder.layout().select(None).expect("an image");
    let layer = image.blobs().last().expect("a layer").clone();
    (folder, layer)
}

/// The message of a push, with the folder replaced by `DIR`.
async fn push_error(registry: &TestRegistry, folder: &TestLayout) -> String {
    let error = registry.push(folder, "team/app:v1").await.expect_err("it cannot be pushed");
    assert_eq!(registry.tags().await, [], "nothing is tagged");
    assert_eq!(registry.count::<PutImageRequest>(), 0);
    error.to_string().replace(&folder.path().display().to_string(), "DIR")
}

#[tokio::test]
async fn a_damaged_blob_does_not_become_part_of_the_repository() {
    let registry = TestRegistry::with_parts(1000).await;
    let (folder, layer) = sample();
    let path = folder.blob_path(layer.digest);
    let mut content = fs::read(&path).expect("a layer");
    *content.last_mut().expect("a byte") ^= 1;
    fs::write(&path, &content).expect("written");
    let (digest, hex, found) = (layer.digest, layer.digest.hex(), Digest::of(&content));
    let message = format!("DIR/blobs/sha256/{hex} is damaged: its digest is {found}, not {digest}");
    assert_eq!(push_error(&registry, &folder).await, message);
    let completed = registry.registry.server().requests::<CompleteLayerUploadRequest>();
    assert!(completed.iter().all(|request| request.layer_digests != [digest.to_string()]));
}

#[tokio::test]
async fn a_missing_blob_is_detected_before_anything_is_sent() {
    let registry = TestRegistry::new().await;
    let (folder, layer) = sample();
    fs::remove_file(folder.blob_path(layer.digest)).expect("removed");
    let (digest, hex) = (layer.digest, layer.digest.hex());
    let message = format!("DIR/blobs/sha256/{hex} is missing, but the image needs {digest}");
    assert_eq!(push_error(&registry, &folder).await, message);
    assert_eq!(registry.count::<InitiateLayerUploadRequest>(), 0);
}

#[tokio::test]
async fn a_blob_of_a_wrong_size_is_detected_before_anything_is_sent() {
    let registry = TestRegistry::new().await;
    let (folder, layer) = sample();
    for size in [1, 2501] {
        fs::write(folder.blob_path(layer.digest), vec![0; size]).expect("written");
        let (digest, hex) = (layer.digest, layer.digest.hex());
        let message = format!(
            "DIR/blobs/sha256/{hex} is damaged: it has {size} bytes, but {digest} has 2500"
        );
        assert_eq!(push_error(&registry, &folder).await, message);
    }
    assert_eq!(registry.count::<InitiateLayerUploadRequest>(), 0);
}

#[tokio::test]
async fn a_wrong_digest_in_a_manifest_is_detected() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let (layer, other) = (folder.blob(LAYER, "layer"), Digest::of(b"other"));
    fs::rename(folder.blob_path(layer.digest), folder.blob_path(other)).expect("renamed");
    let layers = json!([{ "mediaType": LAYER, "digest": other, "size": layer.size }]);
    let image = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    folder.index(&[json!(image)]);
    let (hex, found) = (other.hex(), layer.digest);
    let message = format!("DIR/blobs/sha256/{hex} is damaged: its digest is {found}, not {other}");
    assert_eq!(push_error(&registry, &folder).await, message);
}

#[tokio::test]
async fn an_empty_blob_is_rejected() {
    let registry = TestRegistry::new().await;
    let folder = TestLayout::new();
    let image = folder.image(b"");
    folder.index(&[json!(image)]);
    let hex = Digest::of(b"").hex();
    let message = format!("DIR/blobs/sha256/{hex} is empty, and Amazon ECR rejects empty blobs");
    assert_eq!(push_error(&registry, &folder).await, message);
}

#[tokio::test]
async fn an_immutable_tag_is_not_moved() {
    let registry = TestRegistry::new().await;
    registry.make_immutable().await;
    let (folder, _) = sample();
    registry.push(&folder, "team/app:v1").await.expect("the tag is free");
    registry.push(&folder, "team/app:v1").await.expect("the tag is there, on the same image");
    let before = registry.tags().await;

    let other = TestLayout::new();
    let image = other.image(b"other");
    other.index(&[json!(image)]);
    let error = registry.push(&other, "team/app:v1").await.expect_err("the tag is taken");
    assert_eq!(error.code(), Some("ImageTagAlreadyExistsException"));
    let message = error.to_string();
    let action = format!("putting {} as team/app:v1: PutImage: ", image.digest);
    assert!(message.starts_with(&action), "{message}");
    assert!(message.ends_with("; choose another tag"), "{message}");
    assert_eq!(registry.tags().await, before);
}

/// The service rejects an existing immutable tag even if it points to the same image.
#[tokio::test]
async fn an_immutable_tag_of_the_same_image_is_not_an_error() {
    let registry = TestRegistry::new().await;
    let (folder, _) = sample();
    let pushed = registry.push(&folder, "team/app:v1").await.expect("the tag is free");
    registry.registry.server().on(|_: PutImageRequest| async {
        let taken = ImageTagAlreadyExistsException::new();
        Err(PutImageError::ImageTagAlreadyExistsException(taken))
    });
    // The image has a single manifest, which has the tag.
    let again = registry.push(&folder, "team/app:v1").await.expect("the tag is at this image");
    assert_eq!(again.digest, pushed.digest);
    for other in ["team/app:v2", "team/app"] {
        let error = registry.push(&folder, other).await.expect_err("no tag is at this image");
        assert_eq!(error.code(), Some("ImageTagAlreadyExistsException"));
    }
}

#[tokio::test]
async fn a_missing_repository_is_reported() {
    let registry = TestRegistry::new().await;
    let (folder, _) = sample();
    let error = registry.push(&folder, "team/other:v1").await.expect_err("there is none");
    assert!(matches!(error, Error::Service { .. }));
    assert_eq!(error.code(), Some("RepositoryNotFoundException"));
    let message = error.to_string();
    assert!(
        message.starts_with("checking which layers team/other has: BatchCheckLayerAvailability: "),
        "{message}"
    );
    assert!(message.contains("RepositoryNotFoundException"), "{message}");
}

/// A report that prints an error with all of its sources would otherwise print the cause twice.
#[tokio::test]
async fn the_cause_of_an_error_is_in_its_text_and_is_no_source() {
    let registry = TestRegistry::new().await;
    let (folder, _) = sample();
    let service = registry.push(&folder, "team/other:v1").await.expect_err("no repository");
    fs::remove_file(folder.path().join("index.json")).expect("a file");
    let file = Layout::open(folder.path()).expect_err("no index");
    assert!(matches!((&service, &file), (Error::Service { .. }, Error::File { .. })), "{file:?}");
    for error in [service, file] {
        let cause = error.cause().expect("a cause").to_string();
        assert!(error.to_string().contains(&cause), "{error}");
        assert!(std::error::Error::source(&error).is_none(), "{error}");
    }
}
