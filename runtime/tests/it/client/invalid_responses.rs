//! Responses that no service sends, from broken servers or proxies.

use std::time::Duration;

use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PutImageError, PutImageRequest, PutImageResponse};
use crate::support::{TIMER_RESOLUTION, timed_client};
use longshore_runtime::{
    ErrorKind, HttpTransport, Timeouts, TransportError, TransportErrorKind, Unmodeled,
};

type Failure = longshore_runtime::Error<PutImageError>;

/// The result of a call that gets these responses, in order.
async fn call(
    responses: impl IntoIterator<Item = CannedResponse>,
) -> Result<PutImageResponse, Failure> {
    let server = Server::start(responses);
    timed_client(&server, |config| config).0.call(&PutImageRequest::new("a", "b")).await
}

/// The error of a call whose attempts all get this response.
async fn error_of(response: impl Fn() -> CannedResponse) -> Failure {
    call((0..4).map(|_| response())).await.expect_err("an error")
}

fn transport(error: &Failure) -> TransportErrorKind {
    let source = error.find_cause::<TransportError>();
    source.expect("an error of the transport").kind()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-1\r\n";
const HALF: &str = "content-length: 50\r\n\r\n{\"size\": 7, \"dig";

#[tokio::test(start_paused = true)]
async fn a_truncated_response_is_retried() {
    for end in
        [|bytes: String| CannedResponse::raw(bytes), |bytes: String| CannedResponse::reset(bytes)]
    {
        let error = error_of(|| end(format!("{HEAD}{HALF}"))).await;
        assert_eq!((transport(&error), error.attempts()), (TransportErrorKind::Body, 3));
        let line = error.to_string();
        assert!(line.starts_with("PutImage: the response ended early: "), "{line}");
        assert!(line.ends_with(" (status 200, request id id-1), 3 attempts"), "{line}");

        let responses = [end(format!("{HEAD}{HALF}")), CannedResponse::ok(r#"{"size": 7}"#)];
        assert_eq!(call(responses).await.expect("a response").size, 7);
    }
}

#[tokio::test(start_paused = true)]
async fn a_truncated_chunked_body_is_retried() {
    let error = error_of(|| {
        CannedResponse::raw(format!(
            "{HEAD}transfer-encoding: chunked\r\n\r\n9\r\n{{\"size\": \r\n"
        ))
    });
    let error = error.await;
    assert_eq!((transport(&error), error.attempts()), (TransportErrorKind::Body, 3));
}

/// The service has processed the request, so sending it again would be wrong.
#[tokio::test(start_paused = true)]
async fn a_success_that_cannot_be_decoded_is_not_retried() {
    let table = [
        (r#"{"size": 7, "digest": "hunt"#, "it ends too early, in digest at line 1 column 27"),
        (
            "<html><body>Welcome</body></html>",
            "it is not JSON (no content type, 33 bytes: <html><body>Welcome</body></html>), at \
             line 1 column 1",
        ),
        (
            "caf\u{fffd}",
            "it is not JSON (no content type, 6 bytes: caf\u{fffd}), at line 1 column 1",
        ),
        (r#"{"size": 7} {"#, "it is not JSON (no content type, 13 bytes), at line 1 column 13"),
    ];
    for (body, problem) in table {
        let error =
            call([CannedResponse::ok(body), CannedResponse::ok("")]).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
        assert!(!error.is_retryable());
        assert_eq!(
            error.to_string(),
            format!(
                "PutImage: the response cannot be decoded: {problem} (status 200, request id request-1)"
            )
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_success_is_decoded_as_an_empty_structure() {
    let response =
        call([CannedResponse::ok(""), CannedResponse::unavailable()]).await.expect("a response");
    assert_eq!(response, PutImageResponse::default());
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_utf_8_is_an_error_and_not_a_panic() {
    let body = b"{\"digest\": \"caf\xe9\xff\"}";
    let error = call([CannedResponse::ok(body)]).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));

    let body = b"{\"__type\": \"SlowDown\", \"message\": \"caf\xe9\"}";
    let error = error_of(|| CannedResponse::new(400, &[], body)).await;
    assert_eq!((error.attempts(), error.code()), (3, Some("SlowDown")));
    assert_eq!(error.message(), Some("caf\u{fffd}"));
    let end = "(status 400), 3 attempts";
    assert_eq!(error.to_string(), format!("PutImage: SlowDown: caf\u{fffd} {end}"));
}

#[tokio::test(start_paused = true)]
async fn an_html_error_page_is_quoted_in_the_error() {
    let page = "<html>\n<h1>Service Unavailable</h1>\n</html>";
    let error = error_of(|| CannedResponse::new(503, &[("content-type", "text/html")], page)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 3));
    assert_eq!(
        error.to_string(),
        "PutImage: a response with status 503 and no error code: \
         <html> <h1>Service Unavailable</h1> </html> (status 503), 3 attempts"
    );
}

#[tokio::test(start_paused = true)]
async fn an_endless_error_body_is_read_up_to_a_limit() {
    const PAGE: usize = 100_000_000;
    let head = format!("HTTP/1.1 503 Busy\r\ncontent-length: {PAGE}\r\n\r\n");
    let server = Server::start((0..3).map(|_| CannedResponse::flood(head.clone(), PAGE)));
    let client = timed_client(&server, |config| config).0;
    let error = client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
    assert_eq!((error.status(), error.attempts()), (Some(503), 3));
    let Some(PutImageError::Unmodeled(response)) = error.service() else { panic!("{error:?}") };
    assert_eq!(response.body.len(), Unmodeled::MAX_BODY);
    assert!(error.to_string().len() < 700);
    // The client closes the connections, which ends all three floods. Beyond the limit, only the socket
    // buffers were filled.
    drop(client);
    let closing = server.clone();
    tokio::task::spawn_blocking(move || closing.wait_closed(3)).await.expect("closed");
    let max = 3 * (HttpTransport::MAX_FAILURE + 16 * 1024 * 1024);
    assert!(server.flooded() < max, "{} bytes", server.flooded());
}

#[tokio::test(start_paused = true)]
async fn a_content_length_that_is_too_small_truncates_the_response() {
    let cut = || CannedResponse::raw(format!("{HEAD}content-length: 8\r\n\r\n{{\"size\": 7}}"));
    let server = Server::start([cut(), CannedResponse::ok(r#"{"size": 9}"#)]);
    let client = timed_client(&server, |config| config).0;
    let request = PutImageRequest::new("a", "b");
    let error = client.call(&request).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    // The remaining bytes are not mistaken for the next response.
    assert_eq!(client.call(&request).await.expect("a response").size, 9);
    assert_eq!(server.requests()[1].connection, 1);
}

#[tokio::test(start_paused = true)]
async fn an_invalid_content_length_is_not_retried() {
    for length in ["many", "-1", "1.5", "0x10", "99999999999999999999999999"] {
        let head = format!("{HEAD}content-length: {length}\r\n\r\n{{}}");
        let error =
            call([CannedResponse::raw(head), CannedResponse::ok("")]).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{length}");
        assert!(!error.is_retryable());
    }
    let two = format!("{HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}");
    let error =
        call([CannedResponse::raw(two), CannedResponse::ok("")]).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
}

#[tokio::test(start_paused = true)]
async fn an_endless_response_head_is_read_up_to_a_limit() {
    let head = "HTTP/1.1 200 OK\r\nx-page: ";
    let server = Server::start((0..3).map(|_| CannedResponse::flood(head, 100_000_000)));
    let client = timed_client(&server, |config| config).0;
    let error = client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(server.flooded() < 64 * 1024 * 1024, "{} bytes", server.flooded());
}

#[tokio::test(start_paused = true)]
async fn connections_closed_between_calls_are_replaced() {
    let server = Server::start((0..10).map(|_| CannedResponse::ok(r#"{"size": 7}"#).and_close()));
    let client = timed_client(&server, |config| config).0;
    for number in 1..=10 {
        let response = client.call(&PutImageRequest::new("a", "b")).await.expect("a response");
        assert_eq!(response.size, 7);
        let closing = server.clone();
        tokio::task::spawn_blocking(move || closing.wait_closed(number)).await.expect("closed");
    }
}

#[tokio::test(start_paused = true)]
async fn the_attempt_timeout_ends_attempts_that_stall_or_trickle() {
    let limits = Timeouts::new().attempt(Duration::from_secs(5));
    let head = format!("{HEAD}content-length: 1000000\r\n\r\n");
    let table: [&dyn Fn() -> CannedResponse; 4] = [
        &CannedResponse::never,
        &|| CannedResponse::drip(""),
        &|| CannedResponse::drip("HTTP/1.1 200 OK\r\nx-slow:"),
        &|| CannedResponse::drip(head.clone()),
    ];
    for response in table {
        let server = Server::start((0..3).map(|_| response()));
        let (client, transport) = timed_client(&server, |config| config.timeouts(limits));
        let error = client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::AttemptTimeout, 3));
        assert!(error.is_timeout() && error.is_retryable());
        for duration in transport.durations() {
            assert!(
                (limits.get_attempt().expect("a limit").abs_diff(duration)) <= TIMER_RESOLUTION
            );
        }
        assert_eq!(transport.delays().len(), 2);
        let host = server.url.trim_start_matches("http://");
        assert_eq!(
            error.to_string(),
            format!("PutImage: an attempt took longer than 5s (host {host}), 3 attempts")
        );
    }
}
