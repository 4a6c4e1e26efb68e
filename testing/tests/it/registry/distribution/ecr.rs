//! The API of Amazon ECR and the distribution API have the same content.

use longshore::ecr::operation::*;
use longshore::ecr::types::ImageIdentifier;
use longshore_testing::Fault;

use super::client::{NAME, Oci};
use crate::registry::downloads;
use crate::registry::fixtures::{
    IMAGE, TestResult, digest_of, error_message, image, index, layer, upload,
};

#[tokio::test]
async fn an_image_pushed_by_a_container_engine_is_pulled_from_ecr() -> TestResult {
    let oci = Oci::new().await?;
    let pushed = oci.push_image(1, "v1");
    let id = ImageIdentifier::new().image_tag("v1");
    let got = oci.ecr.batch_get_image(&BatchGetImageRequest::new(NAME, [id])).await?;
    let got = got.images.into_iter().next().ok_or("no image")?;
    assert_eq!(got.image_manifest, Some(pushed.text));
    assert_eq!(got.image_manifest_media_type.as_deref(), Some(IMAGE));

    let digest = digest_of(&layer(1, 1_000));
    let url = GetDownloadUrlForLayerRequest::new(NAME, digest);
    let url = oci.ecr.get_download_url_for_layer(&url).await?.download_url.ok_or("no URL")?;
    assert_eq!(downloads::get(&url, None).await?, (200, layer(1, 1_000)));

    let details = oci.ecr.describe_images(&DescribeImagesRequest::new(NAME)).await?.image_details;
    let details = details.into_iter().next().ok_or("no details")?;
    assert_eq!(details.image_digest, Some(pushed.digest));
    assert_eq!(details.image_tags, ["v1"]);
    assert_eq!(details.image_size_in_bytes, Some(1_002));
    Ok(())
}

#[tokio::test]
async fn an_image_pushed_to_ecr_is_pulled_by_a_container_engine() -> TestResult {
    let oci = Oci::new().await?;
    let (config, content) = (upload(&oci.ecr, NAME, b"{}").await?, layer(1, 5_000));
    let layer = upload(&oci.ecr, NAME, &content).await?;
    let image = image(&config, &[&layer]);
    let index = index(&[&image]);
    for (manifest, tag) in [(&image, "v1"), (&index, "all")] {
        let put = PutImageRequest::new(NAME, &manifest.text).image_tag(tag);
        oci.ecr.put_image(&put).await?;
        let got = oci.get(&format!("{NAME}/manifests/{tag}"));
        assert_eq!(got.header("docker-content-digest"), Some(&*manifest.digest));
        assert_eq!(got.body, manifest.text.as_bytes());
    }
    assert_eq!(oci.get(&format!("{NAME}/blobs/{}", layer.digest)).body, content);
    Ok(())
}

#[tokio::test]
async fn a_pull_by_a_container_engine_is_recorded() -> TestResult {
    let oci = Oci::new().await?;
    oci.push_image(1, "v1");
    let pulled = async || {
        let described = oci.ecr.describe_images(&DescribeImagesRequest::new(NAME)).await?;
        TestResult::Ok(described.image_details[0].last_recorded_pull_time)
    };
    oci.head(&format!("{NAME}/manifests/v1"));
    assert_eq!(pulled().await?, None);
    oci.get(&format!("{NAME}/manifests/v1"));
    assert!(pulled().await?.is_some());
    Ok(())
}

#[tokio::test]
async fn deletions_are_visible_to_both() -> TestResult {
    let oci = Oci::new().await?;
    let image = oci.push_image(1, "v1");
    let get = || BatchGetImageRequest::new(NAME, [ImageIdentifier::new().image_tag("v1")]);
    assert_eq!(oci.delete(&format!("{NAME}/manifests/{}", image.digest)).status, 202);
    let got = oci.ecr.batch_get_image(&get()).await?;
    assert_eq!(
        got.failures[0].failure_code.as_ref().map(|code| code.as_str()),
        Some("ImageNotFound")
    );

    oci.push_manifest(&image, "v1");
    oci.ecr.delete_repository(&DeleteRepositoryRequest::new(NAME).force(true)).await?;
    assert_eq!(oci.get(&format!("{NAME}/manifests/v1")).status, 404);
    error_message(oci.ecr.batch_get_image(&get()).await, "RepositoryNotFoundException");
    Ok(())
}

#[tokio::test]
async fn requests_are_recorded_and_may_have_faults() -> TestResult {
    let oci = Oci::new().await?;
    let server = oci.registry.server();
    server.fault_on_get(Fault::status(503));
    assert_eq!(oci.get("").status, 503);
    assert_eq!(oci.get("").status, 200);
    server.fault(Fault::status(429));
    let path = format!("{NAME}/blobs/uploads/");
    assert_eq!(oci.send("POST", &path, &[], b"").status, 429);
    let calls = server.calls();
    let last = calls.last().ok_or("no calls")?;
    assert_eq!((last.method(), last.path()), ("POST", "/v2/team/app/blobs/uploads/"));
    assert_eq!((last.operation(), last.status()), ("", Some(429)));
    Ok(())
}
