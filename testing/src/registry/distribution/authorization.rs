//! Checks the authorization token of requests.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::error::DistributionError;
use crate::registry::store::Store;

/// Rejects requests without a valid token from `GetAuthorizationToken`.
pub(super) fn check(store: &Store, headers: &HeaderMap) -> Result<(), DistributionError> {
    let reject = |message| Err(DistributionError::unauthorized(&store.url, message));
    let Some(header) = headers.get(AUTHORIZATION) else {
        return reject("log in as the user AWS with a token from GetAuthorizationToken");
    };
    // The token is already in the form that basic authentication sends: user name and password in
    // base64.
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
