//! Batch operations on images: each image succeeds or fails on its own.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use super::fixtures::{
    IMAGE, INDEX, Manifest, TestResult, digest_of, error_message, image, index, layer,
    new_registry, upload,
};

fn by_tag(tag: &str) -> ImageIdentifier {
    ImageIdentifier::new().image_tag(tag)
}

fn by_digest(digest: &str) -> ImageIdentifier {
    ImageIdentifier::new().image_digest(digest)
}

/// An image with the tags `v1` and `v2`, and one with none.
async fn two(ecr: &Client) -> TestResult<[Manifest; 2]> {
    let config = upload(ecr, "app", b"{}").await?;
    let layers = [upload(ecr, "app", &layer(1, 10)).await?, upload(ecr, "app", b"two").await?];
    let [tagged, untagged] = layers.map(|layer| image(&config, &[&layer]));
    for tag in ["v2", "v1"] {
        ecr.put_image(&PutImageRequest::new("app", &tagged.text).image_tag(tag)).await?;
    }
    ecr.put_image(&PutImageRequest::new("app", &untagged.text)).await?;
    Ok([tagged, untagged])
}

/// Invalid image ids, with the error code of each.
fn invalid_ids(tagged: &Manifest, untagged: &Manifest) -> Vec<(ImageIdentifier, ImageFailureCode)> {
    vec![
        (ImageIdentifier::new(), ImageFailureCode::MissingDigestAndTag),
        (by_tag("v3"), ImageFailureCode::ImageNotFound),
        (by_tag("?"), ImageFailureCode::InvalidImageTag),
        (by_digest(&digest_of(b"missing")), ImageFailureCode::ImageNotFound),
        (by_digest("v1"), ImageFailureCode::InvalidImageDigest),
        (by_digest(&untagged.digest).image_tag("v1"), ImageFailureCode::ImageTagDoesNotMatchDigest),
        (by_digest(&tagged.digest).image_tag("v3"), ImageFailureCode::ImageNotFound),
    ]
}

fn codes(failures: Vec<ImageFailure>) -> Vec<(ImageIdentifier, ImageFailureCode)> {
    let pair = |failure: ImageFailure| Some((failure.image_id?, failure.failure_code?));
    failures.into_iter().filter_map(pair).collect()
}

#[tokio::test]
async fn images_are_found_by_tag_by_digest_and_by_both() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [tagged, untagged] = two(&ecr).await?;
    let wrong = invalid_ids(&tagged, &untagged);
    let right =
        [by_tag("v1"), by_digest(&tagged.digest).image_tag("v2"), by_digest(&untagged.digest)];
    let ids = right.iter().chain(wrong.iter().map(|(id, _)| id)).cloned();
    let response = ecr.batch_get_image(&BatchGetImageRequest::new("app", ids)).await?;
    let found: Vec<_> = response.images.into_iter().map(|image| image.image_id).collect();
    let complete = |tag: &str| by_digest(&tagged.digest).image_tag(tag);
    assert_eq!(found, [complete("v1"), complete("v2"), by_digest(&untagged.digest)].map(Some));
    assert_eq!(codes(response.failures), wrong);
    Ok(())
}

#[tokio::test]
async fn an_image_whose_media_type_is_not_accepted_is_not_found() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [tagged, _] = two(&ecr).await?;
    let index = index(&[&tagged]);
    ecr.put_image(&PutImageRequest::new("app", index.text).image_tag("all")).await?;
    let ask = async |accepted: &[&str]| {
        let ids = [by_tag("v1"), by_tag("all")];
        let ask = BatchGetImageRequest::new("app", ids).accepted_media_types(accepted.to_vec());
        let response = ecr.batch_get_image(&ask).await?;
        TestResult::Ok((response.images.len(), codes(response.failures)))
    };
    assert_eq!(ask(&[INDEX, IMAGE]).await?, (2, vec![]));
    let not_found = (by_tag("all"), ImageFailureCode::ImageNotFound);
    assert_eq!(ask(&[IMAGE]).await?, (1, vec![not_found]));
    Ok(())
}

#[tokio::test]
async fn an_invalid_id_deletes_nothing() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [tagged, untagged] = two(&ecr).await?;
    let wrong = invalid_ids(&tagged, &untagged);
    let ids = wrong.iter().map(|(id, _)| id.clone());
    let response = ecr.batch_delete_image(&BatchDeleteImageRequest::new("app", ids)).await?;
    assert_eq!(response.image_ids, []);
    assert_eq!(codes(response.failures), wrong);
    let left = ecr.list_images(&ListImagesRequest::new("app")).await?;
    assert_eq!(left.image_ids.len(), 3);
    Ok(())
}

#[tokio::test]
async fn an_image_is_deleted_with_its_last_tag_or_by_digest() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [tagged, untagged] = two(&ecr).await?;
    let delete = async |id: ImageIdentifier| {
        let response = ecr.batch_delete_image(&BatchDeleteImageRequest::new("app", [id])).await?;
        assert_eq!(response.failures, []);
        TestResult::Ok(response.image_ids)
    };
    let both = |tag| by_digest(&tagged.digest).image_tag(tag);
    let list =
        async || TestResult::Ok(ecr.list_images(&ListImagesRequest::new("app")).await?.image_ids);

    assert_eq!(delete(by_tag("v1")).await?, [both("v1")]);
    assert_eq!(list().await?, [both("v2"), by_digest(&untagged.digest)]);
    assert_eq!(delete(by_tag("v2")).await?, [both("v2")]);
    assert_eq!(delete(by_digest(&untagged.digest)).await?, [by_digest(&untagged.digest)]);
    assert_eq!(list().await?, []);

    // The layers still exist, so that it can be pushed again.
    for tag in ["v1", "v2"] {
        ecr.put_image(&PutImageRequest::new("app", &tagged.text).image_tag(tag)).await?;
    }
    assert_eq!(delete(by_digest(&tagged.digest)).await?, [both("v1"), both("v2")]);
    assert_eq!(list().await?, []);
    Ok(())
}

#[tokio::test]
async fn the_images_of_an_index_cannot_be_deleted_before_it() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [tagged, _] = two(&ecr).await?;
    let index = index(&[&tagged]);
    ecr.put_image(&PutImageRequest::new("app", index.text)).await?;
    let delete = |ids: Vec<ImageIdentifier>| BatchDeleteImageRequest::new("app", ids);
    let child = by_digest(&tagged.digest);
    let response = ecr.batch_delete_image(&delete(vec![child.clone()])).await?;
    let expected = [(child.clone(), ImageFailureCode::ImageReferencedByManifestList)];
    assert_eq!(codes(response.failures), expected);
    // A tag that is not the last one can be deleted.
    let response = ecr.batch_delete_image(&delete(vec![by_tag("v1"), by_tag("v2")])).await?;
    let expected = [(by_tag("v2"), ImageFailureCode::ImageReferencedByManifestList)];
    assert_eq!(codes(response.failures), expected);
    let response = ecr.batch_delete_image(&delete(vec![by_digest(&index.digest), child])).await?;
    assert_eq!(response.failures, []);
    Ok(())
}

#[tokio::test]
async fn a_request_has_at_most_a_hundred_images() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    for count in [0, 101] {
        let ids = vec![by_tag("v1"); count];
        let get = BatchGetImageRequest::new("app", ids.clone());
        error_message(ecr.batch_get_image(&get).await, "InvalidParameterException");
        let delete = BatchDeleteImageRequest::new("app", ids);
        error_message(ecr.batch_delete_image(&delete).await, "InvalidParameterException");
    }
    Ok(())
}
