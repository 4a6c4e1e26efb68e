//! A small handwritten service, and a client for a test's server.

use longshore_runtime::{
    Blob, Client, Config, ConfigBuilder, Operation, RetryConfig, Service, Unmodeled,
};
use tokio::runtime::{Builder, Runtime};

const SERVICE: Service = Service::new("Test").signing_name("test").target_prefix("Test");

/// A request with a text and a blob.
#[derive(Clone, Default)]
pub struct PutRequest {
    pub text: Option<String>,
    pub blob: Option<Blob>,
}

longshore_runtime::structure!(PutRequest, Request, {
    "Text" => some(text),
    "Blob" => some(blob),
});

/// A response with a text.
pub struct PutResponse {
    pub text: Option<String>,
}

longshore_runtime::structure!(PutResponse, { "Text" => some(text) });

pub enum PutError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(PutError, Unmodeled, {});

impl Operation for PutRequest {
    const NAME: &'static str = "Put";
    const SERVICE: &'static Service = &SERVICE;
    type Output = PutResponse;
    type Error = PutError;
}

/// A configuration for the server at `url`: retries without delays, and temporary credentials.
pub fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region("r-1")
        .static_credentials("AKIDEXAMPLE", "secret", Some("a-token".to_owned()))
        .endpoint_url(url)
        .retry(RetryConfig::standard().delays(false))
}

/// A client for the server at `url`.
pub fn client(url: &str) -> Client {
    Client::new(&config(url).build())
}

/// A runtime that does all its work on the thread of the test.
pub fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}
