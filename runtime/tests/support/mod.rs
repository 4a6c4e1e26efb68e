//! What the tests share: a server that answers from a script, and a small service to call.

#![allow(dead_code, reason = "every test file uses a part of it")]

pub mod layers;
pub mod log;
pub mod marked;
pub mod observed;
#[cfg(feature = "aws-config")]
pub mod places;
pub mod profiles;
pub mod server;
pub mod service;
pub mod signature;

use std::time::Duration;

use longshore_runtime::{Client, Config, ConfigBuilder, ConfigError, Error, RetryConfig};

use observed::Observed;
use server::{Reply, Server};
use service::{PingError, PingRequest, PutImageError, PutImageRequest};

/// The secret of every test, which must be in no output.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub const TOKEN: &str = "a-session-token-nobody-may-see";

/// An environment in which nothing is asked that is not on loopback.
pub const ALONE: [(&str, &str); 1] = [("AWS_EC2_METADATA_DISABLED", "true")];

/// A configuration for the server at `url`.
pub fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region("eu-west-1")
        .static_credentials("AKIDEXAMPLE", SECRET, Some(TOKEN.to_owned()))
        .endpoint_url(url)
}

/// The same, loaded with these variables and a profile with these properties.
pub async fn loaded(config: ConfigBuilder, variables: &[(&str, &str)], profile: &str) -> Config {
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
    let environment = variables.iter().copied().chain(ALONE).collect();
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

/// A client whose requests are observed, and who observes them.
pub fn observed(
    server: &Server,
    configure: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
) -> (Client, Observed) {
    let observed = Observed::new(server);
    let config = configure(config(&server.url)).transport(observed.clone());
    (Client::new(&config.build()), observed)
}

/// What a call with one attempt ends with when the server answers like this.
pub async fn failure(reply: Reply) -> Error<PutImageError> {
    let server = Server::start([reply]);
    let request = PutImageRequest::new("a", "b");
    client_without_retries(&server.url).call(&request).await.expect_err("an error")
}

/// Timers fire on whole milliseconds.
pub const GRAIN: Duration = Duration::from_millis(2);

pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Asserts that delays are not longer than these milliseconds.
pub fn assert_within(delays: &[Duration], longest: &[u64]) {
    assert_eq!(delays.len(), longest.len(), "{delays:?}");
    for (delay, longest) in delays.iter().zip(longest) {
        assert!(*delay <= ms(*longest) + GRAIN, "{delays:?}");
    }
}

/// What a call of nothing ends with.
pub async fn ping(client: &Client) -> Error<PingError> {
    client.call(&PingRequest).await.expect_err("an error")
}
