//! Layers, in the types of either service.

use super::api::operation::{
    BatchCheckLayerAvailabilityRequest, BatchCheckLayerAvailabilityResponse,
    CompleteLayerUploadRequest, CompleteLayerUploadResponse, InitiateLayerUploadRequest,
    InitiateLayerUploadResponse, UploadLayerPartRequest, UploadLayerPartResponse,
};
use super::api::types::{Layer, LayerAvailability, LayerFailure, LayerFailureCode};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::registry::store::layers::{Misplaced, Part, signed};
use crate::registry::store::names::check_upload;
use crate::registry::store::refusal::Refusal;
use crate::registry::store::repository::Repository;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(check);
    counter.on(begin);
    counter.on(add);
    counter.on(complete);
}

fn check(
    store: &mut Store,
    request: BatchCheckLayerAvailabilityRequest,
) -> Result<BatchCheckLayerAvailabilityResponse, Refusal> {
    let repository =
        store.repository_by_alias(request.registry_id.as_deref(), &request.repository_name)?;
    let mut answer = BatchCheckLayerAvailabilityResponse::new();
    for text in request.layer_digests {
        match Digest::read(&text) {
            Some(digest) => answer.layers.push(layer(repository, &digest)),
            None => answer.failures.push(failure(text)),
        }
    }
    Ok(answer)
}

/// What there is to say of a layer, also of one that is not there.
fn layer(repository: &Repository, digest: &Digest) -> Layer {
    let layer = Layer::new().layer_digest(digest.as_str());
    let Some(there) = repository.layers.get(digest) else {
        return layer.layer_availability(LayerAvailability::Unavailable);
    };
    let layer = layer.layer_availability(LayerAvailability::Available);
    let mut layer = layer.layer_size(signed(there.size));
    layer.media_type = repository.images.layer_type(digest).map(str::to_owned);
    layer
}

fn failure(text: String) -> LayerFailure {
    let (code, reason) = match text.as_str() {
        "" => (LayerFailureCode::MissingLayerDigest, "there is no digest".to_owned()),
        _ => (LayerFailureCode::InvalidLayerDigest, format!("{text:?} is no digest")),
    };
    LayerFailure::new().layer_digest(text).failure_code(code).failure_reason(reason)
}

fn begin(
    store: &mut Store,
    request: InitiateLayerUploadRequest,
) -> Result<InitiateLayerUploadResponse, Refusal> {
    let told = signed(store.sizes.told);
    let repository =
        store.repository_by_alias(request.registry_id.as_deref(), &request.repository_name)?;
    let upload = repository.layers.begin()?;
    Ok(InitiateLayerUploadResponse::new().upload_id(upload).part_size(told))
}

fn add(
    store: &mut Store,
    request: UploadLayerPartRequest,
) -> Result<UploadLayerPartResponse, Refusal> {
    check_upload(&request.upload_id)?;
    let account = store.account.clone();
    let (name, upload) = (request.repository_name, request.upload_id);
    let repository = store.repository_by_alias(request.registry_id.as_deref(), &name)?;
    let part = Part {
        first: request.part_first_byte,
        last: request.part_last_byte,
        content: request.layer_part_blob.into_bytes(),
    };
    let added = repository.layers.add(&upload, part);
    let added = added.ok_or_else(|| Refusal::no_upload(&upload, &name))?;
    let last = added.map_err(|misplaced| refused(misplaced, &account, &name, &upload))?;
    Ok(UploadLayerPartResponse::new()
        .registry_id(account)
        .repository_name(name)
        .upload_id(upload)
        .last_byte_received(last))
}

/// The one exception that has members beside its message.
fn refused(misplaced: Misplaced, account: &str, name: &str, upload: &str) -> Refusal {
    let refusal = Refusal::new("InvalidLayerPartException", misplaced.why)
        .member("registryId", account)
        .member("repositoryName", name)
        .member("uploadId", upload);
    match misplaced.last_received {
        Some(last) => refusal.member("lastValidByteReceived", last),
        None => refusal,
    }
}

fn complete(
    store: &mut Store,
    request: CompleteLayerUploadRequest,
) -> Result<CompleteLayerUploadResponse, Refusal> {
    check_upload(&request.upload_id)?;
    let digests: Vec<_> =
        request.layer_digests.iter().map(|text| read_digest(text)).collect::<Result<_, _>>()?;
    let (sizes, account) = (store.sizes, store.account.clone());
    let (name, upload) = (request.repository_name, request.upload_id);
    let repository = store.repository_by_alias(request.registry_id.as_deref(), &name)?;
    let completed = repository.layers.complete(&upload, &digests, sizes);
    let digest = completed.ok_or_else(|| Refusal::no_upload(&upload, &name))??;
    Ok(CompleteLayerUploadResponse::new()
        .registry_id(account)
        .repository_name(name)
        .upload_id(upload)
        .layer_digest(digest))
}

fn read_digest(text: &str) -> Result<Digest, Refusal> {
    Digest::read(text)
        .ok_or_else(|| Refusal::parameter(format!("the layer digest {text:?} is none")))
}
