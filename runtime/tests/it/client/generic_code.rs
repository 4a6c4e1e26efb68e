//! Code that is generic over operations, and custom transports.

use std::sync::{Arc, Mutex};

use crate::support::config;
use crate::support::service::{PingRequest, PutImageRequest, PutImageResponse};
use longshore_runtime::{BoxFuture, Client, Error, Operation, Transport, TransportError};

/// A wrapper around a call that logs the request and the result.
async fn call_and_log<O: Operation>(
    client: &Client,
    request: &O,
    log: &mut Vec<String>,
) -> Result<O::Output, Error<O::Error>> {
    log.push(format!("{} {request:?}", O::NAME));
    let text = serde_json::to_string(request).expect("written");
    let copy: O = serde_json::from_str(&text).expect("read");
    log.push(text);
    let (client, request) = (client.clone(), [request.clone(), copy]);
    let task = tokio::spawn(async move { client.call(&request[1]).await });
    let result = task.await.expect("no panic");
    match &result {
        Ok(output) => log.push(format!("{output:?}")),
        Err(error) => log.push(format!("{error} {error:?}")),
    }
    result
}

/// Responds with a size and records the targets of requests.
#[derive(Debug, Default)]
struct Mock(Mutex<Vec<String>>);

impl Transport for Mock {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let target = request.headers()["x-amz-target"].to_str().expect("text").to_owned();
        self.0.lock().expect("the list").push(target);
        let response = http::Response::new(bytes::Bytes::from_static(b"{\"size\":7}"));
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn generic_code_can_print_clone_serialize_and_spawn_any_operation() {
    let mock = Arc::new(Mock::default());
    let config = config("http://localhost").transport(Arc::clone(&mock)).build();
    let (client, mut log) = (Client::new(&config), Vec::new());
    let request = PutImageRequest::new("a", "b");
    let response = call_and_log(&client, &request, &mut log).await.expect("a response");
    assert_eq!(response, PutImageResponse { size: 7, ..Default::default() });
    let () = call_and_log(&client, &PingRequest, &mut log).await.expect("a response");
    assert_eq!(log[1], r#"{"repositoryName":"a","imageManifest":"b"}"#);
    assert_eq!(log[3..], ["Ping PingRequest", "{}", "()"]);
    let targets = mock.0.lock().expect("the list");
    assert_eq!(*targets, ["TestRegistry_V20150921.PutImage", "TestRegistry_V20150921.Ping"]);
}

#[tokio::test]
async fn a_transport_can_be_shared_and_boxed() {
    let mock = Arc::new(Mock::default());
    let shared: Arc<dyn Transport> = mock.clone();
    let boxed: Box<dyn Transport> = Box::new(shared);
    let config = config("http://localhost").transport(boxed).build();
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_eq!(mock.0.lock().expect("the list").len(), 1);
}
