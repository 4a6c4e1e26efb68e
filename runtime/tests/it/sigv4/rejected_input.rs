//! Input that cannot be part of a signature is an error, and secrets are not printed.

use std::time::{Duration, SystemTime};

use longshore_runtime::sigv4::{
    Keys, PayloadHash, Scope, SigningError, SigningOptions, presign, sign,
};
use longshore_runtime::transport::http::Request;

use super::{KEYS, scope};

const MINUTE: Duration = Duration::from_secs(60);

fn request() -> Request<()> {
    Request::get("https://a.example/path?query").header("x-a", "b").body(()).expect("a request")
}

/// Signs a request both ways and returns the error, which must be the same.
fn errors(request: &Request<()>, keys: &Keys<'_>, scope: &Scope<'_>) -> SigningError {
    let (payload, options) = (PayloadHash::of(b""), SigningOptions::new());
    let mut signed = request.clone();
    let error = sign(&mut signed, &payload, keys, scope, &options).expect_err("not signed");
    assert_eq!(signed.headers(), request.headers(), "the request is unchanged");
    let presigned = presign(request, &payload, keys, scope, MINUTE, &options);
    assert_eq!(presigned.as_ref(), Err(&error));
    error
}

#[test]
fn control_characters() {
    for bad in ["a\n", "\ra", "a\0b", "a\tb", "a\x7f", "a\u{85}"] {
        let table = [
            ("access key ID", Keys { access_key_id: bad, ..KEYS }, scope()),
            ("secret access key", Keys { secret_access_key: bad, ..KEYS }, scope()),
            ("session token", Keys { session_token: Some(bad), ..KEYS }, scope()),
            ("region", KEYS, Scope { region: bad, ..scope() }),
            ("signing name", KEYS, Scope { service: bad, ..scope() }),
        ];
        for (part, keys, scope) in table {
            let error = errors(&request(), &keys, &scope);
            assert_eq!(error, SigningError::ControlCharacter(part), "{bad:?}");
            assert_eq!(
                error.to_string(),
                format!("the {part} contains a line break or another control character: remove it")
            );
        }
    }
}

#[test]
fn times_and_urls_that_cannot_be_signed() {
    let late = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_800);
    let error = errors(&request(), &KEYS, &Scope { time: late, ..scope() });
    assert_eq!(error, SigningError::TimeOutOfRange);
    let relative = Request::get("/path").body(()).expect("a request");
    assert_eq!(errors(&relative, &KEYS, &scope()), SigningError::NoHost);
}

#[test]
fn urls_that_cannot_be_presigned() {
    let presigned = |url: String, expires_in| {
        let request = Request::get(url).body(()).expect("a request");
        let (payload, options) = (PayloadHash::UNSIGNED, SigningOptions::s3());
        presign(&request, &payload, &KEYS, &scope(), expires_in, &options)
    };
    let url = || "https://a.example/".to_owned();
    let week = Duration::from_secs(604_800);
    for expires_in in [Duration::ZERO, Duration::from_millis(999), week + Duration::from_nanos(1)] {
        let error = SigningError::ExpiryOutOfRange(expires_in);
        assert_eq!(presigned(url(), expires_in), Err(error));
    }
    for expires_in in [Duration::from_secs(1), week] {
        let url = presigned(url(), expires_in).expect("presigned").to_string();
        assert!(url.contains(&format!("X-Amz-Expires={}&", expires_in.as_secs())), "{url}");
    }
    let again = presigned(presigned(url(), MINUTE).expect("presigned").to_string(), MINUTE);
    assert_eq!(again, Err(SigningError::AlreadyPresigned("X-Amz-Algorithm")));
    let long = url() + "?" + &"a".repeat(65_400);
    assert_eq!(presigned(long, MINUTE), Err(SigningError::UrlTooLong));
}

#[test]
fn debug_output_contains_no_secret() {
    let keys = Keys { session_token: Some("a-token"), ..KEYS };
    assert_eq!(
        format!("{keys:?}"),
        "Keys { access_key_id: \"AKIDEXAMPLE\", secret_access_key: [redacted], session_token: \
         [redacted] }"
    );
}
