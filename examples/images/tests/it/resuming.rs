//! Interrupted transfers and their resumption.

use std::fs;
use std::sync::Arc;

use longshore::ecr::operation::*;
use longshore_images::{Blob, PullOptions, PushOptions, SampleOptions};
use tempfile::tempdir;

use crate::recorder::{Interruption, ProgressRecorder};
use crate::test_layout::{TestLayout, blobs};
use crate::test_registry::TestRegistry;

const PART: u64 = 100_000;

/// An image with four layers of ten parts each.
fn sample() -> (TestLayout, Vec<Blob>) {
    let folder = TestLayout::sample(&SampleOptions::new().layers(4).layer_size(10 * PART));
    let image = folder.layout().select(None).expect("an image");
    (folder, image.blobs().to_vec())
}

#[tokio::test]
async fn a_resumed_push_sends_only_missing_blobs() {
    let registry = TestRegistry::with_parts(PART).await;
    let (folder, blobs) = sample();
    let options = PushOptions::new().jobs(1);
    let interruption = Interruption::after(25 * PART);
    let push = registry.push_with(&folder, "team/app:v1", &options, interruption.clone());
    interruption.interrupt(push).await;
    assert_eq!(registry.tags().await, []);
    assert_eq!(registry.count::<PutImageRequest>(), 0);
    // The configuration, two layers, and half of the third layer have been sent.
    assert_eq!(registry.count::<CompleteLayerUploadRequest>(), 3);

    let sent = registry.count::<UploadLayerPartRequest>();
    let pushed = registry.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.present.blobs), (2, 3));
    assert_eq!(registry.count::<UploadLayerPartRequest>() - sent, 20);
    let completed = registry.registry.server().requests::<CompleteLayerUploadRequest>();
    let completed: Vec<_> =
        completed.into_iter().flat_map(|request| request.layer_digests).collect();
    assert_eq!(completed.len(), blobs.len(), "each blob was completed once");
    assert_eq!(registry.tags().await, [("v1".to_owned(), pushed.digest.to_string())]);
}

#[tokio::test]
async fn a_resumed_pull_continues_within_a_blob() {
    let registry = TestRegistry::new().await;
    let (folder, _) = sample();
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let options = PullOptions::new().jobs(1).chunk_size(PART);
    let interruption = Interruption::after(25 * PART);
    interruption
        .interrupt(registry.pull_with("team/app:v1", copy.path(), &options, interruption.clone()))
        .await;
    assert!(!copy.path().join("index.json").exists(), "an image that is not whole has no entry");

    let before = registry.downloads();
    let recorder = Arc::new(ProgressRecorder::default());
    let pulled = registry.pull_with("team/app:v1", copy.path(), &options, recorder.clone()).await;
    let pulled = pulled.expect("pulled");
    assert_eq!((pulled.moved.blobs, pulled.present.blobs), (2, 3));
    // About half of the chunks of the third layer are missing: one may have been received but not
    // written.
    let downloads = registry.downloads() - before;
    assert!((15..=17).contains(&downloads), "{downloads} chunks");
    let recorded = recorder.blobs();
    assert!(recorded.into_values().filter(|blob| blob.started).all(|blob| blob.moved == blob.size));
    assert!(blobs(folder.path()) == blobs(copy.path()), "every file is the same");
}

#[tokio::test]
async fn a_damaged_partial_file_is_detected() {
    let registry = TestRegistry::new().await;
    let (folder, all) = sample();
    registry.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let path = |blob: &Blob| copy.path().join("blobs/sha256").join(blob.digest.hex());
    let left = |blob: &Blob| path(blob).with_extension("partial");
    fs::create_dir_all(copy.path().join("blobs/sha256")).expect("folders");
    let [_, short, long, wrong, ..] = all.as_slice() else { panic!("five blobs") };
    fs::write(left(short), vec![0; 1000]).expect("written");
    fs::write(left(long), vec![0; 2_000_000]).expect("written");
    fs::write(path(wrong), vec![0; 10 * 100_000]).expect("written");

    let error = registry.pull("team/app:v1", copy.path()).await.expect_err("it is damaged");
    let digest = short.digest;
    let message = error.to_string();
    assert!(
        message.starts_with("the content from team/app is damaged: ")
            && message.ends_with(&format!("not {digest}")),
        "{message}"
    );
    assert!(!left(short).exists(), "the next pull starts over");
    assert!(!copy.path().join("index.json").exists());
    registry.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert!(blobs(folder.path()) == blobs(copy.path()), "every file is the same");
}
