//! The registry itself, and authorization tokens for container engines.

use super::api::operation::{
    DescribeRegistryRequest, DescribeRegistryResponse, GetAuthorizationTokenRequest,
    GetAuthorizationTokenResponse,
};
use super::api::types::{AuthorizationData, ReplicationConfiguration, ReplicationRule};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::names::check_account;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(describe);
    handlers.add(authorize);
}

fn describe(
    store: &mut Store,
    _: DescribeRegistryRequest,
) -> Result<DescribeRegistryResponse, ApiError> {
    let replication = ReplicationConfiguration::new(Vec::<ReplicationRule>::new());
    Ok(DescribeRegistryResponse::new()
        .registry_id(&store.account)
        .replication_configuration(replication))
}

// The service still accepts the deprecated list of registries.
#[allow(deprecated)]
fn authorize(
    store: &mut Store,
    request: GetAuthorizationTokenRequest,
) -> Result<GetAuthorizationTokenResponse, ApiError> {
    let accounts = request.registry_ids.filter(|ids| !ids.is_empty());
    let accounts = accounts.unwrap_or_else(|| vec![store.account.clone()]);
    let data: Result<Vec<_>, _> = accounts.iter().map(|account| data(store, account)).collect();
    Ok(GetAuthorizationTokenResponse::new().authorization_data(data?))
}

fn data(store: &mut Store, account: &str) -> Result<AuthorizationData, ApiError> {
    check_account(account)?;
    let token = store.login_tokens.issue(store.clock.now())?;
    Ok(AuthorizationData::new()
        .authorization_token(token.encoded)
        .expires_at(token.expires)
        .proxy_endpoint(format!("https://{}", Store::host(account))))
}
