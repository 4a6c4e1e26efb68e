//! The registry itself, its catalog data, and authorization tokens for container engines.

use super::api::operation::{
    DescribeRegistriesRequest, DescribeRegistriesResponse, GetAuthorizationTokenRequest,
    GetAuthorizationTokenResponse, GetRegistryCatalogDataRequest, GetRegistryCatalogDataResponse,
    PutRegistryCatalogDataRequest, PutRegistryCatalogDataResponse,
};
use super::api::types::{
    AuthorizationData, Registry, RegistryAlias, RegistryAliasStatus, RegistryCatalogData,
};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::page::{Page, PageRequest, page};
use crate::registry::store::repositories::ALIAS;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(describe);
    handlers.add(get_catalog);
    handlers.add(put_catalog);
    handlers.add(authorize);
}

/// An account has one registry, with the default alias.
fn describe(
    store: &mut Store,
    request: DescribeRegistriesRequest,
) -> Result<DescribeRegistriesResponse, ApiError> {
    let page_request = PageRequest {
        list: "DescribeRegistries".to_owned(),
        token: request.next_token,
        max_results: request.max_results,
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
    let Page { elements, next } = page(only, &page_request, &store.secret)?;
    let mut response = DescribeRegistriesResponse::new().registries(elements);
    response.next_token = next;
    Ok(response)
}

fn get_catalog(
    store: &mut Store,
    _: GetRegistryCatalogDataRequest,
) -> Result<GetRegistryCatalogDataResponse, ApiError> {
    Ok(GetRegistryCatalogDataResponse::new().registry_catalog_data(catalog(store)))
}

fn put_catalog(
    store: &mut Store,
    request: PutRegistryCatalogDataRequest,
) -> Result<PutRegistryCatalogDataResponse, ApiError> {
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
) -> Result<GetAuthorizationTokenResponse, ApiError> {
    let token = store.login_tokens.issue(store.clock.now())?;
    let data =
        AuthorizationData::new().authorization_token(token.encoded).expires_at(token.expires);
    Ok(GetAuthorizationTokenResponse::new().authorization_data(data))
}
