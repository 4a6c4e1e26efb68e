//! Requests and responses of four operations, byte for byte.

use longshore::{
    ecr::{
        self,
        operation::{BatchGetImageRequest, PutImageError, PutImageRequest},
        types::{ImageFailureCode, ImageIdentifier},
    },
    ecr_public::{
        self,
        operation::{CompleteLayerUploadError, CompleteLayerUploadRequest},
    },
    lightsail::{
        self,
        operation::{RegisterContainerImageError, RegisterContainerImageRequest},
    },
};

use crate::support::server::{Received, Server};

/// Checks the headers that all operations have in common.
fn assert_headers(received: &Received, server: &Server, target: &str, service: &str) {
    assert_eq!(received.line, "POST / HTTP/1.1");
    assert_eq!(received.header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(received.header("x-amz-target"), target);
    assert_eq!(received.header("host"), server.host());
    assert_eq!(received.header("content-length"), received.body.len().to_string());
    assert!(received.header("user-agent").starts_with("longshore/"));
    assert_eq!(received.header("amz-sdk-request"), "attempt=1; max=3");
    assert_eq!(received.header("amz-sdk-invocation-id").len(), 36);
    let date = received.header("x-amz-date");
    assert_eq!(date.len(), "20261121T000000Z".len());
    let day = &date[..8];
    let credential =
        format!("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{day}/eu-west-1/{service}/aws4_request, ");
    let authorization = received.header("authorization");
    let rest = authorization.strip_prefix(&credential).unwrap_or_else(|| panic!("{authorization}"));
    let signed = "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;\
                  content-type;host;x-amz-date;x-amz-target, Signature=";
    let signature = rest.strip_prefix(signed).unwrap_or_else(|| panic!("{authorization}"));
    assert!(signature.len() == 64 && signature.bytes().all(|b| b.is_ascii_hexdigit()));
}

#[tokio::test]
async fn put_image() {
    let server = Server::ok(
        r#"{"image":{"registryId":"012345678910","repositoryName":"team/app",
            "imageId":{"imageDigest":"sha256:aa","imageTag":"v1"},"imageManifest":"{}",
            "somethingNewer":[1,{"a":null}]}}"#,
    );
    let request = PutImageRequest::new("team/app", "{\"schemaVersion\": 2}")
        .image_tag("v1")
        .image_digest("sha256:aa");
    let response = ecr::Client::new(&server.config()).put_image(&request).await.unwrap();

    let received = server.received();
    let target = "AmazonEC2ContainerRegistry_V20150921.PutImage";
    assert_headers(&received, &server, target, "ecr");
    assert_eq!(
        received.text(),
        r#"{"repositoryName":"team/app","imageManifest":"{\"schemaVersion\": 2}","imageTag":"v1","imageDigest":"sha256:aa"}"#
    );
    let image = response.image.unwrap();
    assert_eq!(image.repository_name.as_deref(), Some("team/app"));
    assert_eq!(
        image.image_id,
        Some(ImageIdentifier::new().image_digest("sha256:aa").image_tag("v1"))
    );
    assert_eq!(image.image_manifest_media_type, None);
}

#[tokio::test]
async fn put_image_returns_a_modeled_exception() {
    let server = Server::returning(
        "400 Bad Request",
        &[("x-amzn-requestid", "1b5a-42")],
        r#"{"__type":"com.amazonaws.ecr#ImageDigestDoesNotMatchException","message":"not that"}"#,
    );
    let request = PutImageRequest::new("team/app", "{}").image_digest("sha256:bb");
    let error = ecr::Client::new(&server.config()).put_image(&request).await.unwrap_err();

    let Some(PutImageError::ImageDigestDoesNotMatchException(exception)) = error.service() else {
        panic!("{error:?}");
    };
    assert_eq!(exception.message.as_deref(), Some("not that"));
    assert_eq!(error.operation(), "PutImage");
    assert_eq!(error.code(), Some("ImageDigestDoesNotMatchException"));
    assert_eq!(error.message(), Some("not that"));
    assert_eq!(error.status(), Some(400));
    assert_eq!(error.request_id(), Some("1b5a-42"));
    let debug = error.to_string();
    for part in ["PutImage", "ImageDigestDoesNotMatchException", "not that", "400", "1b5a-42"] {
        assert!(debug.contains(part), "{part} is not in {debug}");
    }
}

#[tokio::test]
async fn put_image_returns_an_unmodeled_error() {
    let server = Server::returning(
        "400 Bad Request",
        &[("x-amzn-errortype", "UnrecognizedClientException:http://internal/")],
        r#"{"message":"who are you?"}"#,
    );
    let request = PutImageRequest::new("team/app", "{}");
    let error = ecr::Client::new(&server.config()).put_image(&request).await.unwrap_err();
    let Some(PutImageError::Unmodeled(unmodeled)) = error.service() else { panic!("{error:?}") };
    assert_eq!(unmodeled.code.as_deref(), Some("UnrecognizedClientException"));
    assert_eq!(error.message(), Some("who are you?"));
}

#[tokio::test]
async fn batch_get_image() {
    let server = Server::ok(
        r#"{"images":[{"imageManifest":"{}"}],"failures":[{"imageId":{"imageTag":"v9"},
            "failureCode":"ImageNotFound","failureReason":"gone"},{"failureCode":"Later"}]}"#,
    );
    let ids = [ImageIdentifier::new().image_tag("v1"), ImageIdentifier::new().image_tag("v9")];
    let request = BatchGetImageRequest::new("team/app", ids)
        .registry_id("012345678910")
        .accepted_media_types(["application/vnd.oci.image.index.v1+json"]);
    let response = ecr::Client::new(&server.config()).batch_get_image(&request).await.unwrap();

    let received = server.received();
    let target = "AmazonEC2ContainerRegistry_V20150921.BatchGetImage";
    assert_headers(&received, &server, target, "ecr");
    assert_eq!(
        received.text(),
        r#"{"registryId":"012345678910","repositoryName":"team/app","imageIds":[{"imageTag":"v1"},{"imageTag":"v9"}],"acceptedMediaTypes":["application/vnd.oci.image.index.v1+json"]}"#
    );
    assert_eq!(response.images.len(), 1);
    assert_eq!(response.failures[0].failure_code, Some(ImageFailureCode::ImageNotFound));
    let later = response.failures[1].failure_code.as_ref().unwrap();
    assert_eq!(later.as_str(), "Later");
    assert!(matches!(later, ImageFailureCode::Unrecognized(_)));
}

#[tokio::test]
async fn complete_layer_upload() {
    let server = Server::ok(r#"{"layerDigest":"sha256:cc"}"#);
    let request = CompleteLayerUploadRequest::new("team/app", "upload-1", ["sha256:cc"]);
    let client = ecr_public::Client::new(&server.config());
    let response = client.complete_layer_upload(&request).await.unwrap();

    let received = server.received();
    let target = "SpencerFrontendService.CompleteLayerUpload";
    assert_headers(&received, &server, target, "ecr-public");
    assert_eq!(
        received.text(),
        r#"{"repositoryName":"team/app","uploadId":"upload-1","layerDigests":["sha256:cc"]}"#
    );
    assert_eq!(response.layer_digest.as_deref(), Some("sha256:cc"));
}

#[tokio::test]
async fn complete_layer_upload_returns_a_modeled_exception() {
    let server = Server::returning(
        "400 Bad Request",
        &[],
        r#"{"code":"LayerPartTooSmallException","Message":"5 MiB at least","message":null}"#,
    );
    let request = CompleteLayerUploadRequest::new("team/app", "upload-1", ["sha256:cc"]);
    let client = ecr_public::Client::new(&server.config());
    let error = client.complete_layer_upload(&request).await.unwrap_err();
    let Some(CompleteLayerUploadError::LayerPartTooSmallException(exception)) = error.service()
    else {
        panic!("{error:?}");
    };
    assert_eq!(exception.message.as_deref(), Some("5 MiB at least"));
}

#[tokio::test]
async fn register_container_image() {
    let server = Server::ok(
        r#"{"containerImage":{"image":":site.web.3","digest":"sha256:dd","createdAt":1.605e9}}"#,
    );
    let request = RegisterContainerImageRequest::new("site", "web", "sha256:dd");
    let client = lightsail::Client::new(&server.config());
    let response = client.register_container_image(&request).await.unwrap();

    let received = server.received();
    let target = "Lightsail_20161128.RegisterContainerImage";
    assert_headers(&received, &server, target, "lightsail");
    assert_eq!(received.text(), r#"{"serviceName":"site","label":"web","digest":"sha256:dd"}"#);
    let image = response.container_image.unwrap();
    assert_eq!(image.image.as_deref(), Some(":site.web.3"));
    assert_eq!(image.created_at.unwrap().to_string(), "2020-11-10T09:20:00Z");
}

#[tokio::test]
async fn register_container_image_returns_a_modeled_exception() {
    let server = Server::returning(
        "404 Not Found",
        &[],
        r#"{"__type":"NotFoundException","code":"NotFound","docs":"https://example.com",
            "message":"no such service","tip":"create it"}"#,
    );
    let request = RegisterContainerImageRequest::new("site", "web", "sha256:dd");
    let client = lightsail::Client::new(&server.config());
    let error = client.register_container_image(&request).await.unwrap_err();
    let Some(RegisterContainerImageError::NotFoundException(exception)) = error.service() else {
        panic!("{error:?}");
    };
    assert_eq!(exception.tip.as_deref(), Some("create it"));
    assert_eq!(exception.message.as_deref(), Some("no such service"));
}
