//! The header `Content-MD5` of operations that require a checksum.

use longshore_runtime::{
    Blob, Checksum, Client, Compression, Operation, Protocol, RetryConfig, Service, structure,
};

use crate::support::received_request::checksum_of;
use crate::support::server::{CannedResponse, ReceivedRequest, Server};
use crate::support::service::PingError;
use crate::support::signature::expected_authorization;
use crate::support::{client, config};

/// A body that is long enough to be compressed.
const LENGTH: usize = 20_000;

const SERVICE: Service =
    Service::new("Test").signing_name("registry").protocol(Protocol::REST_JSON_1);

macro_rules! operation {
    ($name:ident, $compression:expr) => {
        #[derive(Clone)]
        struct $name {
            checksum: Option<String>,
            data: Blob,
        }

        structure!($name, Request, {
            "checksum" => some(checksum) at header("Content-MD5"),
            "data" => required(data) at payload(blob "application/octet-stream"),
        });

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &SERVICE;
            const COMPRESSION: Option<Compression> = $compression;
            const CHECKSUM: Option<Checksum> = longshore_runtime::checksum!(ContentMd5);
            type Output = ();
            type Error = PingError;

            longshore_runtime::rest_json!(PUT "/data");
        }
    };
}

operation!(Put, None);
operation!(PutCompressed, Some(Compression::Gzip));

async fn sent(request: &impl Operation) -> ReceivedRequest {
    let server = Server::start([CannedResponse::ok("")]);
    assert!(client(&server.url).call(request).await.is_ok());
    let sent = server.request();
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/data"));
    sent
}

#[tokio::test]
async fn the_checksum_is_that_of_the_body_as_it_is_sent() {
    let data = Blob::from(vec![b'x'; LENGTH]);
    let sent_as_is = sent(&Put { checksum: None, data: data.clone() }).await;
    assert_eq!(*sent_as_is.body, *data);
    assert_eq!(sent_as_is.header("content-md5"), checksum_of(&data));
    let compressed = sent(&PutCompressed { checksum: None, data }).await;
    assert!(compressed.body.len() < LENGTH);
    assert_eq!(compressed.header("content-encoding"), "gzip");
    assert_eq!(compressed.header("content-md5"), checksum_of(&compressed.body));
}

/// A compressed body would not have the checksum that the caller computed.
#[tokio::test]
async fn a_body_whose_checksum_is_a_member_is_sent_as_it_is() {
    let data = Blob::from(vec![b'x'; LENGTH]);
    let sent =
        sent(&PutCompressed { checksum: Some(checksum_of(&data)), data: data.clone() }).await;
    assert_eq!(*sent.body, *data);
    assert_eq!(sent.header("content-md5"), checksum_of(&data));
    let names = sent.headers.iter().map(|(name, _)| name.as_str());
    assert_eq!(names.clone().filter(|name| *name == "content-md5").count(), 1);
    assert!(!names.into_iter().any(|name| name == "content-encoding"));
}

#[tokio::test]
async fn every_attempt_has_the_checksum() {
    let server = Server::start([CannedResponse::new(503, &[], ""), CannedResponse::ok("")]);
    let config = config(&server.url).retry(RetryConfig::standard().delays(false)).build();
    let request = Put { checksum: None, data: Blob::from("a") };
    Client::new(&config).call(&request).await.expect("a response");
    let sent = server.requests();
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|sent| sent.header("content-md5") == "DMF1ucDxtqgxw5niaXcmYQ=="));
}
