//! Images of Amazon ECR Public: described by image and by tag.

use super::api::operation::{
    DescribeImageTagsRequest, DescribeImageTagsResponse, DescribeImagesRequest,
    DescribeImagesResponse,
};
use super::api::types::{ImageDetail, ImageTagDetail, ReferencedImageDetail};
use super::shared::images::{undescribed, wanted};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::images::Image;
use crate::registry::store::layers::signed;
use crate::registry::store::page::{self, Page};
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(describe);
    counter.on(describe_tags);
}

fn describe(
    store: &mut Store,
    request: DescribeImagesRequest,
) -> Result<DescribeImagesResponse, Refusal> {
    let name = request.repository_name;
    let list = format!("DescribeImages {name}");
    let pages = page::Wanted { list, token: request.next_token, most: request.max_results };
    let (secret, account) = (store.secret.clone(), store.account.clone());
    let images = &store.repository(request.registry_id.as_deref(), &name)?.images;
    let Page { elements, next } = if let Some(ids) = request.image_ids {
        pages.none("imageIds")?;
        let found: Result<Vec<_>, _> = ids.iter().map(|id| images.find(&wanted(id))).collect();
        Page { elements: found.map_err(undescribed)?, next: None }
    } else {
        let all = images.by_order().into_iter().map(|image| (image.place(), image));
        page::page(all, &pages, &secret)?
    };
    let details = elements.into_iter().map(|it| detail(it).registry_id(&account));
    let details: Vec<_> = details.map(|detail| detail.repository_name(&name)).collect();
    let mut answer = DescribeImagesResponse::new().image_details(details);
    answer.next_token = next;
    Ok(answer)
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
) -> Result<DescribeImageTagsResponse, Refusal> {
    let list = format!("DescribeImageTags {}", request.repository_name);
    let pages = page::Wanted { list, token: request.next_token, most: request.max_results };
    let secret = store.secret.clone();
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let tags = repository.images.by_tag().map(|(name, tag, image)| {
        let detail = ImageTagDetail::new().image_tag(name).created_at(tag.created);
        (name.to_owned(), detail.image_detail(referenced(image)))
    });
    let Page { elements, next } = page::page(tags, &pages, &secret)?;
    let mut answer = DescribeImageTagsResponse::new().image_tag_details(elements);
    answer.next_token = next;
    Ok(answer)
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
