//! Pushing and deleting images, in the types of either service.

use super::api::operation::{
    BatchDeleteImageRequest, BatchDeleteImageResponse, PutImageRequest, PutImageResponse,
};
use super::api::types::{Image, ImageFailure, ImageFailureCode, ImageIdentifier};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::images::{self, Failure, Found, Wanted};
use crate::registry::store::push::Push;
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(put);
    counter.on(delete);
}

fn put(store: &mut Store, request: PutImageRequest) -> Result<PutImageResponse, Refusal> {
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

/// An image with its manifest, under one of its tags.
pub(in crate::registry::api) fn image(image: &images::Image, tag: Option<String>) -> Image {
    Image::new()
        .image_id(identifier(Found { digest: image.digest.clone(), tag }))
        .image_manifest(&image.text)
        .image_manifest_media_type(&image.manifest.media_type)
}

fn delete(
    store: &mut Store,
    request: BatchDeleteImageRequest,
) -> Result<BatchDeleteImageResponse, Refusal> {
    let repository =
        store.repository_by_alias(request.registry_id.as_deref(), &request.repository_name)?;
    let mut answer = BatchDeleteImageResponse::new();
    for id in request.image_ids {
        match repository.images.remove(&wanted(&id)) {
            Ok(removed) => answer.image_ids.extend(removed.into_iter().map(identifier)),
            Err(why) => answer.failures.push(failure(id, why)),
        }
    }
    Ok(answer)
}

pub(in crate::registry::api) fn wanted(id: &ImageIdentifier) -> Wanted {
    Wanted { digest: id.image_digest.clone(), tag: id.image_tag.clone() }
}

pub(in crate::registry::api) fn identifier(found: Found) -> ImageIdentifier {
    let mut identifier = ImageIdentifier::new().image_digest(found.digest);
    identifier.image_tag = found.tag;
    identifier
}

pub(in crate::registry::api) fn failure(id: ImageIdentifier, why: Failure) -> ImageFailure {
    ImageFailure::new()
        .image_id(id)
        .failure_code(ImageFailureCode::from(why.code))
        .failure_reason(why.reason)
}

/// What becomes of an image that is described by its name and is not there.
pub(in crate::registry::api) fn undescribed(why: Failure) -> Refusal {
    match why.code {
        "ImageNotFound" => Refusal::new("ImageNotFoundException", why.reason),
        _ => Refusal::parameter(format!("imageIds: {}", why.reason)),
    }
}
