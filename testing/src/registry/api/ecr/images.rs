//! Images of Amazon ECR: listed, described, fetched, and where their layers can be downloaded.

use super::api::operation::{
    BatchGetImageRequest, BatchGetImageResponse, DescribeImagesRequest, DescribeImagesResponse,
    GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse, ListImagesRequest,
    ListImagesResponse,
};
use super::api::types::{
    DescribeImagesFilter, ImageDetail, ImageIdentifier, ImageStatus, ImageStatusFilter,
    ListImagesFilter, TagStatus,
};
use super::shared::images::{failure, identifier, image, undescribed, wanted};
use crate::registry::api::serve::Counter;
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::registry::store::images::{Failure, Found, Image};
use crate::registry::store::layers::signed;
use crate::registry::store::page::{self, Page};
use crate::registry::store::refusal::Refusal;

pub(super) fn put_on(counter: &Counter<'_>) {
    counter.on(get);
    counter.on(list);
    counter.on(describe);
    counter.on(download);
}

fn get(store: &mut Store, request: BatchGetImageRequest) -> Result<BatchGetImageResponse, Refusal> {
    let (account, now) = (store.account.clone(), store.clock.now());
    let name = request.repository_name;
    let repository = store.repository(request.registry_id.as_deref(), &name)?;
    let accepted = request.accepted_media_types.as_deref();
    let mut answer = BatchGetImageResponse::new();
    for id in request.image_ids {
        match repository.images.find(&wanted(&id)).and_then(|found| accept(found, accepted)) {
            Ok(found) => {
                let (digest, found) = (found.digest.clone(), image(found, id.image_tag));
                answer.images.push(found.registry_id(&account).repository_name(&name));
                repository.images.note_pull(&digest, now);
            }
            Err(why) => answer.failures.push(failure(id, why)),
        }
    }
    Ok(answer)
}

/// Nothing is ever converted: an image of a type that the client does not take is not there for it.
fn accept<'a>(image: &'a Image, accepted: Option<&[String]>) -> Result<&'a Image, Failure> {
    let own = &image.manifest.media_type;
    match accepted {
        Some(accepted) if !accepted.contains(own) => Err(Failure {
            code: "ImageNotFound",
            reason: format!("acceptedMediaTypes do not have {own}, which the image is"),
        }),
        _ => Ok(image),
    }
}

/// Which images a filter lets through.
#[derive(Default)]
struct Filter {
    tags: Option<TagStatus>,
    status: Option<ImageStatusFilter>,
}

impl Filter {
    /// Whether there is anything to be seen at all: no image here is ever in an archive.
    fn check(&self) -> Result<bool, Refusal> {
        if let Some(TagStatus::Unrecognized(value)) = &self.tags {
            return Err(Refusal::parameter(format!("tagStatus cannot be {:?}", value.as_str())));
        }
        match &self.status {
            None | Some(ImageStatusFilter::Active | ImageStatusFilter::Any) => Ok(true),
            Some(ImageStatusFilter::Archived | ImageStatusFilter::Activating) => Ok(false),
            Some(other) => {
                Err(Refusal::parameter(format!("imageStatus cannot be {:?}", other.as_str())))
            }
        }
    }

    fn shows(&self, tagged: bool) -> bool {
        match &self.tags {
            Some(TagStatus::Tagged) => tagged,
            Some(TagStatus::Untagged) => !tagged,
            _ => true,
        }
    }

    /// A list by the name of the operation, so that the token of one is refused for the other.
    fn list(&self, operation: &str, repository: &str) -> String {
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

fn list(store: &mut Store, request: ListImagesRequest) -> Result<ListImagesResponse, Refusal> {
    let filter = request.filter.map(Filter::from).unwrap_or_default();
    let list = filter.list("ListImages", &request.repository_name);
    let wanted = page::Wanted { list, token: request.next_token, most: request.max_results };
    let secret = store.secret.clone();
    let repository = store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let shown = filter.check()?;
    let images = repository.images.by_order().into_iter().filter(|_| shown);
    let elements = images.flat_map(identifiers);
    let elements = elements.filter(|(_, id)| filter.shows(id.image_tag.is_some()));
    let Page { elements, next } = page::page(elements, &wanted, &secret)?;
    let mut answer = ListImagesResponse::new().image_ids(elements);
    answer.next_token = next;
    Ok(answer)
}

/// An element for each tag of an image, or one without; each with its place in the list.
fn identifiers(image: &Image) -> Vec<(String, ImageIdentifier)> {
    let tags = image.tags.iter().cloned().map(Some);
    let tags: Vec<_> = if image.tags.is_empty() { vec![None] } else { tags.collect() };
    let element = |tag: Option<String>| {
        let place = format!("{} {}", image.place(), tag.as_deref().unwrap_or_default());
        (place, identifier(Found { digest: image.digest.clone(), tag }))
    };
    tags.into_iter().map(element).collect()
}

fn describe(
    store: &mut Store,
    request: DescribeImagesRequest,
) -> Result<DescribeImagesResponse, Refusal> {
    let filter = request.filter.map(Filter::from).unwrap_or_default();
    let list = filter.list("DescribeImages", &request.repository_name);
    let pages = page::Wanted { list, token: request.next_token, most: request.max_results };
    let (secret, account) = (store.secret.clone(), store.account.clone());
    let name = request.repository_name;
    let images = &store.repository(request.registry_id.as_deref(), &name)?.images;
    let shown = filter.check()?;
    let Page { elements, next } = if let Some(ids) = request.image_ids {
        pages.none("imageIds")?;
        let found: Result<Vec<_>, _> = ids.iter().map(|id| images.find(&wanted(id))).collect();
        Page { elements: found.map_err(undescribed)?, next: None }
    } else {
        let all = images.by_order().into_iter().filter(|_| shown);
        let all = all.filter(|image| filter.shows(!image.tags.is_empty()));
        page::page(all.map(|image| (image.place(), image)), &pages, &secret)?
    };
    let details = elements.into_iter().map(|it| detail(it).registry_id(&account));
    let details: Vec<_> = details.map(|detail| detail.repository_name(&name)).collect();
    let mut answer = DescribeImagesResponse::new().image_details(details);
    answer.next_token = next;
    Ok(answer)
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
) -> Result<GetDownloadUrlForLayerResponse, Refusal> {
    store.repository(request.registry_id.as_deref(), &request.repository_name)?;
    let digest = Digest::read(&request.layer_digest)
        .ok_or_else(|| Refusal::parameter("layerDigest is no digest"))?;
    let url = store.offer(&request.repository_name, &digest)?;
    Ok(GetDownloadUrlForLayerResponse::new().download_url(url).layer_digest(digest))
}
