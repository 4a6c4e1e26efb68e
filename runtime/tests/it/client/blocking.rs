//! Clients for programs without an async runtime, over real connections.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::support::config;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingRequest, PutImageError, PutImageRequest};
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::blocking::Client;
use longshore_runtime::{
    BoxFuture, Config, Environment, ErrorKind, Transport, TransportError, TransportErrorKind,
};

fn client(server: &Server) -> Client {
    Client::new(&config(&server.url).build())
}

#[test]
fn a_call_returns_when_the_answer_is_there() {
    let server = Server::start([
        CannedResponse::ok(r#"{"digest": "sha256:1"}"#),
        CannedResponse::new(
            400,
            &[],
            r#"{"__type": "ImageAlreadyExistsException", "message": "no"}"#,
        ),
    ]);
    let client = client(&server);
    let request = PutImageRequest::new("team/app", "{}");
    assert_eq!(client.call(&request).expect("an answer").digest.as_deref(), Some("sha256:1"));
    let error = client.call(&request).expect_err("an exception");
    assert!(matches!(error.service(), Some(PutImageError::ImageAlreadyExistsException(_))));
    assert_eq!(server.requests()[0].header("x-amz-target"), "TestRegistry_V20150921.PutImage");
}

#[test]
fn a_connection_is_kept_for_the_next_call_of_any_thread() {
    let server = Server::start((0..8).map(|_| CannedResponse::ok("{}")));
    let client = client(&server);
    for _ in 0..8 {
        let client = client.clone();
        let call = move || client.call(&PingRequest).expect("an answer");
        thread::spawn(call).join().expect("no panic");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 8);
    assert!(requests.iter().all(|request| request.connection == 0), "one connection");
}

/// Answers when as many calls are waiting as there is place for.
#[derive(Debug)]
struct Together(tokio::sync::Barrier);

impl Transport for Together {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async {
            let all = tokio::time::timeout(Duration::from_secs(20), self.0.wait()).await;
            let alone = |error| TransportError::new(TransportErrorKind::Timeout, error);
            all.map(|_| Response::new(Bytes::from_static(b"{}"))).map_err(alone)
        })
    }
}

#[test]
fn calls_of_several_threads_are_made_at_once() {
    const THREADS: usize = 8;
    let transport = Arc::new(Together(tokio::sync::Barrier::new(THREADS)));
    let client = Client::new(&config("http://localhost").transport(transport).build());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| client.call(&PingRequest).expect("an answer"));
        }
    });
}

#[test]
fn inside_an_async_runtime_it_blocks_and_does_not_panic() {
    let server = Server::start((0..40).map(|_| CannedResponse::ok("{}")));
    let client = client(&server);
    let single = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    // This runtime has no drivers at all: those of the background are used.
    single.block_on(async { client.call(&PingRequest).expect("an answer") });
    let several = tokio::runtime::Runtime::new().expect("a runtime");
    several.block_on(async {
        let calls = (0..8).map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                for _ in 0..4 {
                    client.call(&PingRequest).expect("an answer");
                }
            })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.expect("no panic");
        }
    });
    assert_eq!(server.requests().len(), 33);
}

#[test]
fn errors_are_those_of_the_async_client() {
    let no_region = Client::new(&Config::builder().build());
    let error = no_region.call(&PingRequest).expect_err("no region");
    assert_eq!(error.kind(), ErrorKind::Config);
    let unreachable = Client::new(&config("http://127.0.0.1:1").build());
    let error = unreachable.call(&PingRequest).expect_err("nobody there");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn a_configuration_can_be_loaded_without_a_runtime() {
    let environment: Environment = [("AWS_REGION", "eu-west-1")].into_iter().collect();
    let config = Config::builder().load_blocking(&environment).expect("a configuration");
    assert_eq!(config.region(), Some("eu-west-1"));
}
