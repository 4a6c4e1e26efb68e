//! The credentials of an EC2 instance's role.

use std::fmt;
use std::sync::Arc;

use super::metadata::{Metadata, MetadataError};
use super::settings::InstanceSettings;
use crate::Transport;
use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::providers::credentials_object::{CredentialsObject, Format};

const ROLES: &str = "latest/meta-data/iam/security-credentials/";

/// Provides the credentials of the instance's role.
pub(in crate::providers) struct InstanceProvider {
    pub(in crate::providers) settings: InstanceSettings,
    pub(in crate::providers) transport: Arc<dyn Transport>,
}

impl InstanceProvider {
    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let object = self.object().await.map_err(|error| match error {
            MetadataError::Unavailable(reason) => CredentialsError::not_configured(reason),
            MetadataError::Refused(reason) => CredentialsError::failed(reason),
        })?;
        // An error code means, for example, that EC2 is not allowed to assume the role.
        match object.text("Code") {
            Some(code) if code != "Success" => {
                let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
                Err(CredentialsError::failed(format!("the metadata service reports {code}")))
            }
            _ => object.credentials(Format::Metadata, "instance").map_err(CredentialsError::failed),
        }
    }

    async fn object(&self) -> Result<CredentialsObject, MetadataError> {
        let metadata = Metadata::open(&self.settings, &*self.transport).await?;
        let text = |body: &[u8]| {
            let text = std::str::from_utf8(body).map(str::to_owned);
            text.map_err(|_| "the name of the role is not UTF-8".to_owned())
        };
        let role = metadata.get(ROLES, text).await?;
        metadata.get(&format!("{ROLES}{role}"), CredentialsObject::parse).await
    }
}

impl ProvideCredentials for InstanceProvider {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::new(self.get())
    }
}

/// Omits the transport, whose `Debug` may print requests.
impl fmt::Debug for InstanceProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstanceProvider")
    }
}
