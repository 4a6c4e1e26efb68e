//! Refreshes the credentials of a session (`CreateOAuth2Token` of AWS Sign-In).

use std::sync::Arc;
use std::time::Duration;

use super::cached_session::CachedSession;
use super::dpop::DpopTransport;
use crate::Error;
use crate::clients::signin::Client;
use crate::clients::signin::operation::{CreateOAuth2TokenError, CreateOAuth2TokenRequest};
use crate::clients::signin::types::{CreateOAuth2TokenRequestBody, OAuth2ErrorCode};
use crate::providers::client_config::ClientConfig;
use crate::providers::json_file;
use crate::settings::region::Region;
use crate::settings::setting::Origin;

/// Credentials are refreshed if they expire within this time.
pub(super) const REFRESH_WINDOW: Duration = Duration::from_secs(5 * 60);

/// Requests new credentials with the refresh token. The new session has the format of the AWS CLI.
///
/// # Errors
/// Returns an error if the session cannot be refreshed, or if the service refuses to refresh it.
pub(super) async fn refresh(
    old: &CachedSession,
    config: &ClientConfig,
) -> Result<CachedSession, String> {
    let transport = Arc::clone(&config.context.transport);
    let transport = DpopTransport::new(transport, old.text("dpopKey"));
    let transport = transport.ok_or("its dpopKey is not a private key on the curve P-256")?;
    // Tokens of older versions have no region.
    let region = Some(old.text("signInRegion")).filter(|region| !region.is_empty());
    let region = region.map(|name| Region::new(name.to_owned(), Origin::Other("signInRegion")));
    let client = Client::new(&config.unsigned_over(transport, region));
    let body = CreateOAuth2TokenRequestBody::new(old.text("clientId"), "refresh_token");
    let body = body.refresh_token(old.text("refreshToken").to_owned());
    let response = client.create_o_auth2_token(&CreateOAuth2TokenRequest::new(body)).await;
    let found = response.map_err(|error| describe(&error))?.token_output;
    let expiration = json_file::expiration(found.expires_in);
    let credentials = [
        ("accessKeyId", found.access_token.access_key_id),
        ("secretAccessKey", found.access_token.secret_access_key),
        ("sessionToken", found.access_token.session_token),
    ];
    let refreshed = old.refreshed(credentials, expiration, found.refresh_token);
    let refreshed = refreshed.map_err(|name| format!("the response has no {name}"))?;
    if refreshed.remaining().is_zero() {
        return Err("the credentials in the response have expired".to_owned());
    }
    Ok(refreshed)
}

fn describe(error: &Error<CreateOAuth2TokenError>) -> String {
    let Some(CreateOAuth2TokenError::AccessDeniedException(denied)) = error.service() else {
        return error.to_string();
    };
    let reason = match denied.error {
        OAuth2ErrorCode::TokenExpired => "the session has expired",
        OAuth2ErrorCode::UserCredentialsChanged => "the credentials of the user have changed",
        OAuth2ErrorCode::InsufficientPermissions => {
            "the user lacks the permission signin:CreateOAuth2Token"
        }
        _ => return error.to_string(),
    };
    format!("{reason} ({error})")
}
