//! The delays before further attempts, and the tokens that they cost.

mod support;

use std::time::Duration;

use longshore_runtime::{Client, RetryConfig, RetryParameters};
use support::observed::Observed;
use support::server::{Reply, Server};
use support::service::PingRequest;
use support::{GRAIN, assert_within, ms, observed, ping};

#[tokio::test(start_paused = true)]
async fn delays_are_random_up_to_a_limit_that_doubles() {
    fastrand::seed(7);
    let server = Server::start((0..160).map(|_| Reply::busy()));
    let longest = [1000, 2000, 4000, 8000, 16000, 20000, 20000];
    let mut largest = [Duration::ZERO; 7];
    for _ in 0..20 {
        let retry = RetryConfig::standard().with_max_attempts(8);
        let (client, observed) = observed(&server, |config| config.retry(retry));
        assert_eq!(ping(&client).await.attempts(), 8);
        let delays = observed.delays();
        assert_within(&delays, &longest);
        for (largest, delay) in largest.iter_mut().zip(delays) {
            *largest = delay.max(*largest);
        }
    }
    for (largest, longest) in largest.iter().zip(longest) {
        assert!(*largest > ms(longest / 2), "{largest:?} of {longest}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_newer_parameters_wait_less_unless_it_is_throttling() {
    let retry = RetryConfig::standard().with_parameters(RetryParameters::Of2026);
    for (reply, longest) in
        [(Reply::busy as fn() -> Reply, [50, 100]), (|| Reply::code(400, "SlowDown"), [1000, 2000])]
    {
        fastrand::seed(7);
        let server = Server::start((0..60).map(|_| reply()));
        let mut sum = Duration::ZERO;
        for _ in 0..20 {
            let (client, observed) = observed(&server, |config| config.retry(retry));
            ping(&client).await;
            assert_within(&observed.delays(), &longest);
            sum += observed.delays().iter().sum::<Duration>();
        }
        // Around 10 times the sum of both.
        assert!(sum > ms(5 * (longest[0] + longest[1])), "{sum:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_may_ask_for_a_longer_delay_within_bounds() {
    let table = [
        ("3000", 3000..=3000),
        ("0", 0..=1000),
        ("60000", 5000..=6000),
        ("18446744073709551615", 5000..=6000),
        // None of these is a number of milliseconds.
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
        let first = Reply::new(503, &[("x-amz-retry-after", value)], "");
        let server = Server::start([first, Reply::ok("")]);
        let (client, observed) = observed(&server, |config| config);
        client.call(&PingRequest).await.expect("an answer");
        let delay = observed.delays()[0];
        let (least, most) = (ms(*expected.start()), ms(*expected.end()) + GRAIN);
        assert!((least..=most).contains(&delay), "{value:?}: {delay:?}");
    }
}

/// A client whose calls are attempted up to 1,000 times, without delays worth mentioning.
fn stubborn(server: &Server) -> (Client, Observed) {
    let retry = RetryConfig::standard().with_max_attempts(1000);
    observed(server, |config| config.retry(retry))
}

#[tokio::test(start_paused = true)]
async fn an_empty_bucket_ends_a_call_and_is_shared_by_clones() {
    let server = Server::start((0..104).map(|_| Reply::busy()));
    let (client, _) = stubborn(&server);
    let error = ping(&client).await;
    // The first one, and the 100 that 500 tokens pay for.
    assert_eq!(error.attempts(), 101);
    assert_eq!(
        error.to_string(),
        "Ping: a response with status 503 and no error code (status 503), 101 attempts, \
         not retried because too many calls failed recently"
    );
    let error = ping(&client.clone()).await;
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().ends_with(", not retried because too many calls failed recently"));
    // Another client has a bucket of its own.
    let (other, _) =
        observed(&server, |config| config.retry(RetryConfig::standard().with_max_attempts(2)));
    assert_eq!(ping(&other).await.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn connections_that_fail_cost_ten_tokens() {
    let server = Server::start((0..60).map(|_| Reply::raw("")));
    let error = ping(&stubborn(&server).0).await;
    assert_eq!(error.attempts(), 51);
}

#[tokio::test(start_paused = true)]
async fn successes_fill_the_bucket_again() {
    let drained = (0..101).map(|_| Reply::busy());
    let refilled = (0..5).map(|_| Reply::ok(""));
    let again = [Reply::busy(), Reply::ok(""), Reply::busy(), Reply::busy(), Reply::ok("")];
    let server = Server::start(drained.chain(refilled).chain(again));
    let (client, _) = stubborn(&server);
    assert_eq!(ping(&client).await.attempts(), 101);
    for _ in 0..5 {
        client.call(&PingRequest).await.expect("an answer");
    }
    // Five successes pay for one attempt, and its success gives the five back, for one more.
    client.call(&PingRequest).await.expect("an answer");
    assert_eq!(ping(&client).await.attempts(), 2);
}
