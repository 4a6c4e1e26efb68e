//! The sources of settings and their precedence.

use std::sync::{Arc, Mutex};

use crate::support::SECRET;
use crate::support::service::PingRequest;
use longshore_runtime::{
    BoxFuture, Client, Config, ConfigBuilder, ConfigError, Environment, Transport, TransportError,
};

/// A transport that records the URLs and signing regions of requests.
#[derive(Debug, Clone, Default)]
struct RecordingTransport(Arc<Mutex<Vec<(String, String)>>>);

impl Transport for RecordingTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let signature = request.headers()["authorization"].to_str().expect("text");
        let region = signature.split('/').nth(2).expect("a region").to_owned();
        self.0.lock().expect("the list").push((request.uri().to_string(), region));
        Box::pin(std::future::ready(Ok(http::Response::new(bytes::Bytes::new()))))
    }
}

type Variables<'a> = &'a [(&'a str, &'a str)];

/// The URL and the signing region of a call, or its error message and an empty string.
async fn send_ping(builder: ConfigBuilder, variables: &[(&str, &str)]) -> (String, String) {
    let recorder = RecordingTransport::default();
    let credentials = builder.static_credentials("AKIDEXAMPLE", SECRET, None);
    let environment = variables.iter().copied().collect();
    let config = credentials.transport(recorder.clone()).load(&environment).await.expect("loaded");
    match Client::new(&config).call(&PingRequest).await {
        Ok(()) => recorder.0.lock().expect("the list").remove(0),
        Err(error) => (error.to_string(), String::new()),
    }
}

#[tokio::test]
async fn the_region_has_a_precedence() {
    let table: [(Option<&str>, Variables<'_>, &str); 5] = [
        (Some("a"), &[("AWS_REGION", "b"), ("AWS_DEFAULT_REGION", "c")], "a"),
        (None, &[("AWS_REGION", "b"), ("AWS_DEFAULT_REGION", "c")], "b"),
        (None, &[("AWS_DEFAULT_REGION", "c")], "c"),
        (None, &[("AWS_REGION", ""), ("AWS_DEFAULT_REGION", "c")], "c"),
        (None, &[("AWS_REGION", " eu-west-1\n")], "eu-west-1"),
    ];
    for (explicit, variables, expected) in table {
        let builder = explicit.into_iter().fold(Config::builder(), ConfigBuilder::region);
        let (url, region) = send_ping(builder, variables).await;
        assert_eq!(region, expected);
        assert_eq!(url, format!("https://api.registry.{expected}.amazonaws.com/"));
    }
}

#[tokio::test]
async fn the_endpoint_url_has_a_precedence() {
    const OWN: (&str, &str) = ("AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC", "http://own");
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "http://all");
    const OTHER: (&str, &str) = ("AWS_ENDPOINT_URL_OTHER", "http://other");
    const IGNORE: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    let regional = "https://api.registry.r.amazonaws.com/";
    let table: [(Option<&str>, Variables<'_>, &str); 9] = [
        (Some("http://code"), &[OWN, ALL], "http://code/"),
        (Some("http://code"), &[OWN, ALL, (IGNORE, "true")], "http://code/"),
        (None, &[OWN, ALL], "http://own/"),
        (None, &[ALL, OTHER], "http://all/"),
        (None, &[OTHER], regional),
        (None, &[("AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC", ""), ALL], "http://all/"),
        (None, &[OWN, ALL, (IGNORE, "True")], regional),
        (None, &[OWN, ALL, (IGNORE, "false")], "http://own/"),
        (None, &[], regional),
    ];
    for (explicit, variables, expected) in table {
        let builder = Config::builder().region("r");
        let builder = explicit.into_iter().fold(builder, ConfigBuilder::endpoint_url);
        assert_eq!(send_ping(builder, variables).await.0, expected, "{variables:?}");
    }
}

#[tokio::test]
async fn a_boolean_variable_that_is_neither_true_nor_false_is_an_error() {
    let environment = [("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "maybe")].into_iter().collect();
    let error = Config::builder().load(&environment).await.expect_err("an error");
    assert!(matches!(error, ConfigError::InvalidSetting { .. }));
    let line = error.to_string();
    assert!(line.contains("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "{line}");
    assert!(line.contains("\"maybe\"") && line.contains("true or false"), "{line}");
}

#[tokio::test]
async fn endpoint_urls_keep_port_and_path() {
    let table = [
        ("http://localhost:5000", "http://localhost:5000/"),
        ("https://example.com/custom", "https://example.com/custom/"),
        ("https://example.com/custom/", "https://example.com/custom/"),
        ("https://example.com/a%20b/c", "https://example.com/a%20b/c/"),
        ("http://[::1]:5000", "http://[::1]:5000/"),
        ("HTTP://EXAMPLE.com", "http://EXAMPLE.com/"),
    ];
    for (url, expected) in table {
        let builder = Config::builder().region("r").endpoint_url(url);
        assert_eq!(send_ping(builder, &[]).await.0, expected);
    }
}

#[tokio::test]
async fn an_invalid_endpoint_url_error_names_problem_and_source() {
    let table = [
        ("", "is not a URL"),
        ("exa mple", "is not a URL"),
        ("localhost:5000", "does not begin with https:// or http://"),
        ("/path", "does not begin with https:// or http://"),
        ("ftp://example.com", "begins with neither"),
        ("https://", "is not a URL"),
        ("https://:443", "host"),
        ("https://example.com?a=b", "has a query"),
        ("https://example.com/#part", "has a fragment"),
        ("https://example.com:port", "has a port"),
        ("https://example.com:", "has a port"),
        ("https://example.com:99999", "has a port"),
        ("https://example.com:0", "has a port"),
        ("https://me:hunter2@example.com", "has a user name or password"),
        ("https://me:hunter2@exa mple", "is not a URL"),
        ("https://me:hunter2", "has a port"),
        ("https://me:hunter2/path", "has a port"),
        ("https://[::1]:hunter2", "has a port"),
        ("https://me:8hunter2/", "has a port"),
        ("https:/me:hunter2", "URL"),
        ("https:///me:hunter2", "URL"),
        ("me:hunter2", "https://"),
        ("https://me:hu#nter2hunter2@example.com", "has a fragment"),
        ("https://example.com/?token=hunter2", "has a query"),
        ("https://example.com/?a=b@hunter2", "has a"),
        ("https://example.com/#hunter2", "has a fragment"),
    ];
    for (url, problem) in table {
        let builder = Config::builder().region("r").endpoint_url(url);
        let shown = format!("{builder:?}");
        let (line, region) = send_ping(builder, &[]).await;
        assert_eq!(region, "", "{url} was taken");
        assert!(line.contains(problem), "{url}: {line}");
        assert!(line.contains("from the configuration in code"), "{line}");
        assert!(!line.contains("hunter2") && !shown.contains("hunter2"), "{line} {shown}");
    }
    let (line, _) =
        send_ping(Config::builder().region("r").endpoint_url("ftp://a:80/b?c"), &[]).await;
    assert!(line.contains("\"ftp://a:80/b?[redacted]\""), "{line}");
    for name in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC"] {
        let (line, _) = send_ping(Config::builder().region("r"), &[(name, "ftp://x")]).await;
        assert!(line.contains(&format!("\"ftp://x\" from {name} ")), "{line}");
    }
}

#[tokio::test]
async fn a_region_cannot_change_the_host() {
    for region in ["evil.com/", "a.b", "x@y", "-a", "a-", "ä", &"a".repeat(64)] {
        for variables in [&[][..], &[("AWS_ENDPOINT_URL", "http://localhost")]] {
            let (line, _) = send_ping(Config::builder().region(region), variables).await;
            assert!(line.contains("is not a label of a host name"), "{region}: {line}");
        }
    }
    let (line, _) = send_ping(Config::builder(), &[("AWS_REGION", "a/b")]).await;
    assert!(line.contains("\"a/b\" from AWS_REGION"), "{line}");
}

#[tokio::test]
async fn building_a_config_reads_no_environment() {
    let config = Config::builder().build();
    assert_eq!(config.region(), None);
    let environment = Environment::from_iter([("AWS_REGION", "eu-west-1")]);
    let config = config.to_builder().load(&environment).await.expect("loaded");
    assert_eq!(config.region(), Some("eu-west-1"));
}

#[tokio::test]
async fn debug_output_shows_names_and_hides_values() {
    let variables = [("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")];
    let environment: Environment = variables.into_iter().collect();
    let config = Config::builder().region("r").load(&environment).await.expect("loaded");
    assert_eq!(format!("{environment:?}"), r#"{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}"#);
    assert_eq!(
        format!("{config:?}"),
        "Config { region: Some(\"r\"), credentials: Some([redacted]), endpoint_url: None, \
         transport: .. }"
    );
    // The `Debug` output of a custom transport can contain anything.
    #[derive(Debug)]
    struct SecretTransport(#[expect(dead_code, reason = "printed")] &'static str);
    impl Transport for SecretTransport {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            Box::pin(std::future::ready(Ok(http::Response::default())))
        }
    }
    let config = Config::builder().transport(SecretTransport(SECRET)).build();
    let shown = format!("{config:?} {:?} {:?}", config.to_builder(), Client::new(&config));
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn the_process_environment_keeps_only_relevant_variables() {
    let names = format!("{:?}", Environment::process());
    let others = ["HOME", "USERPROFILE", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];
    for name in names.trim_matches(['{', '}']).split(", ").map(|name| name.trim_matches('"')) {
        let known = others.contains(&name.to_uppercase().as_str());
        assert!(name.is_empty() || name.starts_with("AWS_") || known, "{name}");
    }
    // Cargo sets other variables, and a shell sets `HOME`.
    assert_eq!(Environment::process().get("HOME").map(str::to_owned), std::env::var("HOME").ok());
    assert_eq!(Environment::process().get("CARGO_MANIFEST_DIR"), None);
}

#[tokio::test]
async fn the_host_header_has_a_port_only_if_it_is_not_the_default() {
    #[derive(Debug, Clone, Default)]
    struct HostRecorder(Arc<Mutex<String>>);
    impl Transport for HostRecorder {
        fn send(
            &self,
            request: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            let host = request.headers()["host"].to_str().expect("text").to_owned();
            *self.0.lock().expect("the host") = host;
            Box::pin(std::future::ready(Ok(http::Response::new(bytes::Bytes::new()))))
        }
    }
    let table = [
        ("http://a:80", "a"),
        ("https://a:443", "a"),
        ("http://a:443", "a:443"),
        ("https://a:80/x", "a:80"),
        ("https://example.com/custom", "example.com"),
        ("https://a", "a"),
        ("http://[::1]:80", "[::1]"),
        ("http://[::1]:81", "[::1]:81"),
    ];
    for (url, expected) in table {
        let host = HostRecorder::default();
        let config = crate::support::config(url).transport(host.clone()).build();
        Client::new(&config).call(&PingRequest).await.expect("a response");
        assert_eq!(*host.0.lock().expect("the host"), expected, "{url}");
    }
}

#[tokio::test]
async fn a_provider_is_called_once_for_all_clients() {
    use longshore_runtime::{Credentials, CredentialsFuture, ProvideCredentials};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Debug, Clone, Default)]
    struct CountingProvider(Arc<AtomicUsize>);
    impl ProvideCredentials for CountingProvider {
        fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
            self.0.fetch_add(1, Ordering::SeqCst);
            let credentials = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test");
            CredentialsFuture::ready(Ok(credentials))
        }
    }
    let provider = CountingProvider::default();
    let builder = Config::builder().region("r").transport(RecordingTransport::default());
    let config = builder.credentials(provider.clone()).build();
    for config in [&config, &config.clone(), &config.to_builder().region("s").build()] {
        Client::new(config).call(&PingRequest).await.expect("a response");
    }
    assert_eq!(provider.0.load(Ordering::SeqCst), 1);
}
