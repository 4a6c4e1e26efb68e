//! The peak of the memory that a call needs for a large blob.

use allocation_counter::measure;
use longshore_runtime::{
    Blob, Client, Config, HttpTransport, Operation, RetryConfig, Service, Unmodelled,
};

use super::server;

/// The size of the largest part of an image layer.
const PART: usize = 20 * 1024 * 1024;

/// The memory that a call may need in addition to its request.
const MAX_OVERHEAD: u64 = 2 * 1024 * 1024;

const SERVICE: Service = Service::new("Test").signing_name("test").target_prefix("Test");

#[derive(Debug, Clone)]
struct UploadRequest {
    name: String,
    part: Blob,
}

longshore_runtime::structure!(UploadRequest, Request, {
    "Name" => required(name),
    "Part" => required(part),
});

#[derive(Debug)]
enum UploadError {
    Unmodelled(Unmodelled),
}
longshore_runtime::operation_error!(UploadError, Unmodelled, {});

impl Operation for UploadRequest {
    const NAME: &'static str = "Upload";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = UploadError;
}

#[test]
fn a_large_blob_is_not_copied_by_any_attempt() {
    let url = server::start(vec![server::response(503, ""), server::response(200, "{}")]);
    let config = Config::builder()
        .region("r-1")
        .static_credentials("AKIDEXAMPLE", "secret", None)
        .endpoint_url(url)
        .transport(HttpTransport::new())
        .retry(RetryConfig::standard().delays(false));
    let client = Client::new(&config.build());
    let request = UploadRequest { name: "a".into(), part: vec![7; PART].into() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let used = measure(|| {
        runtime.block_on(client.call(&request)).expect("a response");
    });
    assert!(used.bytes_max < MAX_OVERHEAD, "{used:?}");
}
