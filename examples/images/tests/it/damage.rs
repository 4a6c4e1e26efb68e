//! Images that cannot be pushed: each says why, and nothing is tagged.

use std::fs;

use longshore::ecr::exception::ImageTagAlreadyExistsException;
use longshore::ecr::operation::*;
use longshore_images::{Blob, Digest, Error, SampleOptions};
use serde_json::json;

use crate::folder::{Folder, LAYER, MANIFEST};
use crate::trial::Trial;

/// The second layer of a sample, and the folder.
fn sample() -> (Folder, Blob) {
    let folder = Folder::sample(&SampleOptions::new().layers(2).layer_size(2500));
    let image = folder.layout().select(None).expect("an image");
    let layer = image.blobs().last().expect("a layer").clone();
    (folder, layer)
}

/// What a push says, without the folder.
async fn refusal(trial: &Trial, folder: &Folder) -> String {
    let error = trial.push(folder, "team/app:v1").await.expect_err("it cannot be pushed");
    assert_eq!(trial.tags().await, [], "nothing is tagged");
    assert_eq!(trial.count::<PutImageRequest>(), 0);
    error.to_string().replace(&folder.path().display().to_string(), "DIR")
}

#[tokio::test]
async fn a_corrupted_blob_does_not_become_part_of_the_repository() {
    let trial = Trial::with_parts(1000).await;
    let (folder, layer) = sample();
    let path = folder.blob_path(layer.digest);
    let mut content = fs::read(&path).expect("a layer");
    *content.last_mut().expect("a byte") ^= 1;
    fs::write(&path, &content).expect("written");
    let (digest, hex, found) = (layer.digest, layer.digest.hex(), Digest::of(&content));
    let said =
        format!("DIR/blobs/sha256/{hex} is not {digest}: its content is {found}, so it is damaged");
    assert_eq!(refusal(&trial, &folder).await, said);
    let completed = trial.registry.server().requests::<CompleteLayerUploadRequest>();
    assert!(completed.iter().all(|request| request.layer_digests != [digest.to_string()]));
}

#[tokio::test]
async fn a_missing_blob_is_found_before_anything_is_sent() {
    let trial = Trial::new().await;
    let (folder, layer) = sample();
    fs::remove_file(folder.blob_path(layer.digest)).expect("removed");
    let (digest, hex) = (layer.digest, layer.digest.hex());
    let said = format!("DIR/blobs/sha256/{hex} is missing, but the image needs {digest}");
    assert_eq!(refusal(&trial, &folder).await, said);
    assert_eq!(trial.count::<InitiateLayerUploadRequest>(), 0);
}

#[tokio::test]
async fn a_blob_of_another_size_is_found_before_anything_is_sent() {
    let trial = Trial::new().await;
    let (folder, layer) = sample();
    for size in [1, 2501] {
        fs::write(folder.blob_path(layer.digest), vec![0; size]).expect("written");
        let (digest, hex) = (layer.digest, layer.digest.hex());
        let said = format!(
            "DIR/blobs/sha256/{hex} has {size} bytes where {digest} has 2500: it is damaged"
        );
        assert_eq!(refusal(&trial, &folder).await, said);
    }
    assert_eq!(trial.count::<InitiateLayerUploadRequest>(), 0);
}

#[tokio::test]
async fn a_wrong_digest_in_a_manifest_is_found() {
    let trial = Trial::new().await;
    let folder = Folder::new();
    let config = folder.blob("application/vnd.oci.image.config.v1+json", "{}");
    let (layer, other) = (folder.blob(LAYER, "layer"), Digest::of(b"other"));
    fs::rename(folder.blob_path(layer.digest), folder.blob_path(other)).expect("renamed");
    let layers = json!([{ "mediaType": LAYER, "digest": other, "size": layer.size }]);
    let image = folder.manifest(MANIFEST, json!({ "config": config, "layers": layers }));
    folder.index(&[json!(image)]);
    let (hex, found) = (other.hex(), layer.digest);
    let said =
        format!("DIR/blobs/sha256/{hex} is not {other}: its content is {found}, so it is damaged");
    assert_eq!(refusal(&trial, &folder).await, said);
}

#[tokio::test]
async fn an_empty_blob_is_refused_here_because_it_is_refused_there() {
    let trial = Trial::new().await;
    let folder = Folder::new();
    let image = folder.image(b"");
    folder.index(&[json!(image)]);
    let hex = Digest::of(b"").hex();
    let said = format!("DIR/blobs/sha256/{hex} is empty, and Amazon ECR takes no empty blobs");
    assert_eq!(refusal(&trial, &folder).await, said);
}

#[tokio::test]
async fn a_tag_that_cannot_be_moved_stays_where_it_is() {
    let trial = Trial::new().await;
    trial.make_immutable().await;
    let (folder, _) = sample();
    trial.push(&folder, "team/app:v1").await.expect("the tag is free");
    trial.push(&folder, "team/app:v1").await.expect("the tag is there, on the same image");
    let before = trial.tags().await;

    let other = Folder::new();
    let image = other.image(b"other");
    other.index(&[json!(image)]);
    let error = trial.push(&other, "team/app:v1").await.expect_err("the tag is taken");
    assert_eq!(error.code(), Some("ImageTagAlreadyExistsException"));
    let said = error.to_string();
    let doing = format!("putting {} as team/app:v1: PutImage: ", image.digest);
    assert!(said.starts_with(&doing), "{said}");
    assert!(said.ends_with("; choose another tag"), "{said}");
    assert_eq!(trial.tags().await, before);
}

/// The service says so of a tag that cannot be moved also where the tag is at this very image.
#[tokio::test]
async fn a_tag_that_cannot_be_moved_and_need_not_be_is_no_error() {
    let trial = Trial::new().await;
    let (folder, _) = sample();
    let pushed = trial.push(&folder, "team/app:v1").await.expect("the tag is free");
    trial.registry.server().on(|_: PutImageRequest| async {
        let taken = ImageTagAlreadyExistsException::new();
        Err(PutImageError::ImageTagAlreadyExistsException(taken))
    });
    // The manifest has no children, so that the tagged one is the only one.
    let again = trial.push(&folder, "team/app:v1").await.expect("the tag is at this image");
    assert_eq!(again.digest, pushed.digest);
    for other in ["team/app:v2", "team/app"] {
        let error = trial.push(&folder, other).await.expect_err("no tag is at this image");
        assert_eq!(error.code(), Some("ImageTagAlreadyExistsException"));
    }
}

#[tokio::test]
async fn a_repository_that_is_not_there_is_named_with_what_to_do() {
    let trial = Trial::new().await;
    let (folder, _) = sample();
    let error = trial.push(&folder, "team/other:v1").await.expect_err("there is none");
    assert!(matches!(error, Error::Service { .. }));
    assert_eq!(error.code(), Some("RepositoryNotFoundException"));
    let said = error.to_string();
    assert!(
        said.starts_with("asking what team/other has: BatchCheckLayerAvailability: "),
        "{said}"
    );
    assert!(said.ends_with("; create the repository first"), "{said}");
}
