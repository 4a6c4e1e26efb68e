//! The credentials of a signature, and its region, service and time.

use std::fmt;
use std::time::SystemTime;

use crate::display::redacted::{Redacted, redacted};
use crate::sigv4::error::SigningError;

/// The credentials that sign a request. `Debug` shows neither the secret key nor the token.
#[derive(Clone, Copy)]
pub struct Keys<'a> {
    /// The access key ID, which the signed request contains.
    pub access_key_id: &'a str,
    /// The secret access key, which is never part of the request.
    pub secret_access_key: &'a str,
    /// The session token of temporary credentials. It is sent with the request.
    pub session_token: Option<&'a str>,
}

impl fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys")
            .field("access_key_id", &self.access_key_id)
            .field("secret_access_key", &Redacted)
            .field("session_token", &redacted(&self.session_token))
            .finish()
    }
}

/// What a signature is valid for.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// The region of the endpoint, such as `eu-west-1`.
    pub region: &'a str,
    /// The signing name of the service, such as `es`.
    pub service: &'a str,
    /// The time of the signature. Services accept a difference of a few minutes from their own
    /// clock.
    pub time: SystemTime,
}

/// Rejects control characters, which a header cannot contain. In a secret key, they usually mean
/// that the key was read together with a line break.
pub(super) fn check(keys: &Keys<'_>, scope: &Scope<'_>) -> Result<(), SigningError> {
    let table = [
        ("access key ID", keys.access_key_id),
        ("secret access key", keys.secret_access_key),
        ("session token", keys.session_token.unwrap_or_default()),
        ("region", scope.region),
        ("signing name", scope.service),
    ];
    match table.iter().find(|(_, value)| value.contains(|c: char| c.is_control())) {
        Some((name, _)) => Err(SigningError::ControlCharacter(name)),
        None => Ok(()),
    }
}
