//! Checks that requests have an authorization token.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::error::DistributionError;
use crate::registry::store::Store;

/// Rejects requests without a token of `GetAuthorizationToken`.
pub(super) fn check(store: &Store, headers: &HeaderMap) -> Result<(), DistributionError> {
    let reject = |message| Err(DistributionError::unauthorized(&store.url, message));
    let Some(header) = headers.get(AUTHORIZATION) else {
        return reject("log in as the user AWS with a token of GetAuthorizationToken");
    };
    // The token is the user and the password in base64, which is how basic authentication sends them.
    let sent = header.to_str().ok().and_then(|header| header.split_once(' '));
    let token = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"));
    match token.map(|(_, token)| token.trim()) {
        None => reject("the Authorization header does not use the scheme Basic"),
        Some(token) if store.login_tokens.is_valid(token, store.clock.now()) => Ok(()),
        Some(_) => reject(
            "the user is not AWS, or the password is not a token that this registry issued in the last 12 hours",
        ),
    }
}
