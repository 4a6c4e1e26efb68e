//! What becomes of requests without an answer, and of those that were never sent.

mod support;

use std::error::Error as _;

use longshore_runtime::{
    BoxFuture, Client, Config, ConfigError, Environment, Error, ErrorKind, RetryConfig, Transport,
    TransportError, TransportErrorKind,
};
use support::server::{Reply, Server};
use support::service::{PingError, PingRequest, PutImageError, PutImageRequest};
use support::{SECRET, TOKEN, client, client_without_retries, config, failure};

#[tokio::test]
async fn nobody_listening_is_a_failure_to_connect() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let client = client_without_retries(&format!("http://{address}"));
    let error = client.call(&PingRequest).await.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(kind(&error), TransportErrorKind::Connect);
    assert_eq!((error.attempts(), error.status()), (1, None));
    assert!(error.is_retryable() && !error.is_timeout() && !error.is_throttling());
    let line = error.to_string();
    assert!(line.starts_with("Ping: could not connect: "), "{line}");
    assert!(line.contains("refused"), "{line}");
    assert!(line.ends_with(&format!("(host {address})")), "{line}");
}

fn kind<E: std::error::Error + 'static>(error: &Error<E>) -> TransportErrorKind {
    let source = error.source().and_then(|source| source.downcast_ref::<TransportError>());
    source.expect("an error of the transport").kind()
}

#[tokio::test]
async fn connections_that_end_too_early_are_told_apart() {
    let error = failure(Reply::raw("")).await;
    assert_eq!(kind(&error), TransportErrorKind::Exchange);
    let error = failure(Reply::raw("this is not HTTP\r\n\r\n")).await;
    assert_eq!(kind(&error), TransportErrorKind::Exchange);
    let error = failure(Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"si")).await;
    assert_eq!(kind(&error), TransportErrorKind::Body);
    assert!(error.is_retryable());
}

#[tokio::test]
async fn an_answer_that_breaks_off_keeps_what_its_head_said() {
    let head = "HTTP/1.1 200 OK\r\nx-amzn-requestid: id-3\r\ncontent-length:";
    for (rest, expected) in [
        (" 50\r\n\r\n{\"si", TransportErrorKind::Body),
        (" 999999999999\r\n\r\n{", TransportErrorKind::TooLarge),
    ] {
        let error = failure(Reply::raw(format!("{head}{rest}"))).await;
        assert_eq!(kind(&error), expected);
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("id-3")));
        assert!(error.to_string().ends_with(" (status 200, request id id-3)"), "{error}");
        assert_eq!(error.code(), None);
    }
}

#[tokio::test]
async fn what_is_no_http_is_not_asked_again() {
    for answer in [
        "this is not HTTP\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let error = failure(Reply::raw(answer)).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(!error.is_retryable(), "{answer} {error}");
    }
    assert!(failure(Reply::raw("")).await.is_retryable());
    assert!(failure(Reply::raw("HTTP/1.1 200 O")).await.is_retryable());
}

#[tokio::test]
async fn a_certificate_nobody_trusts_is_not_shown_again() {
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
async fn a_cause_is_printed_once() {
    use longshore_runtime::{CredentialsError, ProvideCredentials};
    use std::fmt;

    /// An error that prints its cause, as many do.
    #[derive(Debug)]
    struct Loud(std::io::Error);
    impl fmt::Display for Loud {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "loud: {}", self.0)
        }
    }
    impl std::error::Error for Loud {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    #[derive(Debug)]
    struct Provider;
    impl ProvideCredentials for Provider {
        fn provide_credentials<'a>(
            &'a self,
        ) -> aws_credential_types::provider::future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let cause = Loud(std::io::Error::other("the file is gone"));
            let error = CredentialsError::provider_error(cause);
            aws_credential_types::provider::future::ProvideCredentials::ready(Err(error))
        }
    }
    let error = refused(config("http://127.0.0.1:1").credentials(Provider).build()).await;
    let line = error.to_string();
    assert_eq!(line.matches("the file is gone").count(), 1, "{line}");
    assert!(line.contains("loud: "), "{line}");
    assert!(error.source().is_some_and(|source| source.is::<CredentialsError>()));
}

#[tokio::test]
async fn an_answer_beyond_the_limit_is_refused_before_it_is_read() {
    let answer = "HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n{";
    let error = failure(Reply::raw(answer)).await;
    assert_eq!(kind(&error), TransportErrorKind::TooLarge);
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn tls_against_a_server_without_it_is_a_failure_to_connect() {
    let server = Server::start([Reply::raw("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    let client = client_without_retries(&server.url.replace("http:", "https:"));
    let error = client.call(&PingRequest).await.expect_err("an error");
    // Where a machine has no root certificates at all, it does not come to a connection.
    let expected = [TransportErrorKind::Connect, TransportErrorKind::Unusable];
    assert!(expected.contains(&kind(&error)), "{error}");
    assert!(server.requests().is_empty());
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
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

/// A transport that runs out of time.
#[derive(Debug)]
struct Slow(TransportErrorKind);

impl Transport for Slow {
    fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let io = std::io::Error::from(std::io::ErrorKind::TimedOut);
        Box::pin(std::future::ready(Err(TransportError::new(self.0, io))))
    }
}

#[tokio::test]
async fn a_limit_of_time_is_recognised_in_any_error_of_a_transport() {
    for kind in [TransportErrorKind::Timeout, TransportErrorKind::Connect] {
        let config = config("http://127.0.0.1:1").retry(RetryConfig::disabled());
        let config = config.transport(Slow(kind)).build();
        let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
        assert!(error.is_timeout() && error.is_retryable(), "{error}");
    }
}

async fn refused(config: Config) -> Error<PingError> {
    let error = Client::new(&config).call(&PingRequest).await.expect_err("an error");
    assert_eq!(error.attempts(), 0);
    assert!(!error.is_retryable());
    error
}

#[tokio::test]
async fn a_missing_region_says_where_it_was_looked_for() {
    let error = refused(Config::builder().build()).await;
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.source().is_some_and(|source| source.is::<ConfigError>()));
    assert!(error.to_string().contains("ConfigBuilder::region"), "{error}");
    assert!(!error.to_string().contains("AWS_REGION"), "{error}");

    let environment = support::ALONE.into_iter().collect();
    let config = Config::builder().load(&environment).await.expect("a configuration");
    let line = refused(config).await.to_string();
    assert!(line.contains("AWS_REGION") && line.contains("AWS_DEFAULT_REGION"), "{line}");
    let instance =
        line.ends_with(" and the metadata of the instance (AWS_EC2_METADATA_DISABLED is true)");
    assert_eq!(instance, cfg!(feature = "aws-config"), "{line}");
}

#[tokio::test]
async fn missing_credentials_say_where_they_were_looked_for() {
    let error = refused(Config::builder().region("eu-west-1").build()).await;
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("built in code"), "{error}");

    let table = [
        (None, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        (Some(("AWS_ACCESS_KEY_ID", "a")), "AWS_SECRET_ACCESS_KEY is not"),
        (Some(("AWS_SECRET_ACCESS_KEY", SECRET)), "AWS_ACCESS_KEY_ID is not"),
    ];
    for (variable, expected) in table {
        let environment: Environment = support::ALONE.into_iter().chain(variable).collect();
        let builder = Config::builder().region("eu-west-1");
        let error = refused(builder.load(&environment).await.expect("a configuration")).await;
        assert!(error.to_string().contains(expected), "{error}");
        assert!(!format!("{error:?}").contains(SECRET));
    }
}

#[tokio::test]
async fn credentials_that_cannot_be_sent_are_an_error_and_not_shown() {
    let bad = "bro\nken";
    for (key, token) in [(bad, None), ("AKID", Some(bad.to_owned()))] {
        let builder = config("http://127.0.0.1:1").static_credentials(key, SECRET, token);
        let error = refused(builder.build()).await;
        assert_eq!(error.kind(), ErrorKind::Sign);
        assert!(!format!("{error} {error:?}").contains("ken"), "{error:?}");
    }
}

#[tokio::test]
async fn secrets_are_in_no_output() {
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
fn an_error_is_as_small_as_a_pointer() {
    assert_eq!(size_of::<Error<PutImageError>>(), size_of::<usize>());
}
