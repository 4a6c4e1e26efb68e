//! Layers: availability and uploads.

use super::api::operation::{
    BatchCheckLayerAvailabilityRequest, BatchCheckLayerAvailabilityResponse,
    CompleteLayerUploadRequest, CompleteLayerUploadResponse, InitiateLayerUploadRequest,
    InitiateLayerUploadResponse, UploadLayerPartRequest, UploadLayerPartResponse,
};
use super::api::types::{Layer, LayerAvailability, LayerFailure, LayerFailureCode};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::registry::store::error::ApiError;
use crate::registry::store::layers::signed;
use crate::registry::store::names::check_upload;
use crate::registry::store::repository::Repository;
use crate::registry::store::upload::{InvalidPart, LayerPart};

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(check);
    handlers.add(begin);
    handlers.add(add);
    handlers.add(complete);
}

fn check(
    store: &mut Store,
    request: BatchCheckLayerAvailabilityRequest,
) -> Result<BatchCheckLayerAvailabilityResponse, ApiError> {
    let repository =
        store.repository_by_alias(request.registry_id.as_deref(), &request.repository_name)?;
    let mut response = BatchCheckLayerAvailabilityResponse::new();
    for text in request.layer_digests {
        match Digest::parse(&text) {
            Some(digest) => response.layers.push(layer(repository, &digest)),
            None => response.failures.push(failure(text)),
        }
    }
    Ok(response)
}

/// Describes a layer, which may not exist.
fn layer(repository: &Repository, digest: &Digest) -> Layer {
    let layer = Layer::new().layer_digest(digest.as_str());
    let Some(found) = repository.layers.get(digest) else {
        return layer.layer_availability(LayerAvailability::Unavailable);
    };
    let layer = layer.layer_availability(LayerAvailability::Available);
    let mut layer = layer.layer_size(signed(found.size));
    layer.media_type = repository.images.layer_type(digest).map(str::to_owned);
    layer
}

fn failure(text: String) -> LayerFailure {
    let (code, reason) = match text.as_str() {
        "" => (LayerFailureCode::MissingLayerDigest, "the digest is empty".to_owned()),
        _ => (LayerFailureCode::InvalidLayerDigest, format!("{text:?} is not a digest")),
    };
    LayerFailure::new().layer_digest(text).failure_code(code).failure_reason(reason)
}

fn begin(
    store: &mut Store,
    request: InitiateLayerUploadRequest,
) -> Result<InitiateLayerUploadResponse, ApiError> {
    let part_size = signed(store.sizes.suggested);
    let repository =
        store.repository_by_alias(request.registry_id.as_deref(), &request.repository_name)?;
    let upload = repository.layers.begin_upload()?;
    Ok(InitiateLayerUploadResponse::new().upload_id(upload).part_size(part_size))
}

fn add(
    store: &mut Store,
    request: UploadLayerPartRequest,
) -> Result<UploadLayerPartResponse, ApiError> {
    check_upload(&request.upload_id)?;
    let account = store.account.clone();
    let (name, upload) = (request.repository_name, request.upload_id);
    let repository = store.repository_by_alias(request.registry_id.as_deref(), &name)?;
    let part = LayerPart {
        first: request.part_first_byte,
        last: request.part_last_byte,
        content: request.layer_part_blob.into_bytes(),
    };
    let pending = repository.layers.upload(&upload);
    let added = pending.ok_or_else(|| ApiError::upload_not_found(&upload, &name))?.add(part);
    let last =
        added.map_err(|invalid_part| invalid_part_error(invalid_part, &account, &name, &upload))?;
    Ok(UploadLayerPartResponse::new()
        .registry_id(account)
        .repository_name(name)
        .upload_id(upload)
        .last_byte_received(last))
}

/// The only exception that has members other than its message.
fn invalid_part_error(
    invalid_part: InvalidPart,
    account: &str,
    name: &str,
    upload: &str,
) -> ApiError {
    let error = ApiError::new("InvalidLayerPartException", invalid_part.reason)
        .member("registryId", account)
        .member("repositoryName", name)
        .member("uploadId", upload);
    match invalid_part.last_received {
        Some(last) => error.member("lastValidByteReceived", last),
        None => error,
    }
}

fn complete(
    store: &mut Store,
    request: CompleteLayerUploadRequest,
) -> Result<CompleteLayerUploadResponse, ApiError> {
    check_upload(&request.upload_id)?;
    let digests: Vec<_> =
        request.layer_digests.iter().map(|text| parse_digest(text)).collect::<Result<_, _>>()?;
    let (sizes, account) = (store.sizes, store.account.clone());
    let (name, upload) = (request.repository_name, request.upload_id);
    let repository = store.repository_by_alias(request.registry_id.as_deref(), &name)?;
    let completed = repository.layers.complete_upload(&upload, &digests, sizes);
    let digest = completed.ok_or_else(|| ApiError::upload_not_found(&upload, &name))??;
    Ok(CompleteLayerUploadResponse::new()
        .registry_id(account)
        .repository_name(name)
        .upload_id(upload)
        .layer_digest(digest))
}

fn parse_digest(text: &str) -> Result<Digest, ApiError> {
    Digest::parse(text).ok_or_else(|| {
        ApiError::invalid_parameter(format!("the layer digest {text:?} is not a digest"))
    })
}
