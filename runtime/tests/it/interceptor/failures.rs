//! Hooks that return errors or panic.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::recorder::Recorder;
use crate::support::config;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use longshore_runtime::intercept::{
    AttemptEnd, AttemptRequest, CallEnd, CallInfo, HookResult, Interceptor,
};
use longshore_runtime::{Client, ErrorKind};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Hook {
    CallStarted,
    BeforeSigning,
    BeforeSending,
    AttemptEnded,
    CallEnded,
}

/// Fails in one hook, with an error or a panic.
#[derive(Debug)]
struct Fails {
    hook: Hook,
    panics: bool,
    enabled: Arc<AtomicBool>,
}

impl Fails {
    fn run(&self, hook: Hook) -> HookResult {
        if hook != self.hook || !self.enabled.load(Ordering::Relaxed) {
            return Ok(());
        }
        assert!(!self.panics, "a bug in the interceptor");
        Err("no budget left".into())
    }
}

impl Interceptor for Fails {
    fn call_started(&self, _: &CallInfo<'_>) -> HookResult {
        self.run(Hook::CallStarted)
    }

    fn before_signing(&self, _: &mut AttemptRequest<'_>) -> HookResult {
        self.run(Hook::BeforeSigning)
    }

    fn before_sending(&self, _: &mut AttemptRequest<'_>) -> HookResult {
        self.run(Hook::BeforeSending)
    }

    fn attempt_ended(&self, _: &AttemptEnd<'_>) {
        drop(self.run(Hook::AttemptEnded));
    }

    fn call_ended(&self, _: &CallEnd<'_>) {
        drop(self.run(Hook::CallEnded));
    }
}

/// A client with a recorder before and after the interceptor that fails in `hook`.
fn client(
    server: &Server,
    recorder: &Recorder,
    hook: Hook,
    panics: bool,
) -> (Client, Arc<AtomicBool>) {
    let enabled = Arc::new(AtomicBool::new(true));
    let fails = Fails { hook, panics, enabled: Arc::clone(&enabled) };
    let config = config(&server.url).interceptor(recorder.with_name("first")).interceptor(fails);
    (Client::new(&config.interceptor(recorder.with_name("last")).build()), enabled)
}

#[tokio::test]
async fn an_error_ends_the_call_before_the_attempt_is_sent() {
    let start = ["first call_started Ping", "last call_started Ping"];
    let signing = ["first before_signing 1", "last before_signing 1"];
    let ends = ["first call_ended 0 Interceptor", "last call_ended 0 Interceptor"];
    let table = [
        (Hook::CallStarted, "call_started", [&start[..1], &ends[..1]].concat()),
        (Hook::BeforeSigning, "before_signing", [&start[..], &signing[..1], &ends].concat()),
        (
            Hook::BeforeSending,
            "before_sending",
            [&start[..], &signing, &["first before_sending 1"], &ends].concat(),
        ),
    ];
    for (hook, name, expected) in table {
        let server = Server::start([CannedResponse::ok("{}")]);
        let recorder = Recorder::new("");
        let (client, enabled) = client(&server, &recorder, hook, false);
        let error = client.call(&PingRequest).await.expect_err("an error");
        let text = format!("Ping: the interceptor hook {name} failed: no budget left");
        assert_eq!(error.to_string(), text);
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interceptor, 0));
        assert_eq!(error.cause().map(ToString::to_string).as_deref(), Some("no budget left"));
        assert!(!error.is_retryable());
        assert!(server.requests().is_empty());
        assert_eq!(recorder.lines(), expected);
        enabled.store(false, Ordering::Relaxed);
        client.call(&PingRequest).await.expect("a response");
    }
}

#[tokio::test]
async fn a_panic_propagates_and_no_other_hook_is_called() {
    let all = [
        "call_started Ping",
        "before_signing 1",
        "before_sending 1",
        "attempt_ended 1 200",
        "call_ended 1",
    ];
    let hooks = [
        Hook::CallStarted,
        Hook::BeforeSigning,
        Hook::BeforeSending,
        Hook::AttemptEnded,
        Hook::CallEnded,
    ];
    for (index, hook) in hooks.into_iter().enumerate() {
        let server = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
        let recorder = Recorder::new("");
        let (client, enabled) = client(&server, &recorder, hook, true);
        let call = tokio::spawn({
            let client = client.clone();
            async move { client.call(&PingRequest).await.map_err(|error| error.to_string()) }
        });
        assert!(call.await.expect_err("a panic").is_panic());
        let sent = usize::from(index > 2);
        assert_eq!(server.requests().len(), sent, "{hook:?}");
        let before = all[..index].iter().flat_map(|line| [("first", line), ("last", line)]);
        let expected = before.chain([("first", &all[index])]);
        let expected: Vec<_> = expected.map(|(name, line)| format!("{name} {line}")).collect();
        assert_eq!(recorder.lines(), expected, "{hook:?}");
        // The client can still be used.
        enabled.store(false, Ordering::Relaxed);
        client.call(&PingRequest).await.expect("a response");
        assert_eq!(server.requests().len(), sent + 1);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_panic_in_a_blocking_call_reaches_the_caller() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let recorder = Recorder::new("");
    let (client, enabled) = client(&server, &recorder, Hook::BeforeSigning, true);
    let call = || longshore_runtime::blocking::Client::from(client.clone()).call(&PingRequest);
    assert!(std::panic::catch_unwind(AssertUnwindSafe(call)).is_err());
    enabled.store(false, Ordering::Relaxed);
    call().expect("a response");
    assert_eq!(server.requests().len(), 1);
}
