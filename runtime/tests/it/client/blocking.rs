//! Blocking clients.

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
    BoxFuture, Config, Environment, ErrorKind, RetryConfig, Transport, TransportError,
    TransportErrorKind,
};

fn client(server: &Server) -> Client {
    Client::new(&config(&server.url).build())
}

#[test]
fn a_call_blocks_until_the_response_is_complete() {
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
    assert_eq!(client.call(&request).expect("a response").digest.as_deref(), Some("sha256:1"));
    let error = client.call(&request).expect_err("an exception");
    assert!(matches!(error.service(), Some(PutImageError::ImageAlreadyExistsException(_))));
    assert_eq!(server.requests()[0].header("x-amz-target"), "TestRegistry_V20150921.PutImage");
}

#[test]
fn a_connection_is_reused_by_calls_from_other_threads() {
    let server = Server::start((0..8).map(|_| CannedResponse::ok("{}")));
    let client = client(&server);
    for _ in 0..8 {
        let client = client.clone();
        let call = move || client.call(&PingRequest).expect("a response");
        thread::spawn(call).join().expect("no panic");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 8);
    assert!(requests.iter().all(|request| request.connection == 0), "one connection");
}

/// A transport that responds once all expected calls are waiting.
#[derive(Debug)]
struct BarrierTransport(tokio::sync::Barrier);

impl Transport for BarrierTransport {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async {
            let all = tokio::time::timeout(Duration::from_secs(20), self.0.wait()).await;
            let alone = |error| TransportError::new(TransportErrorKind::Timeout, error);
            all.map(|_| Response::new(Bytes::from_static(b"{}"))).map_err(alone)
        })
    }
}

#[test]
fn calls_from_several_threads_run_concurrently() {
    const THREADS: usize = 8;
    let transport = Arc::new(BarrierTransport(tokio::sync::Barrier::new(THREADS)));
    let client = Client::new(&config("http://localhost").transport(transport).build());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| client.call(&PingRequest).expect("a response"));
        }
    });
}

#[test]
fn a_call_inside_an_async_runtime_blocks_without_a_panic() {
    let server = Server::start((0..40).map(|_| CannedResponse::ok("{}")));
    let client = client(&server);
    let single = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    // This runtime has no drivers, so the call uses those of the background runtime.
    single.block_on(async { client.call(&PingRequest).expect("a response") });
    let several = tokio::runtime::Runtime::new().expect("a runtime");
    several.block_on(async {
        let calls = (0..8).map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                for _ in 0..4 {
                    client.call(&PingRequest).expect("a response");
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
fn errors_are_the_same_as_those_of_the_async_client() {
    let no_region = Client::new(&Config::builder().build());
    let error = no_region.call(&PingRequest).expect_err("no region");
    assert_eq!(error.kind(), ErrorKind::Config);
    let config = config("http://127.0.0.1:1").retry(RetryConfig::disabled());
    let unreachable = Client::new(&config.build());
    let error = unreachable.call(&PingRequest).expect_err("a refused connection");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[test]
fn a_configuration_can_be_loaded_without_a_runtime() {
    let environment: Environment = [("AWS_REGION", "eu-west-1")].into_iter().collect();
    let config = Config::builder().load_blocking(&environment).expect("a configuration");
    assert_eq!(config.region(), Some("eu-west-1"));
}
