//! The future of a call.

use std::future::Future;

use crate::support::client;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PutImageRequest;

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
