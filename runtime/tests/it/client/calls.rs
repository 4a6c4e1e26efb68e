//! Calls as a whole: stale connections, and the future of a call.

use std::future::Future;

use crate::support::idle::wait_until_idle;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest, PutImageRequest};
use crate::support::{client, config};
use longshore_runtime::{Client, Error, RetryConfig, RetryParameters};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/// The result of a call whose connection the server closes when it receives the request, and the
/// connection and `amz-sdk-request` header of each request that was sent.
async fn call_on_stale_connection(
    then: impl IntoIterator<Item = CannedResponse>,
) -> (Result<(), Error<PingError>>, Vec<(usize, String)>) {
    let first = [CannedResponse::stalled(OK), CannedResponse::raw("")];
    let server = Server::start(first.into_iter().chain(then));
    let retry = RetryConfig::standard().parameters(RetryParameters::Of2026);
    let client = Client::new(&config(&server.url).retry(retry).build());
    client.call(&PingRequest).await.expect("a response");
    wait_until_idle().await;
    let result = client.call(&PingRequest).await;
    let sent = server.requests().into_iter();
    let sent = sent.map(|sent| (sent.connection, sent.header("amz-sdk-request").to_owned()));
    (result, sent.collect())
}

fn expected<const N: usize>(sent: [(usize, u32); N]) -> Vec<(usize, String)> {
    sent.map(|(connection, attempt)| (connection, format!("attempt={attempt}; max=3"))).into()
}

#[tokio::test]
async fn a_stale_connection_does_not_cost_an_attempt() {
    let (result, sent) = call_on_stale_connection([CannedResponse::ok("{}")]).await;
    result.expect("a response");
    assert_eq!(sent, expected([(0, 1), (0, 1), (1, 1)]));
}

#[tokio::test]
async fn a_failure_after_a_stale_connection_costs_an_attempt() {
    let (result, sent) =
        call_on_stale_connection([CannedResponse::raw(""), CannedResponse::ok("{}")]).await;
    result.expect("a response");
    assert_eq!(sent, expected([(0, 1), (0, 1), (1, 1), (2, 2)]));
    let (result, sent) = call_on_stale_connection([
        CannedResponse::raw(""),
        CannedResponse::raw(""),
        CannedResponse::raw(""),
    ])
    .await;
    assert_eq!(result.expect_err("no response").attempts(), 3);
    assert_eq!(sent, expected([(0, 1), (0, 1), (1, 1), (2, 2), (3, 3)]));
}

#[tokio::test]
async fn the_future_of_a_call_is_small_and_can_be_spawned() {
    fn is_task<F: Future<Output: Send> + Send + 'static>(future: F) -> F {
        future
    }
    let server = Server::start([CannedResponse::ok("{}")]);
    let (client, request) = (client(&server.url), PutImageRequest::new("a", "b"));
    // The futures of all callers contain this future, so its size matters.
    let size = size_of_val(&client.call(&request));
    assert!(size <= 768, "{size} bytes");
    let task = is_task(async move { client.call(&request).await.map(|response| response.size) });
    assert_eq!(tokio::spawn(task).await.expect("no panic").expect("a response"), 0);
}
