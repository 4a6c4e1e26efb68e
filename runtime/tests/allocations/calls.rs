//! Limits the number of allocations of a call over an open connection.
//!
//! The limits are the current numbers. A change to this crate should not raise them; an update of
//! hyper may.

use std::future::ready;

use allocation_counter::measure;
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::intercept::{AttemptRequest, CallEnd, HookResult, Interceptor};
use longshore_runtime::{BoxFuture, Client, Operation, RequestBody, Transport, TransportError};

use super::server;
use super::service::{PutRequest, client, config, runtime};

/// The body, its shared handle, the two parts of a header map, and the operation header.
const ENCODING: u64 = 5;

/// Everything but HTTP: the encoding, six more header values, the list of signed headers, the
/// copy of the head for another attempt, and the futures of the call and of the transport.
const WITHOUT_HTTP: u64 = 19;

/// A whole call, with the decoded response.
const WITH_HTTP: u64 = 33;

/// A second attempt, including the error of the first, and the `Content-Length` header, which is
/// added after the headers of the endpoint, because the endpoint may change between attempts.
const RETRY: u64 = 22;

/// The maximum size of the future of a call, in bytes.
const MAX_FUTURE: usize = 1024;

/// The number of measured calls. Work that the connection task finishes after a call counts toward
/// the next one.
const CALLS: u64 = 20;

/// Returns the number of allocations per call, rounded up.
fn allocations(client: &Client, request: &PutRequest) -> u64 {
    let runtime = runtime();
    let call = || {
        runtime.block_on(client.call(request)).expect("a response");
    };
    // Warm-up: opens the connection, and fills caches and pools.
    (0..CALLS).for_each(|_| call());
    measure(|| (0..CALLS).for_each(|_| call())).count_total.div_ceil(CALLS)
}

/// Returns the number of allocations per call to a server that sends these responses in turn.
fn over_http(responses: Vec<Vec<u8>>, request: &PutRequest) -> u64 {
    allocations(&client(&server::start(responses)), request)
}

fn text(length: usize) -> PutRequest {
    PutRequest { text: Some("x".repeat(length)), blob: None }
}

fn ok() -> Vec<u8> {
    server::response(200, r#"{"Text":"a text"}"#)
}

#[test]
fn encoding_allocates_the_body_and_the_headers() {
    let request = text(10);
    let count = measure(|| drop(request.encode().expect("a request"))).count_total;
    assert!(count <= ENCODING, "{count} allocations");
}

/// Responds immediately, with one allocation for the future.
#[derive(Debug)]
struct Immediate;

impl Transport for Immediate {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        unreachable!("clients call `send_body`")
    }

    fn send_body(
        &self,
        _: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(ready(Ok(Response::new(Bytes::from_static(b"{}")))))
    }
}

#[test]
fn a_call_allocates_only_its_request_and_its_futures() {
    let client = Client::new(&config("http://test.example").transport(Immediate).build());
    let count = allocations(&client, &text(10));
    assert!(count <= WITHOUT_HTTP, "{count} allocations");
}

/// Reads the arguments of its hooks.
#[derive(Debug)]
struct Observer;

impl Interceptor for Observer {
    fn before_sending(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        assert!(attempt.headers().get("x-amz-target").is_some());
        Ok(())
    }

    fn call_ended(&self, end: &CallEnd<'_>) {
        assert_eq!(end.attempts(), 1);
    }
}

#[test]
fn an_interceptor_adds_no_allocation() {
    let config = config("http://test.example").transport(Immediate).interceptor(Observer);
    let count = allocations(&Client::new(&config.build()), &text(10));
    assert!(count <= WITHOUT_HTTP, "{count} allocations");
}

#[test]
fn a_call_over_http_has_few_allocations() {
    let count = over_http(vec![ok()], &text(10));
    assert!(count <= WITH_HTTP, "{count} allocations");
}

#[test]
fn another_attempt_has_fewer_allocations_than_a_call() {
    let one = over_http(vec![ok()], &text(10));
    let two = over_http(vec![server::response(503, ""), ok()], &text(10));
    assert!(two - one <= RETRY, "{} allocations", two - one);
}

#[test]
fn a_long_text_has_one_more_allocation() {
    let [short, long] = [10, 100_000].map(|length| over_http(vec![ok()], &text(length)));
    assert!(long <= short + 1, "{long} instead of {short} allocations");
}

#[test]
fn a_chunk_of_a_large_blob_has_two_allocations() {
    let blob = |chunks: usize| vec![7; chunks * 48 * 1024].into();
    let request = |chunks| PutRequest { text: None, blob: Some(blob(chunks)) };
    let [few, many] = [1, 11].map(|chunks| over_http(vec![ok()], &request(chunks)));
    // One allocation for the signature and one for sending.
    assert!(many - few <= 2 * 10, "{} allocations for ten chunks", many - few);
}

#[test]
fn the_future_of_a_call_is_small() {
    let (client, request) = (client("http://test.example"), text(10));
    let size = size_of_val(&client.call(&request));
    assert!(size <= MAX_FUTURE, "{size} bytes");
}
