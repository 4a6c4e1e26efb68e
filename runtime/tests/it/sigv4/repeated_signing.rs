//! The headers that a signature sets, and signing a request a second time.

use longshore_runtime::sigv4::{Keys, PayloadHash, Scope, SigningOptions, sign};
use longshore_runtime::transport::http::Request;

use super::{KEYS, scope};

fn signed(request: &mut Request<()>, keys: &Keys<'_>, scope: &Scope<'_>, options: &SigningOptions) {
    sign(request, &PayloadHash::of(b""), keys, scope, options).expect("signed");
}

fn request() -> Request<()> {
    Request::post("https://a.example/").header("x-a", "b").body(()).expect("a request")
}

#[test]
fn the_signature_and_the_token_are_sensitive() {
    let mut request = request();
    let keys = Keys { session_token: Some("a-token"), ..KEYS };
    signed(&mut request, &keys, &scope(), &SigningOptions::new());
    for name in ["authorization", "x-amz-security-token"] {
        assert!(request.headers()[name].is_sensitive(), "{name}");
    }
    let authorization = request.headers()["authorization"].to_str().expect("text");
    let names = "SignedHeaders=host;x-a;x-amz-date;x-amz-security-token,";
    assert!(authorization.contains(names), "{authorization}");
}

/// This includes keys without a token, which must not be sent with the token of other keys.
#[test]
fn a_second_signature_replaces_the_first() {
    let with_token = Keys { session_token: Some("a-token"), ..KEYS };
    let later = Scope { time: scope().time + std::time::Duration::from_secs(9), ..scope() };
    for options in [SigningOptions::new(), SigningOptions::s3()] {
        for (first, second) in [(with_token, KEYS), (KEYS, with_token), (KEYS, KEYS)] {
            let (mut once, mut twice) = (request(), request());
            signed(&mut once, &second, &later, &options);
            signed(&mut twice, &first, &scope(), &options);
            signed(&mut twice, &second, &later, &options);
            assert_eq!(once.headers(), twice.headers());
        }
    }
}

#[test]
fn headers_that_a_proxy_may_change_are_not_signed() {
    let authorization = |name: &'static str| {
        let mut request = request();
        request.headers_mut().insert(name, "value".parse().expect("a value"));
        signed(&mut request, &KEYS, &scope(), &SigningOptions::new());
        request.headers()["authorization"].clone()
    };
    let mut plain = request();
    signed(&mut plain, &KEYS, &scope(), &SigningOptions::new());
    for name in [
        "connection",
        "expect",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amzn-trace-id",
    ] {
        assert_eq!(authorization(name), plain.headers()["authorization"], "{name}");
    }
    assert_ne!(authorization("x-other"), plain.headers()["authorization"]);
}
