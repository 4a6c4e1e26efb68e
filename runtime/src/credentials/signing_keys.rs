//! The conversion of credentials to signing keys.

use crate::Credentials;
use crate::sigv4::Keys;

/// Converts credentials for [`sigv4::sign`](crate::sigv4::sign), which signs other requests.
impl<'a> From<&'a Credentials> for Keys<'a> {
    fn from(credentials: &'a Credentials) -> Self {
        Self {
            access_key_id: credentials.access_key_id(),
            secret_access_key: credentials.secret_access_key(),
            session_token: credentials.session_token(),
        }
    }
}
