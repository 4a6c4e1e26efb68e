//! The server with the types of generated clients.

use longshore::ecr::exception::{InvalidLayerPartException, ServerException};
use longshore::ecr::operation::{
    ListImagesError, ListImagesRequest, ListImagesResponse, PutImageError, PutImageRequest,
    PutImageResponse, UploadLayerPartError, UploadLayerPartRequest,
};
use longshore::ecr::types::{Image, ImageIdentifier};
use longshore::{ecr, ecr_public, lightsail};
use longshore_testing::{Fault, Server};

/// A server that returns the repository name of each request.
fn echo() -> Server {
    let server = Server::start();
    server.on(|request: PutImageRequest| async move {
        let image = Image::new().repository_name(request.repository_name);
        Ok::<_, PutImageError>(PutImageResponse::new().image(image))
    });
    server
}

#[tokio::test]
async fn a_handler_handles_calls_of_a_client() {
    let server = echo();
    let client = ecr::Client::new(&server.config());
    let request = PutImageRequest::new("team/app", "{}").image_tag("v1");
    let response = client.put_image(&request).await.expect("a response");
    assert_eq!(response, PutImageResponse::new().image(Image::new().repository_name("team/app")));
    assert_eq!(server.requests::<PutImageRequest>(), [request]);
}

#[test]
fn a_blocking_client_can_call_the_server() {
    let server = echo();
    let client = ecr::blocking::Client::new(&server.config());
    let response = client.put_image(&PutImageRequest::new("team/app", "{}")).expect("a response");
    assert_eq!(response.image.and_then(|image| image.repository_name).as_deref(), Some("team/app"));
}

#[tokio::test]
async fn the_client_receives_the_members_of_an_exception() {
    let server = Server::start();
    let wrong = InvalidLayerPartException::new()
        .registry_id("123456789012")
        .upload_id("an upload")
        .last_valid_byte_received(9)
        .message("The part is not consecutive.");
    let exception = wrong.clone();
    server.on(move |_: UploadLayerPartRequest| {
        let error = UploadLayerPartError::InvalidLayerPartException(exception.clone());
        async { Err(error) }
    });
    let client = ecr::Client::new(&server.config());
    let request = UploadLayerPartRequest::new("team/app", "an upload", 20, 29, vec![0; 10]);
    let error = client.upload_layer_part(&request).await.expect_err("an error");
    let expected = UploadLayerPartError::InvalidLayerPartException(wrong);
    assert_eq!((error.service(), error.status()), (Some(&expected), Some(400)));
}

#[tokio::test]
async fn a_server_exception_is_retried() {
    let server = Server::start();
    let broken = || PutImageError::ServerException(ServerException::new());
    server.expect(PutImageRequest::new("a", "b")).fails(broken());
    server.expect(PutImageRequest::new("a", "b")).returns(PutImageResponse::new());
    let client = ecr::Client::new(&server.config());
    client.put_image(&PutImageRequest::new("a", "b")).await.expect("a response");
    let statuses: Vec<_> = server.calls().iter().map(|call| call.status()).collect();
    assert_eq!(statuses, [Some(500), Some(200)]);
}

#[tokio::test]
async fn a_paginator_requests_each_page() {
    let server = Server::start();
    server.on(|request: ListImagesRequest| async move {
        let tag = request.next_token.as_deref().unwrap_or("first");
        let page = ListImagesResponse::new().image_ids([ImageIdentifier::new().image_tag(tag)]);
        Ok::<_, ListImagesError>(match tag {
            "first" => page.next_token("second"),
            _ => page,
        })
    });
    server.fault_on::<ListImagesRequest>(Fault::throttle().after(1));
    let mut items =
        ecr::Client::new(&server.config()).list_images_pages(ListImagesRequest::new("a")).items();
    let mut tags = Vec::new();
    while let Some(image) = items.next().await {
        tags.extend(image.expect("an image").image_tag);
    }
    assert_eq!(tags, ["first", "second"]);
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test]
async fn one_server_handles_several_services() {
    use ecr_public::operation as public;
    use lightsail::operation as lightsail;

    let server = echo();
    server.on(|request: public::PutImageRequest| async move {
        let image = ecr_public::types::Image::new().repository_name(request.repository_name);
        Ok::<_, public::PutImageError>(public::PutImageResponse::new().image(image))
    });
    server.on(|_: lightsail::GetRegionsRequest| async {
        Ok::<_, lightsail::GetRegionsError>(lightsail::GetRegionsResult::new())
    });
    let config = server.config();
    let request = public::PutImageRequest::new("public/app", "{}");
    let response = ecr_public::Client::new(&config).put_image(&request).await.expect("a response");
    let name = response.image.and_then(|image| image.repository_name);
    assert_eq!(name.as_deref(), Some("public/app"));
    let request = PutImageRequest::new("a", "{}");
    ecr::Client::new(&config).put_image(&request).await.expect("a response");
    let request = lightsail::GetRegionsRequest::new();
    longshore::lightsail::Client::new(&config).get_regions(&request).await.expect("a response");
    let services: Vec<_> = server.calls().iter().map(|call| call.service().to_owned()).collect();
    let expected =
        ["SpencerFrontendService", "AmazonEC2ContainerRegistry_V20150921", "Lightsail_20161128"];
    assert_eq!(services, expected);
}
