//! Describing images and image tags.

use super::api::operation::{
    DescribeImageTagsRequest, DescribeImageTagsResponse, DescribeImagesRequest,
    DescribeImagesResponse,
};
use super::api::types::{ImageDetail, ImageTagDetail, ReferencedImageDetail};
use super::shared::images::{describe_error, reference};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;
use crate::registry::store::images::Image;
use crate::registry::store::layers::signed;
use crate::registry::store::page::{Page, PageRequest, page};

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(describe);
    handlers.add(describe_tags);
}

fn describe(
    store: &mut Store,
    request: DescribeImagesRequest,
) -> Result<DescribeImagesResponse, ApiError> {
    let name = request.repository_name;
    let list = format!("DescribeImages {name}");
    let page_request =
        PageRequest { list, token: request.next_token, max_results: request.max_results };
    let (secret, account) = (store.secret.clone(), store.account.clone());
    let images = &store.repository(request.registry_id.as_deref(), &name)?.images;
    let Page { elements, next } = if let Some(ids) = request.image_ids {
        page_request.reject_for("imageIds")?;
        let found: Result<Vec<_>, _> = ids.iter().map(|id| images.find(&reference(id))).collect();
        Page { elements: found.map_err(describe_error)?, next: None }
    } else {
        let all = images.by_order().into_iter().map(|image| (image.sort_key(), image));
        page(all, &page_request, &secret)?
    };
    let details = elements.into_iter().map(|it| detail(it).registry_id(&account));
    let details: Vec<_> = details.map(|detail| detail.repository_name(&name)).collect();
    let mut response = DescribeImagesResponse::new().image_details(details);
    response.next_token = next;
    Ok(response)
}

fn detail(image: &Image) -> ImageDetail {
    let mut detail = ImageDetail::new()
        .image_digest(image.digest.as_str())
        .image_tags(&image.tags)
        .image_size_in_bytes(signed(image.size))
        .image_pushed_at(image.pushed)
        .image_manifest_media_type(&image.manifest.media_type);
    detail.artifact_media_type = image.manifest.artifact_type.clone();
    detail
}

fn describe_tags(
    store: &mut Store,
    request: DescribeImageTagsRequest,
) -> Result<DescribeImageTagsResponse, ApiError> {
    let list = format!("DescribeImageTags {}", request.repository_name);
    let page_request =
        PageRequest { list, token: request.next_token, max_results: request.max_results };
    let secret = store.secret.clone();
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let tags = repository.images.by_tag().map(|(name, tag, image)| {
        let detail = ImageTagDetail::new().image_tag(name).created_at(tag.created);
        (name.to_owned(), detail.image_detail(referenced(image)))
    });
    let Page { elements, next } = page(tags, &page_request, &secret)?;
    let mut response = DescribeImageTagsResponse::new().image_tag_details(elements);
    response.next_token = next;
    Ok(response)
}

fn referenced(image: &Image) -> ReferencedImageDetail {
    let mut detail = ReferencedImageDetail::new()
        .image_digest(image.digest.as_str())
        .image_size_in_bytes(signed(image.size))
        .image_pushed_at(image.pushed)
        .image_manifest_media_type(&image.manifest.media_type);
    detail.artifact_media_type = image.manifest.artifact_type.clone();
    detail
}
