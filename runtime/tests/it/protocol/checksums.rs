//! Checksums of request bodies.

use longshore_runtime::{Checksum, Client, Compression, Operation, RetryConfig, Service};

use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, SERVICE};
use crate::support::signature::expected_authorization;
use crate::support::{client, config};

macro_rules! operation {
    ($name:ident $(, $compression:ident)?) => {
        #[derive(Debug, Clone)]
        struct $name {
            text: String,
        }
        longshore_runtime::structure!($name, Request, { "text" => required(text) });

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &SERVICE;
            const CHECKSUM: Option<Checksum> = longshore_runtime::checksum!(ContentMd5);
            $(const COMPRESSION: Option<Compression> = Some(Compression::$compression);)?
            type Output = ();
            type Error = PingError;
        }
    };
}

operation!(Check);
operation!(CheckCompressed, Gzip);

/// The header that the specification requires for a body (RFC 1864).
fn content_md5(body: &[u8]) -> String {
    base64_simd::STANDARD.encode_to_string(*md5::compute(body))
}

#[tokio::test]
async fn every_attempt_has_the_checksum_of_its_body() {
    let server = Server::start([CannedResponse::new(503, &[], ""), CannedResponse::ok("")]);
    let config = config(&server.url).retry(RetryConfig::standard().delays(false)).build();
    Client::new(&config).call(&Check { text: "a".into() }).await.expect("a response");
    let sent = server.requests();
    assert_eq!(sent.len(), 2);
    for sent in sent {
        assert_eq!(sent.text(), r#"{"text":"a"}"#);
        assert_eq!(sent.header("content-md5"), "Y00B9axHEROgE6s3KqS8Hg==");
        assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
    }
}

#[tokio::test]
async fn the_checksum_is_that_of_the_compressed_body() {
    let server = Server::start([CannedResponse::ok("")]);
    let request = CheckCompressed { text: "x".repeat(20_000) };
    client(&server.url).call(&request).await.expect("a response");
    let sent = server.request();
    assert_eq!(sent.header("content-encoding"), "gzip");
    assert_eq!(sent.header("content-md5"), content_md5(&sent.body));
    assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/"));
}

mod stated {
    use super::*;

    #[derive(Debug, Clone)]
    pub struct Put {
        pub checksum: Option<String>,
    }
    longshore_runtime::structure!(Put, Request, {
        "checksum" => some(checksum) at header("Content-MD5"),
    });

    impl Operation for Put {
        const NAME: &'static str = "Put";
        const SERVICE: &'static Service = &crate::support::rest_service::SERVICE;
        const CHECKSUM: Option<Checksum> = longshore_runtime::checksum!(ContentMd5);
        type Output = ();
        type Error = PingError;

        longshore_runtime::rest_json!(PUT "/");
    }
}

#[tokio::test]
async fn a_member_can_state_the_checksum() {
    for (checksum, expected) in [(Some("mine"), "mine"), (None, "1B2M2Y8AsgTpgAmY7PhCfg==")] {
        let server = Server::start([CannedResponse::ok("")]);
        let request = stated::Put { checksum: checksum.map(str::to_owned) };
        client(&server.url).call(&request).await.expect("a response");
        assert_eq!(server.request().header("content-md5"), expected);
    }
}
