//! Repositories and their policies, resource tags and settings.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore::ecr::types::*;
use longshore_testing::Registry;

use super::fixtures::{TestResult, error_message, image, new_registry, upload};

const ARN: &str = "arn:aws:ecr:us-east-1:123456789012:repository/app";

#[tokio::test]
async fn a_repository_is_created_described_and_deleted() -> TestResult {
    let registry = Registry::builder().account("000000000042").start()?;
    let ecr = Client::new(&registry.config());
    let filter = ImageTagMutabilityExclusionFilter::new("WILDCARD", "dev-*");
    let request = CreateRepositoryRequest::new("team/app")
        .image_tag_mutability("IMMUTABLE_WITH_EXCLUSION")
        .image_tag_mutability_exclusion_filters([filter.clone()])
        .image_scanning_configuration(ImageScanningConfiguration::new().scan_on_push(true))
        .encryption_configuration(EncryptionConfiguration::new("KMS").kms_key("alias/x"));
    let made = ecr.create_repository(&request).await?.repository.ok_or("no repository")?;
    let expected = Repository::new()
        .repository_arn("arn:aws:ecr:us-east-1:000000000042:repository/team/app")
        .registry_id("000000000042")
        .repository_name("team/app")
        .repository_uri("000000000042.dkr.ecr.us-east-1.amazonaws.com/team/app")
        .created_at(made.created_at.ok_or("no time")?)
        .image_tag_mutability("IMMUTABLE_WITH_EXCLUSION")
        .image_tag_mutability_exclusion_filters([filter])
        .image_scanning_configuration(ImageScanningConfiguration::new().scan_on_push(true))
        .encryption_configuration(EncryptionConfiguration::new("KMS").kms_key("alias/x"));
    assert_eq!(made, expected);
    error_message(ecr.create_repository(&request).await, "RepositoryAlreadyExistsException");
    let describe = DescribeRepositoriesRequest::new().repository_names(["team/app"]);
    let described = ecr.describe_repositories(&describe).await?.repositories;
    assert_eq!(described, std::slice::from_ref(&expected));
    let delete = DeleteRepositoryRequest::new("team/app");
    assert_eq!(ecr.delete_repository(&delete).await?.repository, Some(expected));
    error_message(ecr.delete_repository(&delete).await, "RepositoryNotFoundException");
    error_message(ecr.describe_repositories(&describe).await, "RepositoryNotFoundException");
    Ok(())
}

#[tokio::test]
async fn settings_default_to_those_of_the_service() -> TestResult {
    let registry = Registry::start();
    let ecr = Client::new(&registry.config());
    let made = ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    let made = made.repository.ok_or("no repository")?;
    assert_eq!(made.image_tag_mutability, Some(ImageTagMutability::Mutable));
    let scanning = ImageScanningConfiguration::new().scan_on_push(false);
    assert_eq!(made.image_scanning_configuration, Some(scanning));
    assert_eq!(made.encryption_configuration, Some(EncryptionConfiguration::new("AES256")));
    let twice = EncryptionConfiguration::new(EncryptionType::KmsDsse);
    let twice = CreateRepositoryRequest::new("twice").encryption_configuration(twice);
    let made = ecr.create_repository(&twice).await?.repository.ok_or("no repository")?;
    assert_eq!(made.encryption_configuration, twice.encryption_configuration);
    Ok(())
}

#[tokio::test]
async fn invalid_repositories_are_rejected() -> TestResult {
    let registry = Registry::start();
    let ecr = Client::new(&registry.config());
    let app = || CreateRepositoryRequest::new("app");
    let tags = |count: usize| (0..count).map(|n| Tag::new(n.to_string(), ""));
    for (request, code) in [
        (CreateRepositoryRequest::new("App"), "InvalidParameterException"),
        (CreateRepositoryRequest::new("a"), "InvalidParameterException"),
        (app().registry_id("111111111111"), "InvalidParameterException"),
        (app().image_tag_mutability("SOMETIMES"), "InvalidParameterException"),
        (app().image_tag_mutability("MUTABLE_WITH_EXCLUSION"), "InvalidParameterException"),
        (
            app().encryption_configuration(EncryptionConfiguration::new("ROT13")),
            "InvalidParameterException",
        ),
        (
            app().encryption_configuration(EncryptionConfiguration::new("AES256").kms_key("x")),
            "InvalidParameterException",
        ),
        (app().tags([Tag::new("aws:x", "")]), "InvalidTagParameterException"),
        (app().tags(tags(51)), "TooManyTagsException"),
    ] {
        error_message(ecr.create_repository(&request).await, code);
    }
    let all = ecr.describe_repositories(&DescribeRepositoriesRequest::new()).await?;
    assert_eq!(all.repositories, []);
    Ok(())
}

#[tokio::test]
async fn deleting_a_repository_with_images_requires_force() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let config = upload(&ecr, "app", b"{}").await?;
    ecr.put_image(&PutImageRequest::new("app", image(&config, &[&config]).text)).await?;
    let delete = DeleteRepositoryRequest::new("app");
    error_message(ecr.delete_repository(&delete).await, "RepositoryNotEmptyException");
    ecr.delete_repository(&delete.force(true)).await?;
    // A new repository of the same name is empty.
    ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    assert_eq!(ecr.list_images(&ListImagesRequest::new("app")).await?.image_ids, []);
    Ok(())
}

#[tokio::test]
async fn settings_can_be_changed() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let scanning = ImageScanningConfiguration::new().scan_on_push(true);
    let put = PutImageScanningConfigurationRequest::new("app", scanning.clone());
    ecr.put_image_scanning_configuration(&put).await?;
    let put = PutImageTagMutabilityRequest::new("app", "IMMUTABLE");
    ecr.put_image_tag_mutability(&put).await?;
    let all = ecr.describe_repositories(&DescribeRepositoriesRequest::new()).await?.repositories;
    assert_eq!(all[0].image_scanning_configuration, Some(scanning));
    assert_eq!(all[0].image_tag_mutability, Some(ImageTagMutability::Immutable));
    Ok(())
}

#[tokio::test]
async fn repository_policies_are_stored() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let (get, delete) =
        (GetRepositoryPolicyRequest::new("app"), DeleteRepositoryPolicyRequest::new("app"));
    let absent = "RepositoryPolicyNotFoundException";
    error_message(ecr.get_repository_policy(&get).await, absent);
    error_message(ecr.delete_repository_policy(&delete).await, absent);
    let nonsense = SetRepositoryPolicyRequest::new("app", "{}");
    error_message(ecr.set_repository_policy(&nonsense).await, "InvalidParameterException");
    let text = r#"{"Version":"2012-10-17","Statement":[]}"#;
    ecr.set_repository_policy(&SetRepositoryPolicyRequest::new("app", text)).await?;
    assert_eq!(ecr.get_repository_policy(&get).await?.policy_text.as_deref(), Some(text));
    let deleted = ecr.delete_repository_policy(&delete).await?;
    assert_eq!(deleted.policy_text.as_deref(), Some(text));
    error_message(ecr.get_repository_policy(&get).await, absent);
    Ok(())
}

#[tokio::test]
async fn lifecycle_policies_are_stored() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let (get, delete) =
        (GetLifecyclePolicyRequest::new("app"), DeleteLifecyclePolicyRequest::new("app"));
    let absent = "LifecyclePolicyNotFoundException";
    error_message(ecr.get_lifecycle_policy(&get).await, absent);
    error_message(ecr.delete_lifecycle_policy(&delete).await, absent);
    let text = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged",
        "countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}"#;
    for wrong in ["{}".to_owned(), text.replace("rulePriority", "priority")] {
        let put = PutLifecyclePolicyRequest::new("app", wrong);
        error_message(ecr.put_lifecycle_policy(&put).await, "InvalidParameterException");
    }
    let put = ecr.put_lifecycle_policy(&PutLifecyclePolicyRequest::new("app", text)).await?;
    assert_eq!(put.lifecycle_policy_text.as_deref(), Some(text));
    let got = ecr.get_lifecycle_policy(&get).await?;
    assert_eq!(got.lifecycle_policy_text.as_deref(), Some(text));
    let deleted = ecr.delete_lifecycle_policy(&delete).await?;
    assert_eq!(deleted.lifecycle_policy_text.as_deref(), Some(text));
    error_message(ecr.get_lifecycle_policy(&get).await, absent);
    Ok(())
}

#[tokio::test]
async fn repositories_have_resource_tags() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let tags = [Tag::new("team", "a"), Tag::new("stage", "test")];
    ecr.tag_resource(&TagResourceRequest::new(ARN, tags)).await?;
    ecr.tag_resource(&TagResourceRequest::new(ARN, [Tag::new("team", "b")])).await?;
    let list = ListTagsForResourceRequest::new(ARN);
    let tags = ecr.list_tags_for_resource(&list).await?.tags;
    assert_eq!(tags, [Tag::new("stage", "test"), Tag::new("team", "b")]);
    ecr.untag_resource(&UntagResourceRequest::new(ARN, ["stage"])).await?;
    assert_eq!(ecr.list_tags_for_resource(&list).await?.tags, [Tag::new("team", "b")]);
    let wrong = TagResourceRequest::new(ARN, [Tag::new("aws:x", "y")]);
    error_message(ecr.tag_resource(&wrong).await, "InvalidTagParameterException");
    let many = (0..50).map(|n| Tag::new(n.to_string(), ""));
    error_message(
        ecr.tag_resource(&TagResourceRequest::new(ARN, many)).await,
        "TooManyTagsException",
    );
    for (arn, code) in [
        ("app", "InvalidParameterException"),
        ("arn:aws:ecr:us-east-1:123456789012:image/app", "InvalidParameterException"),
        ("arn:aws:s3:us-east-1:123456789012:repository/app", "InvalidParameterException"),
        ("arn:aws:ecr:us-east-1:123456789012:repository/other", "RepositoryNotFoundException"),
        ("arn:aws:ecr:us-east-1:111111111111:repository/app", "RepositoryNotFoundException"),
    ] {
        let list = ListTagsForResourceRequest::new(arn);
        error_message(ecr.list_tags_for_resource(&list).await, code);
    }
    Ok(())
}

#[tokio::test]
async fn the_registry_is_described_and_issues_authorization_tokens() -> TestResult {
    let (_registry, ecr) = new_registry("app").await?;
    let described = ecr.describe_registry(&DescribeRegistryRequest::new()).await?;
    assert_eq!(described.registry_id.as_deref(), Some("123456789012"));
    assert_eq!(described.replication_configuration.map(|it| it.rules.len()), Some(0));
    let token = ecr.get_authorization_token(&GetAuthorizationTokenRequest::new()).await?;
    let data = &token.authorization_data[0];
    // "AWS:" in base64, with the first bits of the password.
    assert!(data.authorization_token.as_deref().is_some_and(|token| token.starts_with("QVdTO")));
    let host = "https://123456789012.dkr.ecr.us-east-1.amazonaws.com";
    assert_eq!(data.proxy_endpoint.as_deref(), Some(host));
    assert!(data.expires_at > Some(longshore::Timestamp::now()));
    // With the deprecated list of registries, the response has one token per registry.
    #[allow(deprecated)]
    let both = GetAuthorizationTokenRequest::new().registry_ids(["111111111111", "222222222222"]);
    let both = ecr.get_authorization_token(&both).await?.authorization_data;
    let hosts = both.into_iter().filter_map(|data| data.proxy_endpoint).collect::<Vec<_>>();
    let expected = ["111111111111", "222222222222"].map(|id| host.replace("123456789012", id));
    assert_eq!(hosts, expected);
    Ok(())
}
