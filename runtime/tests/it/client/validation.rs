//! Validation of requests before they are sent.

use crate::support::config;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::SERVICE;
use longshore_runtime::{
    Client, Error, ErrorKind, Operation, Service, Unmodeled, ValidationError, Violation, validate,
};

#[derive(Clone, PartialEq)]
struct PushRequest {
    name: String,
    parts: Vec<String>,
    token: Option<String>,
}

longshore_runtime::structure!(PushRequest, Request, {
    "name" => required(name) where (length(2..=5)),
    "parts" => required(parts) where (unique, each(length(..=3))),
    "clientToken" => some(token) where (length(36..=36)),
});

#[derive(Debug)]
enum PushError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(PushError, Unmodeled, {});

impl Operation for PushRequest {
    const NAME: &'static str = "Push";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = PushError;

    fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
        let filled = || Self { token: Some(token()), ..self.clone() };
        self.token.is_none().then(filled)
    }
}

fn push(name: &str, parts: impl IntoIterator<Item = String>) -> PushRequest {
    PushRequest { name: name.to_owned(), parts: parts.into_iter().collect(), token: None }
}

async fn call(
    server: &Server,
    validates: bool,
    request: &PushRequest,
) -> Result<(), Error<PushError>> {
    let config = config(&server.url).validate_requests(validates).build();
    Client::new(&config).call(request).await
}

#[tokio::test]
async fn an_invalid_request_is_not_sent_if_validation_is_enabled() {
    let server = Server::start([]);
    let error = call(&server, true, &push("a", [])).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(error.attempts(), 0);
    assert!(!error.is_retryable() && !error.is_throttling() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "Push: the request is not valid: name must have 2 to 5 characters and has 1"
    );
    let source = error.find_cause::<ValidationError>();
    assert_eq!(source.map(|error| error.violations().len()), Some(1));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn validation_is_disabled_by_default() {
    let server = Server::start([CannedResponse::ok("{}")]);
    call(&server, false, &push("a", [])).await.unwrap();
    assert!(server.request().text().starts_with(r#"{"name":"a","#));
}

#[tokio::test]
async fn validation_checks_the_request_as_it_is_sent() {
    // A generated token is checked as well, and valid.
    let server = Server::start([CannedResponse::ok("{}")]);
    call(&server, true, &push("ab", [])).await.unwrap();
    let mut request = push("ab", []);
    request.token = Some("short".to_owned());
    let error = call(&server, true, &request).await.unwrap_err();
    assert!(error.to_string().contains("clientToken must have exactly 36 characters and has 5"));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn the_message_lists_only_the_first_violations() {
    let error = push("ab", (0..5000).map(|_| "long!".to_owned())).validate().unwrap_err();
    // All elements are too long, and all but the first are duplicates.
    assert_eq!(error.violations().len(), 9999);
    let line = error.to_string();
    assert!(line.ends_with("; and 9994 more"), "{line}");
    assert_eq!(line.matches("; ").count(), 5);
}

#[test]
fn large_lists_are_checked_for_duplicates_in_reasonable_time() {
    // Comparing all pairs would take five billion comparisons.
    let parts: Vec<_> = (0..100_000).map(|number| format!("{number:x}")).collect();
    let error = push("ab", parts).validate().unwrap_err();
    assert!(error.violations().iter().all(|violation| violation.path().starts_with("parts[")));
}

#[test]
fn map_keys_are_escaped_and_truncated_in_messages() {
    use std::collections::BTreeMap;
    struct Tags {
        tags: BTreeMap<String, String>,
    }
    longshore_runtime::structure!(Tags, {
        "tags" => value(tags) where (each(length(..=1))),
    });
    let keys = ["a\n\u{202e}b".to_owned(), "k".repeat(10_000)];
    let tags = Tags { tags: keys.into_iter().map(|key| (key, "long".to_owned())).collect() };
    let line = longshore_runtime::validate(&tags).unwrap_err().to_string();
    assert!(!line.contains(['\n', '\u{202e}']) && line.len() < 300, "{line}");
    assert!(
        line.contains(r#"tags["a\n\u{202e}b"] must have at most 1 character and has 4"#),
        "{line}"
    );
}

#[test]
fn violations_can_be_iterated() {
    let error = validate(&push("a", ["", "b", ""].map(str::to_owned))).unwrap_err();
    let by_reference: Vec<_> = (&error).into_iter().collect();
    assert_eq!(by_reference, error.violations().iter().collect::<Vec<_>>());
    let owned: Vec<Violation> = error.clone().into_iter().collect();
    assert!(!owned.is_empty());
    assert_eq!(owned, error.violations());
}
