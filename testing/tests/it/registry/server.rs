//! The registry as a test server: faults, calls on record, and who else may answer.

use longshore::ecr::Client;
use longshore::ecr::operation::*;
use longshore_testing::{Fault, Registry};

use super::content::{Outcome, fresh, layer, refused, upload};

#[tokio::test]
async fn a_call_that_meets_faults_succeeds_when_it_is_repeated() -> Outcome {
    let (registry, ecr) = fresh("app").await?;
    registry.server().fault_on::<UploadLayerPartRequest>(Fault::throttle());
    registry.server().fault_on::<UploadLayerPartRequest>(Fault::drop());
    upload(&ecr, "app", &layer(1, 100)).await?;
    assert_eq!(registry.server().requests::<UploadLayerPartRequest>().len(), 3);
    Ok(())
}

/// The answer is lost, but not what it answered: the repeated call says so.
#[tokio::test]
async fn a_part_whose_answer_is_lost_is_there_all_the_same() -> Outcome {
    let (registry, ecr) = fresh("app").await?;
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
async fn calls_are_on_record_and_long_bodies_are_not() -> Outcome {
    let (registry, ecr) = fresh("app").await?;
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
async fn a_handler_of_ones_own_replaces_that_of_the_registry() -> Outcome {
    let (registry, ecr) = fresh("app").await?;
    registry.server().on(|_: ListImagesRequest| async {
        let exception = longshore::ecr::exception::ServerException::new();
        Err(ListImagesError::ServerException(exception.message("not today")))
    });
    let listed = ecr.list_images(&ListImagesRequest::new("app")).await;
    assert_eq!(refused(listed, "ServerException"), "not today");
    Ok(())
}

#[tokio::test]
#[should_panic(expected = "StartImageScan")]
async fn what_the_registry_does_not_do_is_an_unexpected_call() {
    let registry = Registry::start();
    let ecr = Client::new(&registry.config());
    let scan = StartImageScanRequest::new("app", longshore::ecr::types::ImageIdentifier::new());
    let error = ecr.start_image_scan(&scan).await.expect_err("nobody answers that");
    assert_eq!(error.code(), Some("UnexpectedCall"));
    registry.server().verify();
}

/// Who asks for small parts need not allow them too.
#[tokio::test]
async fn a_part_of_the_size_that_is_told_is_long_enough() -> Outcome {
    let registry = Registry::builder().part_size(100).start()?;
    let ecr = Client::new(&registry.config());
    ecr.create_repository(&CreateRepositoryRequest::new("app")).await?;
    upload(&ecr, "app", &layer(1, 250)).await?;
    for size in [0, 20 * 1024 * 1024 + 1, u64::MAX] {
        let started = Registry::builder().part_size(size).start();
        let message = started.err().map(|it| it.to_string());
        assert_eq!(message, Some(format!("part_size {size} is not from 1 to 20971520 bytes")));
    }
    Ok(())
}

#[tokio::test]
async fn an_account_has_twelve_digits_and_an_address_one_server() -> Outcome {
    let wrong = Registry::builder().account("me").start();
    assert_eq!(wrong.err().map(|it| it.kind()), Some(std::io::ErrorKind::InvalidInput));
    let registry = Registry::start();
    let taken = registry.url().trim_start_matches("http://").parse()?;
    let second = Registry::builder().address(taken).start();
    assert_eq!(second.err().map(|it| it.kind()), Some(std::io::ErrorKind::AddrInUse));
    Ok(())
}
