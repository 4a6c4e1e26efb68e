//! Tests the expiration of keys in variables with a clock that the test sets.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use super::*;
use crate::config::credential_source::{CredentialSource, ProviderContext};
use crate::config::region_finder::RegionFinder;
use crate::endpoint::custom::Overrides;
use crate::providers::chain_settings::ChainSettings;
use crate::settings::profile::files::ProfileFiles;
use crate::settings::setting::Sources;
use crate::{
    Client, Config, Environment, ErrorKind, HttpTransport, Operation, RetryConfig, Service,
    Unmodeled,
};

#[derive(Clone)]
struct PingRequest;

crate::structure!(PingRequest, {});

enum PingError {
    Unmodeled(Unmodeled),
}
crate::operation_error!(PingError, Unmodeled, {});

impl Operation for PingRequest {
    const NAME: &'static str = "Ping";
    const SERVICE: &'static Service = &Service::new("Test").signing_name("test");
    type Output = ();
    type Error = PingError;
}

/// Starts a server that accepts two connections with one request each. Returns its URL and the
/// requests.
fn server() -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let requests = thread::spawn(move || (0..2).map(|_| serve(&listener)).collect());
    (url, requests)
}

/// Responds to one request, whose body is `{}`.
fn serve(listener: &TcpListener) -> String {
    let (mut stream, _) = listener.accept().expect("a connection");
    let mut request = Vec::new();
    while !request.ends_with(b"{}") {
        let mut buffer = [0; 4096];
        let length = stream.read(&mut buffer).expect("a request");
        assert!(length > 0, "the request is incomplete");
        request.extend_from_slice(&buffer[..length]);
    }
    let response = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    stream.write_all(response.as_bytes()).expect("a response");
    String::from_utf8(request).expect("text")
}

/// The chain for keys in variables, with this clock.
fn chain(expiration: &str, clock: Clock) -> Arc<dyn ProvideCredentials> {
    let environment: Environment = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_CREDENTIAL_EXPIRATION", expiration),
    ]
    .into_iter()
    .collect();
    let profile = ProfileFiles::default().load(&environment).expect("a profile");
    let sources = Sources { environment: &environment, profile: &profile };
    let settings = ChainSettings::load(&sources, Ok(Overrides::default())).expect("settings");
    let transport: Arc<HttpTransport> = Arc::default();
    settings.provider(ProviderContext {
        user_agent: Default::default(),
        sts_global_endpoint: false,
        mfa_code: None,
        region: Arc::new(RegionFinder::new(None, String::new(), None, transport.clone())),
        transport,
        use_fips: false,
        use_dual_stack: false,
        retry: RetryConfig::disabled(),
        clock,
    })
}

#[tokio::test]
async fn keys_are_not_used_after_their_expiration() {
    let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_893_456_000)));
    let now = Arc::clone(&time);
    let clock = Clock::new(move || *now.lock().expect("the time"));
    let (url, requests) = server();
    let config = Config::builder()
        .region("r-1")
        .endpoint_url(url)
        .retry(RetryConfig::disabled())
        .uncached_credentials(chain("2030-01-01T00:10:00Z", clock));
    let client = Client::new(&config.build());
    client.call(&PingRequest).await.expect("before the expiration");
    *time.lock().expect("the time") += Duration::from_secs(599);
    client.call(&PingRequest).await.expect("a second before the expiration");
    *time.lock().expect("the time") += Duration::from_secs(1);
    for _ in 0..2 {
        let error = client.call(&PingRequest).await.expect_err("expired keys");
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert_eq!(
            error.to_string(),
            "Ping: no credentials: the environment: AWS_CREDENTIAL_EXPIRATION: the credentials \
             expired at 2030-01-01T00:10:00Z"
        );
    }
    for request in requests.join().expect("the requests") {
        assert!(request.contains("Credential=AKIDEXAMPLE/"), "{request}");
    }
}
