//! Concurrent clients: one succeeds, and the others get an error.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use super::fixtures::{Manifest, TestResult, digest_of, image, layer, new_registry, upload};

/// Runs several calls concurrently.
async fn concurrently<T, F>(calls: Vec<F>) -> TestResult<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let calls: Vec<_> = calls.into_iter().map(tokio::spawn).collect();
    let mut all = Vec::new();
    for call in calls {
        all.push(call.await?);
    }
    Ok(all)
}

async fn images<const N: usize>(ecr: &Client) -> TestResult<[Manifest; N]> {
    let config = upload(ecr, "app", b"{}").await?;
    let mut images = Vec::new();
    for n in 0..N {
        let layer = upload(ecr, "app", format!("layer {n}").as_bytes()).await?;
        images.push(image(&config, &[&layer]));
    }
    images.try_into().map_err(|_| "another number of images".into())
}

/// Uploads four layers at once in several parts each.
#[tokio::test]
async fn concurrent_uploads_are_independent() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    let pushes = (0..4)
        .map(|n| {
            let ecr = ecr.clone();
            async move {
                let uploaded = upload(&ecr, "app", &layer(n, 20_000 + n)).await;
                uploaded.map_err(|error| error.to_string())
            }
        })
        .collect();
    let layers: Vec<_> = concurrently(pushes).await?.into_iter().collect::<Result<_, _>>()?;
    let all: Vec<_> = layers.iter().collect();
    ecr.put_image(&PutImageRequest::new("app", image(&config, &all).text)).await?;
    Ok(())
}

/// Each client uploads the whole layer; all but one get an error on completion.
#[tokio::test]
async fn the_same_layer_is_stored_once() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let content = layer(1, 5_000);
    let digest = digest_of(&content);
    let mut completions = Vec::new();
    for _ in 0..4 {
        let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
        let id = begun.upload_id.ok_or("no upload id")?;
        let part = UploadLayerPartRequest::new("app", &id, 0, 4_999, &content[..]);
        let complete = CompleteLayerUploadRequest::new("app", &id, [&digest]);
        let ecr = ecr.clone();
        completions.push(async move {
            ecr.upload_layer_part(&part).await.map_err(|error| error.to_string())?;
            let completed = ecr.complete_layer_upload(&complete).await;
            Ok::<_, String>(completed.err().and_then(|error| error.code().map(str::to_owned)))
        });
    }
    let ends: Vec<_> = concurrently(completions).await?.into_iter().collect::<Result<_, _>>()?;
    let exists = Some("LayerAlreadyExistsException".to_owned());
    assert_eq!(ends.iter().filter(|end| end.is_none()).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|end| **end == exists).count(), 3, "{ends:?}");
    Ok(())
}

/// One image gets the immutable tag; the other images are not stored at all.
#[tokio::test]
async fn an_immutable_tag_is_set_once() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let immutable = PutImageTagMutabilityRequest::new("app", ImageTagMutability::Immutable);
    ecr.put_image_tag_mutability(&immutable).await?;
    let puts = images::<4>(&ecr).await?.map(|image| {
        let (ecr, put) = (ecr.clone(), PutImageRequest::new("app", image.text).image_tag("v1"));
        async move {
            let put = ecr.put_image(&put).await;
            put.err().and_then(|error| error.code().map(str::to_owned))
        }
    });
    let ends = concurrently(puts.into()).await?;
    let taken = Some("ImageTagAlreadyExistsException".to_owned());
    assert_eq!(ends.iter().filter(|end| end.is_none()).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|end| **end == taken).count(), 3, "{ends:?}");
    let listed = ecr.list_images(&ListImagesRequest::new("app")).await?.image_ids;
    assert_eq!(listed.len(), 1);
    Ok(())
}

/// All images are stored, and one of them ends up with the mutable tag.
#[tokio::test]
async fn a_mutable_tag_points_to_one_of_the_images() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let puts = images::<4>(&ecr).await?.map(|image| {
        let (ecr, put) = (ecr.clone(), PutImageRequest::new("app", image.text).image_tag("v1"));
        async move { ecr.put_image(&put).await.map_err(|error| error.to_string()) }
    });
    for put in concurrently(puts.into()).await? {
        put?;
    }
    let listed = ecr.list_images(&ListImagesRequest::new("app")).await?.image_ids;
    let tagged = listed.iter().filter(|id| id.image_tag.is_some()).count();
    assert_eq!((listed.len(), tagged), (4, 1), "{listed:?}");
    Ok(())
}
