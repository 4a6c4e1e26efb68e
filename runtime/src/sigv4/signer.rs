//! Computes signatures with the keys and the scope of a request.

use crate::sigv4::canonical_request::CanonicalRequest;
use crate::sigv4::credential_scope::CredentialScope;
use crate::sigv4::error::SigningError;
use crate::sigv4::hex_hash::HexHash;
use crate::sigv4::keys::{Keys, Scope, check};
use crate::sigv4::options::SigningOptions;
use crate::sigv4::signing_key::SigningKey;
use crate::sigv4::signing_key_cache::SigningKeyCache;

/// Checked keys, the scope, and the signing key that is derived from both.
pub(super) struct Signer<'a> {
    keys: &'a Keys<'a>,
    scope: CredentialScope<'a>,
    key: SigningKey,
}

impl<'a> Signer<'a> {
    /// Derives the signing key, or takes it from the cache.
    pub(super) fn new(
        keys: &'a Keys<'a>,
        scope: &Scope<'a>,
        cache: Option<&SigningKeyCache>,
    ) -> Result<Self, SigningError> {
        check(keys, scope)?;
        let scope = CredentialScope::new(scope)?;
        let secret = keys.secret_access_key;
        let key = match cache {
            Some(cache) => cache.get(secret, &scope),
            None => SigningKey::new(secret, &scope),
        };
        Ok(Self { keys, scope, key })
    }

    pub(super) fn signature(
        &self,
        request: &CanonicalRequest<'_>,
        options: &SigningOptions,
    ) -> HexHash {
        self.key.signature(&self.scope, request.hash(options).as_ref())
    }

    /// Returns the access key ID and the scope, in pieces.
    pub(super) fn credential(&self) -> impl Iterator<Item = &str> {
        [self.keys.access_key_id, "/"].into_iter().chain(self.scope.text())
    }

    /// Returns the time, such as `20150830T123600Z`.
    pub(super) fn time(&self) -> &str {
        self.scope.time()
    }

    pub(super) fn session_token(&self) -> Option<&str> {
        self.keys.session_token
    }
}
