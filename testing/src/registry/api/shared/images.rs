//! Pushing and deleting images.

use super::api::operation::{
    BatchDeleteImageRequest, BatchDeleteImageResponse, PutImageRequest, PutImageResponse,
};
use super::api::types::{Image, ImageFailure, ImageFailureCode, ImageIdentifier};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::images::{self, ImageError, ImageId, ImageReference};
use crate::registry::store::push::Push;

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(put);
    handlers.add(delete);
}

fn put(store: &mut Store, request: PutImageRequest) -> Result<PutImageResponse, ApiError> {
    let (account, now) = (store.account.clone(), store.clock.now());
    let name = request.repository_name;
    let repository = store.repository_by_alias(request.registry_id.as_deref(), &name)?;
    let push = Push {
        manifest: request.image_manifest,
        media_type: request.image_manifest_media_type,
        tag: request.image_tag,
        digest: request.image_digest,
    };
    let found = repository.push(push, now)?;
    let image = repository.images.get(&found.digest).map(|pushed| image(pushed, found.tag));
    let image = image.unwrap_or_default().registry_id(account).repository_name(name);
    Ok(PutImageResponse::new().image(image))
}

/// Converts an image, including its manifest.
pub(in crate::registry::api) fn image(image: &images::Image, tag: Option<String>) -> Image {
    Image::new()
        .image_id(identifier(ImageId { digest: image.digest.clone(), tag }))
        .image_manifest(&image.text)
        .image_manifest_media_type(&image.manifest.media_type)
}

fn delete(
    store: &mut Store,
    request: BatchDeleteImageRequest,
) -> Result<BatchDeleteImageResponse, ApiError> {
    let repository =
        store.repository_by_alias(request.registry_id.as_deref(), &request.repository_name)?;
    let mut response = BatchDeleteImageResponse::new();
    for id in request.image_ids {
        match repository.images.remove(&reference(&id)) {
            Ok(removed) => response.image_ids.extend(removed.into_iter().map(identifier)),
            Err(error) => response.failures.push(failure(id, error)),
        }
    }
    Ok(response)
}

pub(in crate::registry::api) fn reference(id: &ImageIdentifier) -> ImageReference {
    ImageReference { digest: id.image_digest.clone(), tag: id.image_tag.clone() }
}

pub(in crate::registry::api) fn identifier(found: ImageId) -> ImageIdentifier {
    let mut identifier = ImageIdentifier::new().image_digest(found.digest);
    identifier.image_tag = found.tag;
    identifier
}

pub(in crate::registry::api) fn failure(id: ImageIdentifier, error: ImageError) -> ImageFailure {
    ImageFailure::new()
        .image_id(id)
        .failure_code(ImageFailureCode::from(error.code))
        .failure_reason(error.reason)
}

/// The error of operations that describe images if an image does not exist.
pub(in crate::registry::api) fn describe_error(error: ImageError) -> ApiError {
    match error.code {
        "ImageNotFound" => ApiError::new("ImageNotFoundException", error.reason),
        _ => ApiError::invalid_parameter(format!("imageIds: {}", error.reason)),
    }
}
