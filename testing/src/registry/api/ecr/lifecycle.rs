//! Lifecycle policies of Amazon ECR: kept, and never acted upon.

use super::api::operation::{
    DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse, GetLifecyclePolicyRequest,
    GetLifecyclePolicyResponse, PutLifecyclePolicyRequest, PutLifecyclePolicyResponse,
};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::policy::check_lifecycle;
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(put);
    counter.on(get);
    counter.on(delete);
}

fn put(
    store: &mut Store,
    request: PutLifecyclePolicyRequest,
) -> Result<PutLifecyclePolicyResponse, Refusal> {
    check_lifecycle(&request.lifecycle_policy_text)?;
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    repository.lifecycle = Some(request.lifecycle_policy_text.clone());
    Ok(PutLifecyclePolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .lifecycle_policy_text(request.lifecycle_policy_text))
}

fn get(
    store: &mut Store,
    request: GetLifecyclePolicyRequest,
) -> Result<GetLifecyclePolicyResponse, Refusal> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.lifecycle.clone().ok_or_else(|| absent(&request.repository_name))?;
    Ok(GetLifecyclePolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .lifecycle_policy_text(text))
}

fn delete(
    store: &mut Store,
    request: DeleteLifecyclePolicyRequest,
) -> Result<DeleteLifecyclePolicyResponse, Refusal> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.lifecycle.take().ok_or_else(|| absent(&request.repository_name))?;
    Ok(DeleteLifecyclePolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .lifecycle_policy_text(text))
}

fn absent(name: &str) -> Refusal {
    let message = format!("the repository {name:?} has no lifecycle policy");
    Refusal::new("LifecyclePolicyNotFoundException", message)
}
