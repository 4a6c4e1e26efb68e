//! Missing registries and repositories: every operation fails with an exception of its model.

use longshore::{ecr, ecr_public};
use longshore_testing::Registry;

use super::fixtures::{TestResult, error_message};

const UPLOAD: &str = "00000000-0000-4000-8000-000000000000";
const DIGEST: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[]}"#;

/// Checks each operation with another registry id, an invalid registry id, an invalid repository name
/// and a missing repository.
macro_rules! check_operations {
    ($client:expr, {$($method:ident($request:expr) => $registry:literal $(or $alias:literal)?),* $(,)?}) => {
        $(
            let request = $request;
            error_message($client.$method(&request).await, "RepositoryNotFoundException");
            error_message($client.$method(&request.clone().registry_id("111111111111")).await, $registry);
            let invalid_registry = request.clone().registry_id("me");
            let code = [$($alias,)? "InvalidParameterException"][0];
            error_message($client.$method(&invalid_registry).await, code);
            let invalid_name = request.repository_name("no//name");
            error_message($client.$method(&invalid_name).await, "InvalidParameterException");
        )*
    };
}

fn lifecycle() -> String {
    let rule = r#"{"rulePriority":1,"selection":{"tagStatus":"any"},"action":{"type":"expire"}}"#;
    format!(r#"{{"rules":[{rule}],"more":"{}"}}"#, "x".repeat(100))
}

#[tokio::test]
async fn operations_of_the_private_registry_fail_with_modeled_exceptions() -> TestResult {
    use ecr::operation::*;
    use ecr::types::*;
    let registry = Registry::start();
    let ecr = ecr::Client::new(&registry.config());
    let scanning = ImageScanningConfiguration::new();
    check_operations!(ecr, {
        batch_check_layer_availability(BatchCheckLayerAvailabilityRequest::new("app", [DIGEST]))
            => "RepositoryNotFoundException",
        batch_delete_image(BatchDeleteImageRequest::new("app", [ImageIdentifier::new()]))
            => "RepositoryNotFoundException",
        batch_get_image(BatchGetImageRequest::new("app", [ImageIdentifier::new()]))
            => "RepositoryNotFoundException",
        complete_layer_upload(CompleteLayerUploadRequest::new("app", UPLOAD, [DIGEST]))
            => "RepositoryNotFoundException",
        delete_lifecycle_policy(DeleteLifecyclePolicyRequest::new("app"))
            => "RepositoryNotFoundException",
        delete_repository(DeleteRepositoryRequest::new("app")) => "RepositoryNotFoundException",
        delete_repository_policy(DeleteRepositoryPolicyRequest::new("app"))
            => "RepositoryNotFoundException",
        describe_images(DescribeImagesRequest::new("app")) => "RepositoryNotFoundException",
        get_download_url_for_layer(GetDownloadUrlForLayerRequest::new("app", DIGEST))
            => "RepositoryNotFoundException",
        get_lifecycle_policy(GetLifecyclePolicyRequest::new("app"))
            => "RepositoryNotFoundException",
        get_repository_policy(GetRepositoryPolicyRequest::new("app"))
            => "RepositoryNotFoundException",
        initiate_layer_upload(InitiateLayerUploadRequest::new("app"))
            => "RepositoryNotFoundException",
        list_images(ListImagesRequest::new("app")) => "RepositoryNotFoundException",
        put_image(PutImageRequest::new("app", "{}")) => "RepositoryNotFoundException",
        put_image_scanning_configuration(PutImageScanningConfigurationRequest::new("app", scanning))
            => "RepositoryNotFoundException",
        put_image_tag_mutability(PutImageTagMutabilityRequest::new("app", "MUTABLE"))
            => "RepositoryNotFoundException",
        put_lifecycle_policy(PutLifecyclePolicyRequest::new("app", lifecycle()))
            => "RepositoryNotFoundException",
        set_repository_policy(SetRepositoryPolicyRequest::new("app", POLICY))
            => "RepositoryNotFoundException",
        upload_layer_part(UploadLayerPartRequest::new("app", UPLOAD, 0, 0, b"a"))
            => "RepositoryNotFoundException",
    });
    Ok(())
}

#[tokio::test]
async fn operations_of_the_public_registry_fail_with_modeled_exceptions() -> TestResult {
    use ecr_public::operation::*;
    use ecr_public::types::{ImageIdentifier, RepositoryCatalogDataInput};
    let registry = Registry::start();
    let public = ecr_public::Client::new(&registry.config());
    let catalog = RepositoryCatalogDataInput::new();
    check_operations!(public, {
        batch_check_layer_availability(BatchCheckLayerAvailabilityRequest::new("app", [DIGEST]))
            => "RegistryNotFoundException" or "RegistryNotFoundException",
        batch_delete_image(BatchDeleteImageRequest::new("app", [ImageIdentifier::new()]))
            => "RepositoryNotFoundException" or "RepositoryNotFoundException",
        complete_layer_upload(CompleteLayerUploadRequest::new("app", UPLOAD, [DIGEST]))
            => "RegistryNotFoundException" or "RegistryNotFoundException",
        delete_repository(DeleteRepositoryRequest::new("app")) => "RepositoryNotFoundException",
        delete_repository_policy(DeleteRepositoryPolicyRequest::new("app"))
            => "RepositoryNotFoundException",
        describe_image_tags(DescribeImageTagsRequest::new("app")) => "RepositoryNotFoundException",
        describe_images(DescribeImagesRequest::new("app")) => "RepositoryNotFoundException",
        get_repository_catalog_data(GetRepositoryCatalogDataRequest::new("app"))
            => "RepositoryNotFoundException",
        get_repository_policy(GetRepositoryPolicyRequest::new("app"))
            => "RepositoryNotFoundException",
        initiate_layer_upload(InitiateLayerUploadRequest::new("app"))
            => "RegistryNotFoundException" or "RegistryNotFoundException",
        put_image(PutImageRequest::new("app", "{}")) => "RegistryNotFoundException" or "RegistryNotFoundException",
        put_repository_catalog_data(PutRepositoryCatalogDataRequest::new("app", catalog))
            => "RepositoryNotFoundException",
        set_repository_policy(SetRepositoryPolicyRequest::new("app", POLICY))
            => "RepositoryNotFoundException",
        upload_layer_part(UploadLayerPartRequest::new("app", UPLOAD, 0, 0, b"a"))
            => "RegistryNotFoundException" or "RegistryNotFoundException",
    });
    Ok(())
}
