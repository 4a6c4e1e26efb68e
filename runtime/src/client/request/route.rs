//! Finds the destination of a call, and finds it again if the account of the credentials changes.

use std::mem;
use std::sync::Arc;

use crate::client::error::cause::Cause;
use crate::client::operation_info::OperationInfo;
use crate::client::request::account::Account;
use crate::client::request::destination::Destination;
use crate::client::request::host_prefix::HostPrefix;
use crate::client::state::ClientState;
use crate::{Config, ConfigError, Credentials, EndpointContext};

/// The values that determine the destination of a call.
pub(crate) struct Route<'a> {
    config: &'a Config,
    state: &'a ClientState,
    operation: &'static OperationInfo,
    context: EndpointContext<'a>,
    host_prefix: Option<Box<HostPrefix>>,
    /// `None` if the call is not signed.
    account: Option<Account>,
}

impl<'a> Route<'a> {
    /// Finds the destination of a call, after looking up the region if none is configured, and the
    /// credentials if the endpoint depends on them. An unsigned call whose endpoint has no region
    /// needs no lookup.
    pub(crate) async fn find(
        config: &'a Config,
        state: &'a ClientState,
        operation: &'static OperationInfo,
        context: EndpointContext<'a>,
        host_prefix: Option<Box<HostPrefix>>,
    ) -> Result<(Self, Arc<Destination>), Cause> {
        let mut route = Self { config, state, operation, context, host_prefix, account: None };
        if !operation.signed && config.region().is_none() {
            match route.destination() {
                Err(ConfigError::MissingRegion { .. }) => {}
                found => return Ok((route, found.map_err(Cause::Config)?)),
            }
        }
        config.find_region().await.map_err(Cause::Config)?;
        if operation.signed {
            route.account = Some(Account::of_call(config, operation.service).await?);
        }
        let found = route.destination().map_err(Cause::Config)?;
        Ok((route, found))
    }

    /// Returns a new destination if the destination may depend on the account and these credentials,
    /// which sign the next attempt, belong to a different account.
    pub(crate) fn change_account(
        &mut self,
        credentials: &Credentials,
    ) -> Result<Option<Arc<Destination>>, Cause> {
        let account = self.account.as_mut();
        if !account.is_some_and(|account| account.change(credentials)) {
            return Ok(None);
        }
        self.destination().map(Some).map_err(Cause::Config)
    }

    fn destination(&mut self) -> Result<Arc<Destination>, ConfigError> {
        let Self { config, state, operation, account, .. } = self;
        // The context is needed again only if the destination may change.
        let context = match account {
            Some(account) if !account.may_change() => mem::take(&mut self.context),
            _ => self.context.clone(),
        };
        let service = operation.service;
        let found = state.destinations.find(config, service, context, account.as_ref())?;
        match &self.host_prefix {
            Some(prefix) => Ok(Arc::new(found.with_prefix(prefix)?)),
            None => Ok(found),
        }
    }
}
