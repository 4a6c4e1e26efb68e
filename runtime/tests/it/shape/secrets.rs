//! Secret members in responses and documents that cannot be decoded.

use std::collections::BTreeMap;

use crate::support::client;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::SERVICE;
use longshore_runtime::{Operation, Service, Unmodeled, codec};

#[derive(PartialEq)]
struct Container {
    image: Option<String>,
    environment: BTreeMap<String, String>,
}
longshore_runtime::structure!(Container, {
    "image" => some(image),
    "environment" => value(environment) where secret(),
});

#[derive(PartialEq)]
struct LookResponse {
    containers: Vec<Container>,
    note: Option<String>,
}
longshore_runtime::structure!(LookResponse, {
    "containers" => value(containers),
    "note" => some(note),
});

#[derive(Clone)]
struct LookRequest {}
longshore_runtime::structure!(LookRequest, Request, Default, {});

enum LookError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(LookError, Unmodeled, {});

impl Operation for LookRequest {
    const NAME: &'static str = "Look";
    const SERVICE: &'static Service = &SERVICE;
    type Output = LookResponse;
    type Error = LookError;
}

/// The message of a call whose response cannot be decoded.
async fn error(body: &str) -> String {
    let server = Server::start([CannedResponse::new(200, &[], body)]);
    let error = client(&server.url).call(&LookRequest::default()).await.expect_err("an error");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn the_path_of_a_decode_error_stops_at_a_secret_member() {
    let error = error(r#"{"containers": [{"environment": {"a": "b", "hunter2": 5}}]}"#).await;
    assert_eq!(
        error,
        "Look: the response cannot be decoded: expected a string, found an integer, in \
         containers[0].environment at line 1 column 55 (status 200)"
    );
}

#[tokio::test]
async fn a_response_that_ends_in_a_secret_member_ends_too_early() {
    let error = error(r#"{"containers": [{"environment": {"a": "hunter2"#).await;
    let expected = "decoded: it ends too early, in containers[0].environment at line 1 column 46 ";
    assert!(error.contains(expected), "{error}");
}

#[tokio::test]
async fn the_path_of_other_decode_errors_is_complete() {
    let error = error(r#"{"containers": [{"image": 5}]}"#).await;
    assert!(error.contains(" in containers[0].image at line 1"), "{error}");
}

#[test]
fn a_serde_error_does_not_show_a_secret() {
    for value in [r#""hunter2""#, r#"["hunter2"]"#, r#"{"hunter2": ["hunter2"]}"#] {
        let document = format!(r#"{{"environment": {value}}}"#);
        let error = serde_json::from_str::<Container>(&document).unwrap_err().to_string();
        let expected = "the secret `environment` cannot be read: expected ";
        assert!(error.starts_with(expected), "{error}");
        assert!(error.contains(" at line 1 column "), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    assert!(serde_json::from_str::<Container>(r#"{"image": 5}"#).unwrap_err().is_data());
}

#[test]
fn debug_output_has_no_secrets() {
    struct Access {
        user: Option<String>,
        key: String,
        codes: Option<Vec<f64>>,
        count: f64,
    }
    longshore_runtime::structure!(Access, {
        "User" => some(user),
        "Key" => value(key) where secret (),
        "Codes" => some(codes as codec::List<codec::Float>) where secret (),
        "Count" => value(count as codec::Float) where secret (),
    });
    let access = |codes| Access { user: None, key: "hunter2".to_owned(), codes, count: 2.0 };
    let hidden = "Access { user: None, key: [redacted], codes: [redacted], count: [redacted] }";
    assert_eq!(format!("{:?}", access(Some(vec![7.0]))), hidden);
    assert!(format!("{:?}", access(None)).contains("codes: None"));
}
