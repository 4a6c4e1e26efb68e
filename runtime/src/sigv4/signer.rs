//! Computes signatures with the keys and the scope of a request.

use crate::sigv4::canonical_request::CanonicalRequest;
use crate::sigv4::credential_scope::CredentialScope;
use crate::sigv4::error::SigningError;
use crate::sigv4::keys::{Keys, Scope, check};
use crate::sigv4::options::SigningOptions;
use crate::sigv4::signing_key::SigningKey;

/// Checked keys, the scope, and the signing key that is derived from both.
pub(super) struct Signer<'a> {
    keys: &'a Keys<'a>,
    scope: CredentialScope<'a>,
    key: SigningKey,
}

impl<'a> Signer<'a> {
    pub(super) fn new(keys: &'a Keys<'a>, scope: &Scope<'a>) -> Result<Self, SigningError> {
        check(keys, scope)?;
        let scope = CredentialScope::new(scope)?;
        let key = SigningKey::new(keys.secret_access_key, &scope);
        Ok(Self { keys, scope, key })
    }

    pub(super) fn signature(
        &self,
        request: &CanonicalRequest<'_>,
        options: &SigningOptions,
    ) -> String {
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
