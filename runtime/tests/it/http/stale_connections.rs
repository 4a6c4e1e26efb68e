//! Idle connections that the server closes.

use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use crate::support::certificate_authority::CertificateAuthority;
use crate::support::idle::wait_until_idle;
use crate::support::layered_server::LayeredServer;
use crate::support::server::{CannedResponse, Server, read_request};
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{HttpTransport, Transport, TransportError, TransportErrorKind};
use tokio::runtime::{Builder, Runtime};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/// Runs a test on both kinds of runtime. With a single thread, connections are not polled between two
/// requests.
fn on_each_runtime(test: impl Fn(&Runtime)) {
    test(&Builder::new_current_thread().enable_all().build().expect("a runtime"));
    let mut threads = Builder::new_multi_thread();
    test(&threads.worker_threads(2).enable_all().build().expect("a runtime"));
}

async fn send(
    transport: &HttpTransport,
    url: &str,
    body: &Bytes,
) -> Result<Response<Bytes>, TransportError> {
    let request = Request::post(format!("{url}/")).body(body.clone()).expect("a request");
    transport.send(request).await
}

fn connections(server: &Server) -> Vec<usize> {
    server.requests().iter().map(|request| request.connection).collect()
}

#[test]
fn a_request_on_a_closed_connection_is_resent_on_a_new_one() {
    on_each_runtime(|runtime| {
        // The second request gets no response: the connection is closed after it was sent.
        let ok = || CannedResponse::stalled(OK);
        let server = Server::start([ok(), CannedResponse::raw(""), ok()]);
        let transport = HttpTransport::new();
        let body = Bytes::from_static(b"{\"a\":1}");
        runtime.block_on(async {
            for _ in 0..2 {
                let response = send(&transport, &server.url, &body).await.expect("a response");
                assert_eq!(response.body(), "{}");
                // Internal extensions have been removed.
                assert!(response.extensions().is_empty());
                wait_until_idle().await;
            }
        });
        assert_eq!(connections(&server), [0, 0, 1]);
        assert!(server.requests().iter().all(|request| request.body == body));
        assert_eq!(server.requests()[1].headers, server.requests()[2].headers);
    });
}

#[test]
fn a_request_is_resent_only_once() {
    on_each_runtime(|runtime| {
        let server = Server::start([
            CannedResponse::ok("{}"),
            CannedResponse::raw(""),
            CannedResponse::raw(""),
        ]);
        let transport = HttpTransport::new();
        let error = runtime.block_on(async {
            send(&transport, &server.url, &Bytes::new()).await.expect("a response");
            wait_until_idle().await;
            send(&transport, &server.url, &Bytes::new()).await.expect_err("no response")
        });
        assert_eq!(error.kind(), TransportErrorKind::Exchange);
        assert_eq!(connections(&server), [0, 0, 1]);
    });
}

#[test]
fn a_request_is_not_resent_after_a_new_connection_or_a_partial_response() {
    on_each_runtime(|runtime| {
        let new = Server::start([CannedResponse::raw("")]);
        let begun = Server::start([CannedResponse::ok("{}"), CannedResponse::raw("HTTP/1.1 2")]);
        let broken =
            Server::start([CannedResponse::ok("{}"), CannedResponse::raw(&OK[..OK.len() - 1])]);
        let transport = HttpTransport::new();
        runtime.block_on(async {
            let error = send(&transport, &new.url, &Bytes::new()).await.expect_err("no response");
            assert_eq!(error.kind(), TransportErrorKind::Exchange);
            for (server, kind) in
                [(&begun, TransportErrorKind::Exchange), (&broken, TransportErrorKind::Body)]
            {
                send(&transport, &server.url, &Bytes::new()).await.expect("a response");
                wait_until_idle().await;
                let error = send(&transport, &server.url, &Bytes::new()).await;
                assert_eq!(error.expect_err("half a response").kind(), kind);
            }
        });
        assert_eq!(connections(&new), [0]);
        assert_eq!(connections(&begun), [0, 0]);
        assert_eq!(connections(&broken), [0, 0]);
    });
}

#[test]
fn a_server_that_closes_after_each_response_receives_each_request_once() {
    const CALLS: usize = 20;
    on_each_runtime(|runtime| {
        let server = Server::start((0..CALLS).map(|_| CannedResponse::raw(OK)));
        let transport = HttpTransport::new();
        for _ in 0..CALLS {
            let response = runtime.block_on(send(&transport, &server.url, &Bytes::new()));
            assert_eq!(response.expect("a response").body(), "{}");
        }
        let mut seen = connections(&server);
        seen.dedup();
        assert_eq!(seen.len(), CALLS);
    });
}

/// A server that responds to one request per connection, to the first `together` of them at the
/// same time, and resets the connection when the next request arrives.
fn start_resetting_server(together: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let opened = Arc::new(AtomicUsize::new(0));
    let (count, barrier) = (Arc::clone(&opened), Arc::new(Barrier::new(together)));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let barrier = Arc::clone(&barrier);
            thread::spawn(move || {
                let stream = stream.expect("a connection");
                if read_request(&mut BufReader::new(&stream), number).is_none() {
                    return;
                }
                if number < together {
                    barrier.wait();
                }
                (&stream).write_all(OK.as_bytes()).expect("the response is written");
                reset(stream);
            });
        }
    });
    (url, opened)
}

/// Closing a socket with unread data resets the connection.
fn reset(stream: TcpStream) {
    let _ = stream.peek(&mut [0]);
    drop(stream);
}

#[test]
fn a_resent_request_always_uses_a_new_connection() {
    const OPEN: usize = 4;
    on_each_runtime(|runtime| {
        let (url, opened) = start_resetting_server(OPEN);
        let transport = Arc::new(HttpTransport::new());
        runtime.block_on(async {
            let calls = (0..OPEN).map(|_| {
                let (transport, url) = (Arc::clone(&transport), url.clone());
                tokio::spawn(async move { send(&transport, &url, &Bytes::new()).await })
            });
            for call in calls.collect::<Vec<_>>() {
                call.await.expect("no panic").expect("a response");
            }
            wait_until_idle().await;
            assert_eq!(opened.load(Ordering::SeqCst), OPEN);
            // A body that exceeds the socket buffers, so that the reset occurs while it is written.
            let large = Bytes::from(vec![b'x'; 20 << 20]);
            send(&transport, &url, &Bytes::new()).await.expect("a response");
            assert_eq!(opened.load(Ordering::SeqCst), OPEN + 1);
            wait_until_idle().await;
            send(&transport, &url, &large).await.expect("a response");
            assert_eq!(opened.load(Ordering::SeqCst), OPEN + 2);
        });
    });
}

#[test]
fn stale_tls_connections_are_replaced() {
    let authority = CertificateAuthority::new();
    let roots = longshore_runtime::RootCertificates::only_added().der(&authority.der());
    let transport = HttpTransport::builder().root_certificates(roots.expect("a root")).build();
    on_each_runtime(|runtime| {
        // An end without `close_notify` is a TLS error, but the connection is still treated as
        // stale.
        let script = [CannedResponse::ok("{}"), CannedResponse::raw(""), CannedResponse::ok("{}")];
        let server = LayeredServer::start(vec![authority.server(&["127.0.0.1"])], script);
        let url = format!("https://{}", server.address);
        runtime.block_on(async {
            send(&transport, &url, &Bytes::new()).await.expect("a response");
            wait_until_idle().await;
            send(&transport, &url, &Bytes::new()).await.expect("a response");
        });
        let seen: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
        assert_eq!(seen, [0, 0, 1]);
    });
}

#[test]
fn a_connection_with_an_unread_response_is_not_reused() {
    on_each_runtime(|runtime| {
        let page = vec![b'x'; HttpTransport::MAX_FAILURE * 3];
        let server = Server::start([CannedResponse::new(500, &[], page), CannedResponse::ok("{}")]);
        let transport = HttpTransport::new();
        runtime.block_on(async {
            let response = send(&transport, &server.url, &Bytes::new()).await.expect("a response");
            assert_eq!(response.body().len(), HttpTransport::MAX_FAILURE);
            send(&transport, &server.url, &Bytes::new()).await.expect("a response");
        });
        assert_eq!(connections(&server), [0, 1]);
    });
}

#[test]
fn the_number_of_idle_connections_is_limited() {
    for (limit, expected) in [(0, [0, 1, 2]), (1, [0, 0, 0])] {
        on_each_runtime(|runtime| {
            let server = Server::start((0..3).map(|_| CannedResponse::ok("{}")));
            let transport = HttpTransport::builder().idle_connections(limit).build();
            for _ in 0..3 {
                runtime.block_on(async {
                    let response = send(&transport, &server.url, &Bytes::new()).await;
                    response.expect("a response");
                    wait_until_idle().await;
                });
            }
            assert_eq!(connections(&server), expected);
        });
    }
}
