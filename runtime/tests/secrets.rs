//! Members that are secrets, where an answer or a document cannot be read.

mod support;

use std::collections::BTreeMap;

use longshore_runtime::{Operation, Service, Unmodelled};
use support::client;
use support::server::{Reply, Server};
use support::service::SERVICE;

#[derive(Debug, PartialEq)]
struct Container {
    image: Option<String>,
    environment: BTreeMap<String, String>,
}
longshore_runtime::structure!(Container, {
    "image" => some(image),
    "environment" => value(environment) where secret(),
});

#[derive(Debug, PartialEq)]
struct LookResponse {
    containers: Vec<Container>,
    note: Option<String>,
}
longshore_runtime::structure!(LookResponse, {
    "containers" => value(containers),
    "note" => some(note),
});

#[derive(Debug, Clone)]
struct LookRequest {}
longshore_runtime::structure!(LookRequest, Request, Default, {});

#[derive(Debug)]
enum LookError {
    Unmodelled(Unmodelled),
}
longshore_runtime::operation_error!(LookError, Unmodelled, {});

impl Operation for LookRequest {
    const NAME: &'static str = "Look";
    const SERVICE: &'static Service = &SERVICE;
    type Output = LookResponse;
    type Error = LookError;
}

/// What a call says of an answer that it cannot read.
async fn error(body: &str) -> String {
    let server = Server::start([Reply::new(200, &[], body)]);
    let error = client(&server.url).call(&LookRequest::default()).await.expect_err("an error");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn the_path_of_a_decode_error_ends_at_a_secret() {
    let error = error(r#"{"containers": [{"environment": {"a": "b", "hunter2": 5}}]}"#).await;
    assert_eq!(
        error,
        "Look: the response cannot be decoded: a value does not match the model, in \
         containers[0].environment at line 1 column 55 (status 200)"
    );
}

#[tokio::test]
async fn the_path_to_anything_else_is_whole() {
    let error = error(r#"{"containers": [{"image": 5}]}"#).await;
    assert!(error.contains(" in containers[0].image at line 1"), "{error}");
}

#[test]
fn an_error_of_serde_does_not_show_a_secret() {
    for value in [r#""hunter2""#, r#"["hunter2"]"#, r#"{"hunter2": ["hunter2"]}"#] {
        let document = format!(r#"{{"environment": {value}}}"#);
        let error = serde_json::from_str::<Container>(&document).unwrap_err().to_string();
        assert!(error.starts_with("the secret `environment` cannot be read at line 1"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    assert!(serde_json::from_str::<Container>(r#"{"image": 5}"#).unwrap_err().is_data());
}
