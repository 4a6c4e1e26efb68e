//! The ECR client with moto, an independent implementation of ECR.
//!
//! `cargo xtask e2e` starts moto and runs these tests one at a time. moto supports neither ECR Public
//! nor Lightsail; `requests` tests what their clients send.

mod server;

use std::error::Error;
use std::time::Duration;

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;
use longshore::{Blob, Config};

type Outcome = Result<(), Box<dyn Error>>;

const REPOSITORY: &str = "team/app";
const REPOSITORY_ARN: &str = "arn:aws:ecr:eu-west-1:123456789012:repository/team/app";
const MEDIA_TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
/// The digest of [`layer`].
const LAYER_DIGEST: &str =
    "sha256:3421d9aa928a94decb191ab8e8b76c1d8434bf602c5b3ba10ad42f54c8199c34";

/// Contains all byte values, so that a layer that is treated as text is noticed.
fn layer() -> Vec<u8> {
    (0..=u8::MAX).cycle().take(10_000).collect()
}

fn manifest() -> String {
    format!(
        r#"{{"schemaVersion":2,"mediaType":"{MEDIA_TYPE}",
            "config":{{"mediaType":"application/vnd.oci.image.config.v1+json","size":2,"digest":"sha256:{}"}},
            "layers":[{{"mediaType":"application/vnd.oci.image.layer.v1.tar","size":10000,"digest":"{LAYER_DIGEST}"}}]}}"#,
        "4".repeat(64)
    )
}

fn client(key: &str, secret: &str) -> Result<Client, Box<dyn Error>> {
    let config = Config::builder()
        .region("eu-west-1")
        .static_credentials(key, secret, None)
        .endpoint_url(server::endpoint()?)
        .build();
    Ok(Client::new(&config))
}

/// Resets the server, and returns a client with credentials that it accepts.
fn new_client() -> Result<Client, Box<dyn Error>> {
    server::reset()?;
    client("any", "any")
}

async fn create_repository(ecr: &Client) -> Outcome {
    let response = ecr.create_repository(&CreateRepositoryRequest::new(REPOSITORY)).await?;
    let repository = response.repository.ok_or("no repository in the response")?;
    assert_eq!(repository.repository_name.as_deref(), Some(REPOSITORY));
    assert_eq!(repository.image_tag_mutability, Some(ImageTagMutability::Mutable));
    assert!(repository.created_at.is_some());
    Ok(())
}

async fn push_layer(ecr: &Client) -> Outcome {
    let upload = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new(REPOSITORY)).await?;
    let id = upload.upload_id.ok_or("no upload id in the response")?;
    assert!(upload.part_size > Some(10_000));

    let part = UploadLayerPartRequest::new(REPOSITORY, &id, 0, 9_999, Blob::from(layer()));
    assert_eq!(ecr.upload_layer_part(&part).await?.last_byte_received, Some(9_999));

    let complete = CompleteLayerUploadRequest::new(REPOSITORY, &id, [LAYER_DIGEST]);
    let response = ecr.complete_layer_upload(&complete).await?;
    // The server computed the digest of the received bytes.
    assert_eq!(response.layer_digest.as_deref(), Some(LAYER_DIGEST));

    let error = ecr.complete_layer_upload(&complete).await.expect_err("the upload is closed");
    assert!(
        matches!(error.service(), Some(CompleteLayerUploadError::UploadNotFoundException(_))),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn an_image_is_pushed_and_found() -> Outcome {
    let ecr = new_client()?;
    create_repository(&ecr).await?;
    push_layer(&ecr).await?;

    let put = PutImageRequest::new(REPOSITORY, manifest()).image_tag("v1");
    let image = ecr.put_image(&put).await?.image.ok_or("no image in the response")?;
    assert_eq!(image.image_manifest, Some(manifest()));
    assert_eq!(image.image_manifest_media_type.as_deref(), Some(MEDIA_TYPE));
    let id = image.image_id.ok_or("no id in the image")?;
    assert_eq!(id.image_tag.as_deref(), Some("v1"));

    let listed = ecr.list_images(&ListImagesRequest::new(REPOSITORY)).await?;
    assert_eq!(listed.image_ids, std::slice::from_ref(&id));

    let described = ecr.describe_images(&DescribeImagesRequest::new(REPOSITORY)).await?;
    let [detail] = described.image_details.as_slice() else {
        return Err(format!("one image was put, not {:?}", described.image_details).into());
    };
    assert_eq!(detail.image_digest, id.image_digest);
    assert_eq!(detail.image_tags, ["v1"]);
    assert!(detail.image_pushed_at.is_some());

    let layers = BatchCheckLayerAvailabilityRequest::new(REPOSITORY, [LAYER_DIGEST]);
    let checked = ecr.batch_check_layer_availability(&layers).await?;
    let availability: Vec<_> =
        checked.layers.iter().map(|layer| &layer.layer_availability).collect();
    assert_eq!(availability, [&Some(LayerAvailability::Available)]);
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn a_batch_get_returns_images_and_failures() -> Outcome {
    let ecr = new_client()?;
    create_repository(&ecr).await?;
    ecr.put_image(&PutImageRequest::new(REPOSITORY, manifest()).image_tag("v1")).await?;

    let expected = ["v1", "v2"].map(|tag| ImageIdentifier::new().image_tag(tag));
    let got = ecr.batch_get_image(&BatchGetImageRequest::new(REPOSITORY, expected)).await?;
    let manifests: Vec<_> = got.images.iter().map(|image| image.image_manifest.clone()).collect();
    assert_eq!(manifests, [Some(manifest())]);
    let codes: Vec<_> = got.failures.iter().map(|failure| failure.failure_code.clone()).collect();
    assert_eq!(codes, [Some(ImageFailureCode::ImageNotFound)]);
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn an_existing_image_is_a_typed_error() -> Outcome {
    let ecr = new_client()?;
    create_repository(&ecr).await?;
    let put = PutImageRequest::new(REPOSITORY, manifest()).image_tag("v1");
    ecr.put_image(&put).await?;

    let error = ecr.put_image(&put).await.expect_err("the same image again");
    let Some(PutImageError::ImageAlreadyExistsException(exception)) = error.service() else {
        return Err(error.into());
    };
    let message = exception.message.as_deref().unwrap_or_default();
    assert!(message.contains("and tag 'v1' already exists"), "{message}");
    assert_eq!(error.code(), Some("ImageAlreadyExistsException"));
    assert_eq!(error.status(), Some(400));
    assert!(error.request_id().is_some_and(|id| !id.is_empty()));
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn a_deleted_repository_is_gone() -> Outcome {
    let ecr = new_client()?;
    create_repository(&ecr).await?;
    ecr.put_image(&PutImageRequest::new(REPOSITORY, manifest()).image_tag("v1")).await?;

    let delete = DeleteRepositoryRequest::new(REPOSITORY);
    let error = ecr.delete_repository(&delete).await.expect_err("there is an image in it");
    assert!(
        matches!(error.service(), Some(DeleteRepositoryError::RepositoryNotEmptyException(_))),
        "{error}"
    );
    let deleted = ecr.delete_repository(&delete.force(true)).await?;
    assert_eq!(
        deleted.repository.and_then(|gone| gone.repository_name).as_deref(),
        Some(REPOSITORY)
    );

    let error = ecr.list_images(&ListImagesRequest::new(REPOSITORY)).await.expect_err("it is gone");
    let Some(ListImagesError::RepositoryNotFoundException(exception)) = error.service() else {
        return Err(error.into());
    };
    let message = exception.message.as_deref().unwrap_or_default();
    assert!(message.starts_with("The repository with name 'team/app' does not exist"), "{message}");
    Ok(())
}

/// The server does not support the operation and responds with HTML.
#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn an_html_response_is_an_error_with_its_text() -> Outcome {
    let ecr = new_client()?;
    let request = GetDownloadUrlForLayerRequest::new(REPOSITORY, LAYER_DIGEST);
    let error = ecr.get_download_url_for_layer(&request).await.expect_err("not served");
    assert_eq!(error.status(), Some(500));
    assert!(matches!(error.service(), Some(GetDownloadUrlForLayerError::Unmodeled(_))), "{error}");
    assert!(error.to_string().contains("500 Internal Server Error"), "{error}");
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn signatures_are_valid() -> Outcome {
    server::reset()?;
    let key = server::user_with_key()?;
    server::check_signatures()?;
    let ecr = client(&key.id, &key.secret)?;
    create_repository(&ecr).await?;
    push_layer(&ecr).await?;

    // Bodies that are not ASCII are signed correctly, too.
    let tag = Tag::new("owner", "Überseehafen \u{1F6A2}");
    ecr.tag_resource(&TagResourceRequest::new(REPOSITORY_ARN, [tag.clone()])).await?;
    let tags = ecr.list_tags_for_resource(&ListTagsForResourceRequest::new(REPOSITORY_ARN)).await?;
    assert_eq!(tags.tags, [tag]);
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn wrong_credentials_are_errors_with_the_text_of_the_server() -> Outcome {
    server::reset()?;
    let key = server::user_with_key()?;
    server::check_signatures()?;
    let refused = [
        (client(&key.id, "not the secret")?, "SignatureDoesNotMatch"),
        (client("AKIANOSUCHKEY", &key.secret)?, "InvalidClientTokenId"),
    ];
    for (ecr, code) in refused {
        let error = ecr.list_images(&ListImagesRequest::new(REPOSITORY)).await.expect_err(code);
        assert_eq!(error.status(), Some(403), "{error}");
        // The server responds in XML, so the code is unknown, but the error contains the text.
        assert!(matches!(error.service(), Some(ListImagesError::Unmodeled(_))), "{error}");
        assert!(error.to_string().contains(code), "{error}");
    }
    Ok(())
}

/// Pushes images with these tags to a new repository.
async fn push_images(ecr: &Client, tags: &[&str]) -> Outcome {
    create_repository(ecr).await?;
    for tag in tags {
        let manifest = manifest().replace(&"4".repeat(64), &format!("{tag:0>64}"));
        ecr.put_image(&PutImageRequest::new(REPOSITORY, manifest).image_tag(*tag)).await?;
    }
    Ok(())
}

#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn paginators_and_waiters_work() -> Outcome {
    let ecr = new_client()?;
    push_images(&ecr, &["1", "2", "3"]).await?;

    let mut items = ecr.list_images_pages(ListImagesRequest::new(REPOSITORY)).items();
    let mut tags = Vec::new();
    while let Some(image) = items.next().await {
        tags.extend(image?.image_tag);
    }
    tags.sort();
    assert_eq!(tags, ["1", "2", "3"]);

    let image = ImageIdentifier::new().image_tag("2");
    ecr.start_image_scan(&StartImageScanRequest::new(REPOSITORY, image.clone())).await?;
    let request = DescribeImageScanFindingsRequest::new(REPOSITORY, image);
    ecr.wait_until_image_scan_complete(&request, Duration::from_secs(60)).await?;
    Ok(())
}

/// The credentials come from STS, which is called over the same transport.
#[cfg(feature = "credential-chain")]
#[tokio::test]
#[ignore = "needs a server: run `cargo xtask e2e`"]
async fn the_role_of_a_profile_is_assumed() -> Outcome {
    let ecr = new_client()?;
    push_images(&ecr, &["1"]).await?;

    let file = std::env::temp_dir().join(format!("longshore-e2e-{}", std::process::id()));
    std::fs::write(
        &file,
        "[default]\nregion = eu-west-1\nsource_profile = base\n\
         role_arn = arn:aws:iam::123456789012:role/reader\n\
         [profile base]\naws_access_key_id = any\naws_secret_access_key = any\n",
    )?;
    let path = file.to_string_lossy().into_owned();
    let environment = [
        ("AWS_CONFIG_FILE", path.clone()),
        ("AWS_SHARED_CREDENTIALS_FILE", path),
        ("AWS_ENDPOINT_URL_ECR", server::endpoint()?),
        ("AWS_ENDPOINT_URL_STS", server::endpoint()?),
    ];
    let config = Config::builder().load(&environment.into_iter().collect()).await?;
    let listed = Client::new(&config).list_images(&ListImagesRequest::new(REPOSITORY)).await;
    std::fs::remove_file(&file)?;
    assert_eq!(listed?.image_ids.len(), 1);
    Ok(())
}
