//! Limits the peak memory of a call with a large blob.

use allocation_counter::measure;

use super::server;
use super::service::{PutRequest, client, runtime};

/// The size of the largest part of an image layer.
const PART: usize = 20 * 1024 * 1024;

/// The memory that a call may need in addition to its request.
const MAX_OVERHEAD: u64 = 2 * 1024 * 1024;

#[test]
fn a_large_blob_is_not_copied_by_any_attempt() {
    let url = server::start(vec![server::response(503, ""), server::response(200, "{}")]);
    let (client, runtime) = (client(&url), runtime());
    let request = PutRequest { text: None, blob: Some(vec![7; PART].into()) };
    let used = measure(|| {
        runtime.block_on(client.call(&request)).expect("a response");
    });
    assert!(used.bytes_max < MAX_OVERHEAD, "{used:?}");
}
