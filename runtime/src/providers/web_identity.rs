//! The credentials of a role that is assumed with a token in a file (`AssumeRoleWithWebIdentity`).

use std::fmt;

use crate::clients::sts::Client;
use crate::clients::sts::operation::AssumeRoleWithWebIdentityRequest;
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::client_config::ClientConfig;
use crate::providers::plan::WebIdentity;
use crate::providers::role::default_session_name;
use crate::providers::small_file;
use crate::providers::sts_response::credentials;
use crate::settings::setting::Setting;

/// Assumes a role with the token in a file. The file is read for each request, because its contents
/// change.
pub(super) struct WebIdentityProvider {
    client: Client,
    token_file: Setting,
    role_arn: String,
    session_name: String,
}

impl WebIdentityProvider {
    pub(super) fn new(settings: &WebIdentity, config: &ClientConfig) -> Self {
        Self {
            client: Client::new(&config.unsigned(None)),
            token_file: settings.token_file.clone(),
            role_arn: settings.role_arn.value.clone(),
            session_name: settings
                .role_session_name
                .as_ref()
                .map_or_else(default_session_name, |name| name.value.clone()),
        }
    }

    async fn get(&self) -> Result<Credentials, String> {
        let token = self.token()?;
        let (role, session_name) = (self.role_arn.as_str(), self.session_name.as_str());
        let request = AssumeRoleWithWebIdentityRequest::new(role, session_name, token);
        let response = self.client.assume_role_with_web_identity(&request).await;
        let response = response.map_err(|error| error.to_string())?;
        credentials(response.credentials, response.assumed_role_user, "web identity")
    }

    fn token(&self) -> Result<String, String> {
        let path = &self.token_file.value;
        let token = small_file::read_text(path.as_ref())
            .map_err(|error| format!("cannot read the file {path:?}: {error}"))?;
        match token.trim() {
            "" => Err(format!("the file {path:?} contains no token")),
            token => Ok(token.to_owned()),
        }
    }
}

impl ProvideCredentials for WebIdentityProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async {
            let result = self.get().await;
            let origin = &self.token_file.origin;
            result.map_err(|problem| CredentialsError::failed(format!("{origin}: {problem}")))
        })
    }
}

impl fmt::Debug for WebIdentityProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WebIdentityProvider").field(&self.role_arn).finish()
    }
}
