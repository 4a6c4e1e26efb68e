//! Which images can be pushed, and what a push does to tags.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;

use super::content::{
    IMAGE, Manifest, Outcome, Uploaded, digest_of, fresh, image, index, layer, of, refused, upload,
};

fn put(manifest: &Manifest) -> PutImageRequest {
    PutImageRequest::new("app", &manifest.text)
}

/// Two images that share their configuration.
async fn two(ecr: &Client) -> Outcome<[Manifest; 2]> {
    let config = upload(ecr, "app", b"{}").await?;
    let layers = [upload(ecr, "app", &layer(1, 10)).await?, upload(ecr, "app", b"two").await?];
    Ok(layers.map(|layer| image(&config, &[&layer])))
}

/// The tags of an image; `None` where it is not there.
async fn tags(ecr: &Client, image: &Manifest) -> Outcome<Option<Vec<String>>> {
    let answer = ecr.describe_images(&DescribeImagesRequest::new("app")).await?;
    let mut details = answer.image_details.into_iter();
    let found = details.find(|detail| detail.image_digest.as_ref() == Some(&image.digest));
    Ok(found.map(|detail| detail.image_tags))
}

fn some(tags: &[&str]) -> Option<Vec<String>> {
    Some(tags.iter().map(|tag| (*tag).to_owned()).collect())
}

#[tokio::test]
async fn a_manifest_must_have_the_digest_that_the_request_says() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let [one, other] = two(&ecr).await?;
    let message = refused(
        ecr.put_image(&put(&one).image_digest(&other.digest).image_tag("v1")).await,
        "ImageDigestDoesNotMatchException",
    );
    let expected = format!("the manifest that came is {}, not {}", one.digest, other.digest);
    assert_eq!(message, expected);
    assert_eq!(tags(&ecr, &one).await?, None);
    Ok(())
}

#[tokio::test]
async fn all_layers_must_be_there_in_the_size_that_the_manifest_says() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    let missing = Uploaded { digest: digest_of(b"missing"), size: 7 };
    let message = refused(
        ecr.put_image(&put(&image(&config, &[&missing])).image_tag("v1")).await,
        "LayersNotFoundException",
    );
    assert_eq!(message, format!("the repository has no layer {}", missing.digest));
    let layer = upload(&ecr, "app", b"layer").await?;
    let lying = image(&config, &[&Uploaded { size: 6, ..layer }]);
    let message = refused(ecr.put_image(&put(&lying)).await, "InvalidParameterException");
    let digest = digest_of(b"layer");
    assert_eq!(message, format!("imageManifest says that {digest} has 6 bytes, and it has 5"));
    Ok(())
}

#[tokio::test]
async fn layers_that_are_somewhere_else_need_not_be_there() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    let missing = Uploaded { digest: digest_of(b"missing"), size: 7 };
    let text = image(&config, &[&missing]).text;
    for elsewhere in ["layer.nondistributable.v1.tar+gzip", "rootfs.foreign.diff.tar.gzip"] {
        let text = text.replace("layer.v1.tar+gzip", elsewhere);
        ecr.put_image(&put(&of(text))).await?;
    }
    // And they are no part of what the images hold.
    let all = ecr.describe_images(&DescribeImagesRequest::new("app")).await?.image_details;
    let sizes: Vec<_> = all.iter().map(|image| image.image_size_in_bytes).collect();
    assert_eq!(sizes, [Some(2), Some(2)]);
    Ok(())
}

#[tokio::test]
async fn the_images_of_an_index_must_be_there_before_it() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let [one, other] = two(&ecr).await?;
    let index = index(&[&one, &other]);
    ecr.put_image(&put(&one)).await?;
    let message = refused(
        ecr.put_image(&put(&index).image_tag("v1")).await,
        "ReferencedImagesNotFoundException",
    );
    assert_eq!(message, format!("the repository has no image {}", other.digest));
    ecr.put_image(&put(&other)).await?;
    let (length, digest) = (one.text.len(), &one.digest);
    let size = format!(r#""{digest}","size":{length}"#);
    assert!(index.text.contains(&size));
    let lying = of(index.text.replace(&size, &format!(r#""{digest}","size":1"#)));
    let message = refused(ecr.put_image(&put(&lying)).await, "InvalidParameterException");
    assert_eq!(
        message,
        format!("imageManifest says that {digest} has 1 bytes, and it has {length}")
    );
    ecr.put_image(&put(&index).image_tag("v1")).await?;
    assert_eq!(tags(&ecr, &index).await?, some(&["v1"]));
    assert_eq!(tags(&ecr, &one).await?, some(&[]));
    Ok(())
}

#[tokio::test]
async fn a_push_that_changes_nothing_is_refused() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let [one, _] = two(&ecr).await?;
    ecr.put_image(&put(&one)).await?;
    refused(ecr.put_image(&put(&one)).await, "ImageAlreadyExistsException");
    ecr.put_image(&put(&one).image_tag("v1")).await?;
    refused(ecr.put_image(&put(&one).image_tag("v1")).await, "ImageAlreadyExistsException");
    ecr.put_image(&put(&one).image_tag("v2")).await?;
    assert_eq!(tags(&ecr, &one).await?, some(&["v1", "v2"]));
    Ok(())
}

#[tokio::test]
async fn a_tag_moves_and_the_image_stays_without_it() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let [one, other] = two(&ecr).await?;
    ecr.put_image(&put(&one).image_tag("v1")).await?;
    ecr.put_image(&put(&other).image_tag("v1")).await?;
    assert_eq!(tags(&ecr, &one).await?, some(&[]));
    assert_eq!(tags(&ecr, &other).await?, some(&["v1"]));
    Ok(())
}

#[tokio::test]
async fn an_immutable_tag_stays_where_it_is() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
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
        let there = ecr.put_image(&put(&other).image_tag(tag)).await;
        if there.is_ok() {
            ecr.put_image(&put(&one).image_tag(tag)).await?;
            return Ok(true);
        }
        refused(there, "ImageTagAlreadyExistsException");
        Outcome::Ok(false)
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
    // What is not there yet can always be set.
    ecr.put_image_tag_mutability(&PutImageTagMutabilityRequest::new("app", "IMMUTABLE")).await?;
    ecr.put_image(&put(&other).image_tag("v2")).await?;
    let again = ecr.put_image(&put(&other).image_tag("v2")).await;
    refused(again, "ImageTagAlreadyExistsException");
    Ok(())
}

#[tokio::test]
async fn what_is_no_manifest_or_no_tag_is_refused() -> Outcome {
    let (_registry, ecr) = fresh("app").await?;
    let [one, _] = two(&ecr).await?;
    let untyped = of(one.text.replace(&format!(r#""mediaType":"{IMAGE}","#), ""));
    for request in [
        put(&untyped),
        put(&of("{".to_owned())),
        put(&one).image_manifest_media_type("application/vnd.oci.image.index.v1+json"),
        put(&one).image_tag("-v1"),
        put(&one).image_tag("v".repeat(301)),
        put(&of(String::new())),
    ] {
        refused(ecr.put_image(&request).await, "InvalidParameterException");
    }
    ecr.put_image(&put(&untyped).image_manifest_media_type(IMAGE)).await?;
    assert_eq!(tags(&ecr, &untyped).await?, some(&[]));
    Ok(())
}
