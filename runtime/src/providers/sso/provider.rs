//! The provider that exchanges the token of an SSO session for credentials.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::cached_token::{self, CachedToken};
use super::refresh::{REFRESH_WINDOW, refresh};
use crate::clients::sso::operation::GetRoleCredentialsRequest;
use crate::clients::{sso, sso_oidc};
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::client_config::ClientConfig;
use crate::providers::credentials_object::unexpired;
use crate::providers::plan::Sso;
use crate::settings::region::Region;

/// Provides the credentials of a role.
pub(in crate::providers) struct SsoProvider {
    client: sso::Client,
    oidc_client: sso_oidc::Client,
    account_id: String,
    role_name: String,
    start_url: String,
    region: String,
    session: Option<String>,
    /// Where the account is configured.
    origin: String,
    home: Option<PathBuf>,
}

impl SsoProvider {
    pub(in crate::providers) fn new(
        settings: &Sso,
        config: &ClientConfig,
        home: Option<PathBuf>,
    ) -> Self {
        let region = Region::new(settings.region.value.clone(), settings.region.origin.clone());
        let config = config.unsigned(Some(region));
        Self {
            client: sso::Client::new(&config),
            oidc_client: sso_oidc::Client::new(&config),
            account_id: settings.account_id.value.clone(),
            role_name: settings.role_name.value.clone(),
            start_url: settings.start_url.value.clone(),
            region: settings.region.value.clone(),
            session: settings.session.as_ref().map(|session| session.value.clone()),
            origin: settings.account_id.origin.to_string(),
            home,
        }
    }

    async fn get(&self) -> Result<Credentials, String> {
        let token = self.token().await?;
        let token = token.text("accessToken").unwrap_or_default();
        let request = GetRoleCredentialsRequest::new(
            self.role_name.as_str(),
            self.account_id.as_str(),
            token,
        );
        let response = self.client.get_role_credentials(&request).await;
        let response = response.map_err(|error| error.to_string())?;
        let found = response.role_credentials.ok_or("the response contains no credentials")?;
        let (Some(key_id), Some(secret)) = (found.access_key_id, found.secret_access_key) else {
            return Err("the credentials in the response are incomplete".to_owned());
        };
        let milliseconds = found.expiration.and_then(|time| u64::try_from(time).ok()).unwrap_or(0);
        let expiration = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds));
        let expiration = unexpired(expiration)?;
        let credentials =
            Credentials::new(key_id, secret, found.session_token, Some(expiration), "sso");
        Ok(credentials.with_account_id(self.account_id.as_str()))
    }

    /// Returns the newest token, refreshed if it expires soon.
    async fn token(&self) -> Result<CachedToken, String> {
        let home =
            self.home.as_deref().ok_or("there is no home folder with the token: set HOME")?;
        let path = cached_token::path(home, self.session.as_deref().unwrap_or(&self.start_url));
        let token = CachedToken::read(&path).map_err(|problem| self.log_in(&problem))?;
        self.check_start_url(&token, &path)?;
        let remaining = token.remaining();
        let mut problem = format!("the token in {} has expired", path.display());
        if self.session.is_some() && remaining < REFRESH_WINDOW {
            match refresh(&token, &self.oidc_client, &self.start_url, &self.region).await {
                Ok(refreshed) => {
                    refreshed.save(&path, &token);
                    return Ok(refreshed);
                }
                Err(reason) => {
                    problem = format!("{problem} and cannot be refreshed: {reason}");
                }
            }
        }
        if remaining.is_zero() { Err(self.log_in(&problem)) } else { Ok(token) }
    }

    /// Rejects a token for another start URL, which might belong to another identity.
    fn check_start_url(&self, token: &CachedToken, path: &Path) -> Result<(), String> {
        let trim = |url: &str| url.trim_end_matches(['/', '#']).to_owned();
        match token.text("startUrl") {
            Some(url) if trim(url) != trim(&self.start_url) => {
                let path = path.display();
                Err(self.log_in(&format!("the token in {path} belongs to another sso_start_url")))
            }
            _ => Ok(()),
        }
    }

    fn log_in(&self, problem: &str) -> String {
        let session = self.session.as_ref().map(|name| format!(" --sso-session {name:?}"));
        format!("{problem}; run `aws sso login{}`", session.unwrap_or_default())
    }
}

impl ProvideCredentials for SsoProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async {
            let result = self.get().await;
            result
                .map_err(|problem| CredentialsError::failed(format!("{}: {problem}", self.origin)))
        })
    }
}

impl fmt::Debug for SsoProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SsoProvider")
            .field("account_id", &self.account_id)
            .field("role_name", &self.role_name)
            .finish_non_exhaustive()
    }
}
