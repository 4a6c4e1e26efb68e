//! Proofs of possession of the private key of a session (DPoP, RFC 9449): a signed JSON Web Token
//! in a header of each request.

use std::fmt;
use std::sync::Arc;

use base64_simd::URL_SAFE_NO_PAD as BASE64URL;
use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use ring::rand::SystemRandom;
use ring::signature::{EcdsaKeyPair, KeyPair};

use super::private_key;
use crate::{
    BoxFuture, Document, Timestamp, Transport, TransportError, TransportErrorKind, random,
};

const HEADER: &str = "dpop";

/// The length of each coordinate of an uncompressed point, which follow a byte for the format.
const COORDINATE_LENGTH: usize = 32;

/// A transport that adds a proof to each request. Each attempt has its own proof.
pub(super) struct DpopTransport {
    transport: Arc<dyn Transport>,
    key: EcdsaKeyPair,
}

impl DpopTransport {
    /// Returns a transport that wraps `transport` and signs with a private key; `None` if `pem` is
    /// not such a key.
    pub(super) fn new(transport: Arc<dyn Transport>, pem: &str) -> Option<Self> {
        Some(Self { transport, key: private_key::read(pem)? })
    }

    fn proof(&self, request: &Request<Bytes>) -> Result<HeaderValue, String> {
        let point = self.key.public_key().as_ref().get(1..).unwrap_or_default();
        let (x, y) = point.split_at_checked(COORDINATE_LENGTH).unwrap_or_default();
        let [x, y] = [x, y].map(|bytes| BASE64URL.encode_to_string(bytes));
        let key = [("kty", "EC"), ("crv", "P-256"), ("x", &x), ("y", &y)];
        let header = Document::from_iter([
            ("typ", Document::from("dpop+jwt")),
            ("alg", "ES256".into()),
            ("jwk", Document::from_iter(key)),
        ]);
        let id = random::uuid().map_err(|error| error.to_string())?;
        let claims = Document::from_iter([
            ("htm", Document::from(request.method().as_str())),
            ("htu", url(request).into()),
            ("iat", Timestamp::now().seconds().into()),
            ("jti", id.into()),
        ]);
        let [header, claims] =
            [header, claims].map(|json| BASE64URL.encode_to_string(json.to_string()));
        let signed = format!("{header}.{claims}");
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = signature.map_err(|_| "the proof of possession cannot be signed")?;
        let proof = format!("{signed}.{}", BASE64URL.encode_to_string(signature.as_ref()));
        let mut value = HeaderValue::try_from(proof).map_err(|error| error.to_string())?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The URL without the query.
fn url(request: &Request<Bytes>) -> String {
    let url = request.uri().to_string();
    url.split('?').next().unwrap_or_default().to_owned()
}

impl Transport for DpopTransport {
    fn send(
        &self,
        mut request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        match self.proof(&request) {
            Ok(proof) => {
                request.headers_mut().insert(HEADER, proof);
                self.transport.send(request)
            }
            Err(problem) => {
                let error = TransportError::new(TransportErrorKind::Unusable, problem);
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}

/// Omits the key, and the transport, whose `Debug` may print requests.
impl fmt::Debug for DpopTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DpopTransport")
    }
}
