//! The signing key, which is derived from the secret key for a date, a region and a service.

use ring::hmac::{Context, HMAC_SHA256, Key, sign};

use crate::sigv4::credential_scope::CredentialScope;
use crate::sigv4::hex_hash::HexHash;

/// The key for all signatures of a day with the same secret key, region and service.
#[derive(Clone)]
pub(super) struct SigningKey(Key);

impl SigningKey {
    pub(super) fn new(secret_access_key: &str, scope: &CredentialScope<'_>) -> Self {
        let secret = ["AWS4", secret_access_key].concat();
        let key = Key::new(HMAC_SHA256, secret.as_bytes());
        let parts = [scope.date(), scope.region, scope.service, "aws4_request"];
        Self(
            parts
                .iter()
                .fold(key, |key, part| Key::new(HMAC_SHA256, sign(&key, part.as_bytes()).as_ref())),
        )
    }

    /// Returns the signature of the canonical request with this hash.
    pub(super) fn signature(&self, scope: &CredentialScope<'_>, request_hash: &[u8]) -> HexHash {
        let mut context = Context::with_key(&self.0);
        let beginning = ["AWS4-HMAC-SHA256\n", scope.time(), "\n"];
        for part in beginning.iter().chain(&scope.text()) {
            context.update(part.as_bytes());
        }
        context.update(b"\n");
        context.update(HexHash::new(request_hash).as_str().as_bytes());
        HexHash::new(context.sign().as_ref())
    }
}
