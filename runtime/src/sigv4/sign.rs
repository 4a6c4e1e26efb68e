//! Signs a request by adding headers to it.

use http::header::{AUTHORIZATION, InvalidHeaderValue};
use http::{HeaderMap, HeaderName, HeaderValue, Request};

use crate::sigv4::canonical_request::CanonicalRequest;
use crate::sigv4::error::SigningError;
use crate::sigv4::headers::{
    SignedHeaders, X_AMZ_CONTENT_SHA256, X_AMZ_DATE, X_AMZ_SECURITY_TOKEN,
};
use crate::sigv4::keys::{Keys, Scope};
use crate::sigv4::options::SigningOptions;
use crate::sigv4::payload_hash::PayloadHash;
use crate::sigv4::signer::Signer;
use crate::sigv4::signing_key_cache::SigningKeyCache;

// Names of headers that are not in the crate `http`. They are constants, because creating a name
// from a string allocates.
const DATE: HeaderName = HeaderName::from_static(X_AMZ_DATE);
const SECURITY_TOKEN: HeaderName = HeaderName::from_static(X_AMZ_SECURITY_TOKEN);
const CONTENT_SHA256: HeaderName = HeaderName::from_static(X_AMZ_CONTENT_SHA256);

/// The constant parts of the `authorization` header.
const PARTS: [&str; 3] = ["AWS4-HMAC-SHA256 Credential=", ", SignedHeaders=", ", Signature="];

/// Signs a request: sets the headers `authorization` and `x-amz-date` and, if the keys have a
/// session token, `x-amz-security-token`.
///
/// All headers are signed, except those that a proxy may change, such as `user-agent` and
/// `connection`. If there is no `host` header, the host of the URL is signed, so the transport must
/// send that host. Headers that are added after signing are not covered by the signature.
///
/// The headers of an earlier signature are replaced, so a request can be signed again.
///
/// # Errors
/// Returns an error if the keys, the scope or the request cannot be part of a signature. In that
/// case, the request is unchanged.
pub fn sign<B>(
    request: &mut Request<B>,
    payload: &PayloadHash,
    keys: &Keys<'_>,
    scope: &Scope<'_>,
    options: &SigningOptions,
) -> Result<(), SigningError> {
    sign_with_cache(request, payload, keys, scope, options, None)
}

/// Signs a request like [`sign`], with a signing key from the cache if there is one.
pub(crate) fn sign_with_cache<B>(
    request: &mut Request<B>,
    payload: &PayloadHash,
    keys: &Keys<'_>,
    scope: &Scope<'_>,
    options: &SigningOptions,
    cache: Option<&SigningKeyCache>,
) -> Result<(), SigningError> {
    let signer = Signer::new(keys, scope, cache)?;
    let added = AddedHeaders::new(&signer, payload, options)?;
    let headers = added.signed(request)?;
    let canonical = CanonicalRequest {
        method: request.method(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: &headers,
        payload,
    };
    let signature = signer.signature(&canonical, options);
    let authorization = authorization(&signer, &headers, signature.as_str())?;
    added.insert(authorization, request.headers_mut());
    Ok(())
}

/// The headers that are set before signing.
struct AddedHeaders {
    date: HeaderValue,
    token: Option<HeaderValue>,
    content_sha256: Option<HeaderValue>,
}

impl AddedHeaders {
    fn new(
        signer: &Signer<'_>,
        payload: &PayloadHash,
        options: &SigningOptions,
    ) -> Result<Self, SigningError> {
        let content_sha256 = options.content_sha256_header.then(|| payload.as_str());
        Ok(Self {
            date: HeaderValue::from_str(signer.time())?,
            token: signer.session_token().map(secret).transpose()?,
            content_sha256: content_sha256.map(HeaderValue::from_str).transpose()?,
        })
    }

    /// Returns the signed headers of the request, without a token of other keys, which
    /// [`insert`](Self::insert) removes.
    fn signed<'a, B>(&'a self, request: &'a Request<B>) -> Result<SignedHeaders<'a>, SigningError> {
        let set = [
            (X_AMZ_DATE, Some(&self.date)),
            (X_AMZ_SECURITY_TOKEN, self.token.as_ref()),
            (X_AMZ_CONTENT_SHA256, self.content_sha256.as_ref()),
        ];
        let is_replaced = |name: &str| match name {
            X_AMZ_CONTENT_SHA256 => self.content_sha256.is_some(),
            X_AMZ_DATE | X_AMZ_SECURITY_TOKEN => true,
            _ => false,
        };
        SignedHeaders::new(request.headers(), request.uri(), &is_replaced, &set)
    }

    fn insert(self, authorization: HeaderValue, headers: &mut HeaderMap) {
        headers.insert(DATE, self.date);
        match self.token {
            Some(token) => headers.insert(SECURITY_TOKEN, token),
            None => headers.remove(X_AMZ_SECURITY_TOKEN),
        };
        if let Some(hash) = self.content_sha256 {
            headers.insert(CONTENT_SHA256, hash);
        }
        headers.insert(AUTHORIZATION, authorization);
    }
}

/// Returns the value of the `authorization` header. A signature is valid for several minutes, so
/// the value is a secret.
fn authorization(
    signer: &Signer<'_>,
    headers: &SignedHeaders<'_>,
    signature: &str,
) -> Result<HeaderValue, InvalidHeaderValue> {
    // The exact length, so that the text is not copied when it becomes a header value.
    let mut length = PARTS.iter().map(|part| part.len()).sum::<usize>() + signature.len();
    length += signer.credential().map(str::len).sum::<usize>();
    headers.write_names(|piece| length += piece.len());
    let [before_credential, before_names, before_signature] = PARTS;
    let mut text = String::with_capacity(length);
    text.push_str(before_credential);
    text.extend(signer.credential());
    text.push_str(before_names);
    headers.write_names(|piece| text.push_str(piece));
    text.push_str(before_signature);
    text.push_str(signature);
    let mut value = HeaderValue::try_from(text)?;
    value.set_sensitive(true);
    Ok(value)
}

fn secret(text: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::from_str(text)?;
    value.set_sensitive(true);
    Ok(value)
}
