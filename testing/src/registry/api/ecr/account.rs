//! The registry of Amazon ECR as a whole, and tokens for container engines.

use super::api::operation::{
    DescribeRegistryRequest, DescribeRegistryResponse, GetAuthorizationTokenRequest,
    GetAuthorizationTokenResponse,
};
use super::api::types::{AuthorizationData, ReplicationConfiguration, ReplicationRule};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::login;
use crate::registry::store::names::check_account;
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(describe);
    counter.on(authorize);
}

fn describe(
    store: &mut Store,
    _: DescribeRegistryRequest,
) -> Result<DescribeRegistryResponse, Refusal> {
    let replication = ReplicationConfiguration::new(Vec::<ReplicationRule>::new());
    Ok(DescribeRegistryResponse::new()
        .registry_id(&store.account)
        .replication_configuration(replication))
}

// The service has deprecated the list of registries and still reads it.
#[allow(deprecated)]
fn authorize(
    store: &mut Store,
    request: GetAuthorizationTokenRequest,
) -> Result<GetAuthorizationTokenResponse, Refusal> {
    let accounts = request.registry_ids.filter(|ids| !ids.is_empty());
    let accounts = accounts.unwrap_or_else(|| vec![store.account.clone()]);
    let data: Result<Vec<_>, _> = accounts.iter().map(|account| data(store, account)).collect();
    Ok(GetAuthorizationTokenResponse::new().authorization_data(data?))
}

fn data(store: &Store, account: &str) -> Result<AuthorizationData, Refusal> {
    check_account(account)?;
    Ok(AuthorizationData::new()
        .authorization_token(login::token()?)
        .expires_at(login::expires(store.clock.now()))
        .proxy_endpoint(format!("https://{}", Store::host(account))))
}
