//! Calls while the clock of this machine differs from that of the service.

use std::time::Duration;

use crate::support::http_date::http_date;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::PingRequest;
use crate::support::{config, timed_client};
use longshore_runtime::{Client, RetryConfig, Timestamp};

/// The codes with which services reject a signature.
const CODES: [&str; 5] = [
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "AuthFailure",
    "RequestTimeTooSkewed",
    "AccessDeniedException",
];

/// In seconds. Generous, because a machine can be slow, and the tests distinguish hours.
const TOLERANCE: u64 = 60;

/// The time on a clock that is this many seconds ahead.
fn now_plus(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(Timestamp::now().seconds() + seconds)
}

fn rejection(code: &str, seconds: i64) -> CannedResponse {
    let date = http_date(now_plus(seconds));
    CannedResponse::new(403, &[("x-amzn-errortype", code), ("date", &date)], "")
}

/// Asserts that a request was signed with a clock that is this many seconds ahead.
fn assert_ahead(sent: &ReceivedRequest, seconds: i64) {
    let time = sent.header("x-amz-date");
    let (date, clock) = (&time[..8], &time[9..15]);
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &clock[..2],
        &clock[2..4],
        &clock[4..]
    );
    let signed = text.parse::<Timestamp>().expect("a time").seconds();
    assert!(signed.abs_diff(now_plus(seconds).seconds()) < TOLERANCE, "{time} for {seconds}");
    assert!(sent.header("authorization").contains(date), "{time}");
}

#[tokio::test(start_paused = true)]
async fn a_call_rejected_for_clock_skew_is_retried_with_the_corrected_time() {
    for code in CODES {
        for seconds in [3600, -3600, 300, -300, 86_400 * 365] {
            let server = Server::start([
                rejection(code, seconds),
                CannedResponse::ok(""),
                CannedResponse::ok(""),
            ]);
            let (client, transport) = timed_client(&server, |config| config);
            client.call(&PingRequest).await.expect("a response");
            // The next call starts with the correction, even on a clone of the client.
            client.clone().call(&PingRequest).await.expect("a response");
            let sent = server.requests();
            assert_eq!(sent.len(), 3, "{code} {seconds}");
            assert_ahead(&sent[0], 0);
            assert_ahead(&sent[1], seconds);
            assert_ahead(&sent[2], seconds);
            // The retry is immediate.
            assert_eq!(transport.delays()[0], Duration::ZERO);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_signature_rejected_at_the_corrected_time_is_not_retried() {
    for code in CODES {
        let server =
            Server::start([rejection(code, 3600), rejection(code, 3600), CannedResponse::ok("")]);
        let (client, _) = timed_client(&server, |config| config);
        let error = client.call(&PingRequest).await.expect_err("an error");
        assert_eq!((error.attempts(), error.code()), (2, Some(code)));
        assert!(!error.is_retryable());
        assert_eq!(error.to_string(), format!("Ping: {code} (status 403), 2 attempts"));
    }
}

#[tokio::test(start_paused = true)]
async fn small_clock_differences_are_not_treated_as_skew() {
    let far = rejection("ValidationException", 3600);
    let near = [rejection(CODES[0], 0), rejection(CODES[0], 200), rejection(CODES[0], -200)];
    let undated = CannedResponse::new(403, &[("x-amzn-errortype", CODES[0])], "");
    let odd = ["yesterday", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"].map(
        |date| CannedResponse::new(403, &[("x-amzn-errortype", CODES[0]), ("date", date)], ""),
    );
    for response in near.into_iter().chain(odd).chain([far, undated]) {
        let server = Server::start([response, CannedResponse::ok("")]);
        let (client, _) = timed_client(&server, |config| config);
        assert_eq!(client.call(&PingRequest).await.expect_err("an error").attempts(), 1);
        client.call(&PingRequest).await.expect("a response");
        assert_ahead(&server.requests()[1], 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_header_alone_does_not_correct_the_clock() {
    let date = http_date(now_plus(3600));
    let responses = [200, 404].map(|status| CannedResponse::new(status, &[("date", &date)], ""));
    let server = Server::start(responses.into_iter().chain([CannedResponse::ok("")]));
    let (client, _) = timed_client(&server, |config| config);
    client.call(&PingRequest).await.expect("a response");
    client.call(&PingRequest).await.expect_err("an error");
    client.call(&PingRequest).await.expect("a response");
    assert!(server.requests().iter().all(|sent| {
        assert_ahead(sent, 0);
        true
    }));
}

#[tokio::test(start_paused = true)]
async fn a_call_without_retries_corrects_the_clock_for_the_next_call() {
    let server = Server::start([rejection(CODES[0], 3600), CannedResponse::ok("")]);
    let (client, _) = timed_client(&server, |config| config.retry(RetryConfig::disabled()));
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!((error.attempts(), error.is_retryable()), (1, true));
    client.call(&PingRequest).await.expect("a response");
    assert_ahead(&server.requests()[1], 3600);
}

#[tokio::test(start_paused = true)]
async fn the_correction_is_undone_when_the_local_clock_becomes_right() {
    let server = Server::start([
        rejection(CODES[0], 3600),
        CannedResponse::ok(""),
        // The local clock is now right, so the correction is wrong.
        rejection(CODES[0], 0),
        CannedResponse::ok(""),
    ]);
    let (client, _) = timed_client(&server, |config| config);
    client.call(&PingRequest).await.expect("a response");
    client.call(&PingRequest).await.expect("a response");
    let sent = server.requests();
    assert_ahead(&sent[2], 3600);
    assert_ahead(&sent[3], 0);
}

#[tokio::test]
async fn clients_do_not_share_a_clock_correction() {
    let server =
        Server::start([rejection(CODES[0], 3600), CannedResponse::ok(""), CannedResponse::ok("")]);
    let config = config(&server.url).build();
    Client::new(&config).call(&PingRequest).await.expect("a response");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_ahead(&server.requests()[2], 0);
}
