//! Bodies that are made smaller before they are signed and sent.

mod support;

use std::error::Error as _;
use std::io::Read;

use flate2::read::GzDecoder;
use longshore_runtime::{
    Client, Compression, Config, ConfigBuilder, ConfigError, Endpoint, EndpointError,
    EndpointParameters, EndpointRules, ErrorKind, Operation, RetryConfig, Service,
};
use support::server::{Captured, Reply, Server};
use support::service::{PingError, PingRequest, SERVICE};
use support::signature::authorization;
use support::{config, loaded, try_load};

/// What surrounds the text of a request.
const AROUND: usize = r#"{"Text":""}"#.len();

const RULED: Service = SERVICE.endpoint_rules(EndpointRules::new(resolve));

/// An endpoint whose requests have an encoding already.
fn resolve(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    let url = parameters.get_endpoint().ok_or_else(|| EndpointError::missing("Endpoint"))?;
    Ok(Endpoint::new(url).header("content-encoding", "custom"))
}

macro_rules! operation {
    ($name:ident, $service:expr, $signed:expr) => {
        #[derive(Debug, Clone)]
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

/// A request whose body has so many bytes.
fn put(length: usize) -> Put {
    Put { text: "x".repeat(length - AROUND) }
}

fn is_compressed(sent: &Captured) -> bool {
    assert_eq!(sent.header("content-length"), sent.body.len().to_string());
    assert_eq!(sent.header("content-type"), "application/x-amz-json-1.1");
    let encoded = sent.headers.iter().any(|(name, _)| name == "content-encoding");
    assert_eq!(encoded, sent.body.starts_with(b"\x1f\x8b"));
    encoded
}

fn original(sent: &Captured) -> String {
    let mut text = String::new();
    GzDecoder::new(&*sent.body).read_to_string(&mut text).expect("gzip");
    text
}

async fn sent<O: Operation>(config: ConfigBuilder, request: &O) -> Captured {
    let server = Server::start([Reply::ok("{}")]);
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
    assert_eq!(original(&sent), format!(r#"{{"Text":"{}"}}"#, request.text));
    assert_eq!(sent.header("authorization"), authorization(&sent, "/"));
    assert!(sent.header("authorization").contains(";content-encoding;"));
}

#[tokio::test]
async fn a_body_is_long_from_the_limit_on() {
    let of = |limit| config("").request_min_compression_size(limit);
    let table = [
        (config(""), 10_239, false),
        (config(""), 10_240, true),
        (of(100), 99, false),
        (of(100), 100, true),
        (of(0), AROUND, true),
        (of(10_485_760), 20_000, false),
        (config("").request_compression(true), 10_239, false),
        (config("").request_compression(false), 20_000, false),
        (of(0).request_compression(false), 20_000, false),
    ];
    for (config, length, compressed) in table {
        let sent = sent(config, &put(length)).await;
        assert_eq!(is_compressed(&sent), compressed, "{length}");
        assert_eq!(sent.header("authorization"), authorization(&sent, "/"));
    }
}

#[tokio::test]
async fn an_operation_that_does_not_ask_for_it_is_not_compressed() {
    let sent = sent(config("").request_min_compression_size(0), &PingRequest).await;
    assert_eq!(sent.text(), "{}");
    assert!(!sent.headers.iter().any(|(name, _)| name == "content-encoding"));
}

#[tokio::test]
async fn every_attempt_sends_the_same_bytes() {
    let server = Server::start([Reply::busy(), Reply::code(400, "SlowDown"), Reply::ok("{}")]);
    support::client(&server.url).call(&put(20_000)).await.expect("an answer");
    let sent = server.requests();
    assert_eq!(sent.len(), 3);
    for request in &sent {
        assert!(is_compressed(request) && request.body == sent[0].body);
        assert_eq!(request.header("authorization"), authorization(request, "/"));
    }
}

#[tokio::test]
async fn an_encoding_stands_behind_those_that_are_there() {
    let request = PutRuled { text: "x".repeat(20_000) };
    let sent = sent(config(""), &request).await;
    assert_eq!(sent.header("content-encoding"), "custom, gzip");
    assert_eq!(original(&sent).len(), 20_000 + AROUND);
    assert_eq!(sent.header("authorization"), authorization(&sent, "/"));
}

#[tokio::test]
async fn a_body_without_a_signature_is_compressed_too() {
    let request = PutUnsigned { text: "x".repeat(20_000) };
    assert!(is_compressed(&sent(config(""), &request).await));
}

const OFF: (&str, &str) = ("AWS_DISABLE_REQUEST_COMPRESSION", "true");
const LIMIT: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";

#[tokio::test]
async fn settings_have_a_precedence() {
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
        // What the code has said is not looked at elsewhere.
        (|config| config.request_min_compression_size(1), &[(LIMIT, "x")], "", true),
    ];
    for (change, variables, profile, compressed) in table {
        let server = Server::start([Reply::ok("{}")]);
        let config = loaded(change(config(&server.url)), variables, profile).await;
        Client::new(&config).call(&put(20_000)).await.expect("an answer");
        assert_eq!(is_compressed(&server.request()), compressed, "{variables:?} {profile}");
    }
}

#[tokio::test]
async fn a_limit_that_cannot_be_is_an_error_that_says_where_it_is() {
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
    let source = error.source().and_then(|source| source.downcast_ref::<ConfigError>());
    assert!(matches!(source, Some(ConfigError::InvalidSetting { .. })));
    // Nobody asks for it where nothing is compressed.
    let off = limit().request_compression(false).retry(RetryConfig::disabled()).build();
    let error = Client::new(&off).call(&put(20)).await.expect_err("nobody there");
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn a_configuration_made_of_another_one_keeps_its_settings() {
    let server = Server::start([Reply::ok("{}")]);
    let config = loaded(config(&server.url), &[OFF], "").await;
    let other = config.to_builder().region("us-east-1").build();
    Client::new(&other).call(&put(20_000)).await.expect("an answer");
    assert!(!is_compressed(&server.request()));
}

#[test]
fn blocking_clients_compress_too() {
    let server = Server::start([Reply::ok("{}")]);
    let client = longshore_runtime::blocking::Client::new(&config(&server.url).build());
    client.call(&put(20_000)).expect("an answer");
    assert!(is_compressed(&server.request()));
}
