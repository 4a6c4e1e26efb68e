//! Policies of access and the tags of repositories, in the types of either service.

use super::api::operation::{
    DeleteRepositoryPolicyRequest, DeleteRepositoryPolicyResponse, GetRepositoryPolicyRequest,
    GetRepositoryPolicyResponse, ListTagsForResourceRequest, ListTagsForResourceResponse,
    SetRepositoryPolicyRequest, SetRepositoryPolicyResponse, TagResourceRequest,
    TagResourceResponse, UntagResourceRequest, UntagResourceResponse,
};
use super::labels;
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::policy::check_access;
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(set);
    counter.on(get);
    counter.on(delete);
    counter.on(tag);
    counter.on(untag);
    counter.on(list_tags);
}

fn set(
    store: &mut Store,
    request: SetRepositoryPolicyRequest,
) -> Result<SetRepositoryPolicyResponse, Refusal> {
    check_access(&request.policy_text)?;
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
) -> Result<GetRepositoryPolicyResponse, Refusal> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.policy.clone().ok_or_else(|| absent(&request.repository_name))?;
    Ok(GetRepositoryPolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .policy_text(text))
}

fn delete(
    store: &mut Store,
    request: DeleteRepositoryPolicyRequest,
) -> Result<DeleteRepositoryPolicyResponse, Refusal> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.policy.take().ok_or_else(|| absent(&request.repository_name))?;
    Ok(DeleteRepositoryPolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .policy_text(text))
}

fn absent(name: &str) -> Refusal {
    Refusal::new(
        "RepositoryPolicyNotFoundException",
        format!("the repository {name:?} has no policy"),
    )
}

fn tag(store: &mut Store, request: TagResourceRequest) -> Result<TagResourceResponse, Refusal> {
    let repository = store.by_arn(&request.resource_arn)?;
    repository.labels.add(labels::read(request.tags))?;
    Ok(TagResourceResponse::new())
}

fn untag(
    store: &mut Store,
    request: UntagResourceRequest,
) -> Result<UntagResourceResponse, Refusal> {
    store.by_arn(&request.resource_arn)?.labels.remove(&request.tag_keys);
    Ok(UntagResourceResponse::new())
}

fn list_tags(
    store: &mut Store,
    request: ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, Refusal> {
    let repository = store.by_arn(&request.resource_arn)?;
    Ok(ListTagsForResourceResponse::new().tags(repository.labels.iter().map(labels::write)))
}
