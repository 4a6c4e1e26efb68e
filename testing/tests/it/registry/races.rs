//! Clients that do the same at the same time: one of them wins, and the others hear of it.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use super::content::{Manifest, Outcome, digest_of, fresh, image, layer, upload};

/// What comes of several calls that are on their way at the same time.
async fn at_once<T, F>(calls: Vec<F>) -> Outcome<Vec<T>>
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

async fn images<const N: usize>(ecr: &Client) -> Outcome<[Manifest; N]> {
    let config = upload(ecr, "app", b"{}").await?;
    let mut images = Vec::new();
    for n in 0..N {
        let layer = upload(ecr, "app", format!("layer {n}").as_bytes()).await?;
        images.push(image(&config, &[&layer]));
    }
    images.try_into().map_err(|_| "another number of images".into())
}

/// Four layers at once, each in its parts: none sees anything of another one.
#[tokio::test]
async fn many_push_at_once() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
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
    let layers: Vec<_> = at_once(pushes).await?.into_iter().collect::<Result<_, _>>()?;
    let all: Vec<_> = layers.iter().collect();
    ecr.put_image(&PutImageRequest::new("app", image(&config, &all).text)).await?;
    Ok(())
}

/// Each sends all of the layer in an upload of its own, and is told by the end of it.
#[tokio::test]
async fn a_layer_that_several_upload_is_kept_once() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
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
    let ends: Vec<_> = at_once(completions).await?.into_iter().collect::<Result<_, _>>()?;
    let there = Some("LayerAlreadyExistsException".to_owned());
    assert_eq!(ends.iter().filter(|end| end.is_none()).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|end| **end == there).count(), 3, "{ends:?}");
    Ok(())
}

/// Of several images that want the same immutable tag one gets it, and the others are not there at all.
#[tokio::test]
async fn an_immutable_tag_is_given_once() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let immutable = PutImageTagMutabilityRequest::new("app", ImageTagMutability::Immutable);
    ecr.put_image_tag_mutability(&immutable).await?;
    let puts = images::<4>(&ecr).await?.map(|image| {
        let (ecr, put) = (ecr.clone(), PutImageRequest::new("app", image.text).image_tag("v1"));
        async move {
            let put = ecr.put_image(&put).await;
            put.err().and_then(|error| error.code().map(str::to_owned))
        }
    });
    let ends = at_once(puts.into()).await?;
    let taken = Some("ImageTagAlreadyExistsException".to_owned());
    assert_eq!(ends.iter().filter(|end| end.is_none()).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|end| **end == taken).count(), 3, "{ends:?}");
    let listed = ecr.list_images(&ListImagesRequest::new("app")).await?.image_ids;
    assert_eq!(listed.len(), 1);
    Ok(())
}

/// A tag that may move ends at one of the images; all of them are there, and none has it twice.
#[tokio::test]
async fn a_tag_that_several_move_ends_at_one_image() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let puts = images::<4>(&ecr).await?.map(|image| {
        let (ecr, put) = (ecr.clone(), PutImageRequest::new("app", image.text).image_tag("v1"));
        async move { ecr.put_image(&put).await.map_err(|error| error.to_string()) }
    });
    for put in at_once(puts.into()).await? {
        put?;
    }
    let listed = ecr.list_images(&ListImagesRequest::new("app")).await?.image_ids;
    let tagged = listed.iter().filter(|id| id.image_tag.is_some()).count();
    assert_eq!((listed.len(), tagged), (4, 1), "{listed:?}");
    Ok(())
}
