//! Tests the cache with a clock that each test sets.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::sync::Semaphore;

use super::*;

/// A provider with scripted results, each of which the test releases.
#[derive(Debug, Clone)]
struct Script(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    results: Mutex<VecDeque<Result<Credentials, &'static str>>>,
    released: Semaphore,
    requests: Mutex<usize>,
}

/// A cache with a scripted provider and a clock.
struct Fixture {
    cache: CredentialsCache,
    script: Script,
    time: Arc<Mutex<SystemTime>>,
}

impl ProvideCredentials for Script {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async {
            *self.0.requests.lock().expect("the count") += 1;
            self.0.released.acquire().await.expect("released").forget();
            let result = self.0.results.lock().expect("the results").pop_front();
            result.expect("a result").map_err(CredentialsError::failed)
        })
    }
}

const START: SystemTime = SystemTime::UNIX_EPOCH;

/// Credentials that expire `seconds` after the start.
fn until(seconds: u64) -> Result<Credentials, &'static str> {
    let expiry = START + Duration::from_secs(seconds);
    Ok(Credentials::new(format!("until-{seconds}"), "secret", None, Some(expiry), "test"))
}

fn fixture<const N: usize>(
    results: [Result<Credentials, &'static str>; N],
    released: usize,
) -> Fixture {
    let script = Script(Arc::new(Inner {
        results: Mutex::new(results.into()),
        released: Semaphore::new(released),
        requests: Mutex::new(0),
    }));
    let time = Arc::new(Mutex::new(START));
    let clock_time = Arc::clone(&time);
    let clock = Clock::new(move || *clock_time.lock().expect("the time"));
    Fixture { cache: CredentialsCache::with_clock(script.clone(), clock), script, time }
}

impl Fixture {
    fn at(&self, seconds: u64) -> &Self {
        *self.time.lock().expect("the time") = START + Duration::from_secs(seconds);
        self
    }

    async fn key(&self) -> String {
        key_or_cause(self.cache.provide_credentials().await)
    }

    fn requests(&self) -> usize {
        *self.script.0.requests.lock().expect("the count")
    }
}

/// The access key ID, or the text of the error.
fn key_or_cause(result: Result<Credentials, CredentialsError>) -> String {
    match result {
        Ok(credentials) => credentials.access_key_id().to_owned(),
        Err(error) => error.to_string(),
    }
}

fn poll<F: Future>(future: &mut std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn credentials_without_an_expiration_are_requested_once() {
    let fixed = Credentials::new("fixed", "secret", None, None, "test");
    let fixture = fixture([Ok(fixed)], 1);
    for seconds in [0, 1, 100_000_000_000] {
        assert_eq!(fixture.at(seconds).key().await, "fixed");
    }
    assert_eq!(fixture.requests(), 1);
}

#[tokio::test]
async fn credentials_are_refreshed_before_they_expire() {
    let fixture = fixture([until(3600), until(7200), until(9000)], 3);
    assert_eq!(fixture.key().await, "until-3600");
    // Five minutes, and up to one minute more at random.
    assert_eq!(fixture.at(3600 - 361).key().await, "until-3600");
    assert_eq!(fixture.at(3600 - 299).key().await, "until-7200");
    assert_eq!(fixture.at(8000).key().await, "until-9000");
    assert_eq!(fixture.requests(), 3);
}

#[tokio::test]
async fn short_lived_credentials_are_refreshed_halfway_and_not_by_every_call() {
    let fixture = fixture([until(100), until(100), until(30), until(1000)], 4);
    for (seconds, expected) in
        [(0, "until-100"), (49, "until-100"), (50, "until-100"), (74, "until-100")]
    {
        assert_eq!(fixture.at(seconds).key().await, expected, "{seconds}");
    }
    assert_eq!(fixture.requests(), 2);
    // Credentials that are already expired are used for ten seconds, because the clock may be
    // wrong.
    for seconds in [91, 92, 100] {
        assert_eq!(fixture.at(seconds).key().await, "until-30", "{seconds}");
    }
    assert_eq!(fixture.at(101).key().await, "until-1000");
    assert_eq!(fixture.requests(), 4);
}

#[tokio::test]
async fn a_failed_refresh_is_hidden_while_the_credentials_are_valid() {
    let fixture = fixture([until(1000), Err("a"), Err("b"), Err("c"), until(2000)], 5);
    assert_eq!(fixture.key().await, "until-1000");
    assert_eq!(fixture.at(800).key().await, "until-1000");
    assert_eq!((fixture.at(829).key().await, fixture.requests()), ("until-1000".to_owned(), 2));
    assert_eq!((fixture.at(830).key().await, fixture.requests()), ("until-1000".to_owned(), 3));
    // This also holds in the last seconds, but not after the expiration.
    assert_eq!((fixture.at(995).key().await, fixture.requests()), ("until-1000".to_owned(), 4));
    assert_eq!((fixture.at(999).key().await, fixture.requests()), ("until-1000".to_owned(), 4));
    assert_eq!(fixture.at(1000).key().await, "until-2000");
}

#[tokio::test]
async fn credentials_are_not_used_after_their_expiration() {
    let fixture = fixture([until(5), until(1000), Err("no")], 3);
    assert_eq!(fixture.key().await, "until-5");
    assert_eq!(fixture.at(4).key().await, "until-5");
    assert_eq!(fixture.at(5).key().await, "until-1000");
    assert_eq!(fixture.at(1000).key().await, "no");
    assert_eq!(fixture.requests(), 3);
}

#[tokio::test]
async fn a_failure_is_not_cached() {
    let fixture = fixture([Err("no"), until(1000)], 2);
    assert_eq!(fixture.key().await, "no");
    assert_eq!(fixture.key().await, "until-1000");
}

#[tokio::test]
async fn waiting_calls_share_one_result() {
    for (result, expected) in [(until(1000), "until-1000"), (Err("no"), "no")] {
        let fixture = fixture([result], 0);
        let calls: Vec<_> = (0..50).map(|_| fixture.cache.provide_credentials()).collect();
        let mut calls: Vec<_> = calls.into_iter().map(Box::pin).collect();
        for call in &mut calls {
            assert!(poll(&mut call.as_mut()).is_pending());
        }
        // More permits than needed, so that a second request would be counted instead of blocking.
        fixture.script.0.released.add_permits(50);
        for call in calls {
            assert_eq!(key_or_cause(call.await), expected);
        }
        assert_eq!(fixture.requests(), 1);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_during_a_refresh_does_not_block_others() {
    let fixture = fixture([until(1000)], 0);
    let mut first = Box::pin(fixture.cache.provide_credentials());
    let mut second = Box::pin(fixture.cache.provide_credentials());
    assert!(poll(&mut first.as_mut()).is_pending());
    assert!(poll(&mut second.as_mut()).is_pending());
    drop(first);
    fixture.script.0.released.add_permits(1);
    assert_eq!(key_or_cause(second.await), "until-1000");
    assert_eq!(fixture.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_stuck_during_a_refresh_does_not_block_others_for_long() {
    let fixture = fixture([until(1000), until(2000)], 0);
    let mut calls: Vec<_> = (0..3).map(|_| Box::pin(fixture.cache.provide_credentials())).collect();
    for call in &mut calls {
        assert!(poll(&mut call.as_mut()).is_pending());
    }
    fixture.script.0.released.add_permits(3);
    let stuck = calls.remove(0);
    let started = tokio::time::Instant::now();
    for call in calls {
        let waited = tokio::time::timeout(Duration::from_secs(3600), call).await;
        assert_eq!(key_or_cause(waited.expect("a result")), "until-1000");
    }
    assert_eq!(started.elapsed().as_secs(), 60);
    assert_eq!(fixture.requests(), 2);
    // A result that arrives so late is not cached.
    assert_eq!(key_or_cause(stuck.await), "until-2000");
    assert_eq!(fixture.key().await, "until-1000");
}

#[tokio::test]
async fn calls_do_not_wait_for_a_refresh_while_the_credentials_are_valid() {
    let fixture = fixture([until(1000), until(2000)], 1);
    assert_eq!(fixture.key().await, "until-1000");
    fixture.at(800);
    let mut refreshing = Box::pin(fixture.cache.provide_credentials());
    assert!(poll(&mut refreshing.as_mut()).is_pending());
    match poll(&mut Box::pin(fixture.cache.provide_credentials()).as_mut()) {
        Poll::Ready(result) => assert_eq!(key_or_cause(result), "until-1000"),
        Poll::Pending => panic!("waits"),
    }
    // In the last seconds the cached credentials are no longer used, so calls wait.
    fixture.at(990);
    let mut waiting = Box::pin(fixture.cache.provide_credentials());
    assert!(poll(&mut waiting.as_mut()).is_pending());
    fixture.script.0.released.add_permits(2);
    assert_eq!(key_or_cause(refreshing.await), "until-2000");
    assert_eq!(key_or_cause(waiting.await), "until-2000");
    assert_eq!(fixture.requests(), 2);
}
