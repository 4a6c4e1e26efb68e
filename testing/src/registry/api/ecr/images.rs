//! Listing, describing and pulling images, and the download URLs of layers.

use super::api::operation::{
    BatchGetImageRequest, BatchGetImageResponse, DescribeImagesRequest, DescribeImagesResponse,
    GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse, ListImagesRequest,
    ListImagesResponse,
};
use super::api::types::{
    DescribeImagesFilter, ImageDetail, ImageIdentifier, ImageStatus, ImageStatusFilter,
    ListImagesFilter, TagStatus,
};
use super::shared::images::{describe_error, failure, identifier, image, reference};
use crate::registry::api::handlers::Handlers;
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::registry::store::error::ApiError;
use crate::registry::store::images::{Image, ImageError, ImageId};
use crate::registry::store::layers::signed;
use crate::registry::store::page::{Page, PageRequest, page};

pub(super) fn register(handlers: &Handlers<'_>) {
    handlers.add(get);
    handlers.add(list);
    handlers.add(describe);
    handlers.add(download);
}

fn get(
    store: &mut Store,
    request: BatchGetImageRequest,
) -> Result<BatchGetImageResponse, ApiError> {
    let (account, now) = (store.account.clone(), store.clock.now());
    let name = request.repository_name;
    let repository = store.repository(request.registry_id.as_deref(), &name)?;
    let accepted = request.accepted_media_types.as_deref();
    let mut response = BatchGetImageResponse::new();
    for id in request.image_ids {
        match repository.images.find(&reference(&id)).and_then(|found| accept(found, accepted)) {
            Ok(found) => {
                let (digest, found) = (found.digest.clone(), image(found, id.image_tag));
                response.images.push(found.registry_id(&account).repository_name(&name));
                repository.images.record_pull(&digest, now);
            }
            Err(error) => response.failures.push(failure(id, error)),
        }
    }
    Ok(response)
}

/// Rejects an image whose media type the client does not accept. Manifests are never converted.
fn accept<'a>(image: &'a Image, accepted: Option<&[String]>) -> Result<&'a Image, ImageError> {
    let own = &image.manifest.media_type;
    match accepted {
        Some(accepted) if !accepted.contains(own) => Err(ImageError {
            code: "ImageNotFound",
            reason: format!(
                "acceptedMediaTypes does not contain {own}, the media type of the image"
            ),
        }),
        _ => Ok(image),
    }
}

/// The filter of a listing.
#[derive(Default)]
struct Filter {
    tags: Option<TagStatus>,
    status: Option<ImageStatusFilter>,
}

impl Filter {
    /// Validates the filter. Returns `false` if it matches nothing, because no image is ever archived.
    fn matches_any(&self) -> Result<bool, ApiError> {
        if let Some(TagStatus::Unrecognized(value)) = &self.tags {
            return Err(ApiError::invalid_parameter(format!(
                "tagStatus {:?} is not supported",
                value.as_str()
            )));
        }
        match &self.status {
            None | Some(ImageStatusFilter::Active | ImageStatusFilter::Any) => Ok(true),
            Some(ImageStatusFilter::Archived | ImageStatusFilter::Activating) => Ok(false),
            Some(other) => Err(ApiError::invalid_parameter(format!(
                "imageStatus {:?} is not supported",
                other.as_str()
            ))),
        }
    }

    fn matches(&self, tagged: bool) -> bool {
        match &self.tags {
            Some(TagStatus::Tagged) => tagged,
            Some(TagStatus::Untagged) => !tagged,
            _ => true,
        }
    }

    /// Identifies a listing, so that page tokens are rejected in other listings.
    fn list_id(&self, operation: &str, repository: &str) -> String {
        let tags = self.tags.as_ref().map_or("", TagStatus::as_str);
        let status = self.status.as_ref().map_or("", ImageStatusFilter::as_str);
        format!("{operation} {repository} {tags} {status}")
    }
}

impl From<ListImagesFilter> for Filter {
    fn from(filter: ListImagesFilter) -> Self {
        Self { tags: filter.tag_status, status: filter.image_status }
    }
}

impl From<DescribeImagesFilter> for Filter {
    fn from(filter: DescribeImagesFilter) -> Self {
        Self { tags: filter.tag_status, status: filter.image_status }
    }
}

fn list(store: &mut Store, request: ListImagesRequest) -> Result<ListImagesResponse, ApiError> {
    let filter = request.filter.map(Filter::from).unwrap_or_default();
    let list = filter.list_id("ListImages", &request.repository_name);
    let page_request =
        PageRequest { list, token: request.next_token, max_results: request.max_results };
    let secret = store.secret.clone();
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let any = filter.matches_any()?;
    let images = repository.images.by_order().into_iter().filter(|_| any);
    let elements = images.flat_map(identifiers);
    let elements = elements.filter(|(_, id)| filter.matches(id.image_tag.is_some()));
    let Page { elements, next } = page(elements, &page_request, &secret)?;
    let mut response = ListImagesResponse::new().image_ids(elements);
    response.next_token = next;
    Ok(response)
}

/// An element for each tag of an image, or one without a tag, with their sort keys.
fn identifiers(image: &Image) -> Vec<(String, ImageIdentifier)> {
    let tags = image.tags.iter().cloned().map(Some);
    let tags: Vec<_> = if image.tags.is_empty() { vec![None] } else { tags.collect() };
    let element = |tag: Option<String>| {
        let key = format!("{} {}", image.sort_key(), tag.as_deref().unwrap_or_default());
        (key, identifier(ImageId { digest: image.digest.clone(), tag }))
    };
    tags.into_iter().map(element).collect()
}

fn describe(
    store: &mut Store,
    request: DescribeImagesRequest,
) -> Result<DescribeImagesResponse, ApiError> {
    let filter = request.filter.map(Filter::from).unwrap_or_default();
    let list = filter.list_id("DescribeImages", &request.repository_name);
    let page_request =
        PageRequest { list, token: request.next_token, max_results: request.max_results };
    let (secret, account) = (store.secret.clone(), store.account.clone());
    let name = request.repository_name;
    let images = &store.repository(request.registry_id.as_deref(), &name)?.images;
    let any = filter.matches_any()?;
    let Page { elements, next } = if let Some(ids) = request.image_ids {
        page_request.reject_for("imageIds")?;
        let found: Result<Vec<_>, _> = ids.iter().map(|id| images.find(&reference(id))).collect();
        Page { elements: found.map_err(describe_error)?, next: None }
    } else {
        let all = images.by_order().into_iter().filter(|_| any);
        let all = all.filter(|image| filter.matches(!image.tags.is_empty()));
        page(all.map(|image| (image.sort_key(), image)), &page_request, &secret)?
    };
    let details = elements.into_iter().map(|it| detail(it).registry_id(&account));
    let details: Vec<_> = details.map(|detail| detail.repository_name(&name)).collect();
    let mut response = DescribeImagesResponse::new().image_details(details);
    response.next_token = next;
    Ok(response)
}

fn detail(image: &Image) -> ImageDetail {
    let manifest = &image.manifest;
    let mut detail = ImageDetail::new()
        .image_digest(image.digest.as_str())
        .image_tags(&image.tags)
        .image_size_in_bytes(signed(image.size))
        .image_pushed_at(image.pushed)
        .image_manifest_media_type(&manifest.media_type)
        .image_status(ImageStatus::Active);
    detail.artifact_media_type = manifest.artifact_type.clone();
    detail.last_recorded_pull_time = image.pulled;
    detail.subject_manifest_digest = manifest.subject.clone().map(String::from);
    detail
}

fn download(
    store: &mut Store,
    request: GetDownloadUrlForLayerRequest,
) -> Result<GetDownloadUrlForLayerResponse, ApiError> {
    store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let digest = Digest::parse(&request.layer_digest)
        .ok_or_else(|| ApiError::invalid_parameter("layerDigest is not a digest"))?;
    let url = store.create_download_url(&request.repository_name, &digest)?;
    Ok(GetDownloadUrlForLayerResponse::new().download_url(url).layer_digest(digest))
}
