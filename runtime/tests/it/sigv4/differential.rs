//! Compares signatures with those of `aws-sigv4` for 10,000 random requests.
//!
//! There are two known differences. `aws-sigv4` does not trim tabs at the ends of header values,
//! although HTTP servers remove them, so the values are trimmed before they are passed to it. It
//! also replaces bytes of a query that are not UTF-8, such as `%FF`, so no generated query contains
//! any.

use std::borrow::Cow;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningSettings, UriPathNormalizationMode, sign as reference,
};
use aws_sigv4::sign::v4::SigningParams;
use longshore_runtime::sigv4::{Keys, PayloadHash, Scope, presign, sign};
use longshore_runtime::transport::http::{Request, Uri};

use super::generator::{Case, Generator};

/// Headers that proxies may change and that `aws-sigv4` signs by default.
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

const SEEDS: std::ops::Range<u64> = 1..10_001;

#[test]
fn signatures_are_those_of_aws_sigv4() {
    let mut presigned = 0;
    for seed in SEEDS {
        let case = Generator::new(seed).case();
        let (ours, theirs) = (signed(&case), signed_by_reference(&case));
        assert_eq!(ours, theirs, "seed {seed}: {case:?}");
        presigned += u32::from(case.expires_in.is_some());
    }
    // Both kinds of signatures must be compared.
    assert!((4000..6000).contains(&presigned), "{presigned}");
}

/// The headers or parameters that a signature adds to a request, sorted by name.
type Added = Vec<(String, String)>;

fn request(case: &Case) -> Request<()> {
    let mut request = Request::builder().method(case.method).uri(&case.url);
    for (name, value) in &case.headers {
        request = request.header(*name, value);
    }
    request.body(()).unwrap_or_else(|error| panic!("{error}: {case:?}"))
}

fn signed(case: &Case) -> Added {
    let mut request = request(case);
    let payload = match case.unsigned_payload {
        true => PayloadHash::UNSIGNED,
        false => PayloadHash::of(&case.body),
    };
    let keys = Keys {
        access_key_id: &case.access_key_id,
        secret_access_key: &case.secret_access_key,
        session_token: case.session_token.as_deref(),
    };
    let scope = Scope { region: case.region, service: case.service, time: case.time };
    if let Some(expires_in) = case.expires_in {
        let url = presign(&request, &payload, &keys, &scope, expires_in, &case.options());
        return added_parameters(case, request.uri(), &url.expect("presigned"));
    }
    sign(&mut request, &payload, &keys, &scope, &case.options()).expect("signed");
    let added = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];
    let values = added.iter().filter_map(|name| {
        let value = request.headers().get(*name)?.to_str().expect("text");
        Some(((*name).to_owned(), value.to_owned()))
    });
    values.collect()
}

/// Asserts that the URL starts with the original one, and returns the added parameters, decoded.
fn added_parameters(case: &Case, before: &Uri, url: &Uri) -> Added {
    let (before, url) = (before.to_string(), url.to_string());
    let added = url.strip_prefix(&before).unwrap_or_else(|| panic!("{url}: {case:?}"));
    let added = added.trim_start_matches(['?', '&']);
    let mut pairs: Vec<_> = added
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').expect("a value");
            let value = percent_encoding::percent_decode_str(value).decode_utf8().expect("UTF-8");
            (name.to_owned(), value.into_owned())
        })
        .collect();
    pairs.sort();
    pairs
}

fn signed_by_reference(case: &Case) -> Added {
    let (access, secret) = (case.access_key_id.as_str(), case.secret_access_key.as_str());
    let credentials = Credentials::new(access, secret, case.session_token.clone(), None, "test");
    let identity = credentials.into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(case.region)
        .name(case.service)
        .time(case.time)
        .settings(settings(case))
        .build()
        .expect("parameters")
        .into();
    let headers = case.headers.iter().map(|(name, value)| (*name, value.trim_matches([' ', '\t'])));
    let body = match case.unsigned_payload {
        true => SignableBody::UnsignedPayload,
        false => SignableBody::Bytes(&case.body),
    };
    let request = SignableRequest::new(case.method, &case.url, headers, body).expect("a request");
    let (added, _) = reference(request, &params).expect("signed").into_parts();
    let headers = added.headers().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let parameters =
        added.params().iter().map(|(name, value)| ((*name).to_owned(), value.to_string()));
    let mut added: Vec<_> = headers.chain(parameters).collect();
    added.sort();
    added
}

fn settings(case: &Case) -> SigningSettings {
    let [double_encode, normalize, content_sha256] = case.options;
    let mut settings = SigningSettings::default();
    if !double_encode {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
    }
    if !normalize {
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    if content_sha256 {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    if case.expires_in.is_some() {
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = case.expires_in;
    }
    settings.excluded_headers.get_or_insert_default().extend(HOP_BY_HOP.map(Cow::Borrowed));
    settings
}
