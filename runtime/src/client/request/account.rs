//! The account of a signed call, for services with account-based endpoints.

use crate::client::error::cause::Cause;
use crate::config::account_mode::AccountIdEndpointMode;
use crate::{Config, Credentials, EndpointParameters, Service};

/// A well-formed account ID, to test whether the rules have an endpoint for an account.
const SOME_ID: &str = "000000000000";

/// The values of a signed call for the endpoint parameters that concern the account.
pub(crate) struct Account {
    mode: AccountIdEndpointMode,
    /// The credentials, if the rules need their account ID.
    credentials: Option<Credentials>,
}

impl Account {
    /// The account of a signed call. Credentials are requested only if the endpoint rules of the
    /// service use the account ID and the configuration allows it.
    pub(crate) async fn of_call(config: &Config, service: &Service) -> Result<Self, Cause> {
        let mode = config.account_id_endpoint_mode();
        let uses_account_id = service.endpoint_rules.is_some_and(|rules| rules.uses_account_id());
        if !uses_account_id || mode == AccountIdEndpointMode::Disabled {
            return Ok(Self { mode, credentials: None });
        }
        // Without a region the call fails, so do not request credentials for it.
        config.required_region().map_err(Cause::Config)?;
        let credentials = config.credentials().provide_credentials().await;
        let credentials = credentials.map_err(Cause::Credentials)?;
        Ok(Self { mode, credentials: Some(credentials) })
    }

    /// Returns true if the endpoint may depend on the account ID.
    pub(crate) fn may_change(&self) -> bool {
        self.credentials.is_some()
    }

    /// Replaces the credentials if the endpoint may depend on the account ID and the new credentials
    /// have a different one. Returns true if the credentials were replaced.
    pub(crate) fn change(&mut self, credentials: &Credentials) -> bool {
        let Some(current) = &mut self.credentials else { return false };
        if account_id(current) == account_id(credentials) {
            return false;
        }
        *current = credentials.clone();
        true
    }

    /// Sets the parameters.
    pub(crate) fn add_to<'a>(
        &'a self,
        parameters: EndpointParameters<'a>,
    ) -> EndpointParameters<'a> {
        let parameters = parameters.account_id_endpoint_mode(self.mode.as_str());
        self.id().into_iter().fold(parameters, EndpointParameters::account_id)
    }

    fn id(&self) -> Option<&str> {
        self.credentials.as_ref().and_then(account_id)
    }

    /// Returns the error message of an endpoint rule. If an account ID is required but missing, and
    /// `resolves_with` returns true because the rules have an endpoint for an ID, adds where the
    /// mode is set and how to provide the ID.
    pub(crate) fn explain(
        &self,
        reason: &str,
        config: &Config,
        resolves_with: impl FnOnce(&str) -> bool,
    ) -> String {
        let required = self.mode == AccountIdEndpointMode::Required;
        let without_id = self.credentials.as_ref().filter(|_| required && self.id().is_none());
        match without_id.filter(|_| resolves_with(SOME_ID)) {
            None => reason.to_owned(),
            Some(credentials) => format!(
                "{reason} (the account ID endpoint mode is set to `required` by {}, and the \
                 credentials of the provider {} have no account ID: set AWS_ACCOUNT_ID, \
                 aws_account_id or Credentials::with_account_id, or use another mode)",
                config.account_mode_origin(),
                credentials.provider_name(),
            ),
        }
    }
}

/// An empty account ID is treated as absent, like empty settings.
fn account_id(credentials: &Credentials) -> Option<&str> {
    credentials.account_id().filter(|id| !id.is_empty())
}
