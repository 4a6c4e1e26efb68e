//! The delays before retries, and the tokens that retries cost.

use std::time::Duration;

use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::timed_transport::TimedTransport;
use crate::support::{TIMER_RESOLUTION, assert_delays, ms, ping_error, timed_client};
use longshore_runtime::{Client, RetryConfig, RetryParameters};

#[tokio::test(start_paused = true)]
async fn delays_are_random_and_their_maximum_doubles() {
    let server = Server::start((0..160).map(|_| CannedResponse::unavailable()));
    let longest = [1000, 2000, 4000, 8000, 16000, 20000, 20000];
    let mut largest = [Duration::ZERO; 7];
    for _ in 0..20 {
        let retry = RetryConfig::standard().max_attempts(8);
        let (client, transport) = timed_client(&server, |config| config.retry(retry));
        assert_eq!(ping_error(&client).await.attempts(), 8);
        let delays = transport.delays();
        assert_delays(&delays, &longest);
        for (largest, delay) in largest.iter_mut().zip(delays) {
            *largest = delay.max(*largest);
        }
    }
    for (largest, longest) in largest.iter().zip(longest) {
        assert!(*largest > ms(longest / 2), "{largest:?} of {longest}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_2026_parameters_wait_less_unless_throttled() {
    let retry = RetryConfig::standard().parameters(RetryParameters::Of2026);
    for (response, longest) in [
        (CannedResponse::unavailable as fn() -> CannedResponse, [50, 100]),
        (|| CannedResponse::error_code(400, "SlowDown"), [1000, 2000]),
    ] {
        let server = Server::start((0..60).map(|_| response()));
        let mut sum = Duration::ZERO;
        for _ in 0..20 {
            let (client, transport) = timed_client(&server, |config| config.retry(retry));
            ping_error(&client).await;
            assert_delays(&transport.delays(), &longest);
            sum += transport.delays().iter().sum::<Duration>();
        }
        // The mean is 10 times the sum of both.
        assert!(sum > ms(5 * (longest[0] + longest[1])), "{sum:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_can_request_a_longer_delay_within_bounds() {
    let table = [
        ("3000", 3000..=3000),
        ("0", 0..=1000),
        ("60000", 5000..=6000),
        ("18446744073709551615", 5000..=6000),
        // Not numbers of milliseconds.
        ("", 0..=1000),
        ("-5000", 0..=1000),
        ("3e3", 0..=1000),
        ("5000.0", 0..=1000),
        ("99999999999999999999", 0..=1000),
        ("Fri, 21 Nov 2025 00:00:00 GMT", 0..=1000),
        ("5 s", 0..=1000),
        ("\u{fc}", 0..=1000),
    ];
    for (value, expected) in table {
        let first = CannedResponse::new(503, &[("x-amz-retry-after", value)], "");
        let server = Server::start([first, CannedResponse::ok("")]);
        let (client, transport) = timed_client(&server, |config| config);
        client.call(&PingRequest).await.expect("a response");
        let delay = transport.delays()[0];
        let (min, max) = (ms(*expected.start()), ms(*expected.end()) + TIMER_RESOLUTION);
        assert!((min..=max).contains(&delay), "{value:?}: {delay:?}");
    }
}

/// A client that makes up to 1,000 attempts.
fn persistent_client(server: &Server) -> (Client, TimedTransport) {
    let retry = RetryConfig::standard().max_attempts(1000);
    timed_client(server, |config| config.retry(retry))
}

#[tokio::test(start_paused = true)]
async fn an_empty_token_bucket_ends_a_call_and_is_shared_by_clones() {
    let server = Server::start((0..104).map(|_| CannedResponse::unavailable()));
    let (client, _) = persistent_client(&server);
    let error = ping_error(&client).await;
    // The first attempt, and the 100 retries that 500 tokens pay for.
    assert_eq!(error.attempts(), 101);
    assert_eq!(
        error.to_string(),
        "Ping: a response with status 503 and no error code (status 503), 101 attempts, \
         not retried because too many calls failed recently"
    );
    let error = ping_error(&client.clone()).await;
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().ends_with(", not retried because too many calls failed recently"));
    // Another client has its own bucket.
    let (other, _) =
        timed_client(&server, |config| config.retry(RetryConfig::standard().max_attempts(2)));
    assert_eq!(ping_error(&other).await.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_before_its_retry_returns_the_tokens() {
    let busy = || CannedResponse::new(503, &[("x-amz-retry-after", "1000")], "");
    let server = Server::start((0..102).map(|_| busy()).chain([CannedResponse::ok("")]));
    let (client, _) = timed_client(&server, |config| config);
    // 500 tokens pay for 100 retries.
    for _ in 0..101 {
        let dropped = tokio::time::timeout(ms(500), client.call(&PingRequest)).await;
        assert!(dropped.is_err(), "{dropped:?}");
    }
    client.call(&PingRequest).await.expect("a response to the retry");
}

#[tokio::test(start_paused = true)]
async fn a_failed_connection_costs_ten_tokens() {
    let server = Server::start((0..60).map(|_| CannedResponse::raw("")));
    let error = ping_error(&persistent_client(&server).0).await;
    assert_eq!(error.attempts(), 51);
}

#[tokio::test(start_paused = true)]
async fn successes_refill_the_token_bucket() {
    let drained = (0..101).map(|_| CannedResponse::unavailable());
    let refilled = (0..5).map(|_| CannedResponse::ok(""));
    let again = [
        CannedResponse::unavailable(),
        CannedResponse::ok(""),
        CannedResponse::unavailable(),
        CannedResponse::unavailable(),
        CannedResponse::ok(""),
    ];
    let server = Server::start(drained.chain(refilled).chain(again));
    let (client, _) = persistent_client(&server);
    assert_eq!(ping_error(&client).await.attempts(), 101);
    for _ in 0..5 {
        client.call(&PingRequest).await.expect("a response");
    }
    // Five successes pay for one retry, and its success returns the five tokens for another one.
    client.call(&PingRequest).await.expect("a response");
    assert_eq!(ping_error(&client).await.attempts(), 2);
}
