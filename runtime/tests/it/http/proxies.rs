//! Requests through proxies, over real sockets.

use std::net::TcpListener;
use std::time::Duration;

use crate::support::certificate_authority::CertificateAuthority;
use crate::support::closed_port::ClosedPort;
use crate::support::config;
use crate::support::layered_server::{Layer, LayeredServer, OPEN_PROXY};
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest};
use base64_simd::STANDARD as BASE64;
use longshore_runtime::{
    Client, ConfigBuilder, Environment, Error, Proxies, RetryConfig, RootCertificates, Timeouts,
    TransportError, TransportErrorKind,
};

const PASSWORD: &str = "s3cret%40word";
const USER: &str = "user:s3cret@word";

fn config_without_retries(url: &str) -> ConfigBuilder {
    config(url).retry(RetryConfig::disabled())
}

async fn ping(config: ConfigBuilder) -> Result<(), Error<PingError>> {
    Client::new(&config.build()).call(&PingRequest).await
}

fn trusting(config: ConfigBuilder, authority: &CertificateAuthority) -> ConfigBuilder {
    let roots = RootCertificates::only_added().pem(authority.pem().as_bytes());
    config.root_certificates(roots.expect("a certificate"))
}

fn proxies_at(address: &str) -> Proxies {
    Proxies::all(&format!("http://user:{PASSWORD}@{address}")).expect("a proxy")
}

/// The error of a request that its proxy rejected.
fn connect_error(result: Result<(), Error<PingError>>, reason: &str) -> Error<PingError> {
    let error = result.expect_err("a rejected request");
    let source = error.find_cause::<TransportError>();
    assert_eq!(source.map(TransportError::kind), Some(TransportErrorKind::Connect));
    let line = format!("{error} {error:?}");
    assert!(line.contains(reason), "{line}");
    for secret in [PASSWORD, "s3cret", &BASE64.encode_to_string(USER)] {
        assert!(!line.contains(secret), "{line}");
    }
    error
}

#[tokio::test]
async fn an_https_request_is_tunneled_and_the_proxy_sees_only_the_host() {
    let authority = CertificateAuthority::new();
    let layers = vec![OPEN_PROXY, authority.server(&["registry.example"])];
    let proxy = LayeredServer::start(layers, [CannedResponse::ok(""), CannedResponse::ok("")]);
    let config = trusting(config_without_retries("https://registry.example"), &authority);
    let client = Client::new(&config.proxies(proxies_at(&proxy.address)).build());
    client.call(&PingRequest).await.expect("a response");
    client.call(&PingRequest).await.expect("another one over the same tunnel");

    let requests = proxy.requests();
    assert_eq!(
        proxy.lines(),
        ["CONNECT registry.example:443 HTTP/1.1", "POST / HTTP/1.1", "POST / HTTP/1.1"]
    );
    assert_eq!(requests[0].header("host"), "registry.example:443");
    let authorization = format!("Basic {}", BASE64.encode_to_string(USER));
    assert_eq!(requests[0].header("proxy-authorization"), authorization);
    for request in &requests[1..] {
        assert!(!request.headers.iter().any(|(name, _)| name == "proxy-authorization"));
        assert_eq!(request.header("host"), "registry.example");
        assert_eq!(request.connection, 0);
    }
}

#[tokio::test]
async fn the_connection_to_the_proxy_can_use_tls() {
    let authority = CertificateAuthority::new();
    let layers =
        vec![authority.server(&["127.0.0.1"]), OPEN_PROXY, authority.server(&["registry.example"])];
    let proxy = LayeredServer::start(layers, [CannedResponse::ok("")]);
    let proxies = Proxies::all(&format!("https://{}", proxy.address)).expect("a proxy");
    let config = trusting(config_without_retries("https://registry.example:8443"), &authority);
    ping(config.proxies(proxies)).await.expect("a response");
    assert_eq!(proxy.lines(), ["CONNECT registry.example:8443 HTTP/1.1", "POST / HTTP/1.1"]);
    // This also applies if the request itself is not encrypted.
    let proxy =
        LayeredServer::start(vec![authority.server(&["127.0.0.1"])], [CannedResponse::ok("")]);
    let proxies = Proxies::all(&format!("https://{}", proxy.address)).expect("a proxy");
    let config = trusting(config_without_retries("http://registry.example"), &authority);
    ping(config.proxies(proxies)).await.expect("a response");
    assert_eq!(proxy.lines(), ["POST http://registry.example/ HTTP/1.1"]);
}

#[tokio::test]
async fn a_plain_request_is_forwarded_by_the_proxy() {
    let proxy = Server::start([CannedResponse::ok(""), CannedResponse::ok("")]);
    let proxies = proxies_at(proxy.url.trim_start_matches("http://"));
    let client = Client::new(
        &config_without_retries("http://registry.example:8080/a").proxies(proxies.clone()).build(),
    );
    client.call(&PingRequest).await.expect("a response");
    client.call(&PingRequest).await.expect("a response");
    for request in proxy.requests() {
        assert_eq!(request.line, "POST http://registry.example:8080/a/ HTTP/1.1");
        assert_eq!(request.header("host"), "registry.example:8080");
        let authorization = format!("Basic {}", BASE64.encode_to_string(USER));
        assert_eq!(request.header("proxy-authorization"), authorization);
        let signed = request.header("authorization").split_once("SignedHeaders=");
        assert!(!signed.expect("a signature").1.contains("proxy-authorization"));
        assert_eq!(request.connection, 0);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_environment_sets_the_proxy_and_its_exceptions() {
    let (proxy, server) =
        (Server::start([CannedResponse::ok("")]), Server::start([CannedResponse::ok("")]));
    // An address of this machine that is not recognized as one, so that the proxy is used.
    let url = server.url.replace("127.0.0.1", "0.0.0.0");
    let variables = [("HTTP_PROXY", proxy.url.as_str())];
    let mut environment: Vec<(&str, &str)> = variables.into_iter().collect();
    for (straight, exceptions) in [(0, ""), (1, "a.example, 0.0.0.0/8")] {
        environment.push(("NO_PROXY", exceptions));
        let loaded: Environment = environment.iter().copied().collect();
        let config = config_without_retries(&url).load(&loaded).await.expect("a configuration");
        Client::new(&config).call(&PingRequest).await.expect("a response");
        assert_eq!((proxy.requests().len(), server.requests().len()), (1, straight));
    }
}

#[tokio::test]
async fn a_user_name_can_contain_characters_that_urls_do_not_allow() {
    let proxy = Server::start([CannedResponse::ok("")]);
    let url = proxy.url.replace("//", "//CORP\\jdoe:p ass@");
    let environment = [("HTTP_PROXY", url.as_str())].into_iter().collect();
    let config = config_without_retries("http://registry.example").load(&environment).await;
    Client::new(&config.expect("a configuration")).call(&PingRequest).await.expect("a response");
    let authorization = format!("Basic {}", BASE64.encode_to_string("CORP\\jdoe:p ass"));
    assert_eq!(proxy.request().header("proxy-authorization"), authorization);
}

#[tokio::test]
async fn a_password_that_ends_the_host_is_an_error_with_its_encoding() {
    let environment = [("HTTPS_PROXY", "http://CORP\\jdoe:s3c/ret@p:1")].into_iter().collect();
    let config = config_without_retries("http://registry.example").load(&environment).await;
    assert_eq!(
        config.expect_err("an ambiguous URL").to_string(),
        "the proxy \"http://[redacted]@p:1\" from HTTPS_PROXY has \"/\" before an \"@\": in a user \
         name or password it must be written as %2F"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn no_proxy_for_all_hosts_makes_other_variables_irrelevant() {
    let server = Server::start([CannedResponse::ok("")]);
    // An address that is not recognized as one of this machine.
    let url = server.url.replace("127.0.0.1", "0.0.0.0");
    let variables =
        [("HTTP_PROXY", "http://bad host"), ("ALL_PROXY", "socks5://a"), ("NO_PROXY", "*")];
    let environment = variables.into_iter().collect();
    let config = config_without_retries(&url).load(&environment).await.expect("a configuration");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn proxies_are_used_only_if_the_environment_is_loaded() {
    let server = Server::start([CannedResponse::ok(""), CannedResponse::ok("")]);
    let bad: Environment = [("HTTP_PROXY", "socks5://a:1")].into_iter().collect();
    let error = config_without_retries(&server.url).load(&bad).await.expect_err("no such proxies");
    assert!(error.to_string().contains("HTTP_PROXY"), "{error}");
    let config = config_without_retries(&server.url).proxies(Proxies::none()).load(&bad).await;
    Client::new(&config.expect("a configuration")).call(&PingRequest).await.expect("a response");
    // Connections opened without proxies are not shared with a client that uses one.
    let config = config_without_retries(&server.url).build();
    let proxy = Server::start([CannedResponse::ok("")]);
    let proxied = config.to_builder().endpoint_url("http://registry.example");
    let proxied = proxied.proxies(Proxies::all(&proxy.url).expect("a proxy"));
    ping(proxied).await.expect("a response");
    ping(config.to_builder()).await.expect("a response");
    assert_eq!((proxy.requests().len(), server.requests().len()), (1, 2));
}

#[tokio::test]
async fn loading_again_replaces_the_proxies() {
    let (before, now) =
        (Server::start([CannedResponse::ok("")]), Server::start([CannedResponse::ok("")]));
    let environment_of = |proxy: &Server| -> Environment {
        [("HTTP_PROXY", proxy.url.as_str())].into_iter().collect()
    };
    // This also applies if the first configuration has not read an environment.
    let mut config = config_without_retries("http://registry.example").build();
    for proxy in [&before, &now] {
        config = config.to_builder().load(&environment_of(proxy)).await.expect("a configuration");
        Client::new(&config).call(&PingRequest).await.expect("a response");
        assert_eq!(proxy.requests().len(), 1);
    }
    // Proxies set in code are kept.
    let direct = Server::start([CannedResponse::ok("")]);
    let config = config_without_retries(&direct.url).proxies(Proxies::none()).build().to_builder();
    let config = config.load(&environment_of(&before)).await.expect("a configuration");
    Client::new(&config).call(&PingRequest).await.expect("a response");
    assert_eq!(direct.requests().len(), 1);
}

#[tokio::test]
async fn only_transient_proxy_errors_are_retryable() {
    for (response, reason, again) in [
        (
            "HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n",
            "407 Proxy Authentication Required",
            false,
        ),
        ("HTTP/1.1 403 No\r\ncontent-length: 9\r\n\r\nforbidden", "403 Forbidden", false),
        ("HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n", "502 Bad Gateway", true),
        ("HTTP/1.1 503 Bad\r\n\r\n", "503 Service Unavailable", true),
        ("SSH-2.0-OpenSSH\r\n", "did not open a tunnel", false),
        ("", "did not open a tunnel", true),
        ("HTTP/1.1 2", "did not open a tunnel", true),
    ] {
        let proxy = LayeredServer::start(vec![Layer::Proxy(response)], []);
        let config =
            config_without_retries("https://registry.example").proxies(proxies_at(&proxy.address));
        let config = trusting(config, &CertificateAuthority::new());
        let error = connect_error(ping(config).await, reason);
        assert_eq!(error.is_retryable(), again, "{error}");
        let line = error.to_string();
        assert!(line.contains(&format!("the proxy http://{} ", proxy.address)), "{line}");
        assert_eq!(proxy.lines(), ["CONNECT registry.example:443 HTTP/1.1"]);
    }
}

#[tokio::test]
async fn an_unreachable_proxy_is_named_in_the_error() {
    let port = ClosedPort::new();
    for url in ["https://registry.example", "http://registry.example"] {
        let config = trusting(
            config_without_retries(url).proxies(proxies_at(&port.address)),
            &CertificateAuthority::new(),
        );
        let error = connect_error(ping(config).await, &format!("the proxy {}", port.url()));
        assert!(error.is_retryable() && error.to_string().contains("refused"), "{error}");
    }
}

#[tokio::test]
async fn the_certificate_of_a_tunneled_server_is_verified() {
    let authority = CertificateAuthority::new();
    let layers = vec![OPEN_PROXY, authority.server(&["registry.example"])];
    let proxy = LayeredServer::start(layers, []);
    let config = trusting(config_without_retries("https://other.example"), &authority);
    let error = ping(config.proxies(proxies_at(&proxy.address))).await;
    let error = connect_error(error, "is not valid for \"other.example\"");
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn an_unresponsive_proxy_hits_the_connect_limit() {
    // The operating system completes the connection, but it is not accepted.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = silent.local_addr().expect("an address").to_string();
    let started = tokio::time::Instant::now();
    let config = config_without_retries("https://registry.example").proxies(proxies_at(&address));
    let config = trusting(config, &CertificateAuthority::new()).timeouts(Timeouts::new());
    // Fails if the call never ends, because the paused clock then advances by an hour.
    let end = tokio::time::timeout(Duration::from_secs(3600), ping(config)).await;
    let error = end.expect("an end within the hour").expect_err("no response");
    assert!(error.is_timeout() && error.is_retryable());
    let line = error.to_string();
    assert!(line.contains("no connection within 3.1 s (connect limit)"), "{line}");
    // The clock rounds up to milliseconds.
    assert!((3100..=3102).contains(&started.elapsed().as_millis()));
}
