//! The connect limit and the read limit, on a paused clock and over real sockets.
//!
//! The servers run on the runtime of their test, so that the clock does not advance while they work.

use std::error::Error as _;
use std::time::Duration;

use crate::support::config;
use crate::support::service::PingRequest;
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{
    Client, HttpTransport, RetryConfig, Timeouts, Transport, TransportError, TransportErrorKind,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);

fn transport(read: Duration) -> HttpTransport {
    HttpTransport::builder().read_limit(read).build()
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    (listener, url)
}

/// Fails if `waiting` never ends, because the paused clock then advances by an hour.
async fn within_an_hour<T>(waiting: impl Future<Output = T>) -> T {
    tokio::time::timeout(3600 * SECOND, waiting).await.expect("an end within the hour")
}

async fn send(
    transport: &HttpTransport,
    url: &str,
    body: impl Into<Bytes>,
) -> Result<Response<Bytes>, TransportError> {
    let request = Request::post(url).body(body.into()).expect("a request");
    within_an_hour(transport.send(request)).await
}

/// Reads the head of a request and this many bytes of its body.
async fn read_request(stream: &mut TcpStream, body: usize) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    stream.read_exact(&mut vec![0; body]).await.expect("a body");
}

fn assert_read_limit(error: &TransportError, seconds: u64) {
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    let text = error.source().expect("a source").to_string();
    assert_eq!(text, format!("nothing received for {seconds} s (read limit)"));
}

/// Asserts that this many seconds have passed; the clock rounds up to milliseconds.
fn assert_seconds(started: Instant, seconds: u64) {
    let passed = started.elapsed().as_millis();
    assert!((seconds * 1000..=seconds * 1000 + 5).contains(&(passed as u64)), "{passed} ms");
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_hits_the_read_limit() {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        read_request(&mut stream, 2).await;
        sleep(1000 * SECOND).await;
    });
    let started = Instant::now();
    let error = send(&transport(5 * SECOND), &url, "{}").await.expect_err("no response");
    assert_read_limit(&error, 5);
    assert_seconds(started, 5);
}

#[tokio::test(start_paused = true)]
async fn a_response_that_stalls_hits_the_read_limit() {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        read_request(&mut stream, 2).await;
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\nx-amzn-requestid: id-1\r\n\r\n{";
        stream.write_all(head).await.expect("a head");
        sleep(2 * SECOND).await;
        stream.write_all(b"1").await.expect("a byte");
        sleep(1000 * SECOND).await;
    });
    let started = Instant::now();
    let error = send(&transport(5 * SECOND), &url, "{}").await.expect_err("half a response");
    assert_read_limit(&error, 5);
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-1")));
    assert_seconds(started, 2 + 5);
}

#[tokio::test(start_paused = true)]
async fn a_slow_response_does_not_hit_the_read_limit() {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        read_request(&mut stream, 2).await;
        for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nslow" {
            sleep(4 * SECOND).await;
            stream.write_all(&[*byte]).await.expect("a byte");
        }
    });
    let started = Instant::now();
    let response = send(&transport(5 * SECOND), &url, "{}").await.expect("a response");
    assert_eq!(response.body(), "slow");
    assert!(started.elapsed() >= 4 * 42 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_slow_upload_does_not_hit_the_read_limit() {
    const PIECE: usize = 1 << 20;
    const SLOW: usize = 40;
    // The slow part is followed by more bytes than the socket buffers hold, so that the client
    // observes all of it.
    const PIECES: usize = 64;
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        read_request(&mut stream, 0).await;
        let mut piece = vec![0; PIECE];
        for number in 0..PIECES {
            sleep(if number < SLOW { SECOND } else { Duration::ZERO }).await;
            stream.read_exact(&mut piece).await.expect("a piece");
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.expect("a head");
    });
    let started = Instant::now();
    let response = send(&transport(30 * SECOND), &url, vec![b'x'; PIECE * PIECES]).await;
    assert!(response.expect("a response").status().is_success());
    assert!(started.elapsed() >= SLOW as u32 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_stalled_upload_hits_the_read_limit() {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        read_request(&mut stream, 0).await;
        sleep(1000 * SECOND).await;
    });
    let started = Instant::now();
    let error = send(&transport(5 * SECOND), &url, vec![b'x'; 64 << 20]).await;
    assert_read_limit(&error.expect_err("no response"), 5);
    assert_seconds(started, 5);
}

#[tokio::test(start_paused = true)]
async fn idle_time_does_not_count_toward_the_read_limit() {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        for wait in [0, 4] {
            read_request(&mut stream, 2).await;
            sleep(wait * SECOND).await;
            let response = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(response).await.expect("a response");
        }
        sleep(1000 * SECOND).await;
    });
    let transport = transport(5 * SECOND);
    send(&transport, &url, "{}").await.expect("a response");
    // Less than the idle time of 20 s, so that the connection is reused.
    sleep(15 * SECOND).await;
    let started = Instant::now();
    send(&transport, &url, "{}").await.expect("a response");
    assert_seconds(started, 4);
}

#[tokio::test(start_paused = true)]
async fn an_idle_connection_is_closed_after_20_s() {
    let (listener, url) = listen().await;
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        read_request(&mut stream, 2).await;
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(response).await.expect("a response");
        let responded = Instant::now();
        assert_eq!(stream.read(&mut [0]).await.expect("an end"), 0);
        responded.elapsed()
    });
    let transport = HttpTransport::new();
    send(&transport, &url, "{}").await.expect("a response");
    let kept = server.await.expect("an end");
    assert!((20 * SECOND..=41 * SECOND).contains(&kept), "{kept:?}");
}

#[tokio::test(start_paused = true)]
async fn the_read_limit_applies_to_each_attempt() {
    // Connections are not accepted.
    let (_listener, url) = listen().await;
    let timeouts = Timeouts::new().read(7 * SECOND);
    let started = Instant::now();
    let client = Client::new(&config(&url).timeouts(timeouts).build());
    let error = within_an_hour(client.call(&PingRequest)).await.expect_err("no response");
    assert_eq!(error.attempts(), 3);
    let end = format!(
        "(read limit) (host {}), 3 attempts",
        url.trim_start_matches("http://").trim_end_matches('/')
    );
    assert!(error.is_timeout() && error.to_string().ends_with(&end), "{error}");
    // Besides the limits there are two delays, of at most one and two seconds.
    let took = started.elapsed();
    assert!((21 * SECOND..=24 * SECOND + SECOND / 10).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn the_configuration_sets_both_limits() {
    let (listener, url) = listen().await;
    // Connections are not accepted, so TLS handshakes and plain requests get no response.
    for (url, timeouts, text) in [
        (
            url.replace("http:", "https:"),
            Timeouts::new(),
            "timed out: no connection within 3.1 s (connect limit)",
        ),
        (
            url.replace("http:", "https:"),
            Timeouts::new().connect(SECOND / 2).read(SECOND),
            "timed out: no connection within 0.5 s (connect limit)",
        ),
        (
            url.clone(),
            Timeouts::new().read(7 * SECOND),
            "timed out: nothing received for 7 s (read limit)",
        ),
    ] {
        // With its own root, so that this does not depend on the roots of the machine.
        let roots = longshore_runtime::RootCertificates::only_added()
            .der(&crate::support::certificate_authority::CertificateAuthority::new().der());
        let config = config(&url)
            .retry(RetryConfig::disabled())
            .root_certificates(roots.expect("a root"))
            .timeouts(timeouts);
        let client = Client::new(&config.build());
        let error = within_an_hour(client.call(&PingRequest)).await.expect_err("no response");
        assert!(error.is_timeout() && error.is_retryable());
        let line = error.to_string();
        assert!(line.contains(text) && !line.contains("client error"), "{line}");
    }
    drop(listener);
}
