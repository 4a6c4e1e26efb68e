//! The registry of Amazon ECR Public as a whole, and tokens for container engines.

use super::api::operation::{
    DescribeRegistriesRequest, DescribeRegistriesResponse, GetAuthorizationTokenRequest,
    GetAuthorizationTokenResponse, GetRegistryCatalogDataRequest, GetRegistryCatalogDataResponse,
    PutRegistryCatalogDataRequest, PutRegistryCatalogDataResponse,
};
use super::api::types::{
    AuthorizationData, Registry, RegistryAlias, RegistryAliasStatus, RegistryCatalogData,
};
use crate::registry::api::serve::Counter;
use crate::registry::store::login;
use crate::registry::store::page::{self, Page};
use crate::registry::store::refusal::Refusal;
use crate::registry::store::{ALIAS, Store};

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(describe);
    counter.on(get_catalog);
    counter.on(put_catalog);
    counter.on(authorize);
}

/// An account has one registry; its alias is the one that every account is given.
fn describe(
    store: &mut Store,
    request: DescribeRegistriesRequest,
) -> Result<DescribeRegistriesResponse, Refusal> {
    let pages = page::Wanted {
        list: "DescribeRegistries".to_owned(),
        token: request.next_token,
        most: request.max_results,
    };
    let alias = RegistryAlias::new()
        .name(ALIAS)
        .status(RegistryAliasStatus::Active)
        .primary_registry_alias(true)
        .default_registry_alias(true);
    let registry = Registry::new()
        .registry_id(&store.account)
        .registry_arn(format!("arn:aws:ecr-public::{0}:registry/{0}", store.account))
        .registry_uri(format!("public.ecr.aws/{ALIAS}"))
        .verified(false)
        .aliases([alias]);
    let only = [(store.account.clone(), registry)];
    let Page { elements, next } = page::page(only, &pages, &store.secret)?;
    let mut answer = DescribeRegistriesResponse::new().registries(elements);
    answer.next_token = next;
    Ok(answer)
}

fn get_catalog(
    store: &mut Store,
    _: GetRegistryCatalogDataRequest,
) -> Result<GetRegistryCatalogDataResponse, Refusal> {
    Ok(GetRegistryCatalogDataResponse::new().registry_catalog_data(catalog(store)))
}

fn put_catalog(
    store: &mut Store,
    request: PutRegistryCatalogDataRequest,
) -> Result<PutRegistryCatalogDataResponse, Refusal> {
    store.display_name = request.display_name.or(store.display_name.take());
    Ok(PutRegistryCatalogDataResponse::new().registry_catalog_data(catalog(store)))
}

fn catalog(store: &Store) -> RegistryCatalogData {
    let mut data = RegistryCatalogData::new();
    data.display_name = store.display_name.clone();
    data
}

fn authorize(
    store: &mut Store,
    _: GetAuthorizationTokenRequest,
) -> Result<GetAuthorizationTokenResponse, Refusal> {
    let data = AuthorizationData::new()
        .authorization_token(login::token()?)
        .expires_at(login::expires(store.clock.now()));
    Ok(GetAuthorizationTokenResponse::new().authorization_data(data))
}
