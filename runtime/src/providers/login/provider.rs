//! The provider of the credentials of a session.

use std::fmt;
use std::path::PathBuf;

use super::cached_session::{self, CachedSession};
use super::refresh::{REFRESH_WINDOW, refresh};
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::client_config::ClientConfig;
use crate::providers::plan::Login;
use crate::settings::setting::Setting;

/// Provides the credentials of a session. The file is read for each request, because other programs
/// also refresh it.
pub(in crate::providers) struct LoginProvider {
    session: Setting,
    config: ClientConfig,
    /// The folder with the files of all sessions.
    folder: Option<PathBuf>,
}

impl LoginProvider {
    pub(in crate::providers) fn new(
        settings: &Login,
        config: &ClientConfig,
        folder: Option<PathBuf>,
    ) -> Self {
        Self { session: settings.session.clone(), config: config.clone(), folder }
    }

    async fn get(&self) -> Result<Credentials, String> {
        let folder = self.folder.as_deref();
        let folder = folder.ok_or("there is no home folder with the token: set HOME")?;
        let path = cached_session::path(folder, &self.session.value);
        let session = CachedSession::read(&path).map_err(|problem| log_in(&problem))?;
        if session.remaining() > REFRESH_WINDOW {
            return Ok(session.credentials());
        }
        match refresh(&session, &self.config).await {
            Ok(refreshed) => {
                refreshed.save(&path, &session);
                Ok(refreshed.credentials())
            }
            Err(reason) if !session.remaining().is_zero() => {
                tracing::warn!(
                    "the login session could not be refreshed; its credentials are used until \
                     they expire: {reason}"
                );
                Ok(session.credentials())
            }
            Err(reason) => {
                let path = path.display();
                Err(log_in(&format!(
                    "the token in {path} has expired and cannot be refreshed: {reason}"
                )))
            }
        }
    }
}

fn log_in(problem: &str) -> String {
    format!("{problem}; run `aws login`")
}

impl ProvideCredentials for LoginProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async {
            let result = self.get().await;
            let origin = &self.session.origin;
            result.map_err(|problem| CredentialsError::failed(format!("{origin}: {problem}")))
        })
    }
}

impl fmt::Debug for LoginProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LoginProvider").field(&self.session.value).finish()
    }
}
