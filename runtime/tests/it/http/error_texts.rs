//! The error texts of calls that get no response: one line that says what happened and what to do,
//! without names of types.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::certificate_authority::CertificateAuthority;
use crate::support::closed_port::ClosedPort;
use crate::support::config;
use crate::support::layered_server::{Layer, LayeredServer, OPEN_PROXY};
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest};
use longshore_runtime::{Client, ConfigBuilder, Error, Proxies, RetryConfig, RootCertificates};

/// An alert of TLS 1.2, which a server sends if it receives a request without TLS.
const ALERT: &[u8] = b"\x15\x03\x03\x00\x02\x02\x0a";

/// A configuration that trusts only `authority`.
fn trusting(url: &str, authority: &CertificateAuthority) -> ConfigBuilder {
    let roots = RootCertificates::only_added().der(&authority.der()).expect("a certificate");
    config(url).retry(RetryConfig::disabled()).root_certificates(roots)
}

async fn error(config: ConfigBuilder) -> Error<PingError> {
    Client::new(&config.build()).call(&PingRequest).await.expect_err("an error")
}

/// The text of the error of a call to `url`, without the operation and the host.
async fn text(url: &str, configure: impl FnOnce(ConfigBuilder) -> ConfigBuilder) -> String {
    let error = error(configure(trusting(url, &CertificateAuthority::new()))).await;
    strip(url, &error)
}

fn strip(url: &str, error: &Error<PingError>) -> String {
    let line = error.to_string();
    let (_, host) = url.split_once("://").expect("a scheme");
    for never in ["client error", "Kind", "UnknownIssuer", "InvalidContentType", "Error(", "\n"] {
        assert!(!line.contains(never), "{line}");
    }
    let text = line.strip_prefix("Ping: ").expect("the operation");
    text.strip_suffix(&format!(" (host {host})")).expect("the host").to_owned()
}

fn proxied(proxy: &str) -> impl FnOnce(ConfigBuilder) -> ConfigBuilder {
    let proxies = Proxies::all(proxy).expect("a proxy");
    move |config| config.proxies(proxies)
}

/// A server without TLS that writes this to its first connection and closes it.
fn plain_server(response: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut hello = [0; 4096];
        let _ = stream.read(&mut hello);
        let _ = stream.write_all(response);
    });
    address
}

#[tokio::test]
async fn a_refused_connection() {
    let port = ClosedPort::new();
    let refused = text(&port.url(), |config| config).await;
    assert!(refused.starts_with("could not connect: tcp connect error: "), "{refused}");
    assert!(refused.contains("refused"), "{refused}");
    let refused = text("https://registry.example", proxied(&port.url())).await;
    let expected = format!("could not connect: the proxy {} cannot be reached: ", port.url());
    assert!(refused.starts_with(&expected) && refused.contains("refused"), "{refused}");
}

#[tokio::test]
async fn a_name_that_does_not_resolve() {
    // Such a name is invalid, so no request is sent to a name server.
    let url = format!("http://{}.example", "a".repeat(64));
    let unresolved = text(&url, |config| config).await;
    assert!(unresolved.starts_with("could not connect: dns error: "), "{unresolved}");
}

#[tokio::test]
async fn an_https_url_with_the_port_of_a_plain_server() {
    let url = format!("https://{}", plain_server(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    assert_eq!(
        text(&url, |config| config).await,
        "could not connect: the server does not use TLS at this port: use an http:// URL, or \
         another port"
    );
    let url = format!("https://{}", plain_server(b""));
    assert_eq!(
        text(&url, |config| config).await,
        "could not connect: the server closed the connection during the TLS handshake: check that \
         it uses TLS at this port"
    );
    let proxy = format!("https://{}", plain_server(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    assert_eq!(
        text("https://registry.example", proxied(&proxy)).await,
        format!(
            "could not connect: the proxy {proxy} cannot be reached: the proxy does not use TLS at \
             this port: use http:// in the URL of the proxy, or another port"
        )
    );
}

#[tokio::test]
async fn an_http_url_with_the_port_of_a_tls_server() {
    let server = Server::start([CannedResponse::raw(ALERT)]);
    let error = error(trusting(&server.url, &CertificateAuthority::new())).await;
    assert!(!error.is_retryable());
    assert_eq!(
        strip(&server.url, &error),
        "the connection failed before a response was received: the server uses TLS at this port: \
         use an https:// URL, or another port"
    );
    let authority = CertificateAuthority::new();
    let server = LayeredServer::start(vec![authority.server(&["127.0.0.1"])], []);
    let real = text(&format!("http://{}", server.address), |config| config).await;
    assert!(real.ends_with("use an https:// URL, or another port"), "{real}");

    let proxy = Server::start([CannedResponse::raw(ALERT)]);
    assert_eq!(
        text("http://registry.example", proxied(&proxy.url)).await,
        "the connection failed before a response was received: the proxy uses TLS at this port: \
         use https:// in the URL of the proxy, or another port"
    );
    let proxy = Server::start([CannedResponse::raw(ALERT)]);
    let tunnel = text("https://registry.example", proxied(&proxy.url)).await;
    let expected = format!(
        "could not connect: the proxy {} did not open a tunnel: check the port, and whether the \
         proxy uses TLS (https:// in its URL): ",
        proxy.url
    );
    assert!(tunnel.starts_with(&expected), "{tunnel}");
}

#[tokio::test]
async fn a_certificate_that_is_not_accepted() {
    const UNKNOWN: &str = "was issued by an unknown authority: to trust that authority, set \
                           AWS_CA_BUNDLE to a file with its certificate, or add the certificate to \
                           root_certificates in the configuration";
    let (trusted, other) = (CertificateAuthority::new(), CertificateAuthority::new());
    let names = &["127.0.0.1"];
    for (layer, expected) in [
        (other.server(names), UNKNOWN),
        (trusted.expired_server(names), "expired at 2001-01-01T00:00:00Z, and the local time is "),
        (
            trusted.server(&["registry.example", "10.0.0.1"]),
            "is not valid for \"127.0.0.1\", only for \"registry.example\", 10.0.0.1",
        ),
    ] {
        let server = LayeredServer::start(vec![layer], []);
        let url = format!("https://{}", server.address);
        let error = error(trusting(&url, &trusted)).await;
        assert!(!error.is_retryable() && !error.is_timeout());
        let text = strip(&url, &error);
        let start = format!("could not connect: the certificate of the server {expected}");
        assert!(text.starts_with(&start), "{text}");
    }
}

#[tokio::test]
async fn a_certificate_of_a_proxy_or_behind_one() {
    let (trusted, other) = (CertificateAuthority::new(), CertificateAuthority::new());
    let url = "https://registry.example";
    let proxy = |layers: Vec<Layer>| LayeredServer::start(layers, []);
    let untrusted_proxy = proxy(vec![other.server(&["127.0.0.1"])]);
    let proxy_url = format!("https://{}", untrusted_proxy.address);
    let error_of = |proxy: &str| error(proxied(proxy)(trusting(url, &trusted)));
    let text = strip(url, &error_of(&proxy_url).await);
    let start = format!(
        "could not connect: the proxy {proxy_url} cannot be reached: the certificate of the proxy \
         was issued by an unknown authority: "
    );
    assert!(text.starts_with(&start), "{text}");

    let tunnel = proxy(vec![OPEN_PROXY, other.server(&["registry.example"])]);
    let text = strip(url, &error_of(&format!("http://{}", tunnel.address)).await);
    let start = "could not connect: the certificate of the server was issued by an unknown";
    assert!(text.starts_with(start), "{text}");
}

#[tokio::test]
async fn a_connection_that_ends_early() {
    for (response, expected) in [
        (CannedResponse::raw(""), "connection closed before message completed"),
        (CannedResponse::raw("SSH-2.0-OpenSSH\r\n"), "invalid HTTP version parsed"),
    ] {
        let server = Server::start([response]);
        let text = text(&server.url, |config| config).await;
        let start = "the connection failed before a response was received: ";
        assert_eq!(text, format!("{start}{expected}"));
    }
}

#[tokio::test]
async fn lookups_of_the_region_and_credentials_that_cannot_connect() {
    let port = ClosedPort::new();
    let url = port.url();
    for region in [None, Some(("AWS_REGION", "r-1"))] {
        let endpoint = ("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.as_str());
        let environment = region.into_iter().chain([endpoint]).collect();
        let loaded = longshore_runtime::Config::builder().load(&environment).await;
        let client = Client::new(&loaded.expect("a configuration"));
        let line = client.call(&PingRequest).await.expect_err("an error").to_string();
        assert!(line.contains("refused"), "{line}");
        for never in ["client error", "ConnectError", "Kind", "\n"] {
            assert!(!line.contains(never), "{line}");
        }
    }
}
