//! Headers that interceptors add.

use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::signature::expected_authorization;
use crate::support::{SECRET, TOKEN, config};
use longshore_runtime::intercept::{AttemptRequest, HookResult, Interceptor};
use longshore_runtime::{Client, Config, ErrorKind, Operation, RetryConfig, Service};

/// Adds one header before signing and one before sending.
#[derive(Debug)]
struct Adds {
    signed: (&'static str, &'static str),
    unsigned: (&'static str, &'static str),
}

impl Interceptor for Adds {
    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        Ok(attempt.add_header(self.signed.0, self.signed.1)?)
    }

    fn before_sending(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        Ok(attempt.add_header(self.unsigned.0, self.unsigned.1)?)
    }
}

fn signed_headers(authorization: &str) -> Vec<&str> {
    let (_, rest) = authorization.split_once("SignedHeaders=").expect("the names");
    rest.split_once(',').expect("more").0.split(';').collect()
}

#[tokio::test]
async fn every_attempt_has_the_added_headers_once_and_signs_the_first_kind() {
    let server = Server::start([CannedResponse::unavailable(), CannedResponse::ok("{}")]);
    let adds = Adds { signed: ("X-Tenant", "blue"), unsigned: ("x-trace", "abc") };
    let retry = RetryConfig::standard().delays(false);
    let config = config(&server.url).retry(retry).interceptor(adds).build();
    Client::new(&config).call(&PingRequest).await.expect("a response");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for mut sent in requests {
        assert_eq!((sent.header("x-tenant"), sent.header("x-trace")), ("blue", "abc"));
        let names = signed_headers(sent.header("authorization"));
        assert!(names.contains(&"x-tenant") && !names.contains(&"x-trace"), "{names:?}");
        // A service that computes the signature from the received bytes accepts it.
        sent.headers.retain(|(name, _)| name != "x-trace");
        assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
    }
}

/// An operation that is not signed.
#[derive(Clone)]
struct SignUp {}
longshore_runtime::structure!(SignUp, Request, Default, {});

impl Operation for SignUp {
    const NAME: &'static str = "SignUp";
    const SERVICE: &'static Service = &crate::support::service::SERVICE;
    const SIGNED: bool = false;
    type Output = ();
    type Error = crate::support::service::PingError;
}

#[tokio::test]
async fn unsigned_operations_have_the_added_headers() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let adds = Adds { signed: ("x-tenant", "blue"), unsigned: ("x-trace", "abc") };
    let config = Config::builder().region("r-1").endpoint_url(&server.url).interceptor(adds);
    Client::new(&config.build()).call(&SignUp {}).await.expect("a response");
    let sent = server.request();
    assert_eq!((sent.header("x-tenant"), sent.header("x-trace")), ("blue", "abc"));
    assert!(!sent.headers.iter().any(|(name, _)| name == "authorization"));
}

#[tokio::test]
async fn a_header_that_cannot_be_added_ends_the_call() {
    let cannot = |name: &str| format!("interceptors cannot add the header {name:?}");
    let present = |name: &str| format!("the request already has the header {name:?}");
    let table = [
        ("X-Amz-Security-Token", "other", cannot("x-amz-security-token")),
        ("authorization", "other", cannot("authorization")),
        ("x-amz-date", "20200101T000000Z", cannot("x-amz-date")),
        ("x-amz-content-sha256", "UNSIGNED-PAYLOAD", cannot("x-amz-content-sha256")),
        ("host", "example.com", cannot("host")),
        ("content-length", "0", cannot("content-length")),
        ("transfer-encoding", "chunked", cannot("transfer-encoding")),
        ("x-amz-target", "Other", present("x-amz-target")),
        ("User-Agent", "other", present("user-agent")),
        ("a b", "c", "the name of an added header is not valid".to_owned()),
        ("x-a", "b\r\nhost: c", "the value of the added header \"x-a\" is not valid".to_owned()),
    ];
    for (name, value, problem) in table {
        for before_signing in [true, false] {
            let (own, free) = ((name, value), ("x-free", "1"));
            let (hook, adds) = match before_signing {
                true => ("before_signing", Adds { signed: own, unsigned: free }),
                false => ("before_sending", Adds { signed: free, unsigned: own }),
            };
            let server = Server::start([CannedResponse::ok("{}")]);
            let client = Client::new(&config(&server.url).interceptor(adds).build());
            let error = client.call(&PingRequest).await.expect_err("an error");
            let expected = format!("Ping: the interceptor hook {hook} failed: {problem}");
            assert_eq!(error.to_string(), expected);
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Interceptor, 0));
            assert!(server.requests().is_empty());
            assert!(!format!("{error:?}").contains(SECRET) && !error.to_string().contains(TOKEN));
        }
    }
}
