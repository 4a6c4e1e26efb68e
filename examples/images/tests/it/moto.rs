//! Pushes to the ECR of moto, an independent implementation, started by `cargo xtask e2e`.
//!
//! moto stores manifests unchanged. For a layer it computes the digest of the received bytes and
//! stores digest and size, but not the bytes. It does not verify the digests of manifests, has no
//! `GetDownloadUrlForLayer`, and checks neither the order of manifests nor their layers. The registry
//! of `longshore-testing` covers these.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::{env, fs};

use bytes::Bytes;
use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::ImageIdentifier;
use longshore::{Config, HttpTransport, RetryConfig, Transport};
use longshore_images::sample::{self, SampleOptions};
use longshore_images::{
    Blob, BlobStatus, Layout, Progress, PullOptions, PushOptions, Reference, Remote, Summary, pull,
    push,
};
use tempfile::TempDir;

type TestResult = Result<(), Box<dyn Error>>;

const REPOSITORY: &str = "team/app";

/// A client without retries, for a server that has one empty repository and accepts any credentials.
async fn new_client() -> Result<Client, Box<dyn Error>> {
    let endpoint = env::var("LONGSHORE_E2E_ENDPOINT")
        .map_err(|_| "LONGSHORE_E2E_ENDPOINT is not set: run `cargo xtask e2e`")?;
    // Earlier tests may have pushed images or enabled signature checks.
    for (path, body) in [("reset", ""), ("reset-auth", "inf")] {
        let request = http::Request::post(format!("{endpoint}/moto-api/{path}"))
            .header("content-type", "text/plain")
            .body(Bytes::from_static(body.as_bytes()))?;
        assert!(HttpTransport::new().send(request).await?.status().is_success(), "{path}");
    }
    let config = Config::builder()
        .region("eu-west-1")
        .static_credentials("any", "any", None)
        .endpoint_url(endpoint)
        .retry(RetryConfig::disabled())
        .build();
    let client = Client::new(&config);
    client.create_repository(&CreateRepositoryRequest::new(REPOSITORY)).await?;
    Ok(client)
}

/// An image for two platforms that share their first layer.
fn layout(layers: usize, size: u64) -> Result<(TempDir, Layout), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let platforms = ["linux/amd64".parse()?, "linux/arm64".parse()?];
    let options = SampleOptions::new().platforms(platforms).layers(layers).layer_size(size);
    sample::write(folder.path(), &options)?;
    let layout = Layout::open(folder.path())?;
    Ok((folder, layout))
}

fn reference(text: &str) -> Result<Reference, Box<dyn Error>> {
    Ok(format!("{REPOSITORY}:{text}").parse()?)
}

/// The blobs of a layout by digest.
fn blobs(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut blobs = BTreeMap::new();
    for file in fs::read_dir(folder.join("blobs/sha256"))? {
        let file = file?;
        let name = file.file_name().into_string().map_err(|name| format!("{name:?}"))?;
        blobs.insert(format!("sha256:{name}"), fs::read(file.path())?);
    }
    Ok(blobs)
}

/// Checks that the server has every blob: a manifest with the same bytes, or a layer with the same
/// digest and size.
async fn compare(client: &Client, folder: &Path, pushed: &Summary) -> TestResult {
    let blobs = blobs(folder)?;
    let ids = blobs.keys().map(|digest| ImageIdentifier::new().image_digest(digest));
    let got = client.batch_get_image(&BatchGetImageRequest::new(REPOSITORY, ids)).await?;
    for image in &got.images {
        let digest = image.image_id.as_ref().and_then(|id| id.image_digest.as_deref());
        let manifest = image.image_manifest.as_deref().map(str::as_bytes);
        assert_eq!(manifest, digest.and_then(|digest| blobs.get(digest)).map(Vec::as_slice));
    }
    assert_eq!(got.images.len(), pushed.manifests);

    let request = BatchCheckLayerAvailabilityRequest::new(REPOSITORY, blobs.keys());
    let checked = client.batch_check_layer_availability(&request).await?;
    for layer in &checked.layers {
        let blob = layer.layer_digest.as_ref().and_then(|digest| blobs.get(digest));
        assert_eq!(layer.layer_size, blob.and_then(|blob| i64::try_from(blob.len()).ok()));
    }
    assert_eq!(checked.layers.len(), blobs.len() - pushed.manifests);
    Ok(())
}

/// The digests of images with the tag.
async fn digests_with_tag(client: &Client, tag: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let listed = client.list_images(&ListImagesRequest::new(REPOSITORY)).await?.image_ids;
    let tagged = listed.into_iter().filter(|id| id.image_tag.as_deref() == Some(tag));
    Ok(tagged.filter_map(|id| id.image_digest).collect())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn an_image_for_two_platforms_is_pushed_and_its_index_is_tagged() -> TestResult {
    let client = new_client().await?;
    let remote = Remote::Private(client.clone());
    // Six parts.
    let (folder, layout) = layout(1, 60_000_000)?;
    let options = PushOptions::new();
    let pushed = push(&remote, &layout, &reference("v1")?, &options, Arc::new(())).await?;
    assert_eq!((pushed.manifests, pushed.moved.blobs, pushed.present.blobs), (3, 3, 0));
    compare(&client, folder.path(), &pushed).await?;
    assert_eq!(digests_with_tag(&client, "v1").await?, [pushed.digest.to_string()]);

    // A second push with another tag sends no blobs, and keeps the first tag.
    let again = push(&remote, &layout, &reference("v2")?, &options, Arc::new(())).await?;
    assert_eq!((again.digest, again.moved.blobs, again.present), (pushed.digest, 0, pushed.moved));
    assert_eq!(digests_with_tag(&client, "v1").await?, digests_with_tag(&client, "v2").await?);
    Ok(())
}

/// Sends a message when the first blob is finished.
struct First(Mutex<Option<tokio::sync::oneshot::Sender<()>>>);

impl Progress for First {
    fn finished(&self, _: &Blob, _: BlobStatus) {
        let sender = self.0.lock().ok().and_then(|mut sender| sender.take());
        // The receiver may be gone already.
        let _ = sender.map(|sender| sender.send(()));
    }
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn an_interrupted_push_can_be_resumed() -> TestResult {
    let client = new_client().await?;
    let remote = Remote::Private(client.clone());
    let (folder, layout) = layout(2, 12_000_000)?;
    let (reference, options) = (reference("v1")?, PushOptions::new().jobs(1));
    let (sender, first) = tokio::sync::oneshot::channel();
    tokio::select! {
        pushed = push(&remote, &layout, &reference, &options, Arc::new(First(Mutex::new(Some(sender))))) => {
            return Err(format!("it was not interrupted: {pushed:?}").into());
        }
        result = first => result?,
    }
    assert_eq!(digests_with_tag(&client, "v1").await?, [""; 0]);

    let pushed = push(&remote, &layout, &reference, &options, Arc::new(())).await?;
    assert!(pushed.present.blobs > 0, "{pushed:?}");
    assert_eq!(pushed.present.blobs + pushed.moved.blobs, 5, "{pushed:?}");
    compare(&client, folder.path(), &pushed).await?;
    assert_eq!(digests_with_tag(&client, "v1").await?, [pushed.digest.to_string()]);
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn a_pull_fails_because_moto_has_no_downloads() -> TestResult {
    let client = new_client().await?;
    let (_folder, layout) = layout(2, 100_000)?;
    let remote = Remote::Private(client.clone());
    push(&remote, &layout, &reference("v1")?, &PushOptions::new(), Arc::new(())).await?;
    let folder = tempfile::tempdir()?;
    let pulled =
        pull(&client, &reference("v1")?, folder.path(), &PullOptions::new(), Arc::new(())).await;
    // moto responds to unknown operations with a body that is not JSON.
    let error = pulled.expect_err("there are no layers").to_string();
    assert!(error.contains("GetDownloadUrlForLayer") && error.contains("500"), "{error}");
    assert!(!folder.path().join("index.json").exists(), "half an image was listed");
    Ok(())
}
