//! The certificates that the default transport trusts.

use crate::support::certificate_authority::CertificateAuthority;
use crate::support::config;
use crate::support::layered_server::LayeredServer;
use crate::support::server::CannedResponse;
use crate::support::service::{PingError, PingRequest};
use longshore_runtime::{
    Client, ConfigBuilder, Environment, Error, HttpTransport, RetryConfig, RootCertificates,
    TransportError, TransportErrorKind,
};

fn config_without_retries(url: &str) -> ConfigBuilder {
    config(url).retry(RetryConfig::disabled())
}

fn trusting(url: &str, authority: &CertificateAuthority) -> ConfigBuilder {
    let roots = RootCertificates::system().der(&authority.der()).expect("a certificate");
    config_without_retries(url).root_certificates(roots)
}

async fn ping(config: ConfigBuilder) -> Result<(), Error<PingError>> {
    Client::new(&config.build()).call(&PingRequest).await
}

fn assert_connect_error(error: &Error<PingError>, reason: &str) {
    let source = error.find_cause::<TransportError>();
    assert_eq!(source.map(TransportError::kind), Some(TransportErrorKind::Connect));
    assert!(!error.is_retryable() && !error.is_timeout());
    let line = error.to_string();
    assert!(line.starts_with("Ping: could not connect: ") && line.contains(reason), "{line}");
    assert_eq!(line.matches(reason).count(), 1, "{line}");
}

#[tokio::test]
async fn a_certificate_is_rejected_until_its_authority_is_added() {
    let authority = CertificateAuthority::new();
    let server =
        LayeredServer::start(vec![authority.server(&["127.0.0.1"])], [CannedResponse::ok("")]);
    let url = format!("https://{}", server.address);
    // With another root, so that this does not depend on the roots of the machine.
    let error = ping(trusting(&url, &CertificateAuthority::new()))
        .await
        .expect_err("an untrusted certificate");
    assert_connect_error(&error, "issued by an unknown authority");
    assert_eq!(server.requests().len(), 0);
    ping(trusting(&url, &authority)).await.expect("a response");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_profile_names_a_file_with_root_certificates() {
    let authority = CertificateAuthority::new();
    let server =
        LayeredServer::start(vec![authority.server(&["127.0.0.1"])], [CannedResponse::ok("")]);
    let folder = tempfile::TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("text").to_owned()
    };
    let roots = write("roots.pem", &authority.pem());
    let empty = write("empty.pem", "");
    let builder = |properties: &str| {
        let profile = write("config", &format!("[default]\n{properties}"));
        config_without_retries(&format!("https://{}", server.address)).config_file(profile)
    };
    let load = |builder: ConfigBuilder, variables: &[(&str, &str)]| {
        let environment = variables.iter().copied().collect();
        async move { builder.load(&environment).await }
    };
    let trusted = load(builder(&format!("ca_bundle = {roots}\n")), &[]).await.expect("loaded");
    Client::new(&trusted).call(&PingRequest).await.expect("a response");
    // The variable and the code override the property.
    let property = builder(&format!("ca_bundle = {empty}\n"));
    let variable = ("AWS_CA_BUNDLE", roots.as_str());
    load(property.clone(), &[variable]).await.expect("loaded");
    let in_code = property.clone().root_certificates(RootCertificates::system());
    load(in_code, &[]).await.expect("loaded");
    let error = load(property, &[]).await.expect_err("no certificate").to_string();
    let origin = format!("ca_bundle in {}:2 ({empty})", folder.path().join("config").display());
    assert!(error.contains(&origin), "{error}");
    load(builder("ca_bundle =\n"), &[]).await.expect("loaded");
}

#[tokio::test]
async fn root_certificates_load_from_memory_a_file_and_the_environment() {
    let authority = CertificateAuthority::new();
    let responses = [CannedResponse::ok(""), CannedResponse::ok(""), CannedResponse::ok("")];
    let server = LayeredServer::start(vec![authority.server(&["127.0.0.1"])], responses);
    let url = format!("https://{}", server.address);
    let only = || RootCertificates::only_added();
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("roots.pem");
    std::fs::write(&file, authority.pem()).expect("a file");
    let variable = [("AWS_CA_BUNDLE", file.to_str().expect("a path"))];
    let environment: Environment = variable.into_iter().collect();

    let pem = only().pem(authority.pem().as_bytes()).expect("PEM");
    ping(config_without_retries(&url).root_certificates(pem)).await.expect("a response");
    let pem = only().pem_file(&file).expect("PEM");
    ping(config_without_retries(&url).root_certificates(pem)).await.expect("a response");
    let loaded = config_without_retries(&url).load(&environment).await.expect("a configuration");
    Client::new(&loaded).call(&PingRequest).await.expect("a response");
    std::fs::remove_file(&file).expect("the file is gone");

    let error = config_without_retries(&url).load(&environment).await.expect_err("no file");
    assert!(error.to_string().contains("AWS_CA_BUNDLE"), "{error}");
    // Roots set in code take precedence, and a custom transport has its own.
    config_without_retries(&url)
        .root_certificates(only())
        .load(&environment)
        .await
        .expect("a configuration");
    config_without_retries(&url)
        .transport(HttpTransport::new())
        .load(&environment)
        .await
        .expect("a configuration");
}

#[tokio::test]
async fn certificate_names_and_dates_are_verified() {
    let authority = CertificateAuthority::new();
    for (layer, reason) in [
        (authority.server(&["registry.example"]), "is not valid for \"127.0.0.1\""),
        (authority.expired_server(&["127.0.0.1"]), "the certificate of the server expired at"),
    ] {
        let server = LayeredServer::start(vec![layer], [CannedResponse::ok("")]);
        let url = format!("https://{}", server.address);
        let error = ping(trusting(&url, &authority)).await.expect_err("a wrong certificate");
        assert_connect_error(&error, reason);
        assert_eq!(server.requests().len(), 0);
    }
}

#[tokio::test]
async fn tls_to_a_plain_port_is_not_retryable() {
    let plain = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("https://{}", plain.local_addr().expect("an address"));
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = plain.accept().expect("a connection");
        let _ = stream.read(&mut [0; 100]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = stream.read(&mut [0; 1000]);
    });
    let error = ping(trusting(&url, &CertificateAuthority::new())).await.expect_err("no TLS");
    assert_connect_error(&error, "does not use TLS");
}
