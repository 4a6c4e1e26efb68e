//! Blocking clients.

use std::{sync::Arc, thread, time::Duration};

use longshore::{
    blocking,
    ecr::{
        blocking::Client,
        operation::{
            DescribeImageScanFindingsRequest, ListImagesRequest, PutImageError, PutImageRequest,
        },
        types::ImageIdentifier,
    },
};

use crate::support::server::Server;
use crate::support::transport::{Mock, config};

#[test]
fn a_call_returns_an_error_of_the_service() {
    let body = r#"{"__type": "ImageTagAlreadyExistsException", "message": "taken"}"#;
    let server = Server::returning("400 Bad Request", &[], body);
    let client = Client::new(&server.config());
    let error = client.put_image(&PutImageRequest::new("team/app", "{}")).unwrap_err();
    assert!(matches!(error.service(), Some(PutImageError::ImageTagAlreadyExistsException(_))));
    assert_eq!(error.message(), Some("taken"));
    assert_eq!(server.received().text(), r#"{"repositoryName":"team/app","imageManifest":"{}"}"#);
}

#[test]
fn pages_items_and_waiters_are_available() {
    let mock = Mock::returning([
        r#"{"imageIds": [{"imageTag": "a"}], "nextToken": "t"}"#,
        r#"{"imageIds": [{"imageTag": "b"}]}"#,
        r#"{"imageScanStatus": {"status": "COMPLETE"}}"#,
    ]);
    let client = Client::new(&config(&mock));
    let images = client.list_images_pages(ListImagesRequest::new("team/app")).items();
    let tags: Vec<_> = images.map(|image| image.unwrap().image_tag.unwrap()).collect();
    assert_eq!(tags, ["a", "b"]);
    let request = DescribeImageScanFindingsRequest::new("team/app", ImageIdentifier::new());
    let waited = client.wait_until_image_scan_complete(&request, Duration::from_secs(9)).unwrap();
    assert_eq!(waited.attempts, 1);
}

#[test]
fn a_client_works_in_threads_and_in_generic_code() {
    fn lists(client: &blocking::Client) -> usize {
        client.call(&ListImagesRequest::new("team/app")).unwrap().image_ids.len()
    }
    let mock = Mock::returning([r#"{"imageIds": [{}]}"#; 32]);
    let client = Arc::new(Client::new(&config(&mock)));
    let threads = (0..32).map(|_| {
        let client = Arc::clone(&client);
        thread::spawn(move || lists((*client).as_ref()))
    });
    let threads: Vec<_> = threads.collect();
    assert_eq!(threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>(), 32);
}

#[tokio::test]
async fn an_async_program_can_call_it() {
    let body = r#"{"imageIds": []}"#;
    let server = Server::returning("200 OK", &[], body);
    let client = Client::new(&server.config());
    let call = move || client.list_images(&ListImagesRequest::new("team/app"));
    assert!(tokio::task::spawn_blocking(call).await.unwrap().unwrap().image_ids.is_empty());
    // A call on the runtime blocks it, but does not panic.
    let server = Server::returning("200 OK", &[], body);
    let client = Client::new(&server.config());
    assert!(client.list_images(&ListImagesRequest::new("team/app")).is_ok());
}
