//! Idle connections that the server closes.

use std::time::Duration;

use crate::support::certificate_authority::CertificateAuthority;
use crate::support::idle::wait_until_idle;
use crate::support::layered_server::LayeredServer;
use crate::support::server::{CannedResponse, Server};
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{
    HttpTransport, HttpTransportBuilder, NewConnection, Transport, TransportError,
    TransportErrorKind,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::{Builder, Runtime};

const MILLISECOND: Duration = Duration::from_millis(1);

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

/// A transport for which a connection counts as stale no matter how long the machine takes.
fn transport() -> HttpTransport {
    HttpTransport::builder().stale_window(Duration::from_secs(3600)).build()
}

#[test]
fn a_request_on_a_closed_connection_is_reported_and_not_sent_again() {
    on_each_runtime(|runtime| {
        // The second request gets no response: the connection is closed after it was sent.
        let ok = || CannedResponse::stalled(OK);
        let server = Server::start([ok(), CannedResponse::raw(""), ok()]);
        let transport = transport();
        let body = Bytes::from_static(b"{\"a\":1}");
        runtime.block_on(async {
            let response = send(&transport, &server.url, &body).await.expect("a response");
            // Internal extensions have been removed.
            assert!(response.extensions().is_empty());
            wait_until_idle().await;
            let error = send(&transport, &server.url, &body).await.expect_err("no response");
            assert_eq!(error.kind(), TransportErrorKind::StaleConnection);
        });
        assert_eq!(connections(&server), [0, 0]);
    });
}

#[test]
fn without_a_window_no_connection_is_stale() {
    on_each_runtime(|runtime| {
        let server = Server::start([CannedResponse::ok("{}"), CannedResponse::raw("")]);
        let transport = HttpTransport::builder().stale_window(None).build();
        runtime.block_on(async {
            send(&transport, &server.url, &Bytes::new()).await.expect("a response");
            wait_until_idle().await;
            let error = send(&transport, &server.url, &Bytes::new()).await;
            assert_eq!(error.expect_err("no response").kind(), TransportErrorKind::Exchange);
        });
        assert_eq!(connections(&server), [0, 0]);
    });
}

/// The server may have executed the request in the meantime.
#[tokio::test(start_paused = true)]
async fn a_connection_that_ends_later_is_not_stale() {
    for (wait, kind) in [
        (HttpTransportBuilder::STALE_WINDOW, TransportErrorKind::StaleConnection),
        (HttpTransportBuilder::STALE_WINDOW + MILLISECOND, TransportErrorKind::Exchange),
    ] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        // The server runs on the same runtime, so that the clock does not advance by itself while
        // bytes are in transit, and closes the connection after the clock was advanced.
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            read_head(&mut stream).await;
            stream.write_all(OK.as_bytes()).await.expect("a response");
            read_head(&mut stream).await;
            tokio::time::advance(wait).await;
        });
        let transport = HttpTransport::builder().connect_limit(None).build();
        send(&transport, &url, &Bytes::new()).await.expect("a response");
        wait_until_idle().await;
        let error = send(&transport, &url, &Bytes::new()).await.expect_err("no response");
        assert_eq!(error.kind(), kind);
        server.await.expect("no panic");
    }
}

async fn read_head(stream: &mut tokio::net::TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
}

#[test]
fn a_request_can_demand_a_new_connection() {
    on_each_runtime(|runtime| {
        let server = Server::start((0..4).map(|_| CannedResponse::ok("{}")));
        let transport = transport();
        runtime.block_on(async {
            for demand in [false, true, true, false] {
                let mut request = Request::post(&server.url).body(Bytes::new()).expect("a request");
                if demand {
                    request.extensions_mut().insert(NewConnection);
                }
                transport.send(request).await.expect("a response");
                wait_until_idle().await;
            }
        });
        assert_eq!(connections(&server), [0, 1, 2, 0]);
    });
}

#[test]
fn a_new_connection_or_one_with_a_partial_response_is_not_stale() {
    on_each_runtime(|runtime| {
        let new = Server::start([CannedResponse::raw("")]);
        let begun = Server::start([CannedResponse::ok("{}"), CannedResponse::raw("HTTP/1.1 2")]);
        let broken =
            Server::start([CannedResponse::ok("{}"), CannedResponse::raw(&OK[..OK.len() - 1])]);
        let transport = transport();
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

/// The connection ends while the request is written, because its body exceeds the socket buffers.
#[test]
fn a_connection_that_is_reset_while_the_request_is_sent_is_stale() {
    on_each_runtime(|runtime| {
        let ok = CannedResponse::stalled(OK);
        let server = Server::start([ok, CannedResponse::reset("")]);
        let transport = transport();
        let large = Bytes::from(vec![b'x'; 20 << 20]);
        runtime.block_on(async {
            send(&transport, &server.url, &Bytes::new()).await.expect("a response");
            wait_until_idle().await;
            let error = send(&transport, &server.url, &large).await.expect_err("no response");
            assert_eq!(error.kind(), TransportErrorKind::StaleConnection);
        });
    });
}

#[test]
fn a_connection_with_tls_can_be_stale() {
    let authority = CertificateAuthority::new();
    let roots = longshore_runtime::RootCertificates::only_added().der(&authority.der());
    let builder = HttpTransport::builder().root_certificates(roots.expect("a root"));
    let transport = builder.stale_window(Duration::from_secs(3600)).build();
    on_each_runtime(|runtime| {
        // An end without `close_notify` is a TLS error, but the connection is stale all the same.
        let script = [CannedResponse::ok("{}"), CannedResponse::raw("")];
        let server = LayeredServer::start(vec![authority.server(&["127.0.0.1"])], script);
        let url = format!("https://{}", server.address);
        runtime.block_on(async {
            send(&transport, &url, &Bytes::new()).await.expect("a response");
            wait_until_idle().await;
            let error = send(&transport, &url, &Bytes::new()).await.expect_err("no response");
            assert_eq!(error.kind(), TransportErrorKind::StaleConnection);
        });
        let seen: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
        assert_eq!(seen, [0, 0]);
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
