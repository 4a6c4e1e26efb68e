//! The public registry.

use bytes::Bytes;
use longshore::ecr;
use longshore::ecr_public::Client;
use longshore::ecr_public::operation::*;
use longshore::ecr_public::types::{
    ImageFailureCode, ImageIdentifier, RepositoryCatalogData, RepositoryCatalogDataInput, Tag,
};
use longshore::{HttpTransport, Transport};
use longshore_testing::Registry;

use super::downloads;
use super::fixtures::{Manifest, TestResult, Uploaded, digest_of, error_message, image, index};

async fn new_registry() -> TestResult<(Registry, Client)> {
    let registry = Registry::builder().min_part_size(1).part_size(1_000).start()?;
    let public = Client::new(&registry.config());
    public.create_repository(&CreateRepositoryRequest::new("app")).await?;
    Ok((registry, public))
}

async fn upload(public: &Client, content: &[u8]) -> TestResult<Uploaded> {
    let begun = public.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
    let id = begun.upload_id.ok_or("no upload id")?;
    let last = i64::try_from(content.len())? - 1;
    let part = UploadLayerPartRequest::new("app", &id, 0, last, content);
    public.upload_layer_part(&part).await?;
    let complete = CompleteLayerUploadRequest::new("app", &id, [digest_of(content)]);
    public.complete_layer_upload(&complete).await?;
    Ok(Uploaded { digest: digest_of(content), size: content.len() })
}

fn put(manifest: &Manifest, tag: &str) -> PutImageRequest {
    PutImageRequest::new("app", &manifest.text).image_tag(tag)
}

#[tokio::test]
async fn an_index_is_pushed_described_and_deleted() -> TestResult {
    let (_registry, public) = new_registry().await?;
    let (config, layer) = (upload(&public, b"{}").await?, upload(&public, b"layer").await?);
    let image = image(&config, &[&layer]);
    let index = index(&[&image]);
    error_message(public.put_image(&put(&index, "v1")).await, "ReferencedImagesNotFoundException");
    public.put_image(&PutImageRequest::new("app", &image.text)).await?;
    public.put_image(&put(&index, "v1")).await?;
    error_message(public.put_image(&put(&index, "v1")).await, "ImageAlreadyExistsException");

    let tags = public.describe_image_tags(&DescribeImageTagsRequest::new("app")).await?;
    let detail = tags.image_tag_details[0].image_detail.as_ref().ok_or("no detail")?;
    assert_eq!(tags.image_tag_details[0].image_tag.as_deref(), Some("v1"));
    assert_eq!(detail.image_digest, Some(index.digest.clone()));
    let images = public.describe_images(&DescribeImagesRequest::new("app").max_results(1)).await?;
    assert_eq!(images.image_details[0].image_digest, Some(image.digest.clone()));
    assert_eq!(images.image_details[0].image_size_in_bytes, Some(7));
    let next = DescribeImagesRequest::new("app").next_token(images.next_token.ok_or("no token")?);
    let images = public.describe_images(&next).await?;
    assert_eq!(images.image_details[0].image_tags, ["v1"]);
    let missing = [ImageIdentifier::new().image_tag("v2")];
    let missing = DescribeImagesRequest::new("app").image_ids(missing);
    error_message(public.describe_images(&missing).await, "ImageNotFoundException");

    let child = ImageIdentifier::new().image_digest(&image.digest);
    let delete = BatchDeleteImageRequest::new("app", [child]);
    let failures = public.batch_delete_image(&delete).await?.failures;
    assert_eq!(failures[0].failure_code, Some(ImageFailureCode::ImageReferencedByManifestList));
    Ok(())
}

/// Calls all operations of the generated client, so that an operation that a model update adds is
/// noticed.
#[tokio::test]
async fn every_operation_is_supported() -> TestResult {
    let registry = Registry::start();
    let operations = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/src/ecr_public/operation");
    let mut count = 0;
    for file in std::fs::read_dir(operations)? {
        let source = std::fs::read_to_string(file?.path())?;
        let Some((_, name)) = source.split_once("const NAME: &'static str = \"") else { continue };
        let (name, _) = name.split_once('"').ok_or("no end of the name")?;
        let request = http::Request::post(registry.url())
            .header("x-amz-target", format!("SpencerFrontendService.{name}"))
            .header("content-type", "application/x-amz-json-1.1")
            .header("authorization", "any");
        let response = HttpTransport::new().send(request.body(Bytes::from_static(b"{}"))?).await?;
        let body = String::from_utf8_lossy(response.body());
        assert!(!body.contains("UnexpectedCall"), "{name}: {body}");
        count += 1;
    }
    assert!(count >= 23, "{count}");
    // Requests without their required members are in the report, which is expected.
    let verified = std::panic::AssertUnwindSafe(|| registry.server().verify());
    std::panic::catch_unwind(verified).ok();
    Ok(())
}

/// Only operations that push and delete accept the alias instead of the account id.
#[tokio::test]
async fn pushes_accept_the_alias_of_the_registry() -> TestResult {
    const ALIAS: &str = "a1b2c3d4";
    let (_registry, public) = new_registry().await?;
    let (config, digest) = (upload(&public, b"{}").await?, digest_of(b"layer"));
    let begin = InitiateLayerUploadRequest::new("app").registry_id(ALIAS);
    let id = public.initiate_layer_upload(&begin).await?.upload_id.ok_or("no upload id")?;
    let part = UploadLayerPartRequest::new("app", &id, 0, 4, b"layer").registry_id(ALIAS);
    let sent = public.upload_layer_part(&part).await?;
    assert_eq!(sent.registry_id.as_deref(), Some("123456789012"));
    let complete = CompleteLayerUploadRequest::new("app", &id, [&digest]).registry_id(ALIAS);
    public.complete_layer_upload(&complete).await?;
    let check = BatchCheckLayerAvailabilityRequest::new("app", [&digest]).registry_id(ALIAS);
    let checked = public.batch_check_layer_availability(&check).await?;
    assert_eq!(checked.layers[0].layer_size, Some(5));
    let image = image(&config, &[&Uploaded { digest, size: 5 }]);
    public.put_image(&put(&image, "v1").registry_id(ALIAS)).await?;
    let describe = DescribeImagesRequest::new("app").registry_id(ALIAS);
    error_message(public.describe_images(&describe).await, "InvalidParameterException");
    let v1 = [ImageIdentifier::new().image_tag("v1")];
    let delete = BatchDeleteImageRequest::new("app", v1).registry_id(ALIAS);
    assert_eq!(public.batch_delete_image(&delete).await?.failures, []);
    Ok(())
}

#[tokio::test]
async fn repository_names_are_stricter_than_in_the_private_registry() -> TestResult {
    let (registry, public) = new_registry().await?;
    let wrong = CreateRepositoryRequest::new("a__b");
    error_message(public.create_repository(&wrong).await, "InvalidParameterException");
    let private = ecr::Client::new(&registry.config());
    let fine = ecr::operation::CreateRepositoryRequest::new("a__b");
    private.create_repository(&fine).await?;
    // The two registries do not share repositories.
    let all = public.describe_repositories(&DescribeRepositoriesRequest::new()).await?;
    assert_eq!(all.repositories.len(), 1);
    let repository = &all.repositories[0];
    let arn = "arn:aws:ecr-public::123456789012:repository/app";
    assert_eq!(repository.repository_arn.as_deref(), Some(arn));
    assert_eq!(repository.repository_uri.as_deref(), Some("public.ecr.aws/a1b2c3d4/app"));
    Ok(())
}

#[tokio::test]
async fn catalog_data_and_logo_are_stored() -> TestResult {
    let (_registry, public) = new_registry().await?;
    let get = GetRepositoryCatalogDataRequest::new("app");
    error_message(
        public.get_repository_catalog_data(&get).await,
        "RepositoryCatalogDataNotFoundException",
    );
    let input = RepositoryCatalogDataInput::new()
        .description("an app")
        .architectures(["ARM 64"])
        .operating_systems(["Linux"])
        .about_text("about")
        .usage_text("usage")
        .logo_image_blob(&b"a picture"[..]);
    let put = PutRepositoryCatalogDataRequest::new("app", input.clone());
    let data = public.put_repository_catalog_data(&put).await?.catalog_data.ok_or("no data")?;
    let logo = data.logo_url.clone().ok_or("no logo")?;
    let expected = RepositoryCatalogData::new()
        .description("an app")
        .architectures(["ARM 64"])
        .operating_systems(["Linux"])
        .logo_url(&logo)
        .about_text("about")
        .usage_text("usage");
    assert_eq!(data, expected);
    assert_eq!(public.get_repository_catalog_data(&get).await?.catalog_data, Some(expected));
    assert_eq!(downloads::get(&logo, None).await?, (200, b"a picture".to_vec()));
    assert_eq!(downloads::get(&format!("{logo}0"), None).await?.0, 404);
    let create = CreateRepositoryRequest::new("other").catalog_data(input);
    let made = public.create_repository(&create).await?.catalog_data.ok_or("no data")?;
    assert_eq!(made.description.as_deref(), Some("an app"));
    Ok(())
}

#[tokio::test]
async fn the_registry_has_catalog_data_and_tokens() -> TestResult {
    let (_registry, public) = new_registry().await?;
    let all = public.describe_registries(&DescribeRegistriesRequest::new()).await?.registries;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].registry_id, "123456789012");
    assert_eq!(all[0].registry_arn, "arn:aws:ecr-public::123456789012:registry/123456789012");
    assert_eq!(all[0].registry_uri, "public.ecr.aws/a1b2c3d4");
    assert!(all[0].aliases[0].primary_registry_alias);
    let get = GetRegistryCatalogDataRequest::new();
    let data = public.get_registry_catalog_data(&get).await?.registry_catalog_data;
    assert_eq!(data.display_name, None);
    let put = PutRegistryCatalogDataRequest::new().display_name("ours");
    public.put_registry_catalog_data(&put).await?;
    let data = public.get_registry_catalog_data(&get).await?.registry_catalog_data;
    assert_eq!(data.display_name.as_deref(), Some("ours"));
    let token = public.get_authorization_token(&GetAuthorizationTokenRequest::new()).await?;
    let data = token.authorization_data.ok_or("no data")?;
    assert!(data.authorization_token.is_some_and(|token| token.starts_with("QVdTO")));
    Ok(())
}

#[tokio::test]
async fn policies_and_resource_tags_are_stored() -> TestResult {
    let (_registry, public) = new_registry().await?;
    let text = r#"{"Version":"2012-10-17","Statement":[]}"#;
    public.set_repository_policy(&SetRepositoryPolicyRequest::new("app", text)).await?;
    let got = public.get_repository_policy(&GetRepositoryPolicyRequest::new("app")).await?;
    assert_eq!(got.policy_text.as_deref(), Some(text));
    public.delete_repository_policy(&DeleteRepositoryPolicyRequest::new("app")).await?;
    let arn = "arn:aws:ecr-public::123456789012:repository/app";
    let tag = Tag::new().key("team").value("a");
    public.tag_resource(&TagResourceRequest::new(arn, [tag.clone()])).await?;
    let list = ListTagsForResourceRequest::new(arn);
    assert_eq!(public.list_tags_for_resource(&list).await?.tags, [tag]);
    public.untag_resource(&UntagResourceRequest::new(arn, ["team"])).await?;
    assert_eq!(public.list_tags_for_resource(&list).await?.tags, []);
    Ok(())
}
