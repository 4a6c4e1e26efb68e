//! Services that used the query protocol before and keep its error codes.

use crate::support::config;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{ImageAlreadyExistsException, LimitsException, PingRequest, SERVICE};
use longshore_runtime::wait::{Acceptor, Matcher, State};
use longshore_runtime::{
    Client, Error, Operation, OperationError, RetryConfig, Service, Unmodeled, Waiter,
};

const QUERY: Service = SERVICE.query_compatible();

enum QueueError {
    Gone(ImageAlreadyExistsException),
    Slow(LimitsException),
    Hushed(ImageAlreadyExistsException),
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(QueueError, Unmodeled, {
    "QueueGone" | "AWS.Queue.Gone" => Gone,
    "QueueSlow" | "AWS.Queue.Slow" => Slow (throttling),
    "QueueHushed" | "AWS.Queue.Hushed" => Hushed where (secret),
});

macro_rules! operation {
    ($name:ident, $service:expr) => {
        #[derive(Clone)]
        struct $name {}
        longshore_runtime::structure!($name, Request, Default, {});

        impl Operation for $name {
            const NAME: &'static str = "Send";
            const SERVICE: &'static Service = &$service;
            type Output = ();
            type Error = QueueError;
        }
    };
}

operation!(SendRequest, QUERY);
operation!(OtherRequest, SERVICE);

/// The error of a call with one attempt that gets these headers and this body.
async fn call_error<O: Operation>(
    request: &O,
    headers: &[(&str, &str)],
    body: &str,
) -> Error<O::Error> {
    let server = Server::start([CannedResponse::new(400, headers, body)]);
    let config = config(&server.url).retry(RetryConfig::disabled()).build();
    match Client::new(&config).call(request).await {
        Ok(_) => panic!("no error"),
        Err(error) => error,
    }
}

fn name(error: &Error<QueueError>) -> &'static str {
    match error.service().expect("an error of the service") {
        QueueError::Gone(_) => "gone",
        QueueError::Slow(_) => "slow",
        QueueError::Hushed(_) => "hushed",
        QueueError::Unmodeled(_) => "unmodeled",
    }
}

#[tokio::test]
async fn requests_have_the_header_for_query_protocol_error_codes() {
    let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
    let client = crate::support::client(&server.url);
    client.call(&SendRequest {}).await.expect("a response");
    client.call(&PingRequest).await.expect("a response");
    let sent = server.requests();
    assert_eq!(sent[0].header("x-amzn-query-mode"), "true");
    assert!(sent[0].header("authorization").contains(";x-amzn-query-mode,"));
    assert!(!sent[1].headers.iter().any(|(name, _)| name == "x-amzn-query-mode"));
}

#[tokio::test]
async fn the_header_sets_the_code_and_the_type_selects_the_exception() {
    const GONE: &str = r#"{"__type": "com.amazon#QueueGone", "message": "m"}"#;
    let table = [
        // The body, the header, the code of the error and its exception.
        (GONE, "AWS.Queue.Gone;Sender", "AWS.Queue.Gone", "gone"),
        (GONE, "Anything;Receiver", "Anything", "gone"),
        (GONE, "Anything;", "Anything", "gone"),
        (GONE, " Anything ; Sender ", "Anything", "gone"),
        // The type takes precedence in selecting the exception.
        (GONE, "AWS.Queue.Slow;Sender", "AWS.Queue.Slow", "gone"),
        // Without a known type, the code selects it.
        ("", "AWS.Queue.Gone;Sender", "AWS.Queue.Gone", "gone"),
        ("{}", "QueueGone;Sender", "QueueGone", "gone"),
        (r#"{"__type": "Whatever"}"#, "AWS.Queue.Gone;Sender", "AWS.Queue.Gone", "gone"),
        (r#"{"__type": "Whatever"}"#, "Anything;Sender", "Anything", "unmodeled"),
        ("<html>", "Anything;Sender", "Anything", "unmodeled"),
        // A malformed header is ignored.
        (GONE, "AWS.Queue.Slow", "QueueGone", "gone"),
        (GONE, ";Sender", "QueueGone", "gone"),
        (GONE, " ;Sender", "QueueGone", "gone"),
        (GONE, ";", "QueueGone", "gone"),
        (GONE, "", "QueueGone", "gone"),
        (GONE, "AWS.Queue.Slow;Sender;more", "QueueGone", "gone"),
        (GONE, "\u{e4};Sender", "QueueGone", "gone"),
    ];
    for (body, header, code, exception) in table {
        let error = call_error(&SendRequest {}, &[("x-amzn-query-error", header)], body).await;
        assert_eq!((error.code(), name(&error)), (Some(code), exception), "{body} {header}");
    }
}

#[tokio::test]
async fn the_error_type_header_selects_the_exception() {
    let headers = [("x-amzn-errortype", "QueueSlow:http://"), ("x-amzn-query-error", "Old;Sender")];
    let error = call_error(&SendRequest {}, &headers, r#"{"__type": "QueueGone"}"#).await;
    assert_eq!((error.code(), name(&error)), (Some("Old"), "slow"));
}

#[tokio::test]
async fn an_error_is_printed_with_the_code_of_its_exception() {
    let header = [("x-amzn-query-error", "AWS.Queue.Gone;Sender")];
    let body = r#"{"__type": "QueueGone", "message": "m"}"#;
    let error = call_error(&SendRequest {}, &header, body).await;
    let exception = error.service().and_then(OperationError::code);
    assert_eq!((error.code(), exception), (Some("AWS.Queue.Gone"), Some("QueueGone")));
    assert_eq!(error.message(), Some("m"));
    assert_eq!(error.to_string(), "Send: ImageAlreadyExistsException: m (status 400)");
    let error = call_error(&SendRequest {}, &[("x-amzn-query-error", "New;Sender")], "{}").await;
    assert_eq!(error.to_string(), "Send: New: {} (status 400)");
    let Some(QueueError::Unmodeled(unmodeled)) = error.service() else { panic!("{error:?}") };
    assert_eq!(unmodeled.code.as_deref(), Some("New"));
}

#[tokio::test]
async fn an_error_is_retryable_if_either_code_is() {
    let table = [
        ("QueueGone", "Old;Sender", false, false),
        ("QueueGone", "RequestThrottled;Sender", true, true),
        ("QueueGone", "RequestTimeout;Sender", true, false),
        ("ThrottlingException", "Old;Sender", true, true),
        ("ThrottlingException", "RequestTimeout;Sender", true, true),
        ("QueueSlow", "Old;Sender", true, true),
        ("Whatever", "AWS.Queue.Slow;Sender", true, true),
        ("Whatever", "QueueSlow;Sender", true, true),
        ("AWS.Queue.Slow", "Old;Sender", true, true),
        ("Whatever", "Old;Sender", false, false),
    ];
    for (kind, header, retryable, throttling) in table {
        let headers = [("x-amzn-errortype", kind), ("x-amzn-query-error", header)];
        let error = call_error(&SendRequest {}, &headers, "").await;
        let found = (error.is_retryable(), error.is_throttling());
        assert_eq!(found, (retryable, throttling), "{kind} {header}");
    }
}

#[tokio::test]
async fn a_call_with_a_retryable_query_code_is_retried() {
    let headers = [("x-amzn-errortype", "Gone"), ("x-amzn-query-error", "SlowDown;Sender")];
    let server = Server::start([CannedResponse::new(400, &headers, ""), CannedResponse::ok("{}")]);
    crate::support::client(&server.url).call(&SendRequest {}).await.expect("a response");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_secret_message_is_hidden_for_all_codes_of_its_exception() {
    let bodies =
        [r#"{"__type": "QueueHushed", "message": "hunter2"}"#, r#"{"message": "hunter2"}"#];
    for body in bodies {
        let header = [("x-amzn-query-error", "AWS.Queue.Hushed;Sender")];
        let error = call_error(&SendRequest {}, &header, body).await;
        assert_eq!((error.message(), name(&error)), (None, "hushed"));
    }
}

#[tokio::test]
async fn other_services_ignore_the_header() {
    let header = [("x-amzn-query-error", "AWS.Queue.Slow;Sender")];
    let error = call_error(&OtherRequest {}, &header, r#"{"__type": "QueueGone"}"#).await;
    assert_eq!((error.code(), name(&error)), (Some("QueueGone"), "gone"));
    assert!(!error.is_throttling());
    let error = call_error(&OtherRequest {}, &header, "{}").await;
    assert_eq!((error.code(), name(&error)), (None, "unmodeled"));
    // All codes of an exception are known in every service.
    let error = call_error(&OtherRequest {}, &[("x-amzn-errortype", "AWS.Queue.Slow")], "").await;
    assert_eq!((error.code(), name(&error)), (Some("AWS.Queue.Slow"), "slow"));
    assert!(error.is_throttling());
}

#[tokio::test]
async fn a_waiter_matches_an_exception_by_any_of_its_codes() {
    let gone = r#"{"__type": "QueueGone"}"#;
    let later = r#"{"__type": "Later"}"#;
    let table = [
        ("QueueGone", gone, "AWS.Queue.Gone;Sender"),
        ("AWS.Queue.Gone", gone, "AWS.Queue.Gone;Sender"),
        // A code that the operation does not list.
        ("Later", later, "AWS.Later;Sender"),
        ("AWS.Later", later, "AWS.Later;Sender"),
    ];
    for (wanted, body, code) in table {
        let headers = [("x-amzn-query-error", code)];
        let acceptors = [Acceptor(State::Success, Matcher::ErrorType(wanted))];
        let acceptors: &'static [Acceptor] = Vec::leak(acceptors.into());
        let waiter = Waiter::new("gone", acceptors);
        let server = Server::start([CannedResponse::new(400, &headers, body)]);
        let client = crate::support::client(&server.url);
        let limit = std::time::Duration::from_secs(60);
        client.wait(&SendRequest {}, &waiter, limit).await.expect("what was waited for");
    }
}

#[test]
fn blocking_clients_use_query_protocol_error_codes() {
    let header = [("x-amzn-query-error", "AWS.Queue.Gone;Sender")];
    let server = Server::start([CannedResponse::new(400, &header, "{}")]);
    let client = longshore_runtime::blocking::Client::new(&config(&server.url).build());
    let error = client.call(&SendRequest {}).expect_err("gone");
    assert_eq!((error.code(), name(&error)), (Some("AWS.Queue.Gone"), "gone"));
}
