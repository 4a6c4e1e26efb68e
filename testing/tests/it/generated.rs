//! The server for tests, as a program's tests use it.

use longshore::ecr::exception::{InvalidLayerPartException, ServerException};
use longshore::ecr::operation::{
    ListImagesError, ListImagesRequest, ListImagesResponse, PutImageError, PutImageRequest,
    PutImageResponse, UploadLayerPartError, UploadLayerPartRequest,
};
use longshore::ecr::types::{Image, ImageIdentifier};
use longshore::{ecr, ecr_public, lightsail};
use longshore_testing::{Fault, Server};

/// A server that answers with the name of the repository.
#[rustfmt::skip]
fn echo() -> Server {
    let server = Server::start();
    server.on(|r: PutImageRequest| async move { Ok::<_, PutImageError>(PutImageResponse::new().image(Image::new().repository_name(r.repository_name))) });
    server
}

#[tokio::test]
async fn a_handler_answers_as_the_service_would() {
    let server = echo();
    let client = ecr::Client::new(&server.config());
    let request = PutImageRequest::new("team/app", "{}").image_tag("v1");
    let response = client.put_image(&request).await.expect("an answer");
    assert_eq!(response, PutImageResponse::new().image(Image::new().repository_name("team/app")));
    assert_eq!(server.requests::<PutImageRequest>(), [request]);
}

#[test]
fn a_program_without_a_runtime_is_answered_too() {
    let server = echo();
    let client = ecr::blocking::Client::new(&server.config());
    let response = client.put_image(&PutImageRequest::new("team/app", "{}")).expect("an answer");
    assert_eq!(response.image.and_then(|image| image.repository_name).as_deref(), Some("team/app"));
}

#[tokio::test]
async fn the_members_of_an_exception_come_through() {
    let server = Server::start();
    let wrong = InvalidLayerPartException::new()
        .registry_id("123456789012")
        .upload_id("an upload")
        .last_valid_byte_received(9)
        .message("There is something missing.");
    let answer = wrong.clone();
    server.on(move |_: UploadLayerPartRequest| {
        let error = UploadLayerPartError::InvalidLayerPartException(answer.clone());
        async { Err(error) }
    });
    let client = ecr::Client::new(&server.config());
    let request = UploadLayerPartRequest::new("team/app", "an upload", 20, 29, vec![0; 10]);
    let error = client.upload_layer_part(&request).await.expect_err("an error");
    let expected = UploadLayerPartError::InvalidLayerPartException(wrong);
    assert_eq!((error.service(), error.status()), (Some(&expected), Some(400)));
}

#[tokio::test]
async fn an_exception_of_the_server_is_tried_again() {
    let server = Server::start();
    let broken = || PutImageError::ServerException(ServerException::new());
    server.expect(PutImageRequest::new("a", "b")).fails(broken());
    server.expect(PutImageRequest::new("a", "b")).answers(PutImageResponse::new());
    let client = ecr::Client::new(&server.config());
    client.put_image(&PutImageRequest::new("a", "b")).await.expect("an answer");
    let answers: Vec<_> = server.calls().iter().map(|call| call.status()).collect();
    assert_eq!(answers, [Some(500), Some(200)]);
}

#[tokio::test]
async fn pages_are_answered_one_by_one() {
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
async fn one_server_is_several_services() {
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
    let response = ecr_public::Client::new(&config).put_image(&request).await.expect("an answer");
    let name = response.image.and_then(|image| image.repository_name);
    assert_eq!(name.as_deref(), Some("public/app"));
    let request = PutImageRequest::new("a", "{}");
    ecr::Client::new(&config).put_image(&request).await.expect("an answer");
    let request = lightsail::GetRegionsRequest::new();
    longshore::lightsail::Client::new(&config).get_regions(&request).await.expect("an answer");
    let services: Vec<_> = server.calls().iter().map(|call| call.service().to_owned()).collect();
    let expected =
        ["SpencerFrontendService", "AmazonEC2ContainerRegistry_V20150921", "Lightsail_20161128"];
    assert_eq!(services, expected);
}
