//! The cache under a clock that the test turns.

use std::collections::VecDeque;
use std::future::Future;
use std::task::{Context, Poll, Waker};

use tokio::sync::Semaphore;

use super::*;

/// Answers from a script, each of them when the test allows it.
#[derive(Debug, Clone)]
struct Script(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    answers: Mutex<VecDeque<Result<Credentials, &'static str>>>,
    allowed: Semaphore,
    asked: Mutex<usize>,
}

/// A cache over a script, and what the test turns.
struct Bench {
    cache: CredentialsCache<Script>,
    script: Script,
    time: Arc<Mutex<SystemTime>>,
}

impl ProvideCredentials for Script {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            *self.0.asked.lock().expect("the count") += 1;
            self.0.allowed.acquire().await.expect("allowed").forget();
            let answer = self.0.answers.lock().expect("the answers").pop_front();
            answer.expect("an answer").map_err(CredentialsError::provider_error)
        })
    }
}

const START: SystemTime = SystemTime::UNIX_EPOCH;

/// Credentials that end so many seconds after the start.
fn until(seconds: u64) -> Result<Credentials, &'static str> {
    let expiry = START + Duration::from_secs(seconds);
    Ok(Credentials::new(format!("until-{seconds}"), "secret", None, Some(expiry), "test"))
}

fn bench<const N: usize>(answers: [Result<Credentials, &'static str>; N], allowed: usize) -> Bench {
    let script = Script(Arc::new(Inner {
        answers: Mutex::new(answers.into()),
        allowed: Semaphore::new(allowed),
        asked: Mutex::new(0),
    }));
    let time = Arc::new(Mutex::new(START));
    let shown = Arc::clone(&time);
    let clock = Arc::new(move || *shown.lock().expect("the time"));
    Bench { cache: CredentialsCache::with_clock(script.clone(), clock), script, time }
}

impl Bench {
    fn at(&self, seconds: u64) -> &Self {
        *self.time.lock().expect("the time") = START + Duration::from_secs(seconds);
        self
    }

    async fn key(&self) -> String {
        said(self.cache.provide_credentials().await)
    }

    fn asked(&self) -> usize {
        *self.script.0.asked.lock().expect("the count")
    }
}

/// The key, or the cause of the error.
fn said(result: Result<Credentials, CredentialsError>) -> String {
    match result {
        Ok(credentials) => credentials.access_key_id().to_owned(),
        Err(error) => std::error::Error::source(&error).expect("a cause").to_string(),
    }
}

fn poll<F: Future>(future: &mut std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test]
async fn without_an_end_they_are_asked_for_once() {
    let fixed = Credentials::new("fixed", "secret", None, None, "test");
    let bench = bench([Ok(fixed)], 1);
    for seconds in [0, 1, 100_000_000_000] {
        assert_eq!(bench.at(seconds).key().await, "fixed");
    }
    assert_eq!(bench.asked(), 1);
}

#[tokio::test]
async fn they_are_renewed_before_their_end() {
    let bench = bench([until(3600), until(7200), until(9000)], 3);
    assert_eq!(bench.key().await, "until-3600");
    // Five minutes, and up to one minute more at random.
    assert_eq!(bench.at(3600 - 361).key().await, "until-3600");
    assert_eq!(bench.at(3600 - 299).key().await, "until-7200");
    assert_eq!(bench.at(8000).key().await, "until-9000");
    assert_eq!(bench.asked(), 3);
}

#[tokio::test]
async fn short_lives_are_renewed_halfway_and_not_with_each_call() {
    let bench = bench([until(100), until(100), until(30), until(1000)], 4);
    for (seconds, expected) in
        [(0, "until-100"), (49, "until-100"), (50, "until-100"), (74, "until-100")]
    {
        assert_eq!(bench.at(seconds).key().await, expected, "{seconds}");
    }
    assert_eq!(bench.asked(), 2);
    // What comes expired is used for ten seconds, because the clock may be what is wrong.
    for seconds in [91, 92, 100] {
        assert_eq!(bench.at(seconds).key().await, "until-30", "{seconds}");
    }
    assert_eq!(bench.at(101).key().await, "until-1000");
    assert_eq!(bench.asked(), 4);
}

#[tokio::test]
async fn a_failure_to_renew_is_not_felt_while_they_are_valid() {
    let bench = bench([until(1000), Err("a"), Err("b"), Err("c"), until(2000)], 5);
    assert_eq!(bench.key().await, "until-1000");
    assert_eq!(bench.at(800).key().await, "until-1000");
    assert_eq!((bench.at(829).key().await, bench.asked()), ("until-1000".to_owned(), 2));
    assert_eq!((bench.at(830).key().await, bench.asked()), ("until-1000".to_owned(), 3));
    // In the last seconds too, but not beyond the end.
    assert_eq!((bench.at(995).key().await, bench.asked()), ("until-1000".to_owned(), 4));
    assert_eq!((bench.at(999).key().await, bench.asked()), ("until-1000".to_owned(), 4));
    assert_eq!(bench.at(1000).key().await, "until-2000");
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let bench = bench([Err("no"), until(1000)], 2);
    assert_eq!(bench.key().await, "no");
    assert_eq!(bench.key().await, "until-1000");
}

#[tokio::test]
async fn calls_that_wait_share_one_answer() {
    for (answer, expected) in [(until(1000), "until-1000"), (Err("no"), "no")] {
        let bench = bench([answer], 0);
        let calls: Vec<_> = (0..50).map(|_| bench.cache.provide_credentials()).collect();
        let mut calls: Vec<_> = calls.into_iter().map(Box::pin).collect();
        for call in &mut calls {
            assert!(poll(&mut call.as_mut()).is_pending());
        }
        // More than one, so that a second question would be seen and not wait.
        bench.script.0.allowed.add_permits(50);
        for call in calls {
            assert_eq!(said(call.await), expected);
        }
        assert_eq!(bench.asked(), 1);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_asks_stops_nobody() {
    let bench = bench([until(1000)], 0);
    let mut first = Box::pin(bench.cache.provide_credentials());
    let mut second = Box::pin(bench.cache.provide_credentials());
    assert!(poll(&mut first.as_mut()).is_pending());
    assert!(poll(&mut second.as_mut()).is_pending());
    drop(first);
    bench.script.0.allowed.add_permits(1);
    assert_eq!(said(second.await), "until-1000");
    assert_eq!(bench.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_stands_still_while_it_asks_stops_nobody_for_long() {
    let bench = bench([until(1000), until(2000)], 0);
    let mut calls: Vec<_> = (0..3).map(|_| Box::pin(bench.cache.provide_credentials())).collect();
    for call in &mut calls {
        assert!(poll(&mut call.as_mut()).is_pending());
    }
    bench.script.0.allowed.add_permits(3);
    let standing = calls.remove(0);
    let started = tokio::time::Instant::now();
    for call in calls {
        let waited = tokio::time::timeout(Duration::from_secs(3600), call).await;
        assert_eq!(said(waited.expect("an answer")), "until-1000");
    }
    assert_eq!(started.elapsed().as_secs(), 60);
    assert_eq!(bench.asked(), 2);
    // What comes so late is not kept.
    assert_eq!(said(standing.await), "until-2000");
    assert_eq!(bench.key().await, "until-1000");
}

#[tokio::test]
async fn nobody_waits_for_new_ones_while_the_old_are_good() {
    let bench = bench([until(1000), until(2000)], 1);
    assert_eq!(bench.key().await, "until-1000");
    bench.at(800);
    let mut renewing = Box::pin(bench.cache.provide_credentials());
    assert!(poll(&mut renewing.as_mut()).is_pending());
    match poll(&mut Box::pin(bench.cache.provide_credentials()).as_mut()) {
        Poll::Ready(result) => assert_eq!(said(result), "until-1000"),
        Poll::Pending => panic!("waits"),
    }
    // In their last seconds they are not used any more, so that calls wait.
    bench.at(990);
    let mut waiting = Box::pin(bench.cache.provide_credentials());
    assert!(poll(&mut waiting.as_mut()).is_pending());
    bench.script.0.allowed.add_permits(2);
    assert_eq!(said(renewing.await), "until-2000");
    assert_eq!(said(waiting.await), "until-2000");
    assert_eq!(bench.asked(), 2);
}

#[test]
fn a_repeated_error_says_the_same() {
    let cause = || std::io::Error::other("the file is gone");
    let table = [
        CredentialsError::not_loaded(cause()),
        CredentialsError::not_loaded_no_source(),
        CredentialsError::invalid_configuration(cause()),
        CredentialsError::provider_error(cause()),
        CredentialsError::unhandled(cause()),
        CredentialsError::provider_timed_out(Duration::from_secs(3)),
    ];
    for error in table {
        let (text, cause) = (error.to_string(), error.source_text());
        let again = repeated(&Arc::new(error));
        assert_eq!(again.to_string(), text);
        if let Some(cause) = cause {
            assert_eq!(again.source_text(), Some(cause));
        }
    }
}

trait SourceText {
    fn source_text(&self) -> Option<String>;
}

impl SourceText for CredentialsError {
    fn source_text(&self) -> Option<String> {
        std::error::Error::source(self).map(ToString::to_string)
    }
}
