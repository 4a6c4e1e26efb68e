//! Calls a server with the transport.

use longshore::ecr::Client;
use longshore::ecr::operation::{
    DescribeRepositoriesRequest, DescribeRepositoriesResponse, UploadLayerPartRequest,
    UploadLayerPartResponse,
};
use longshore::ecr::types::Repository;
use longshore::http::Request;
use longshore::{Bytes, Config, ConfigBuilder, RetryConfig, Transport};
use longshore_example_reqwest::ReqwestTransport;
use longshore_testing::Server;

fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .static_credentials("AKIDEXAMPLE", "secret", None)
        .endpoint_url(url)
        .transport(ReqwestTransport::new().unwrap())
}

#[tokio::test]
async fn calls_are_sent_and_answered() {
    let server = Server::start();
    let response =
        DescribeRepositoriesResponse::new().repositories([Repository::new().repository_name("a")]);
    server.expect(DescribeRepositoriesRequest::new()).returns(response.clone());
    let client = Client::new(&config(server.url()).build());
    let received = client.describe_repositories(&DescribeRepositoriesRequest::new()).await;
    assert_eq!(received.unwrap(), response);
}

#[tokio::test]
async fn a_large_blob_is_streamed() {
    let server = Server::start();
    let part: Vec<u8> = (0..3_000_000_u32).map(|i| (i % 251) as u8).collect();
    let end = part.len() as i64 - 1;
    let request = UploadLayerPartRequest::new("team/app", "upload", 0, end, part);
    server.expect(request.clone()).returns(UploadLayerPartResponse::new().last_byte_received(end));
    let client = Client::new(&config(server.url()).build());
    let response = client.upload_layer_part(&request).await.unwrap();
    assert_eq!(response.last_byte_received, Some(end));
}

#[tokio::test]
async fn a_refused_connection_can_be_retried() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = Client::new(&config(&url).retry(RetryConfig::disabled()).build());
    let error = client.describe_repositories(&DescribeRepositoriesRequest::new()).await;
    let error = error.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert!(error.to_string().contains("could not connect"), "{error}");
}

#[tokio::test]
async fn a_path_that_would_change_is_an_error() {
    let transport = ReqwestTransport::new().unwrap();
    let request = Request::get("http://127.0.0.1:1/a/../b").body(Bytes::new()).unwrap();
    let error = transport.send(request).await.unwrap_err();
    assert_eq!(error.kind(), longshore::TransportErrorKind::Unusable);
}
