//! The connections of concurrent requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::idle::wait_until_idle;
use bytes::Bytes;
use http::Request;
use longshore_runtime::{HttpTransport, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const REQUESTS: usize = 200;

#[tokio::test]
async fn many_concurrent_requests_reuse_their_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let accepted = Arc::new(AtomicUsize::new(0));
    tokio::spawn(accept(listener, Arc::clone(&accepted)));
    let transport = Arc::new(HttpTransport::new());
    for _ in 0..3 {
        let mut requests = JoinSet::new();
        for _ in 0..REQUESTS {
            let request = Request::post(&url).body(Bytes::new()).expect("a request");
            let transport = Arc::clone(&transport);
            requests.spawn(async move { transport.send(request).await });
        }
        for response in requests.join_all().await {
            assert_eq!(response.expect("a response").body(), "{}");
        }
        wait_until_idle().await;
    }
    assert_eq!(accepted.load(Ordering::Relaxed), REQUESTS);
}

/// Counts and serves connections. A response is sent when all requests have been received.
async fn accept(listener: TcpListener, accepted: Arc<AtomicUsize>) {
    let all = Arc::new(Barrier::new(REQUESTS));
    while let Ok((stream, _)) = listener.accept().await {
        accepted.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(serve(stream, Arc::clone(&all)));
    }
}

async fn serve(mut stream: TcpStream, all: Arc<Barrier>) {
    let mut received = Vec::new();
    while stream.read_buf(&mut received).await.is_ok_and(|length| length > 0) {
        if received.ends_with(b"\r\n\r\n") {
            received.clear();
            all.wait().await;
            let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(response).await.expect("an open connection");
        }
    }
}
