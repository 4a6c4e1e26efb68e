//! Lifecycle policies, which are stored but not enforced.

use super::api::operation::{
    DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse, GetLifecyclePolicyRequest,
    GetLifecyclePolicyResponse, PutLifecyclePolicyRequest, PutLifecyclePolicyResponse,
};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::policy::check_lifecycle_policy;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(put);
    handlers.add(get);
    handlers.add(delete);
}

fn put(
    store: &mut Store,
    request: PutLifecyclePolicyRequest,
) -> Result<PutLifecyclePolicyResponse, ApiError> {
    check_lifecycle_policy(&request.lifecycle_policy_text)?;
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
) -> Result<GetLifecyclePolicyResponse, ApiError> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.lifecycle.clone().ok_or_else(|| not_found(&request.repository_name))?;
    Ok(GetLifecyclePolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .lifecycle_policy_text(text))
}

fn delete(
    store: &mut Store,
    request: DeleteLifecyclePolicyRequest,
) -> Result<DeleteLifecyclePolicyResponse, ApiError> {
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let text = repository.lifecycle.take().ok_or_else(|| not_found(&request.repository_name))?;
    Ok(DeleteLifecyclePolicyResponse::new()
        .registry_id(&store.account)
        .repository_name(request.repository_name)
        .lifecycle_policy_text(text))
}

fn not_found(name: &str) -> ApiError {
    let message = format!("the repository {name:?} has no lifecycle policy");
    ApiError::new("LifecyclePolicyNotFoundException", message)
}
