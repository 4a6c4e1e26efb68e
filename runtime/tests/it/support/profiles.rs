//! Profile files, and the request that a call with their settings sends.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use longshore_runtime::{
    BoxFuture, Client, ConfigBuilder, ConfigError, Environment, Transport, TransportError,
};
use tempfile::TempDir;

use super::NO_INSTANCE_METADATA;
use super::service::PingRequest;

/// A home directory with the files `.aws/config` and `.aws/credentials`, each unless it is empty.
pub fn home(config: &str, credentials: &str) -> TempDir {
    let home = TempDir::new().expect("a folder");
    fs::create_dir(home.path().join(".aws")).expect("a folder");
    for (name, text) in [("config", config), ("credentials", credentials)] {
        if !text.is_empty() {
            fs::write(home.path().join(".aws").join(name), text).expect("a file");
        }
    }
    home
}

pub type Variables<'a> = &'a [(&'a str, &'a str)];

/// These variables, `HOME`, and [`NO_INSTANCE_METADATA`].
pub fn environment(home: &Path, variables: Variables<'_>) -> Environment {
    let home = home.to_str().expect("text").to_owned();
    let all = NO_INSTANCE_METADATA
        .iter()
        .chain(variables)
        .map(|(name, value)| (*name, (*value).to_owned()));
    all.chain([("HOME", home)]).collect()
}

/// A transport that records the endpoint, region and credentials of requests.
#[derive(Debug, Clone, Default)]
struct RecordingTransport(Arc<Mutex<Vec<SentRequest>>>);

#[derive(Debug)]
pub struct SentRequest {
    pub url: String,
    pub region: String,
    pub key: String,
    pub token: Option<String>,
}

impl Transport for RecordingTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let header = |name| Some(request.headers().get(name)?.to_str().expect("text").to_owned());
        let signature = header("authorization").expect("a signature");
        let mut scope = signature.split_once("Credential=").expect("a scope").1.split('/');
        let key = scope.next().expect("a key").to_owned();
        let region = scope.nth(1).expect("a region").to_owned();
        let token = header("x-amz-security-token");
        let sent = SentRequest { url: request.uri().to_string(), region, key, token };
        self.0.lock().expect("the list").push(sent);
        Box::pin(std::future::ready(Ok(http::Response::new(bytes::Bytes::new()))))
    }
}

/// Loads the configuration, calls `Ping` and returns the request or the error message.
pub async fn send_ping(
    builder: ConfigBuilder,
    environment: &Environment,
) -> Result<SentRequest, String> {
    let recorder = RecordingTransport::default();
    let loaded = builder.transport(recorder.clone()).load(environment).await;
    let config = loaded.map_err(|error| error.to_string())?;
    let called = Client::new(&config).call(&PingRequest).await;
    called.map_err(|error| error.to_string())?;
    let mut sent = recorder.0.lock().expect("the list");
    Ok(sent.remove(0))
}

/// The error of loading the configuration.
pub async fn load_error(builder: ConfigBuilder, environment: &Environment) -> ConfigError {
    builder.load(environment).await.expect_err("an error")
}

pub const KEYS: &str = "aws_access_key_id = AKID\naws_secret_access_key = secret\n";
