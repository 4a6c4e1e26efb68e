//! The text forms of scopes and hashes, and signing keys from credentials.

use std::time::{Duration, SystemTime};

use longshore_runtime::sigv4::{Keys, PayloadHash, Scope, SigningOptions, sign};
use longshore_runtime::{Credentials, transport::http::Request};

use super::scope;

#[test]
fn a_credential_scope_is_printed_and_read() {
    let text = scope().to_string();
    assert_eq!(text, "20150830/us-east-1/service/aws4_request");
    let read = Scope::try_from(&*text).expect("a scope");
    assert_eq!((read.region, read.service), ("us-east-1", "service"));
    let midnight = scope().time - Duration::from_secs(12 * 3600 + 36 * 60);
    assert_eq!(read.time, midnight);
    assert_eq!(read.to_string(), text);
    let mut random = fastrand::Rng::with_seed(86);
    for _ in 0..500 {
        let days = random.u64(0..2_000_000);
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400);
        let text = Scope { time, ..scope() }.to_string();
        assert_eq!(Scope::try_from(&*text).map(|scope| scope.time), Ok(time), "{text}");
    }
}

#[test]
fn the_printed_scope_is_that_of_the_signature() {
    let credentials =
        Credentials::new("AKIDEXAMPLE", "a secret key", Some("a token".into()), None, "test");
    let mut request = Request::get("https://a.example/").body(()).expect("a request");
    let keys = Keys::from(&credentials);
    sign(&mut request, &PayloadHash::of(b""), &keys, &scope(), &SigningOptions::new())
        .expect("signed");
    let header = request.headers()["authorization"].to_str().expect("text");
    assert!(header.contains(&format!("Credential=AKIDEXAMPLE/{},", scope())), "{header}");
    assert_eq!(request.headers()["x-amz-security-token"], "a token");
}

#[test]
fn other_text_is_no_scope() {
    for text in [
        "",
        "20150830/us-east-1/service",
        "20150830/us-east-1/service/aws4_request/",
        "20150830/us-east-1/a/b/aws4_request",
        "20150830//service/aws4_request",
        "20150830/us-east-1//aws4_request",
        "20150230/us-east-1/service/aws4_request",
        "2015083/us-east-1/service/aws4_request",
        "2015083é/us-east-1/service/aws4_request",
        "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
    ] {
        let error = Scope::try_from(text).expect_err(text).to_string();
        assert!(error.starts_with("not a credential scope: expected DATE/REGION/"), "{error}");
    }
}

#[test]
fn a_time_that_cannot_be_signed_can_be_printed() {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    let text = Scope { time, ..scope() }.to_string();
    assert_eq!(text, "100000101/us-east-1/service/aws4_request");
}

#[test]
fn a_payload_hash_is_printed_and_read() {
    for hash in [PayloadHash::UNSIGNED, PayloadHash::of(b""), PayloadHash::of(b"abc")] {
        assert_eq!(hash.to_string(), hash.as_str());
        assert_eq!(hash.to_string().parse().as_ref(), Ok(&hash));
    }
    let upper = PayloadHash::of(b"abc").to_string().to_uppercase();
    let long = format!("{}0", PayloadHash::of(b""));
    for text in ["", "unsigned-payload", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", &upper, &long] {
        let error = text.parse::<PayloadHash>().expect_err(text).to_string();
        assert!(error.starts_with("not a payload hash: expected UNSIGNED-PAYLOAD, or"), "{error}");
    }
}
