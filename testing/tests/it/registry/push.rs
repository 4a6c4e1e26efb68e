//! Pushes of images, and their effect on tags.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use super::fixtures::{
    IMAGE, Manifest, TestResult, Uploaded, digest_of, error_message, image, index, layer, manifest,
    new_registry, upload,
};

fn put(manifest: &Manifest) -> PutImageRequest {
    PutImageRequest::new("app", &manifest.text)
}

/// Two images that share their configuration.
async fn two(ecr: &Client) -> TestResult<[Manifest; 2]> {
    let config = upload(ecr, "app", b"{}").await?;
    let layers = [upload(ecr, "app", &layer(1, 10)).await?, upload(ecr, "app", b"two").await?];
    Ok(layers.map(|layer| image(&config, &[&layer])))
}

/// The tags of an image; `None` if it does not exist.
async fn tags(ecr: &Client, image: &Manifest) -> TestResult<Option<Vec<String>>> {
    let response = ecr.describe_images(&DescribeImagesRequest::new("app")).await?;
    let mut details = response.image_details.into_iter();
    let found = details.find(|detail| detail.image_digest.as_ref() == Some(&image.digest));
    Ok(found.map(|detail| detail.image_tags))
}

fn some(tags: &[&str]) -> Option<Vec<String>> {
    Some(tags.iter().map(|tag| (*tag).to_owned()).collect())
}

#[tokio::test]
async fn a_manifest_must_have_the_requested_digest() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [one, other] = two(&ecr).await?;
    let message = error_message(
        ecr.put_image(&put(&one).image_digest(&other.digest).image_tag("v1")).await,
        "ImageDigestDoesNotMatchException",
    );
    let expected = format!("the digest of the manifest is {}, not {}", one.digest, other.digest);
    assert_eq!(message, expected);
    assert_eq!(tags(&ecr, &one).await?, None);
    Ok(())
}

#[tokio::test]
async fn all_layers_must_exist_with_the_stated_sizes() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    let missing = Uploaded { digest: digest_of(b"missing"), size: 7 };
    let message = error_message(
        ecr.put_image(&put(&image(&config, &[&missing])).image_tag("v1")).await,
        "LayersNotFoundException",
    );
    assert_eq!(message, format!("the repository has no layer {}", missing.digest));
    let layer = upload(&ecr, "app", b"layer").await?;
    let wrong_size = image(&config, &[&Uploaded { size: 6, ..layer }]);
    let message =
        error_message(ecr.put_image(&put(&wrong_size)).await, "InvalidParameterException");
    let digest = digest_of(b"layer");
    assert_eq!(message, format!("imageManifest states that {digest} has 6 bytes, but it has 5"));
    Ok(())
}

#[tokio::test]
async fn foreign_layers_need_not_exist() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    let missing = Uploaded { digest: digest_of(b"missing"), size: 7 };
    let text = image(&config, &[&missing]).text;
    for elsewhere in ["layer.nondistributable.v1.tar+gzip", "rootfs.foreign.diff.tar.gzip"] {
        let text = text.replace("layer.v1.tar+gzip", elsewhere);
        ecr.put_image(&put(&manifest(text))).await?;
    }
    // Foreign layers do not count toward the size of the image.
    let all = ecr.describe_images(&DescribeImagesRequest::new("app")).await?.image_details;
    let sizes: Vec<_> = all.iter().map(|image| image.image_size_in_bytes).collect();
    assert_eq!(sizes, [Some(2), Some(2)]);
    Ok(())
}

#[tokio::test]
async fn the_images_of_an_index_must_exist() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [one, other] = two(&ecr).await?;
    let index = index(&[&one, &other]);
    ecr.put_image(&put(&one)).await?;
    let message = error_message(
        ecr.put_image(&put(&index).image_tag("v1")).await,
        "ReferencedImagesNotFoundException",
    );
    assert_eq!(message, format!("the repository has no image {}", other.digest));
    ecr.put_image(&put(&other)).await?;
    let (length, digest) = (one.text.len(), &one.digest);
    let size = format!(r#""{digest}","size":{length}"#);
    assert!(index.text.contains(&size));
    let wrong_size = manifest(index.text.replace(&size, &format!(r#""{digest}","size":1"#)));
    let message =
        error_message(ecr.put_image(&put(&wrong_size)).await, "InvalidParameterException");
    assert_eq!(
        message,
        format!("imageManifest states that {digest} has 1 bytes, but it has {length}")
    );
    ecr.put_image(&put(&index).image_tag("v1")).await?;
    assert_eq!(tags(&ecr, &index).await?, some(&["v1"]));
    assert_eq!(tags(&ecr, &one).await?, some(&[]));
    Ok(())
}

#[tokio::test]
async fn a_push_that_changes_nothing_is_rejected() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [one, _] = two(&ecr).await?;
    ecr.put_image(&put(&one)).await?;
    error_message(ecr.put_image(&put(&one)).await, "ImageAlreadyExistsException");
    ecr.put_image(&put(&one).image_tag("v1")).await?;
    error_message(ecr.put_image(&put(&one).image_tag("v1")).await, "ImageAlreadyExistsException");
    ecr.put_image(&put(&one).image_tag("v2")).await?;
    assert_eq!(tags(&ecr, &one).await?, some(&["v1", "v2"]));
    Ok(())
}

#[tokio::test]
async fn a_moved_tag_leaves_the_image_untagged() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [one, other] = two(&ecr).await?;
    ecr.put_image(&put(&one).image_tag("v1")).await?;
    ecr.put_image(&put(&other).image_tag("v1")).await?;
    assert_eq!(tags(&ecr, &one).await?, some(&[]));
    assert_eq!(tags(&ecr, &other).await?, some(&["v1"]));
    Ok(())
}

#[tokio::test]
async fn an_immutable_tag_cannot_be_moved() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [one, other] = two(&ecr).await?;
    let but = |value: &str, filter: &str| {
        let filter = ImageTagMutabilityExclusionFilter::new("WILDCARD", filter);
        let request = PutImageTagMutabilityRequest::new("app", value);
        request.image_tag_mutability_exclusion_filters([filter])
    };
    for tag in ["v1", "latest"] {
        ecr.put_image(&put(&one).image_tag(tag)).await?;
    }
    let moved = async |tag: &str| {
        let result = ecr.put_image(&put(&other).image_tag(tag)).await;
        if result.is_ok() {
            ecr.put_image(&put(&one).image_tag(tag)).await?;
            return Ok(true);
        }
        error_message(result, "ImageTagAlreadyExistsException");
        TestResult::Ok(false)
    };
    for (mutability, v1, latest) in [
        (PutImageTagMutabilityRequest::new("app", "IMMUTABLE"), false, false),
        (but("IMMUTABLE_WITH_EXCLUSION", "lat*"), false, true),
        (but("MUTABLE_WITH_EXCLUSION", "v*"), false, true),
        (PutImageTagMutabilityRequest::new("app", "MUTABLE"), true, true),
    ] {
        ecr.put_image_tag_mutability(&mutability).await?;
        let moves = (moved("v1").await?, moved("latest").await?);
        assert_eq!(moves, (v1, latest), "{mutability:?}");
    }
    // A new tag can always be set.
    ecr.put_image_tag_mutability(&PutImageTagMutabilityRequest::new("app", "IMMUTABLE")).await?;
    ecr.put_image(&put(&other).image_tag("v2")).await?;
    let again = ecr.put_image(&put(&other).image_tag("v2")).await;
    error_message(again, "ImageTagAlreadyExistsException");
    Ok(())
}

#[tokio::test]
async fn invalid_manifests_and_tags_are_rejected() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let [one, _] = two(&ecr).await?;
    let untyped = manifest(one.text.replace(&format!(r#""mediaType":"{IMAGE}","#), ""));
    for request in [
        put(&untyped),
        put(&manifest("{".to_owned())),
        put(&one).image_manifest_media_type("application/vnd.oci.image.index.v1+json"),
        put(&one).image_tag("-v1"),
        put(&one).image_tag("v".repeat(301)),
        put(&manifest(String::new())),
    ] {
        error_message(ecr.put_image(&request).await, "InvalidParameterException");
    }
    ecr.put_image(&put(&untyped).image_manifest_media_type(IMAGE)).await?;
    assert_eq!(tags(&ecr, &untyped).await?, some(&[]));
    Ok(())
}
