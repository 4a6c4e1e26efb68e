//! Large blobs in requests: every attempt sends the same bytes as the plain encoding.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{
    Blob, BoxFuture, Checksum, Client, Compression, Operation, RequestBody, RetryConfig, Service,
    Transport, TransportError,
};

use crate::support::received_request::checksum_of;
use crate::support::rest_service::{PutBlobRequest, PutItemRequest};
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::{PingError, SERVICE};
use crate::support::signature::expected_authorization;
use crate::support::{config, sent};

/// The minimum size of a blob whose bytes are shared with the request instead of copied.
const LARGE: usize = 16 * 1024;

/// The number of bytes that are encoded at once.
const WINDOW: usize = 48 * 1024;

/// Blobs at every depth.
#[derive(Clone, PartialEq)]
struct Record {
    key: String,
    data: Blob,
}

longshore_runtime::structure!(Record, { "Key" => required(key), "Data" => required(data) });

macro_rules! operation {
    ($name:ident, $($constant:tt)*) => {
        #[derive(Clone, PartialEq)]
        struct $name {
            name: String,
            first: Option<Blob>,
            records: Vec<Record>,
            by_name: BTreeMap<String, Blob>,
            last: Option<String>,
        }

        longshore_runtime::structure!($name, Request, {
            "Name" => required(name),
            "First" => some(first),
            "Records" => required(records),
            "ByName" => required(by_name),
            "Last" => some(last),
        });

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &SERVICE;
            type Output = ();
            type Error = PingError;
            $($constant)*
        }

        impl $name {
            /// A request whose blobs have these lengths.
            fn new(first: usize, others: usize) -> Self {
                let record = |key: &str| Record { key: key.into(), data: blob(others) };
                Self {
                    name: "a \"name\"".into(),
                    first: Some(blob(first)),
                    records: vec![record("1"), record("2")],
                    by_name: [("\u{e4}".into(), blob(others))].into(),
                    last: Some("end".into()),
                }
            }
        }
    };
}

operation!(Put,);
operation!(PutCompressed, const COMPRESSION: Option<Compression> = Some(Compression::Gzip););
operation!(
    PutChecked,
    const CHECKSUM: Option<Checksum> = longshore_runtime::checksum!(ContentMd5);
);

fn blob(length: usize) -> Blob {
    (0..length).map(|i| (i * 31 % 251) as u8).collect::<Vec<_>>().into()
}

fn assert_plain<O: Operation>(sent: &ReceivedRequest, request: &O) {
    // Not `assert_eq!`, because printing the difference of two large bodies takes minutes.
    let plain = serde_json::to_vec(request).expect("JSON");
    assert!(sent.body == plain, "{} bytes instead of {}", sent.body.len(), plain.len());
    assert_eq!(sent.header("content-length"), plain.len().to_string());
    assert_eq!(sent.header("authorization"), expected_authorization(sent, "/"));
}

#[tokio::test]
async fn the_body_is_the_plain_encoding_around_every_border() {
    for border in [0, LARGE, WINDOW, 2 * WINDOW, 3 * WINDOW] {
        for length in border.saturating_sub(2)..=border + 3 {
            for others in [1, LARGE + 1, WINDOW + 1] {
                let request = Put::new(length, others);
                assert_plain(&sent(&request).await, &request);
            }
        }
    }
    let mut request = Put::new(10, 10);
    request.first = Some(blob(20 * 1024 * 1024));
    assert_plain(&sent(&request).await, &request);
}

#[tokio::test]
async fn every_attempt_sends_the_same_bytes() {
    let begun = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{";
    let server = Server::start([
        CannedResponse::unavailable(),
        CannedResponse::reset(begun),
        CannedResponse::ok("{}"),
    ]);
    let retry = RetryConfig::standard().delays(false);
    let client = Client::new(&config(&server.url).retry(retry).build());
    let request = Put::new(3 * 1024 * 1024, WINDOW + 1);
    client.call(&request).await.expect("a response");
    assert_eq!(server.requests().len(), 3);
    for sent in server.requests() {
        assert_plain(&sent, &request);
    }
}

#[tokio::test]
async fn documents_and_payloads_of_rest_json_have_large_blobs() {
    for length in [LARGE - 1, LARGE, WINDOW - 1, WINDOW, WINDOW + 1, 4 * WINDOW + 2] {
        let mut request = PutItemRequest { data: Some(blob(length)), ..Default::default() };
        (request.shop, request.path) = (Some("s".into()), Some("p".into()));
        let received = sent(&request).await;
        let document = serde_json::json!({ "data": request.data }).to_string();
        assert!(received.body == document.as_bytes(), "{length}");
        let path = "/shops/s/items/p";
        assert_eq!(received.header("authorization"), expected_authorization(&received, path));

        let payload = Some(blob(length));
        let request = PutBlobRequest { id: None, content_type: None, payload: payload.clone() };
        let received = sent(&request).await;
        assert!(Some(Blob::from(&received.body[..])) == payload, "{length}");
        let signature = expected_authorization(&received, "/payload");
        assert_eq!(received.header("authorization"), signature);
    }
}

#[tokio::test]
async fn compression_and_checksums_cover_the_plain_encoding() {
    for length in [LARGE, WINDOW + 1, 1024 * 1024] {
        let request = PutCompressed::new(length, WINDOW);
        let received = sent(&request).await;
        let plain = serde_json::to_vec(&request).expect("JSON");
        let text = received.decompressed();
        assert!(
            text.as_bytes() == plain && received.header("content-encoding") == "gzip",
            "{length}"
        );

        let request = PutChecked::new(length, WINDOW);
        let received = sent(&request).await;
        assert_plain(&received, &request);
        assert_eq!(received.header("content-md5"), checksum_of(&received.body));
    }
}

/// A transport that records the chunks of request bodies.
#[derive(Debug, Clone, Default)]
struct Recorder {
    bodies: Arc<Mutex<Vec<Vec<Bytes>>>>,
}

impl Recorder {
    fn record(&self, chunks: Vec<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.bodies.lock().expect("the bodies").push(chunks);
        Box::pin(std::future::ready(Ok(Response::new("{}".into()))))
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.record(vec![request.into_body()])
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.record(request.into_body().chunks().collect())
    }
}

/// A transport that implements only the required method.
#[derive(Debug)]
struct SendOnly(Recorder);

impl Transport for SendOnly {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.0.send(request)
    }
}

#[tokio::test]
async fn custom_transports_get_all_bytes_or_chunks() {
    let request = Put::new(1024 * 1024, 10);
    let plain = serde_json::to_vec(&request).expect("JSON");
    for reads_chunks in [false, true] {
        let recorder = Recorder::default();
        let config = config("http://test.example");
        // Shared and boxed transports forward `send_body`.
        let config = match reads_chunks {
            false => config.transport(SendOnly(recorder.clone())),
            true => config.transport(Arc::new(Box::new(recorder.clone()))),
        };
        Client::new(&config.build()).call(&request).await.expect("a response");
        let bodies = recorder.bodies.lock().expect("the bodies");
        assert_eq!(bodies.len(), 1);
        assert!(bodies[0].concat() == plain);
        assert_eq!(bodies[0].len() > 1, reads_chunks);
        assert!(!reads_chunks || bodies[0].iter().all(|chunk| chunk.len() <= 64 * 1024));
    }
}
