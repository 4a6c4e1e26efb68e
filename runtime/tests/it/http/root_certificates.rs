//! Loading the root certificates of the operating system.
#![cfg(unix)]

use std::error::Error as _;
use std::fs::File;
use std::io::Write;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::support::certificate_authority::CertificateAuthority;
use crate::support::layered_server::LayeredServer;
use crate::support::process;
use crate::support::server::{CannedResponse, Server};
use bytes::Bytes;
use http::Request;
use longshore_runtime::{HttpTransport, Transport, TransportError, TransportErrorKind};
use tokio::runtime::{Builder, Runtime};

/// How long a test waits for an event before it fails.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// The path of a named pipe with the root certificates. Reading it blocks until it is written.
const PIPE: &str = "LONGSHORE_TEST_PIPE";

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn send(transport: &HttpTransport, url: &str) -> Result<(), TransportError> {
    let request = Request::post(url).body(Bytes::new()).expect("a request");
    transport.send(request).await.map(drop)
}

/// Fails instead of blocking forever.
fn within_limit(test: impl FnOnce() + Send + 'static) {
    let (done, end) = mpsc::channel();
    thread::spawn(move || {
        test();
        done.send(()).expect("the test waits");
    });
    end.recv_timeout(MAX_WAIT).expect("an end of the test");
}

/// Runs a test in a process whose root certificates come from a pipe.
fn run_with_pipe(test: &str) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let pipe = folder.path().join("roots.pem");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let mut command = process::command(module_path!(), test);
    let command = command.env("SSL_CERT_FILE", &pipe).env_remove("SSL_CERT_DIR");
    process::assert_passes(command.env(PIPE, &pipe));
}

fn pipe() -> Option<String> {
    std::env::var(PIPE).ok()
}

#[test]
fn loading_blocks_no_other_call() {
    match pipe() {
        Some(pipe) => within_limit(move || load_slowly(&pipe)),
        None => run_with_pipe("loading_blocks_no_other_call"),
    }
}

fn load_slowly(pipe: &str) {
    let authority = CertificateAuthority::new();
    let plain = Server::start((0..2).map(|_| CannedResponse::ok("")));
    let layers = vec![authority.server(&["127.0.0.1"])];
    let tls = LayeredServer::start(layers, [CannedResponse::ok(""), CannedResponse::ok("")]);
    let url = format!("https://{}", tls.address);
    let transport = HttpTransport::builder().idle_connections(0).build();
    let (first, second) = (runtime(), runtime());

    // The first runtime starts to load the certificates and is then no longer polled.
    let mut waiting = Box::pin(send(&transport, &url));
    first.block_on(async {
        tokio::select! {
            biased;
            result = &mut waiting => panic!("{result:?}"),
            result = send(&transport, &plain.url) => result.expect("a response"),
        }
    });
    // Calls without TLS do not wait, on this and on other runtimes.
    second.block_on(send(&transport, &plain.url)).expect("a response");

    let (pem, path) = (authority.pem(), pipe.to_owned());
    thread::spawn(move || {
        let mut pipe = File::options().write(true).open(path).expect("a pipe with a reader");
        pipe.write_all(pem.as_bytes()).expect("the certificates are read");
    });
    // The certificates are read once, so the other runtime gets what the first one has started.
    second.block_on(send(&transport, &url)).expect("a response");
    first.block_on(waiting).expect("a response");
}

#[test]
fn a_failure_is_reported_to_all_who_wait() {
    match pipe() {
        Some(pipe) => within_limit(move || fail_to_load(&pipe)),
        None => run_with_pipe("a_failure_is_reported_to_all_who_wait"),
    }
}

fn fail_to_load(pipe: &str) {
    let transport = HttpTransport::new();
    let mut waiting: Vec<_> =
        (0..2).map(|_| (runtime(), Box::pin(send(&transport, "https://127.0.0.1:1")))).collect();
    for (runtime, request) in &mut waiting {
        runtime.block_on(async {
            tokio::select! {
                biased;
                result = request => panic!("{result:?}"),
                () = std::future::ready(()) => {}
            }
        });
    }
    let path = pipe.to_owned();
    thread::spawn(move || drop(File::options().write(true).open(path).expect("a pipe")));
    for (runtime, request) in waiting {
        let error = runtime.block_on(request).expect_err("no certificates");
        assert_eq!(error.kind(), TransportErrorKind::Unusable);
        let text = error.source().expect("a source").to_string();
        assert_eq!(
            text,
            "the list of root certificates is not available: no root certificate found on this \
             machine"
        );
    }
}
