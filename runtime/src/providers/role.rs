//! The credentials of a role that is assumed with other credentials (`AssumeRole`).

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::Config;
use crate::clients::sts::Client;
use crate::clients::sts::operation::AssumeRoleRequest;
use crate::clock;
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::error_text::with_causes;
use crate::credentials::mfa_code::ProvideMfaCode;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::client_config::ClientConfig;
use crate::providers::plan::Role;
use crate::providers::sts_response::credentials;
use crate::settings::setting::Setting;

/// The length of all codes.
const MFA_CODE_DIGITS: usize = 6;

/// Assumes a role.
pub(super) struct RoleProvider {
    /// Contains the credentials that sign the request.
    config: Config,
    client: Client,
    request: AssumeRoleRequest,
    mfa_device: Option<MfaDevice>,
    /// Where the role is configured.
    origin: String,
}

/// The device whose code a request needs.
struct MfaDevice {
    serial: Setting,
    callback: Option<Arc<dyn ProvideMfaCode>>,
}

impl RoleProvider {
    /// Creates a provider that assumes `role` with the credentials of `source`.
    pub(super) fn new(
        role: &Role,
        source: impl ProvideCredentials + 'static,
        config: &ClientConfig,
    ) -> Self {
        let callback = &config.context.mfa_code;
        let device =
            |serial: &Setting| MfaDevice { serial: serial.clone(), callback: callback.clone() };
        let config = config.signed(source);
        Self {
            client: Client::new(&config),
            config,
            request: request(role),
            mfa_device: role.mfa_serial.as_ref().map(device),
            origin: role.role_arn.origin.to_string(),
        }
    }

    async fn get(&self) -> Result<Credentials, String> {
        let response = match &self.mfa_device {
            None => self.client.assume_role(&self.request).await,
            Some(device) => {
                let code = self.code(device).await?;
                let request = self.request.clone().serial_number(device.serial.value.as_str());
                self.client.assume_role(&request.token_code(code)).await
            }
        };
        let response = response.map_err(|error| error.to_string())?;
        credentials(response.credentials, response.assumed_role_user, "role")
    }

    /// Returns the code of the device. It is valid for half a minute, and the source of the
    /// credentials may also need a code, so the callback is called last.
    async fn code(&self, device: &MfaDevice) -> Result<String, String> {
        let MfaDevice { serial: Setting { value: serial, origin }, callback } = device;
        let Some(callback) = callback else {
            return Err(format!(
                "{origin} needs a code from the MFA device: set a callback with \
                 `ConfigBuilder::mfa_code`, or use credentials of a session that was created with \
                 the device"
            ));
        };
        let source = self.config.credentials().provide_credentials().await;
        source.map_err(|error| format!("no credentials: {}", with_causes(&error)))?;
        let code = callback.provide_mfa_code(serial).await;
        let code = code
            .map_err(|error| format!("{origin}: the callback for the MFA code failed: {error}"))?;
        // Not sent if it is malformed, because STS repeats such a code in its error message.
        match code.trim() {
            code if code.len() == MFA_CODE_DIGITS && code.bytes().all(|c| c.is_ascii_digit()) => {
                Ok(code.to_owned())
            }
            _ => Err(format!(
                "{origin}: the callback must return an MFA code of {MFA_CODE_DIGITS} digits"
            )),
        }
    }
}

fn request(role: &Role) -> AssumeRoleRequest {
    let text = |setting: &Option<Setting>| setting.as_ref().map(|setting| setting.value.clone());
    let session_name = text(&role.role_session_name).unwrap_or_else(default_session_name);
    let request = AssumeRoleRequest::new(role.role_arn.value.as_str(), session_name);
    request.duration_seconds(role.duration_seconds).external_id(text(&role.external_id))
}

/// Returns the session name to use if none is configured. As in botocore, a provider uses one name
/// for all of its requests, so that they appear as one session in logs.
pub(super) fn default_session_name() -> String {
    let since = clock::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
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

impl fmt::Debug for RoleProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RoleProvider").field(&self.request.role_arn).finish()
    }
}
