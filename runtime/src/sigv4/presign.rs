//! Signs a request by adding parameters to its URL.

use std::time::Duration;

use http::uri::PathAndQuery;
use http::{Request, Uri};
use percent_encoding::utf8_percent_encode;

use crate::http::percent::ENCODED;
use crate::sigv4::canonical_request::CanonicalRequest;
use crate::sigv4::error::SigningError;
use crate::sigv4::headers::SignedHeaders;
use crate::sigv4::keys::{Keys, Scope};
use crate::sigv4::options::SigningOptions;
use crate::sigv4::payload_hash::PayloadHash;
use crate::sigv4::query::sorted_parameters;
use crate::sigv4::signer::Signer;

/// The parameters that a presigned URL contains only once.
const PARAMETERS: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
];

const MAX_EXPIRY: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Returns the URL of the request with a signature in its query. The URL is valid for `expires_in`,
/// which is 1 second to 7 days, rounded down to whole seconds, and no longer than the keys.
///
/// A client that uses the URL needs no credentials. It must use the method of the request and send
/// the headers of the request, except those that a proxy may change. The URL grants access on its
/// own, so it is a secret.
///
/// For S3, pass [`PayloadHash::UNSIGNED`]. Other services expect the hash of the body.
///
/// # Errors
/// Returns an error if the keys, the scope or the request cannot be part of a signature, if
/// `expires_in` is out of range, or if the URL already contains a signature.
pub fn presign<B>(
    request: &Request<B>,
    payload: &PayloadHash,
    keys: &Keys<'_>,
    scope: &Scope<'_>,
    expires_in: Duration,
    options: &SigningOptions,
) -> Result<Uri, SigningError> {
    if expires_in < Duration::from_secs(1) || expires_in > MAX_EXPIRY {
        return Err(SigningError::ExpiryOutOfRange(expires_in));
    }
    let uri = request.uri();
    check_unsigned(uri)?;
    let signer = Signer::new(keys, scope, None)?;
    let headers = SignedHeaders::presigned(request.headers(), uri)?;
    let mut query = query(uri, &signer, expires_in, &headers);
    let canonical = CanonicalRequest {
        method: request.method(),
        path: uri.path(),
        query: &query,
        headers: &headers,
        payload,
    };
    let signature = signer.signature(&canonical, options);
    query.push_str("&X-Amz-Signature=");
    query.push_str(signature.as_str());
    with_query(uri, &query)
}

fn check_unsigned(uri: &Uri) -> Result<(), SigningError> {
    let existing = sorted_parameters(uri.query().unwrap_or_default());
    let signed = |parameter: &&&str| existing.iter().any(|(name, _)| name == **parameter);
    match PARAMETERS.iter().find(signed) {
        Some(parameter) => Err(SigningError::AlreadyPresigned(parameter)),
        None => Ok(()),
    }
}

/// Returns the query with all signed parameters, starting with the existing ones.
fn query(
    uri: &Uri,
    signer: &Signer<'_>,
    expires_in: Duration,
    headers: &SignedHeaders<'_>,
) -> String {
    let mut query = String::with_capacity(512);
    if let Some(existing) = uri.query().filter(|query| !query.is_empty()) {
        query.push_str(existing);
        query.push('&');
    }
    query.push_str("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=");
    signer.credential().for_each(|piece| push_encoded(&mut query, piece));
    query.push_str("&X-Amz-Date=");
    query.push_str(signer.time());
    query.push_str("&X-Amz-Expires=");
    query.push_str(&expires_in.as_secs().to_string());
    if let Some(token) = signer.session_token() {
        query.push_str("&X-Amz-Security-Token=");
        push_encoded(&mut query, token);
    }
    query.push_str("&X-Amz-SignedHeaders=");
    headers.write_names(|piece| push_encoded(&mut query, piece));
    query
}

fn push_encoded(query: &mut String, text: &str) {
    query.extend(utf8_percent_encode(text, ENCODED));
}

/// Replaces the query of a URL. The crate `http` limits the length of URLs.
fn with_query(uri: &Uri, query: &str) -> Result<Uri, SigningError> {
    let path = if uri.path().is_empty() { "/" } else { uri.path() };
    let mut parts = uri.clone().into_parts();
    let path_and_query = PathAndQuery::try_from([path, "?", query].concat());
    parts.path_and_query = Some(path_and_query.map_err(|_| SigningError::UrlTooLong)?);
    Uri::from_parts(parts).map_err(|_| SigningError::NoHost)
}
