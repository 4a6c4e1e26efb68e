//! Repositories, looked at and deleted, in the types of either service.

use super::api::operation::{
    DeleteRepositoryRequest, DeleteRepositoryResponse, DescribeRepositoriesRequest,
    DescribeRepositoriesResponse,
};
use super::described;
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::page::{self, Page};
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(describe);
    counter.on(delete);
}

fn describe(
    store: &mut Store,
    request: DescribeRepositoriesRequest,
) -> Result<DescribeRepositoriesResponse, Refusal> {
    let names = request.repository_names.unwrap_or_default();
    let wanted = page::Wanted {
        list: "DescribeRepositories".to_owned(),
        token: request.next_token,
        most: request.max_results,
    };
    let Page { elements, next } = store.page(request.registry_id.as_deref(), &names, &wanted)?;
    let found = elements.iter().filter_map(|name| Some((name, store.repositories.get(name)?)));
    let repositories: Vec<_> = found.map(|(name, it)| described(store, name, it)).collect();
    let mut answer = DescribeRepositoriesResponse::new().repositories(repositories);
    answer.next_token = next;
    Ok(answer)
}

fn delete(
    store: &mut Store,
    request: DeleteRepositoryRequest,
) -> Result<DeleteRepositoryResponse, Refusal> {
    let (name, force) = (request.repository_name, request.force.unwrap_or_default());
    let repository = store.delete(request.registry_id.as_deref(), &name, force)?;
    Ok(DeleteRepositoryResponse::new().repository(described(store, &name, &repository)))
}
