//! Servers, and what stands between, that answer something else than a service does.

mod support;

use std::error::Error as _;
use std::time::Duration;

use longshore_runtime::{
    ErrorKind, HttpTransport, Timeouts, TransportError, TransportErrorKind, Unmodelled,
};
use support::server::{Reply, Server};
use support::service::{PutImageError, PutImageRequest, PutImageResponse};
use support::{GRAIN, observed};

type Failure = longshore_runtime::Error<PutImageError>;

/// What a call ends with when the server gives these answers, in turn.
async fn call(replies: impl IntoIterator<Item = Reply>) -> Result<PutImageResponse, Failure> {
    let server = Server::start(replies);
    observed(&server, |config| config).0.call(&PutImageRequest::new("a", "b")).await
}

/// What a call ends with when the server always answers like this.
async fn always(reply: impl Fn() -> Reply) -> Failure {
    call((0..4).map(|_| reply())).await.expect_err("an error")
}

fn transport(error: &Failure) -> TransportErrorKind {
    let source = error.source().and_then(|source| source.downcast_ref::<TransportError>());
    source.expect("an error of the transport").kind()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-1\r\n";
const HALF: &str = "content-length: 50\r\n\r\n{\"size\": 7, \"dig";

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    for end in [|bytes: String| Reply::raw(bytes), |bytes: String| Reply::reset(bytes)] {
        let error = always(|| end(format!("{HEAD}{HALF}"))).await;
        assert_eq!((transport(&error), error.attempts()), (TransportErrorKind::Body, 3));
        let line = error.to_string();
        assert!(line.starts_with("PutImage: the response ended early: "), "{line}");
        assert!(line.ends_with(" (status 200, request id id-1), 3 attempts"), "{line}");

        let replies = [end(format!("{HEAD}{HALF}")), Reply::ok(r#"{"size": 7}"#)];
        assert_eq!(call(replies).await.expect("an answer").size, 7);
    }
}

#[tokio::test(start_paused = true)]
async fn pieces_of_a_body_that_end_too_early_are_asked_for_again() {
    let error = always(|| {
        Reply::raw(format!("{HEAD}transfer-encoding: chunked\r\n\r\n9\r\n{{\"size\": \r\n"))
    });
    let error = error.await;
    assert_eq!((transport(&error), error.attempts()), (TransportErrorKind::Body, 3));
}

/// The service has done what it was asked for, so doing it again would be wrong.
#[tokio::test(start_paused = true)]
async fn a_success_that_cannot_be_read_is_not_asked_for_again() {
    let table = [
        (r#"{"size": 7, "digest": "hunt"#, "it ends too early, in digest at line 1 column 27"),
        ("<html><body>Welcome</body></html>", "it is not JSON, at line 1 column 1"),
        ("caf\u{fffd}", "it is not JSON, at line 1 column 1"),
        (r#"{"size": 7} {"#, "it is not JSON, at line 1 column 13"),
    ];
    for (body, problem) in table {
        let error = call([Reply::ok(body), Reply::ok("")]).await.expect_err("an error");
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
async fn an_empty_success_is_an_answer_without_members() {
    let answer = call([Reply::ok(""), Reply::busy()]).await.expect("an answer");
    assert_eq!(answer, PutImageResponse::default());
}

#[tokio::test(start_paused = true)]
async fn bytes_that_are_no_utf_8_are_an_error_and_no_panic() {
    let body = b"{\"digest\": \"caf\xe9\xff\"}";
    let error = call([Reply::ok(body)]).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));

    let body = b"{\"__type\": \"SlowDown\", \"message\": \"caf\xe9\"}";
    let error = always(|| Reply::new(400, &[], body)).await;
    assert_eq!((error.attempts(), error.code()), (3, Some("SlowDown")));
    assert_eq!(error.message(), Some("caf\u{fffd}"));
    let end = "(status 400), 3 attempts";
    assert_eq!(error.to_string(), format!("PutImage: SlowDown: caf\u{fffd} {end}"));
}

#[tokio::test(start_paused = true)]
async fn a_page_of_a_proxy_is_an_error_with_its_beginning() {
    let page = "<html>\n<h1>Service Unavailable</h1>\n</html>";
    let error = always(|| Reply::new(503, &[("content-type", "text/html")], page)).await;
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 3));
    assert_eq!(
        error.to_string(),
        "PutImage: a response with status 503 and no error code: \
         <html> <h1>Service Unavailable</h1> </html> (status 503), 3 attempts"
    );
}

#[tokio::test(start_paused = true)]
async fn the_rest_of_an_endless_page_is_not_read() {
    const PAGE: usize = 100_000_000;
    let head = format!("HTTP/1.1 503 Busy\r\ncontent-length: {PAGE}\r\n\r\n");
    let server = Server::start((0..3).map(|_| Reply::flood(head.clone(), PAGE)));
    let client = observed(&server, |config| config).0;
    let error = client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
    assert_eq!((error.status(), error.attempts()), (Some(503), 3));
    let Some(PutImageError::Unmodelled(answer)) = error.service() else { panic!("{error:?}") };
    assert_eq!(answer.body.len(), Unmodelled::MAX_BODY);
    assert!(error.to_string().len() < 700);
    // The connections are given up, so that all three floods end. What went out beyond the limit is
    // what the buffers of the system took.
    drop(client);
    let closing = server.clone();
    tokio::task::spawn_blocking(move || closing.wait_closed(3)).await.expect("closed");
    let most = 3 * (HttpTransport::MAX_FAILURE + 16 * 1024 * 1024);
    assert!(server.flooded() < most, "{} bytes", server.flooded());
}

#[tokio::test(start_paused = true)]
async fn a_length_that_is_too_small_cuts_the_answer() {
    let cut = || Reply::raw(format!("{HEAD}content-length: 8\r\n\r\n{{\"size\": 7}}"));
    let server = Server::start([cut(), Reply::ok(r#"{"size": 9}"#)]);
    let client = observed(&server, |config| config).0;
    let request = PutImageRequest::new("a", "b");
    let error = client.call(&request).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    // What was left over is not the beginning of the next answer.
    assert_eq!(client.call(&request).await.expect("an answer").size, 9);
    assert_eq!(server.requests()[1].connection, 1);
}

#[tokio::test(start_paused = true)]
async fn lengths_that_are_no_number_are_not_http() {
    for length in ["many", "-1", "1.5", "0x10", "99999999999999999999999999"] {
        let head = format!("{HEAD}content-length: {length}\r\n\r\n{{}}");
        let error = call([Reply::raw(head), Reply::ok("")]).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{length}");
        assert!(!error.is_retryable());
    }
    let two = format!("{HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}");
    let error = call([Reply::raw(two), Reply::ok("")]).await.expect_err("an error");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
}

#[tokio::test(start_paused = true)]
async fn heads_without_end_are_not_read_for_ever() {
    let head = "HTTP/1.1 200 OK\r\nx-page: ";
    let server = Server::start((0..3).map(|_| Reply::flood(head, 100_000_000)));
    let client = observed(&server, |config| config).0;
    let error = client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(server.flooded() < 64 * 1024 * 1024, "{} bytes", server.flooded());
}

#[tokio::test(start_paused = true)]
async fn connections_that_close_between_calls_are_replaced() {
    let server = Server::start((0..10).map(|_| Reply::ok(r#"{"size": 7}"#).and_close()));
    let client = observed(&server, |config| config).0;
    for number in 1..=10 {
        let answer = client.call(&PutImageRequest::new("a", "b")).await.expect("an answer");
        assert_eq!(answer.size, 7);
        let closing = server.clone();
        tokio::task::spawn_blocking(move || closing.wait_closed(number)).await.expect("closed");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_and_one_that_drips_end_with_the_limit() {
    let limits = Timeouts::new().with_attempt(Some(Duration::from_secs(5)));
    let head = format!("{HEAD}content-length: 1000000\r\n\r\n");
    let table: [&dyn Fn() -> Reply; 4] = [
        &Reply::never,
        &|| Reply::drip(""),
        &|| Reply::drip("HTTP/1.1 200 OK\r\nx-slow:"),
        &|| Reply::drip(head.clone()),
    ];
    for reply in table {
        let server = Server::start((0..3).map(|_| reply()));
        let (client, observed) = observed(&server, |config| config.timeouts(limits));
        let error = client.call(&PutImageRequest::new("a", "b")).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::AttemptTimeout, 3));
        assert!(error.is_timeout() && error.is_retryable());
        for duration in observed.durations() {
            assert!((limits.attempt().expect("a limit").abs_diff(duration)) <= GRAIN);
        }
        assert_eq!(observed.delays().len(), 2);
        let host = server.url.trim_start_matches("http://");
        assert_eq!(
            error.to_string(),
            format!("PutImage: an attempt took longer than 5s (host {host}), 3 attempts")
        );
    }
}
