//! Repository policies and resource tags.

use super::api::operation::{
    DeleteRepositoryPolicyRequest, DeleteRepositoryPolicyResponse, GetRepositoryPolicyRequest,
    GetRepositoryPolicyResponse, ListTagsForResourceRequest, ListTagsForResourceResponse,
    SetRepositoryPolicyRequest, SetRepositoryPolicyResponse, TagResourceRequest,
    TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
};
use super::resource_tags;
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::policy::check_repository_policy;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(set);
    handlers.add(get);
    handlers.add(delete);
    handlers.add(tag);
    handlers.add(untag);
    handlers.add(list_tags);
}

fn set(
    store: &mut Store,
    request: SetRepositoryPolicyRequest,
) -> Result<SetRepositoryPolicyResponse, ApiError> {
    check_repository_policy(&request.policy_text)?;
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    repository.policy = Some(request.policy_text.clone());
    Ok(SetRepositoryPolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .policy_text(request.policy_text))
}

fn get(
    store: &mut Store,
    request: GetRepositoryPolicyRequest,
) -> Result<GetRepositoryPolicyResponse, ApiError> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.policy.clone().ok_or_else(|| not_found(&request.repository_name))?;
    Ok(GetRepositoryPolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .policy_text(text))
}

fn delete(
    store: &mut Store,
    request: DeleteRepositoryPolicyRequest,
) -> Result<DeleteRepositoryPolicyResponse, ApiError> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.policy.take().ok_or_else(|| not_found(&request.repository_name))?;
    Ok(DeleteRepositoryPolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .policy_text(text))
}

fn not_found(name: &str) -> ApiError {
    ApiError::new(
        "RepositoryPolicyNotFoundException",
        format!("the repository {name:?} has no policy"),
    )
}

fn tag(store: &mut Store, request: TagResourceRequest) -> Result<TagResourceResponse, ApiError> {
    let repository = store.by_arn(&request.resource_arn)?;
    repository.resource_tags.add(resource_tags::from_api(request.tags))?;
    Ok(TagResourceResponse::new())
}

fn untag(
    store: &mut Store,
    request: UntagResourceRequest,
) -> Result<UntagResourceResponse, ApiError> {
    store.by_arn(&request.resource_arn)?.resource_tags.remove(&request.tag_keys);
    Ok(UntagResourceResponse::new())
}

fn list_tags(
    store: &mut Store,
    request: ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, ApiError> {
    let repository = store.by_arn(&request.resource_arn)?;
    Ok(ListTagsForResourceResponse::new()
        .tags(repository.resource_tags.iter().map(resource_tags::to_api)))
}
