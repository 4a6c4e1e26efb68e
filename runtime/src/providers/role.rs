//! The credentials of a role that is assumed with other credentials (`AssumeRole`).

use std::time::SystemTime;

use crate::clients::sts::Client;
use crate::clients::sts::operation::AssumeRoleRequest;
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::client_config::ClientConfig;
use crate::providers::plan::Role;
use crate::providers::sts_response::credentials;
use crate::settings::setting::Setting;

/// Assumes a role. The client contains the credentials that sign the request.
#[derive(Debug)]
pub(super) struct RoleProvider {
    client: Client,
    request: Result<AssumeRoleRequest, String>,
    /// Where the role is configured.
    origin: String,
}

impl RoleProvider {
    /// Creates a provider that assumes `role` with the credentials of `source`.
    pub(super) fn new(
        role: &Role,
        source: impl ProvideCredentials + 'static,
        config: &ClientConfig,
    ) -> Self {
        Self {
            client: Client::new(&config.signed(source)),
            request: request(role),
            origin: role.role_arn.origin.to_string(),
        }
    }

    async fn get(&self) -> Result<Credentials, String> {
        let response = self.client.assume_role(self.request.as_ref().map_err(Clone::clone)?).await;
        let response = response.map_err(|error| error.to_string())?;
        credentials(response.credentials, response.assumed_role_user, "role")
    }
}

fn request(role: &Role) -> Result<AssumeRoleRequest, String> {
    if let Some(serial) = &role.mfa_serial {
        return Err(format!(
            "{} needs a code from the MFA device, but this program cannot prompt for one: use the \
             credentials of a session that was created with the device",
            serial.origin
        ));
    }
    let text = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value.clone());
    let session_name = text(&role.role_session_name).unwrap_or_else(default_session_name);
    let request = AssumeRoleRequest::new(role.role_arn.value.as_str(), session_name);
    Ok(request.duration_seconds(role.duration_seconds).external_id(text(&role.external_id)))
}

/// Returns the session name to use if none is configured.
pub(super) fn default_session_name() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("longshore-{}", since.as_millis())
}

impl ProvideCredentials for RoleProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(async {
            let result = self.get().await;
            result
                .map_err(|problem| CredentialsError::failed(format!("{}: {problem}", self.origin)))
        })
    }
}
