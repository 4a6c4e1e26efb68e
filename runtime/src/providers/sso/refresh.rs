//! Refreshes the token of an SSO session (operation `CreateToken` of SSO OIDC).

use std::time::Duration;

use super::cached_token::CachedToken;
use crate::clients::sso_oidc::Client;
use crate::clients::sso_oidc::operation::CreateTokenRequest;
use crate::providers::json_file;
use crate::providers::json_object::Members;
use crate::{Document, clock};

/// A token is refreshed if it expires within this time.
pub(super) const REFRESH_WINDOW: Duration = Duration::from_secs(15 * 60);

/// Requests a new token with the refresh token. The new token has the members that the AWS CLI
/// writes.
///
/// # Errors
/// Returns an error if a member is missing, the registration has expired, or the request fails.
pub(super) async fn refresh(
    old: &CachedToken,
    client: &Client,
    start_url: &str,
    region: &str,
) -> Result<CachedToken, String> {
    let member = |name| old.text(name).ok_or_else(|| format!("it has no {name}"));
    let (client_id, client_secret) = (member("clientId")?, member("clientSecret")?);
    let refresh_token = member("refreshToken")?;
    let registration = member("registrationExpiresAt")?;
    if old.time("registrationExpiresAt").is_none_or(|expiration| expiration <= clock::now()) {
        return Err("the registration of its client has expired".to_owned());
    }
    let request = CreateTokenRequest::new(client_id, client_secret, "refresh_token");
    let request = request.refresh_token(refresh_token.to_owned());
    let response = client.create_token(&request).await.map_err(|error| error.to_string())?;
    let (Some(access_token), Some(expires_in)) = (response.access_token, response.expires_in)
    else {
        return Err("the response contains no token".to_owned());
    };
    let expiration = json_file::expiration(expires_in);
    let mut members = Members::new();
    for (name, value) in [
        ("startUrl", Some(start_url.to_owned())),
        ("region", Some(region.to_owned())),
        ("accessToken", Some(access_token)),
        ("expiresAt", Some(expiration.to_string())),
        ("clientId", Some(client_id.to_owned())),
        ("clientSecret", Some(client_secret.to_owned())),
        ("registrationExpiresAt", Some(registration.to_owned())),
        ("refreshToken", response.refresh_token),
    ] {
        if let Some(value) = value {
            members.insert(name.to_owned(), Document::String(value));
        }
    }
    Ok(CachedToken(members))
}
