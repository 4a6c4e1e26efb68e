//! Support that the tests share, mainly a server that sends scripted responses and a small service
//! to call.

pub mod account_service;
pub mod canned_response;
pub mod certificate_authority;
pub mod closed_port;
pub mod credential_sources;
pub mod http_date;
pub mod idle;
pub mod layered_server;
pub mod listener;
pub mod log_collector;
pub mod process;
pub mod profiles;
pub mod query_service;
pub mod received_request;
pub mod rest_service;
pub mod retryable_operation;
pub mod scripted_transport;
pub mod server;
pub mod service;
pub mod signature;
pub mod stopped_clock;
pub mod timed_transport;

use std::time::Duration;

use longshore_runtime::{
    Client, Config, ConfigBuilder, ConfigError, Error, Operation, RetryConfig,
};

use server::{CannedResponse, ReceivedRequest, Server};
use service::{PingError, PingRequest, PutImageError, PutImageRequest};
use timed_transport::TimedTransport;

/// The secret access key of all tests. No output may contain it.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub const TOKEN: &str = "a-session-token-that-stays-secret";

/// Keeps tests from sending requests to the metadata service of a real instance.
pub const NO_INSTANCE_METADATA: [(&str, &str); 1] = [("AWS_EC2_METADATA_DISABLED", "true")];

/// Sends a request to a server that responds with `{}`, and returns what the server received.
pub async fn sent<O: Operation>(request: &O) -> ReceivedRequest {
    let server = Server::start([CannedResponse::ok("{}")]);
    client(&server.url).call(request).await.map(drop).expect("a response");
    server.request()
}

/// A configuration for the server at `url`.
pub fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .static_credentials("AKIDEXAMPLE", SECRET, Some(TOKEN.to_owned()))
        .endpoint_url(url)
}

/// Loads the configuration with these variables and a default profile with these properties.
pub async fn load(config: ConfigBuilder, variables: &[(&str, &str)], profile: &str) -> Config {
    try_load(config, variables, profile).await.expect("loaded")
}

pub async fn try_load(
    config: ConfigBuilder,
    variables: &[(&str, &str)],
    profile: &str,
) -> Result<Config, ConfigError> {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("config");
    std::fs::write(&file, format!("[default]\n{profile}\n")).expect("a file");
    let environment = variables.iter().copied().chain(NO_INSTANCE_METADATA).collect();
    config.config_file(file).load(&environment).await
}

/// A client for the server at `url`.
pub fn client(url: &str) -> Client {
    Client::new(&config(url).build())
}

/// A client for the server at `url` that makes one attempt.
pub fn client_without_retries(url: &str) -> Client {
    Client::new(&config(url).retry(RetryConfig::disabled()).build())
}

/// A client for this server and its transport, which records the times of attempts.
pub fn timed_client(
    server: &Server,
    configure: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> (Client, TimedTransport) {
    let transport = TimedTransport::new(server);
    let config = configure(config(&server.url)).transport(transport.clone());
    (Client::new(&config.build()), transport)
}

/// The error of a call with one attempt that gets this response.
pub async fn call_error(response: CannedResponse) -> Error<PutImageError> {
    let server = Server::start([response]);
    let request = PutImageRequest::new("a", "b");
    client_without_retries(&server.url).call(&request).await.expect_err("an error")
}

/// Timers fire on whole milliseconds.
pub const TIMER_RESOLUTION: Duration = Duration::from_millis(2);

pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Asserts that no delay is longer than its limit in milliseconds.
pub fn assert_delays(delays: &[Duration], longest: &[u64]) {
    assert_eq!(delays.len(), longest.len(), "{delays:?}");
    for (delay, longest) in delays.iter().zip(longest) {
        assert!(*delay <= ms(*longest) + TIMER_RESOLUTION, "{delays:?}");
    }
}

/// The error of a `Ping` call.
pub async fn ping_error(client: &Client) -> Error<PingError> {
    client.call(&PingRequest).await.expect_err("an error")
}
