//! The registry in memory, called by generated clients over sockets.

mod batches;
mod distribution;
mod downloads;
mod errors;
mod fixtures;
mod layers;
mod lists;
mod manifests;
mod public;
mod push;
mod races;
mod repositories;
mod server;

use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use fixtures::{TestResult, image, layer, new_registry, upload};

/// A complete push and pull, in the usual order of calls.
#[tokio::test]
async fn a_pushed_image_is_pulled_unchanged() -> TestResult {
    let (_registry, ecr) = new_registry("team/app").await?;
    let (config, content) = (upload(&ecr, "team/app", b"{}").await?, layer(3, 5_000));
    let layer = upload(&ecr, "team/app", &content).await?;
    let manifest = image(&config, &[&layer]);
    let put = PutImageRequest::new("team/app", &manifest.text).image_tag("v1");
    let put = ecr.put_image(&put.image_digest(&manifest.digest)).await?;
    assert_eq!(put.image.and_then(|it| it.image_id?.image_digest), Some(manifest.digest.clone()));

    let id = ImageIdentifier::new().image_tag("v1");
    let got = ecr.batch_get_image(&BatchGetImageRequest::new("team/app", [id])).await?;
    assert_eq!(got.failures, []);
    let image = got.images.into_iter().next().ok_or("no image")?;
    assert_eq!(image.image_manifest, Some(manifest.text));
    assert_eq!(image.image_manifest_media_type.as_deref(), Some(fixtures::IMAGE));
    assert_eq!(image.registry_id.as_deref(), Some("123456789012"));
    let expected = ImageIdentifier::new().image_tag("v1").image_digest(manifest.digest);
    assert_eq!(image.image_id, Some(expected));

    let url = GetDownloadUrlForLayerRequest::new("team/app", &layer.digest);
    let url = ecr.get_download_url_for_layer(&url).await?.download_url.ok_or("no URL")?;
    assert_eq!(downloads::get(&url, None).await?, (200, content));
    Ok(())
}
