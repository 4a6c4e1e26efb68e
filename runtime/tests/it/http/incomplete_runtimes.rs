//! Calls on tokio runtimes without timers or without I/O: errors that say what is missing, and no
//! panic.

use std::time::Duration;

use crate::support::config;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest};
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::wait::{Acceptor, Matcher, State, WaitError, Waiter};
use longshore_runtime::{
    BoxFuture, Client, ConfigBuilder, Error, Timeouts, Transport, TransportError,
};
use tokio::runtime::{Builder, Runtime};

const NO_TIMERS: &str =
    "the tokio runtime has no timers: call enable_all or enable_time on its builder";
const NO_IO: &str = "the tokio runtime has no I/O: call enable_all or enable_io on its builder";

/// Runtimes without timers, of both flavors.
fn without_timers() -> [Runtime; 2] {
    [Builder::new_current_thread(), Builder::new_multi_thread()]
        .map(|mut builder| builder.worker_threads(1).enable_io().build().expect("a runtime"))
}

fn error(runtime: &Runtime, config: ConfigBuilder) -> Error<PingError> {
    let client = Client::new(&config.build());
    runtime.block_on(client.call(&PingRequest)).expect_err("an error")
}

/// A transport that needs no runtime, and always returns this status.
#[derive(Debug)]
struct Always(u16);

impl Transport for Always {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let response = Response::builder().status(self.0).body(Bytes::new());
        Box::pin(std::future::ready(Ok(response.expect("a response"))))
    }
}

#[test]
fn the_default_transport_needs_timers_and_io() {
    let server = Server::start([CannedResponse::ok("")]);
    let only_timers = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let line = error(&only_timers, config(&server.url)).to_string();
    assert_eq!(
        line,
        format!(
            "Ping: the transport cannot be used: {NO_IO} (host {})",
            server.url.trim_start_matches("http://")
        )
    );
    for runtime in without_timers() {
        for url in [server.url.clone(), server.url.replace("http:", "https:")] {
            let error = error(&runtime, config(&url));
            assert!(error.to_string().contains(NO_TIMERS), "{error}");
            assert!(!error.is_retryable());
        }
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn timeouts_need_timers() {
    let second = Some(Duration::from_secs(1));
    for runtime in without_timers() {
        for limits in [Timeouts::none().operation(second), Timeouts::none().attempt(second)] {
            let config = config("http://a").transport(Always(200)).timeouts(limits);
            let line = error(&runtime, config).to_string();
            assert!(line.contains(&format!("a timeout is set, but {NO_TIMERS}")), "{line}");
        }
    }
}

#[test]
fn retry_delays_need_timers() {
    for runtime in without_timers() {
        let error = error(&runtime, config("http://a").transport(Always(503)));
        assert_eq!(error.attempts(), 1);
        let line = error.to_string();
        assert!(line.ends_with(&format!(", not retried because {NO_TIMERS}")), "{line}");
        let without_delays = longshore_runtime::RetryConfig::standard().delays(false);
        let config = config("http://a").transport(Always(503)).retry(without_delays);
        assert_eq!(self::error(&runtime, config).attempts(), 3);
    }
}

/// Throttles every request, and needs no runtime.
#[derive(Debug)]
struct Throttles;

impl Transport for Throttles {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let response = Response::builder().status(400).header("x-amzn-errortype", "SlowDown");
        let response = response.body(Bytes::new()).expect("a response");
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[test]
fn the_adaptive_retry_mode_needs_timers_after_throttling() {
    for runtime in without_timers() {
        let retry = longshore_runtime::RetryConfig::adaptive().max_attempts(1);
        let client = Client::new(&config("http://a").transport(Throttles).retry(retry).build());
        let error = || runtime.block_on(client.call(&PingRequest)).expect_err("an error");
        assert!(error().is_throttling());
        let expected = "Ping: the transport cannot be used: the adaptive retry mode has to delay the \
                        request, but ";
        assert_eq!(error().to_string(), format!("{expected}{NO_TIMERS} (host a)"));
        assert_eq!(error().attempts(), 0);
    }
}

#[test]
fn waiters_need_timers() {
    static NEVER: Waiter = Waiter::new("Never", &[Acceptor(State::Retry, Matcher::Success(true))]);
    for runtime in without_timers() {
        let client = Client::new(&config("http://a").transport(Always(200)).build());
        let waited = runtime.block_on(client.wait(&PingRequest, &NEVER, Duration::from_secs(9)));
        match waited {
            Err(WaitError::Call { error, .. }) => {
                assert_eq!(error.attempts(), 0);
                assert!(error.to_string().contains(NO_TIMERS), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn looking_up_the_region_and_credentials_needs_timers() {
    use longshore_runtime::{Config, Environment};
    let instance = ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1");
    for runtime in without_timers() {
        for (variables, start) in [
            (vec![instance], "Ping: no region: "),
            (vec![instance, ("AWS_REGION", "r-1")], "Ping: no credentials: "),
        ] {
            let environment: Environment = variables.into_iter().collect();
            let load = Config::builder().transport(Always(200)).load(&environment);
            let config = runtime.block_on(load).expect("a configuration").to_builder();
            let line = error(&runtime, config).to_string();
            assert!(line.starts_with(start) && line.contains(NO_TIMERS), "{line}");
        }
    }
}
