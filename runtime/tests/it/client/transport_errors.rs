//! Requests that get no response, and requests that are not sent at all.

use crate::support::closed_port::ClosedPort;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest, PutImageError, PutImageRequest};
use crate::support::{SECRET, TOKEN, call_error, client, client_without_retries, config};
use longshore_runtime::{
    BoxFuture, Client, Config, ConfigError, Environment, Error, ErrorKind, OperationError,
    RetryConfig, Transport, TransportError, TransportErrorKind,
};

#[tokio::test]
async fn a_refused_connection_is_a_connect_error() {
    let port = ClosedPort::new();
    let client = client_without_retries(&port.url());
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(kind(&error), TransportErrorKind::Connect);
    assert_eq!((error.attempts(), error.status()), (1, None));
    assert!(error.is_retryable() && !error.is_timeout() && !error.is_throttling());
    let line = error.to_string();
    assert!(line.starts_with("Ping: could not connect: "), "{line}");
    assert!(line.contains("refused"), "{line}");
    assert!(line.ends_with(&format!("(host {})", port.address)), "{line}");
    let causes: Vec<_> = error.causes().collect();
    assert!(causes[0].is::<TransportError>(), "{causes:?}");
    assert!(causes.iter().any(|cause| cause.is::<std::io::Error>()), "{causes:?}");
}

fn kind<E: OperationError>(error: &Error<E>) -> TransportErrorKind {
    let source = error.find_cause::<TransportError>();
    source.expect("an error of the transport").kind()
}

#[tokio::test]
async fn early_ends_of_connections_are_distinguished() {
    let error = call_error(CannedResponse::raw("")).await;
    assert_eq!(kind(&error), TransportErrorKind::Exchange);
    let error = call_error(CannedResponse::raw("this is not HTTP\r\n\r\n")).await;
    assert_eq!(kind(&error), TransportErrorKind::Exchange);
    let error =
        call_error(CannedResponse::raw("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"si")).await;
    assert_eq!(kind(&error), TransportErrorKind::Body);
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_truncated_response_keeps_status_and_request_id() {
    let head = "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-3\r\ncontent-length:";
    for (rest, expected) in [
        (" 50\r\n\r\n{\"si", TransportErrorKind::Body),
        (" 999999999999\r\n\r\n{", TransportErrorKind::TooLarge),
    ] {
        let error = call_error(CannedResponse::raw(format!("{head}{rest}"))).await;
        assert_eq!(kind(&error), expected);
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-3")));
        assert!(error.to_string().ends_with(" (status 200, request id id-3)"), "{error}");
        assert_eq!(error.code(), None);
    }
}

#[tokio::test]
async fn malformed_http_is_not_retryable() {
    for response in [
        "this is not HTTP\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let error = call_error(CannedResponse::raw(response)).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(!error.is_retryable(), "{response} {error}");
    }
    assert!(call_error(CannedResponse::raw("")).await.is_retryable());
    assert!(call_error(CannedResponse::raw("HTTP/1.1 200 O")).await.is_retryable());
}

#[tokio::test]
async fn an_untrusted_certificate_is_not_retryable_and_reported_once() {
    #[derive(Debug)]
    struct Untrusted;
    impl Transport for Untrusted {
        fn send(
            &self,
            _: http::Request<bytes::Bytes>,
        ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
            let tls = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
            let io = std::io::Error::other(tls);
            let error = TransportError::new(TransportErrorKind::Connect, io);
            Box::pin(std::future::ready(Err(error)))
        }
    }
    let config = config("https://localhost").transport(Untrusted).build();
    let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
    assert!(!error.is_retryable());
    assert_eq!(error.to_string().matches("UnknownIssuer").count(), 1, "{error}");
}

#[tokio::test]
async fn a_cause_that_an_error_already_prints_is_not_repeated() {
    use longshore_runtime::{CredentialsError, CredentialsFuture, ProvideCredentials};
    use std::fmt;

    /// An error that prints its source, as many do.
    #[derive(Debug)]
    struct SelfPrinting(std::io::Error);
    impl fmt::Display for SelfPrinting {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "loud: {}", self.0)
        }
    }
    impl std::error::Error for SelfPrinting {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    #[derive(Debug)]
    struct Provider;
    impl ProvideCredentials for Provider {
        fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
            let cause = SelfPrinting(std::io::Error::other("the file is gone"));
            let error = CredentialsError::failed(cause);
            CredentialsFuture::ready(Err(error))
        }
    }
    let error = unsent_error(config("http://127.0.0.1:1").credentials(Provider).build()).await;
    let line = error.to_string();
    assert_eq!(line.matches("the file is gone").count(), 1, "{line}");
    assert!(line.contains("loud: "), "{line}");
    assert!(error.find_cause::<CredentialsError>().is_some());
}

#[tokio::test]
async fn a_response_beyond_the_size_limit_is_rejected_without_reading_it() {
    let response = "HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n{";
    let error = call_error(CannedResponse::raw(response)).await;
    assert_eq!(kind(&error), TransportErrorKind::TooLarge);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn tls_to_a_plain_server_is_a_connect_error() {
    let server = Server::start([CannedResponse::raw("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    let client = client_without_retries(&server.url.replace("http:", "https:"));
    let error = client.call(&PingRequest).await.expect_err("an error");
    // On a machine without root certificates, no connection is attempted.
    let expected = [TransportErrorKind::Connect, TransportErrorKind::Unusable];
    assert!(expected.contains(&kind(&error)), "{error}");
    assert!(server.requests().is_empty());
}

#[test]
fn a_call_without_a_runtime_is_an_error_and_not_a_panic() {
    use std::task::{Context, Poll, Waker};
    let client = client("http://127.0.0.1:1");
    let mut call = Box::pin(client.call(&PingRequest));
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => {
            assert_eq!(kind(&error), TransportErrorKind::Unusable);
            assert!(error.to_string().contains("tokio"), "{error}");
        }
        other => panic!("{other:?}"),
    }
}

/// A transport that always times out.
#[derive(Debug)]
struct TimingOut(TransportErrorKind);

impl Transport for TimingOut {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let io = std::io::Error::from(std::io::ErrorKind::TimedOut);
        Box::pin(std::future::ready(Err(TransportError::new(self.0, io))))
    }
}

#[tokio::test]
async fn a_timeout_is_recognized_in_any_transport_error() {
    for kind in [TransportErrorKind::Timeout, TransportErrorKind::Connect] {
        let config = config("http://127.0.0.1:1").retry(RetryConfig::disabled());
        let config = config.transport(TimingOut(kind)).build();
        let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
        assert!(error.is_timeout() && error.is_retryable(), "{error}");
    }
}

async fn unsent_error(config: Config) -> Error<PingError> {
    let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
    assert_eq!(error.attempts(), 0);
    assert!(!error.is_retryable());
    error
}

#[tokio::test]
async fn a_missing_region_error_lists_the_sources() {
    let error = unsent_error(Config::builder().build()).await;
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.find_cause::<ConfigError>().is_some());
    assert!(error.to_string().contains("ConfigBuilder::region"), "{error}");
    assert!(!error.to_string().contains("AWS_REGION"), "{error}");

    let environment = crate::support::NO_INSTANCE_METADATA.into_iter().collect();
    let config = Config::builder().load(&environment).await.expect("a configuration");
    let line = unsent_error(config).await.to_string();
    assert!(line.contains("AWS_REGION") && line.contains("AWS_DEFAULT_REGION"), "{line}");
    let end = " and the metadata of the instance (AWS_EC2_METADATA_DISABLED is true)";
    assert!(line.ends_with(end), "{line}");
}

#[tokio::test]
async fn a_missing_credentials_error_lists_the_sources() {
    let error = unsent_error(Config::builder().region("eu-west-1").build()).await;
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("built in code"), "{error}");

    let table = [
        (None, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        (Some(("AWS_ACCESS_KEY_ID", "a")), "AWS_SECRET_ACCESS_KEY is not"),
        (Some(("AWS_SECRET_ACCESS_KEY", SECRET)), "AWS_ACCESS_KEY_ID is not"),
    ];
    for (variable, expected) in table {
        let environment: Environment =
            crate::support::NO_INSTANCE_METADATA.into_iter().chain(variable).collect();
        let builder = Config::builder().region("eu-west-1");
        let error = unsent_error(builder.load(&environment).await.expect("a configuration")).await;
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error:?}").contains(SECRET));
    }
}

#[tokio::test]
async fn credentials_with_invalid_characters_are_an_error_that_hides_them() {
    let bad = "zig\nzag";
    let table = [(bad, SECRET, None), ("AKID", bad, None), ("AKID", SECRET, Some(bad.to_owned()))];
    for (key, secret, token) in table {
        let builder = config("http://127.0.0.1:1").static_credentials(key, secret, token);
        let error = unsent_error(builder.build()).await;
        assert_eq!(error.kind(), ErrorKind::Sign);
        assert!(!format!("{error} {error:?}").contains("zag"), "{error:?}");
    }
}

#[tokio::test]
async fn no_output_contains_secrets() {
    let server = Server::start([]);
    let config = config(&server.url).retry(RetryConfig::disabled()).build();
    let client = Client::new(&config);
    let error =
        client.call(&PutImageRequest::new("a", "manifest-text")).await.expect_err("an error");
    let all = format!("{config:?} {:?} {client:?} {error} {error:?}", config.to_builder());
    for secret in [SECRET, TOKEN, "manifest-text"] {
        assert!(!all.contains(secret), "{all}");
    }
}

#[test]
fn an_error_is_one_pointer_in_size() {
    assert_eq!(size_of::<Error<PutImageError>>(), size_of::<usize>());
}
