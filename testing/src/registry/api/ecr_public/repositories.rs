//! Repositories of Amazon ECR Public: made, and what there is to say of one.

use super::api::operation::{CreateRepositoryRequest, CreateRepositoryResponse};
use super::api::types::Repository;
use super::{catalog, labels};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::refusal::Refusal;
use crate::registry::store::repository;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(create);
}

fn create(
    store: &mut Store,
    request: CreateRepositoryRequest,
) -> Result<CreateRepositoryResponse, Refusal> {
    let mut repository = repository::Repository::new(store.clock.now());
    repository.labels.add(labels::read(request.tags.unwrap_or_default()))?;
    repository.catalog = request.catalog_data.map(catalog::read).transpose()?;
    let mut answer = CreateRepositoryResponse::new().repository(described(
        store,
        &request.repository_name,
        &repository,
    ));
    answer.catalog_data = repository.catalog.as_ref().map(|catalog| catalog::write(store, catalog));
    store.create(&request.repository_name, repository)?;
    Ok(answer)
}

pub(super) fn described(
    store: &Store,
    name: &str,
    repository: &repository::Repository,
) -> Repository {
    Repository::new()
        .repository_arn(store.arn(name))
        .registry_id(&store.account)
        .repository_name(name)
        .repository_uri(store.uri(name))
        .created_at(repository.created)
}
