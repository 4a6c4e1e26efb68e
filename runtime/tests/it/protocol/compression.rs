//! Compression of request bodies.

use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::{PingError, PingRequest, SERVICE};
use crate::support::signature::expected_authorization;
use crate::support::{config, load, timed_client, try_load};
use longshore_runtime::{
    Client, Compression, Config, ConfigBuilder, ConfigError, Endpoint, EndpointError,
    EndpointParameters, EndpointRules, ErrorKind, Operation, RetryConfig, Service,
};

/// The number of bytes around the text of a request.
const OVERHEAD: usize = r#"{"Text":""}"#.len();

const RULED: Service = SERVICE.endpoint_rules(EndpointRules::new(resolve));

/// An endpoint whose requests already have a content encoding.
fn resolve(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    let url = parameters.get_endpoint().ok_or_else(|| EndpointError::missing("Endpoint"))?;
    Ok(Endpoint::new(url).header("content-encoding", "custom"))
}

macro_rules! operation {
    ($name:ident, $service:expr, $signed:expr) => {
        #[derive(Clone)]
        struct $name {
            text: String,
        }
        longshore_runtime::structure!($name, Request, { "Text" => required(text) });

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &$service;
            const SIGNED: bool = $signed;
            const COMPRESSION: Option<Compression> = Some(Compression::Gzip);
            type Output = ();
            type Error = PingError;
        }
    };
}

operation!(Put, SERVICE, true);
operation!(PutRuled, RULED, true);
operation!(PutUnsigned, SERVICE, false);

/// A request with a body of this many bytes.
fn put(length: usize) -> Put {
    Put { text: "x".repeat(length - OVERHEAD) }
}

fn is_compressed(sent: &ReceivedRequest) -> bool {
    assert_eq!(sent.header("content-length"), sent.body.len().to_string());
    assert_eq!(sent.header("content-type"), "application/x-amz-json-1.1");
    let encoded = sent.headers.iter().any(|(name, _)| name == "content-encoding");
    assert_eq!(encoded, sent.body.starts_with(b"\x1f\x8b"));
    encoded
}

async fn sent<O: Operation>(config: ConfigBuilder, request: &O) -> ReceivedRequest {
    let server = Server::start([CannedResponse::ok("{}")]);
    let client = Client::new(&config.endpoint_url(&server.url).build());
    assert!(client.call(request).await.is_ok());
    server.request()
}

#[tokio::test]
async fn a_long_body_is_compressed_and_signed_as_it_is_sent() {
    let request = put(20_000);
    let sent = sent(config(""), &request).await;
    assert!(is_compressed(&sent));
    assert_eq!(sent.header("content-encoding"), "gzip");
    assert!(sent.body.len() < 1000, "{}", sent.body.len());
    assert_eq!(sent.decompressed(), format!(r#"{{"Text":"{}"}}"#, request.text));
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
    assert!(sent.header("authorization").contains(";content-encoding;"));
}

#[tokio::test]
async fn bodies_of_at_least_the_minimum_size_are_compressed() {
    let of = |limit| config("").request_min_compression_size(limit);
    let table = [
        (config(""), 10_239, false),
        (config(""), 10_240, true),
        (of(100), 99, false),
        (of(100), 100, true),
        (of(0), OVERHEAD, true),
        (of(10_485_760), 20_000, false),
        (config("").request_compression(true), 10_239, false),
        (config("").request_compression(false), 20_000, false),
        (of(0).request_compression(false), 20_000, false),
    ];
    for (config, length, compressed) in table {
        let sent = sent(config, &put(length)).await;
        assert_eq!(is_compressed(&sent), compressed, "{length}");
        assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
    }
}

#[tokio::test]
async fn an_operation_without_the_trait_is_not_compressed() {
    let sent = sent(config("").request_min_compression_size(0), &PingRequest).await;
    assert_eq!(sent.text(), "{}");
    assert!(!sent.headers.iter().any(|(name, _)| name == "content-encoding"));
}

#[tokio::test(start_paused = true)]
async fn all_attempts_send_the_same_compressed_bytes() {
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::error_code(400, "SlowDown"),
        CannedResponse::ok("{}"),
    ]);
    let (client, _) = timed_client(&server, |config| config);
    client.call(&put(20_000)).await.expect("a response");
    let sent = server.requests();
    assert_eq!(sent.len(), 3);
    for request in &sent {
        assert!(is_compressed(request) && request.body == sent[0].body);
        assert_eq!(request.header("authorization"), expected_authorization(request, "/"));
    }
}

#[tokio::test]
async fn the_encoding_is_appended_to_existing_ones() {
    let request = PutRuled { text: "x".repeat(20_000) };
    let sent = sent(config(""), &request).await;
    assert_eq!(sent.header("content-encoding"), "custom, gzip");
    assert_eq!(sent.decompressed().len(), 20_000 + OVERHEAD);
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
}

#[tokio::test]
async fn the_body_of_an_unsigned_request_is_compressed() {
    let request = PutUnsigned { text: "x".repeat(20_000) };
    assert!(is_compressed(&sent(config(""), &request).await));
}

const OFF: (&str, &str) = ("AWS_DISABLE_REQUEST_COMPRESSION", "true");
const LIMIT: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";

#[tokio::test]
async fn compression_settings_have_a_precedence() {
    type Change = fn(ConfigBuilder) -> ConfigBuilder;
    type Case<'a> = (Change, &'a [(&'a str, &'a str)], &'a str, bool);
    let nothing: Change = |config| config;
    let table: [Case<'_>; 10] = [
        (nothing, &[], "", true),
        (nothing, &[OFF], "", false),
        (nothing, &[], "disable_request_compression = TRUE", false),
        (nothing, &[(OFF.0, "false")], "disable_request_compression = true", true),
        (|config| config.request_compression(true), &[OFF], "", true),
        (nothing, &[(LIMIT, "20001")], "", false),
        (nothing, &[(LIMIT, "20000")], "request_min_compression_size_bytes = 30000", true),
        (nothing, &[], "request_min_compression_size_bytes = 20001", false),
        (|config| config.request_min_compression_size(1), &[(LIMIT, "20001")], "", true),
        // A setting from code skips the invalid variable.
        (|config| config.request_min_compression_size(1), &[(LIMIT, "x")], "", true),
    ];
    for (change, variables, profile, compressed) in table {
        let server = Server::start([CannedResponse::ok("{}")]);
        let config = load(change(config(&server.url)), variables, profile).await;
        Client::new(&config).call(&put(20_000)).await.expect("a response");
        assert_eq!(is_compressed(&server.request()), compressed, "{variables:?} {profile}");
    }
}

#[tokio::test]
async fn an_invalid_minimum_size_error_names_its_source() {
    for value in ["-1", "10485761", "1e3", "ten", "99999999999"] {
        let load = try_load(Config::builder(), &[(LIMIT, value)], "").await;
        let error = load.expect_err("no limit");
        assert_eq!(
            error.to_string(),
            format!(
                "the variable {LIMIT} is {value:?} but must be a whole number from 0 to 10485760"
            )
        );
        let profile = format!("region = r\nrequest_min_compression_size_bytes = {value}");
        let error = try_load(Config::builder(), &[], &profile).await.expect_err("no limit");
        assert!(matches!(error, ConfigError::InvalidSetting { .. }));
        let line = error.to_string();
        assert!(line.starts_with("request_min_compression_size_bytes in "), "{line}");
        assert!(line.contains(&format!("config:3 is {value:?} but must be")), "{line}");
    }
    let limit = || config("http://127.0.0.1:1").request_min_compression_size(10_485_761);
    let error = Client::new(&limit().build()).call(&put(20)).await.expect_err("no limit");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
    assert_eq!(
        error.to_string(),
        "Put: ConfigBuilder::request_min_compression_size is \"10485761\" but must be a whole \
         number from 0 to 10485760"
    );
    let source = error.find_cause::<ConfigError>();
    assert!(matches!(source, Some(ConfigError::InvalidSetting { .. })));
    // The minimum size is not checked if compression is disabled.
    let off = limit().request_compression(false).retry(RetryConfig::disabled()).build();
    let error = Client::new(&off).call(&put(20)).await.expect_err("a refused connection");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn a_derived_configuration_keeps_the_compression_settings() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let config = load(config(&server.url), &[OFF], "").await;
    let other = config.to_builder().region("us-east-1").build();
    Client::new(&other).call(&put(20_000)).await.expect("a response");
    assert!(!is_compressed(&server.request()));
}

#[test]
fn blocking_clients_compress_bodies() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let client = longshore_runtime::blocking::Client::new(&config(&server.url).build());
    client.call(&put(20_000)).expect("a response");
    assert!(is_compressed(&server.request()));
}
