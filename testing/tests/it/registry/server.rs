//! The server of the registry: faults, recorded calls, other handlers, and settings.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore_testing::{Fault, Registry};

use super::fixtures::{TestResult, error_message, layer, new_registry, upload};

#[tokio::test]
async fn calls_with_faults_are_retried() -> TestResult {
    let (registry, ecr) = new_registry("app").await?;
    registry.server().fault_on::<UploadLayerPartRequest>(Fault::throttle());
    registry.server().fault_on::<UploadLayerPartRequest>(Fault::drop());
    upload(&ecr, "app", &layer(1, 100)).await?;
    assert_eq!(registry.server().requests::<UploadLayerPartRequest>().len(), 3);
    Ok(())
}

/// The response is lost after the part was stored, so the retry fails.
#[tokio::test]
async fn a_part_is_stored_although_its_response_is_truncated() -> TestResult {
    let (registry, ecr) = new_registry("app").await?;
    let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
    registry.server().fault_on::<UploadLayerPartRequest>(Fault::truncate());
    let part = UploadLayerPartRequest::new("app", begun.upload_id.ok_or("no id")?, 0, 2, b"abc");
    let error = ecr.upload_layer_part(&part).await.err().ok_or("no error")?;
    assert_eq!(registry.server().requests::<UploadLayerPartRequest>().len(), 2);
    match error.into_service() {
        Some(UploadLayerPartError::InvalidLayerPartException(exception)) => {
            assert_eq!(exception.last_valid_byte_received, Some(2));
        }
        other => panic!("{other:?}"),
    }
    Ok(())
}

#[tokio::test]
async fn calls_are_recorded_without_long_bodies() -> TestResult {
    let (registry, ecr) = new_registry("app").await?;
    let begun = ecr.initiate_layer_upload(&InitiateLayerUploadRequest::new("app")).await?;
    let (upload, part) = (begun.upload_id.ok_or("no id")?, vec![0; 1024 * 1024]);
    let part = UploadLayerPartRequest::new("app", upload, 0, part.len() as i64 - 1, part);
    ecr.upload_layer_part(&part).await?;
    let calls = registry.server().calls();
    let [created, begun, sent] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(created.decode::<CreateRepositoryRequest>()?.repository_name, "app");
    assert!(begun.body().is_some());
    assert_eq!((sent.operation(), sent.body()), ("UploadLayerPart", None));
    Ok(())
}

#[tokio::test]
async fn a_handler_replaces_that_of_the_registry() -> TestResult {
    let (registry, ecr) = new_registry("app").await?;
    registry.server().on(|_: ListImagesRequest| async {
        let exception = longshore::ecr::exception::ServerException::new();
        Err(ListImagesError::ServerException(exception.message("not today")))
    });
    let listed = ecr.list_images(&ListImagesRequest::new("app")).await;
    assert_eq!(error_message(listed, "ServerException"), "not today");
    Ok(())
}

#[tokio::test]
#[should_panic(expected = "StartImageScan")]
async fn an_unsupported_operation_is_an_unexpected_call() {
    let registry = Registry::start();
    let ecr = Client::new(&registry.config());
    let scan = StartImageScanRequest::new("app", longshore::ecr::types::ImageIdentifier::new());
    let error = ecr.start_image_scan(&scan).await.expect_err("the operation is not supported");
    assert_eq!(error.code(), Some("UnexpectedCall"));
    registry.server().verify();
}

/// A small `part_size` lowers the minimum part size, too.
#[tokio::test]
async fn parts_of_the_suggested_size_are_accepted() -> TestResult {
    let registry = Registry::builder().part_size(100).start()?;
    let ecr = Client::new(&registry.config());
    ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    upload(&ecr, "app", &layer(1, 250)).await?;
    for size in [0, 20 * 1024 * 1024 + 1, u64::MAX] {
        let started = Registry::builder().part_size(size).start();
        let message = started.err().map(|it| it.to_string());
        assert_eq!(message, Some(format!("part_size must be 1 to 20971520 bytes, not {size}")));
    }
    Ok(())
}

#[tokio::test]
async fn invalid_accounts_and_used_addresses_are_rejected() -> TestResult {
    let wrong = Registry::builder().account("me").start();
    assert_eq!(wrong.err().map(|it| it.kind()), Some(std::io::ErrorKind::InvalidInput));
    let registry = Registry::start();
    let taken = registry.url().trim_start_matches("http://").parse()?;
    let second = Registry::builder().address(taken).start();
    assert_eq!(second.err().map(|it| it.kind()), Some(std::io::ErrorKind::AddrInUse));
    Ok(())
}
