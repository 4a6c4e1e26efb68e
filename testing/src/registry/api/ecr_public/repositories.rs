//! Creating repositories.

use super::api::operation::{CreateRepositoryRequest, CreateRepositoryResponse};
use super::api::types::Repository;
use super::{catalog, resource_tags};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::repository;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(create);
}

fn create(
    store: &mut Store,
    request: CreateRepositoryRequest,
) -> Result<CreateRepositoryResponse, ApiError> {
    let mut repository = repository::Repository::new(store.clock.now());
    repository.resource_tags.add(resource_tags::from_api(request.tags.unwrap_or_default()))?;
    repository.catalog = request.catalog_data.map(catalog::from_api).transpose()?;
    let mut response = CreateRepositoryResponse::new().repository(to_api(
        store,
        &request.repository_name,
        &repository,
    ));
    response.catalog_data =
        repository.catalog.as_ref().map(|catalog| catalog::to_api(store, catalog));
    store.create(&request.repository_name, repository)?;
    Ok(response)
}

pub(super) fn to_api(store: &Store, name: &str, repository: &repository::Repository) -> Repository {
    Repository::new()
        .repository_arn(store.arn(name))
        .registry_id(&store.account)
        .repository_name(name)
        .repository_uri(store.uri(name))
        .created_at(repository.created)
}
