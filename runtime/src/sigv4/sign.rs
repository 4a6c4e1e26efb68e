//! Signs requests with SigV4, using the crate `aws-sigv4`.
//!
//! The time is an argument, so nothing here reads a clock.

use std::borrow::Cow;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as sigv4};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request};
use ring::digest;
use tracing::level_filters::LevelFilter;
use tracing::{Dispatch, dispatcher};

use crate::http::box_error::BoxError;

/// Headers that a proxy may change or remove, in addition to those that `aws-sigv4` does not sign.
const HOP_BY_HOP: [&str; 8] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "upgrade",
];

/// The scope of a signature.
pub(crate) struct Scope<'a> {
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) time: SystemTime,
}

/// The hash of a body for a signature. It is computed once for all attempts. The signer does not
/// receive the body, because an environment variable can make it log the body.
pub(crate) fn payload_hash(body: &[u8]) -> String {
    let mut hash = String::with_capacity(64);
    for byte in digest::digest(&digest::SHA256, body).as_ref() {
        for digit in [byte >> 4, byte & 0xf] {
            hash.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    hash
}

/// Signs a request whose body has this hash, by adding headers to it.
pub(crate) fn sign(
    request: &mut Request<Bytes>,
    payload_hash: &str,
    credentials: Credentials,
    scope: &Scope<'_>,
) -> Result<(), BoxError> {
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(scope.region)
        .name(scope.service)
        .time(scope.time)
        .settings(settings())
        .build()?
        .into();
    let signable = signable(request, payload_hash)?;
    let (instructions, _) = without_logs(|| sigv4(signable, &params))?.into_parts();
    for header in instructions.into_parts().0 {
        // Rejects a credential that contains a line break.
        let mut value = HeaderValue::from_str(header.value())?;
        // A signature is valid for several minutes, so it is a secret.
        value.set_sensitive(header.sensitive() || header.name() == "authorization");
        request.headers_mut().insert(HeaderName::from_static(header.name()), value);
    }
    Ok(())
}

fn signable<'a>(
    request: &'a Request<Bytes>,
    payload_hash: &str,
) -> Result<SignableRequest<'a>, BoxError> {
    let mut headers = Vec::with_capacity(request.headers().len());
    for (name, value) in request.headers() {
        headers.push((name.as_str(), value.to_str()?));
    }
    Ok(SignableRequest::new(
        request.method().as_str(),
        request.uri().to_string(),
        headers.into_iter(),
        SignableBody::Precomputed(payload_hash.to_owned()),
    )?)
}

/// Runs `work` without a subscriber. At level TRACE the signer logs all headers that it signs, but
/// this crate promises that no header is logged.
fn without_logs<T>(work: impl FnOnce() -> T) -> T {
    if LevelFilter::current() < LevelFilter::TRACE {
        return work();
    }
    dispatcher::with_default(&Dispatch::none(), work)
}

fn settings() -> SigningSettings {
    let mut settings = SigningSettings::default();
    let excluded = settings.excluded_headers.get_or_insert_default();
    excluded.extend(HOP_BY_HOP.map(Cow::Borrowed));
    settings
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const TIME: Duration = Duration::from_secs(1_440_938_160);

    fn signed(method: &str, headers: &[(&str, &str)], token: Option<&str>) -> Request<Bytes> {
        let mut request = Request::builder().method(method).uri("https://example.amazonaws.com/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Bytes::new()).expect("a request");
        let token = token.map(str::to_owned);
        let credentials = Credentials::new("AKIDEXAMPLE", SECRET, token, None, "test");
        let time = SystemTime::UNIX_EPOCH + TIME;
        let scope = Scope { region: "us-east-1", service: "service", time };
        sign(&mut request, &payload_hash(b""), credentials, &scope).expect("signed");
        request
    }

    fn authorization(request: &Request<Bytes>) -> &str {
        request.headers()["authorization"].to_str().expect("text")
    }

    /// Signatures from the SigV4 test suite of AWS.
    #[test]
    fn published_vectors() {
        let scope = "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
        let table = [
            ("GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            ("POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        ];
        for (method, signature) in table {
            let request = signed(method, &[], None);
            assert_eq!(request.headers()["x-amz-date"], "20150830T123600Z");
            assert_eq!(
                authorization(&request),
                format!(
                    "AWS4-HMAC-SHA256 {scope}, SignedHeaders=host;x-amz-date, Signature={signature}"
                )
            );
        }
    }

    #[test]
    fn the_payload_hash_is_sha_256_in_lower_case() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!([payload_hash(b""), payload_hash(b"abc")], [empty, abc]);
    }

    #[test]
    fn headers_that_a_proxy_may_change_are_not_signed() {
        let plain = signed("POST", &[], None);
        let names = ["user-agent", "x-amzn-trace-id", "transfer-encoding"];
        for name in names.into_iter().chain(HOP_BY_HOP) {
            let request = signed("POST", &[(name, "value")], None);
            assert_eq!(authorization(&request), authorization(&plain), "{name}");
        }
        let other = signed("POST", &[("x-other", "value")], None);
        assert!(authorization(&other).contains("SignedHeaders=host;x-amz-date;x-other,"));
    }

    #[test]
    fn a_session_token_is_signed_and_sensitive() {
        let request = signed("POST", &[], Some("token"));
        assert!(request.headers()["authorization"].is_sensitive());
        assert_eq!(request.headers()["x-amz-security-token"], "token");
        assert!(request.headers()["x-amz-security-token"].is_sensitive());
        assert!(authorization(&request).contains("host;x-amz-date;x-amz-security-token,"));
    }
}
