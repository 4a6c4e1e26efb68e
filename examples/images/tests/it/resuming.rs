//! Transfers that are interrupted, and go on where they ended.

use std::fs;
use std::sync::Arc;

use longshore::ecr::operation::*;
use longshore_images::{Blob, PullOptions, PushOptions, SampleOptions};
use tempfile::tempdir;

use crate::folder::{Folder, blobs};
use crate::listener::{Interruption, Listener};
use crate::trial::Trial;

const PART: u64 = 100_000;

/// Four layers of ten parts each, and a configuration.
fn sample() -> (Folder, Vec<Blob>) {
    let folder = Folder::sample(&SampleOptions::new().layers(4).layer_size(10 * PART));
    let image = folder.layout().select(None).expect("an image");
    (folder, image.blobs().to_vec())
}

#[tokio::test]
async fn a_push_that_was_interrupted_sends_only_what_has_not_arrived() {
    let trial = Trial::with_parts(PART).await;
    let (folder, blobs) = sample();
    let options = PushOptions::new().jobs(1);
    let interruption = Interruption::after(25 * PART);
    let push = trial.push_with(&folder, "team/app:v1", &options, interruption.clone());
    interruption.of(push).await;
    assert_eq!(trial.tags().await, []);
    assert_eq!(trial.count::<PutImageRequest>(), 0);
    // The configuration and two layers are there as a whole, and half of the third.
    assert_eq!(trial.count::<CompleteLayerUploadRequest>(), 3);

    let sent = trial.count::<UploadLayerPartRequest>();
    let pushed = trial.push(&folder, "team/app:v1").await.expect("pushed");
    assert_eq!((pushed.moved.blobs, pushed.there.blobs), (2, 3));
    assert_eq!(trial.count::<UploadLayerPartRequest>() - sent, 20);
    let completed = trial.registry.server().requests::<CompleteLayerUploadRequest>();
    let completed: Vec<_> =
        completed.into_iter().flat_map(|request| request.layer_digests).collect();
    assert_eq!(completed.len(), blobs.len(), "each blob was completed once");
    assert_eq!(trial.tags().await, [("v1".to_owned(), pushed.digest.to_string())]);
}

#[tokio::test]
async fn a_pull_that_was_interrupted_goes_on_within_a_blob() {
    let trial = Trial::new().await;
    let (folder, _) = sample();
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let options = PullOptions::new().jobs(1).piece_size(PART);
    let interruption = Interruption::after(25 * PART);
    interruption
        .of(trial.pull_with("team/app:v1", copy.path(), &options, interruption.clone()))
        .await;
    assert!(!copy.path().join("index.json").exists(), "an image that is not whole has no entry");

    let before = trial.downloads();
    let listener = Arc::new(Listener::default());
    let pulled = trial.pull_with("team/app:v1", copy.path(), &options, listener.clone()).await;
    let pulled = pulled.expect("pulled");
    assert_eq!((pulled.moved.blobs, pulled.there.blobs), (2, 3));
    // The third layer lacks about half of its pieces: one may have come and not been written.
    let downloads = trial.downloads() - before;
    assert!((15..=17).contains(&downloads), "{downloads} pieces");
    let heard = listener.heard();
    assert!(heard.into_values().filter(|blob| blob.started).all(|blob| blob.moved == blob.size));
    assert!(blobs(folder.path()) == blobs(copy.path()), "every file is the same");
}

#[tokio::test]
async fn what_an_earlier_pull_has_left_is_not_believed() {
    let trial = Trial::new().await;
    let (folder, all) = sample();
    trial.push(&folder, "team/app:v1").await.expect("pushed");
    let copy = tempdir().expect("a folder");
    let path = |blob: &Blob| copy.path().join("blobs/sha256").join(blob.digest.hex());
    let left = |blob: &Blob| path(blob).with_extension("partial");
    fs::create_dir_all(copy.path().join("blobs/sha256")).expect("folders");
    let [_, short, long, wrong, ..] = all.as_slice() else { panic!("five blobs") };
    fs::write(left(short), vec![0; 1000]).expect("written");
    fs::write(left(long), vec![0; 2_000_000]).expect("written");
    fs::write(path(wrong), vec![0; 10 * 100_000]).expect("written");

    let error = trial.pull("team/app:v1", copy.path()).await.expect_err("it is damaged");
    let digest = short.digest;
    let said = error.to_string();
    assert!(said.starts_with(&format!("what came from team/app is not {digest}: ")), "{said}");
    assert!(!left(short).exists(), "so that the next pull begins anew");
    assert!(!copy.path().join("index.json").exists());
    trial.pull("team/app:v1", copy.path()).await.expect("pulled");
    assert!(blobs(folder.path()) == blobs(copy.path()), "every file is the same");
}
