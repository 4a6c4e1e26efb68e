//! Functions that call several operations of a service and return one error type.

use std::error::Error as _;

use longshore::ecr::exception::{ImageAlreadyExistsException, RepositoryNotFoundException};
use longshore::ecr::operation::{
    CreateRepositoryError, CreateRepositoryRequest, CreateRepositoryResponse, PutImageError,
    PutImageRequest, PutImageResponse,
};
use longshore::ecr::{Client, EcrError};
use longshore::{ErrorKind, OperationError, ServiceError, Unmodeled};
use longshore_testing::{Fault, Server};

/// Creates a repository and stores an image in it.
async fn publish(client: &Client) -> Result<(), longshore::ecr::Error> {
    client.create_repository(&CreateRepositoryRequest::new("team/app")).await?;
    client.put_image(&PutImageRequest::new("team/app", "{}")).await?;
    Ok(())
}

/// A server that creates repositories, and returns this result for images.
fn server(result: fn() -> Result<PutImageResponse, PutImageError>) -> Server {
    let server = Server::start();
    server.on(|_: CreateRepositoryRequest| async {
        Ok::<_, CreateRepositoryError>(CreateRepositoryResponse::new())
    });
    server.on(move |_: PutImageRequest| async move { result() });
    server
}

#[tokio::test]
async fn the_errors_of_all_operations_convert_to_that_of_the_service() {
    // `?` converts the exception to the error enum of the operation.
    let server = server(|| {
        Err(ImageAlreadyExistsException::new().message("v1 exists"))?;
        Ok(PutImageResponse::new())
    });
    let client = Client::new(&server.config());
    let error = publish(&client).await.expect_err("the image exists");
    let exists = ImageAlreadyExistsException::new().message("v1 exists");
    assert_eq!(error.service(), Some(&EcrError::ImageAlreadyExistsException(exists.clone())));
    assert_eq!(error.service().and_then(OperationError::code), Some("ImageAlreadyExistsException"));
    assert_eq!(error.service().and_then(OperationError::message), Some("v1 exists"));

    let request = PutImageRequest::new("team/app", "{}");
    let original = client.put_image(&request).await.expect_err("the image exists");
    let converted = ServiceError::<EcrError>::from(
        client.put_image(&request).await.expect_err("the image exists"),
    );
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.operation(), "PutImage");
    assert_eq!(error.code(), original.code());
    assert_eq!(error.message(), original.message());
    assert_eq!(error.status(), original.status());
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.is_throttling(), original.is_throttling());
    assert_eq!(error.is_retryable(), original.is_retryable());
    assert!(error.request_id().is_some());
    assert_eq!(without_id(&converted), without_id(&original));
    assert_eq!(converted.find_cause::<ImageAlreadyExistsException>(), Some(&exists));
    assert!(converted.source().is_none(), "the text contains all causes");
    assert_eq!(converted.into_service(), Some(EcrError::from(exists)));
}

/// The text of an error up to the request ID, which differs between calls.
fn without_id(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    text.split_once("request id").map_or(text.clone(), |(before, _)| before.to_owned())
}

#[tokio::test]
async fn an_error_without_an_exception_keeps_its_cause() {
    let server = server(|| Ok(PutImageResponse::new()));
    // One for each attempt.
    for _ in 0..3 {
        server.fault(Fault::drop());
    }
    let error = publish(&Client::new(&server.config())).await.expect_err("no response");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Transport, "CreateRepository"));
    assert_eq!(error.service(), None);
    assert_eq!(error.attempts(), 3);
    assert_eq!(error.to_string(), error.into_error().to_string());
}

#[test]
fn exceptions_convert_to_the_error_enums_that_hold_them() {
    let exception = || RepositoryNotFoundException::new().message("no such repository");
    assert_eq!(
        PutImageError::from(exception()),
        PutImageError::RepositoryNotFoundException(exception())
    );
    let of_service = EcrError::from(PutImageError::from(exception()));
    assert_eq!(of_service, EcrError::RepositoryNotFoundException(exception()));
    assert_eq!(of_service.to_string(), exception().to_string());
    let unknown = || Unmodeled::new(418);
    let of_service = EcrError::from(PutImageError::Unmodeled(unknown()));
    assert_eq!(of_service, EcrError::Unmodeled(unknown()));
}
