//! Describing and deleting repositories.

use super::api::operation::{
    DeleteRepositoryRequest, DeleteRepositoryResponse, DescribeRepositoriesRequest,
    DescribeRepositoriesResponse,
};
use super::to_api;
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::page::{Page, PageRequest};

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(describe);
    handlers.add(delete);
}

fn describe(
    store: &mut Store,
    request: DescribeRepositoriesRequest,
) -> Result<DescribeRepositoriesResponse, ApiError> {
    let names = request.repository_names.unwrap_or_default();
    let page_request = PageRequest {
        list: "DescribeRepositories".to_owned(),
        token: request.next_token,
        max_results: request.max_results,
    };
    let Page { elements, next } =
        store.page(request.registry_id.as_deref(), &names, &page_request)?;
    let found = elements.iter().filter_map(|name| Some((name, store.repositories.get(name)?)));
    let repositories: Vec<_> = found.map(|(name, it)| to_api(store, name, it)).collect();
    let mut response = DescribeRepositoriesResponse::new().repositories(repositories);
    response.next_token = next;
    Ok(response)
}

fn delete(
    store: &mut Store,
    request: DeleteRepositoryRequest,
) -> Result<DeleteRepositoryResponse, ApiError> {
    let (name, force) = (request.repository_name, request.force.unwrap_or_default());
    let repository = store.delete(request.registry_id.as_deref(), &name, force)?;
    Ok(DeleteRepositoryResponse::new().repository(to_api(store, &name, &repository)))
}
