//! What holds for a call as a whole: what of its connections it notices, and what a program can do with
//! its future.

use std::future::Future;
use std::time::Duration;

use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest, PutImageRequest};
use crate::support::{client, config};
use longshore_runtime::{Client, Error, RetryConfig, RetryParameters};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/// What a second call ends with, whose connection the server closes when the request has come. Each
/// request that was sent is told by its connection and the number of its attempt.
async fn second(
    then: impl IntoIterator<Item = CannedResponse>,
) -> (Result<(), Error<PingError>>, Vec<(usize, String)>) {
    let first = [CannedResponse::stalled(OK), CannedResponse::raw("")];
    let server = Server::start(first.into_iter().chain(then));
    let retry = RetryConfig::standard().with_parameters(RetryParameters::Of2026);
    let client = Client::new(&config(&server.url).retry(retry).build());
    client.call(&PingRequest).await.expect("an answer");
    // The connection comes back to the pool, which a task of its own does.
    tokio::time::sleep(Duration::from_millis(100)).await;
    let result = client.call(&PingRequest).await;
    let sent = server.requests().into_iter();
    let sent = sent.map(|sent| (sent.connection, sent.header("amz-sdk-request").to_owned()));
    (result, sent.collect())
}

fn expected<const N: usize>(sent: [(usize, u32); N]) -> Vec<(usize, String)> {
    sent.map(|(connection, attempt)| (connection, format!("attempt={attempt}; max=3"))).into()
}

#[tokio::test]
async fn a_connection_that_had_been_closed_costs_no_attempt() {
    let (result, sent) = second([CannedResponse::ok("{}")]).await;
    result.expect("an answer");
    assert_eq!(sent, expected([(0, 1), (0, 1), (1, 1)]));
}

#[tokio::test]
async fn what_then_fails_as_well_costs_one() {
    let (result, sent) = second([CannedResponse::raw(""), CannedResponse::ok("{}")]).await;
    result.expect("an answer");
    assert_eq!(sent, expected([(0, 1), (0, 1), (1, 1), (2, 2)]));
    let (result, sent) =
        second([CannedResponse::raw(""), CannedResponse::raw(""), CannedResponse::raw("")]).await;
    assert_eq!(result.expect_err("no answer").attempts(), 3);
    assert_eq!(sent, expected([(0, 1), (0, 1), (1, 1), (2, 2), (3, 3)]));
}

#[tokio::test]
async fn a_call_can_be_a_task_and_is_small() {
    fn is_task<F: Future<Output: Send> + Send + 'static>(future: F) -> F {
        future
    }
    let server = Server::start([CannedResponse::ok("{}")]);
    let (client, request) = (client(&server.url), PutImageRequest::new("a", "b"));
    // It is part of the future of everybody who calls, however many layers there are.
    let size = size_of_val(&client.call(&request));
    assert!(size <= 768, "{size} bytes");
    let task = is_task(async move { client.call(&request).await.map(|answer| answer.size) });
    assert_eq!(tokio::spawn(task).await.expect("no panic").expect("an answer"), 0);
}
