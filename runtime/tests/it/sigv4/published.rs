//! Published signatures.

use std::time::Duration;

use longshore_runtime::sigv4::{Keys, PayloadHash, SigningOptions, presign, sign};
use longshore_runtime::transport::http::Request;

use super::vectors::{VECTORS, Vector};
use super::{KEYS, scope};

const HOUR: Duration = Duration::from_secs(3600);

fn request(vector: &Vector) -> Request<()> {
    let url = format!("https://example.amazonaws.com{}", vector.target);
    let mut request = Request::builder().method(vector.method).uri(url);
    for (name, value) in vector.headers {
        request = request.header(*name, *value);
    }
    request.body(()).expect(vector.name)
}

#[test]
fn the_signatures_of_the_test_suite() {
    for vector in VECTORS {
        let name = vector.name;
        let keys = Keys { session_token: vector.token, ..KEYS };
        let payload = PayloadHash::of(vector.body.unwrap_or_default().as_bytes());
        let options = SigningOptions::new()
            .double_encode_path(false)
            .normalize_path(vector.normalized)
            .content_sha256_header(vector.body.is_some());
        let mut request = request(&vector);
        let url = presign(&request, &payload, &keys, &scope(), HOUR, &options).expect(name);
        let query = url.query().expect(name);
        let (_, in_url) = query.rsplit_once("&X-Amz-Signature=").expect(name);

        sign(&mut request, &payload, &keys, &scope(), &options).expect(name);
        let header = request.headers()["authorization"].to_str().expect(name);
        let (_, in_header) = header.rsplit_once(" Signature=").expect(name);
        assert_eq!([in_header, in_url], vector.signatures, "{name}");
    }
}

#[test]
fn the_whole_authorization_header() {
    let mut request = Request::post("https://example.amazonaws.com/").body(()).expect("a request");
    let payload = PayloadHash::of(b"");
    sign(&mut request, &payload, &KEYS, &scope(), &SigningOptions::new()).expect("signed");
    assert_eq!(request.headers()["x-amz-date"], "20150830T123600Z");
    assert_eq!(
        request.headers()["authorization"],
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
         SignedHeaders=host;x-amz-date, \
         Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    );
}

/// The example from the S3 reference, which uses neither normalization nor double encoding, and no
/// hash of the body.
#[test]
fn a_presigned_url_of_s3() {
    let request = Request::get("https://examplebucket.s3.amazonaws.com/test.txt").body(());
    let keys = Keys {
        access_key_id: "AKIAIOSFODNN7EXAMPLE",
        secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        session_token: None,
    };
    // 2013-05-24 00:00:00 UTC.
    let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600);
    let scope = longshore_runtime::sigv4::Scope { service: "s3", time, ..scope() };
    let day = Duration::from_secs(86_400);
    let unsigned = PayloadHash::UNSIGNED;
    let options = SigningOptions::s3();
    let request = request.expect("a request");
    let url = presign(&request, &unsigned, &keys, &scope, day, &options).expect("presigned");
    assert_eq!(
        url.to_string(),
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
}
