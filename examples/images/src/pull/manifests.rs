//! Reads the manifests of an image from a registry: the root by tag or digest, the others by digest.
//!
//! Digests are computed from the content, and compared with those that the service states.

use std::collections::HashMap;

use longshore::ecr::{
    self,
    operation::BatchGetImageRequest,
    types::{Image as ApiImage, ImageFailure, ImageIdentifier},
};
use serde::Deserialize;

use crate::image::ManifestCollector;
use crate::manifest::MEDIA_TYPES;
use crate::{ContentError, Descriptor, Digest, Error, Image, Manifest, Reference};

/// The maximum number of images in one call.
const MAX_BATCH: usize = 100;

pub(super) async fn read(remote: &ecr::Client, reference: &Reference) -> Result<Image, Error> {
    let (root, content) = read_root(remote, reference).await?;
    let mut collector = ManifestCollector::new(root);
    // The root is the first pending manifest, and its content is here already.
    for root in collector.take_pending(MAX_BATCH) {
        add(&mut collector, reference, &root, content.clone())?;
    }
    loop {
        let pending = collector.take_pending(MAX_BATCH);
        if pending.is_empty() {
            return Ok(collector.finish());
        }
        let mut contents = by_digest(remote, reference, &pending).await?;
        for descriptor in &pending {
            let content = contents.remove(&descriptor.digest);
            let content = content.ok_or_else(|| missing(reference, descriptor))?;
            add(&mut collector, reference, descriptor, content)?;
        }
    }
}

async fn read_root(
    remote: &ecr::Client,
    reference: &Reference,
) -> Result<(Descriptor, String), Error> {
    if reference.tag().is_none() && reference.digest().is_none() {
        let problem = "add a tag or a digest".to_owned();
        return Err(Error::Document { location: reference.to_string(), problem });
    }
    let mut id = ImageIdentifier::new();
    id.image_tag = reference.tag().map(str::to_owned);
    id.image_digest = reference.digest().map(|digest| digest.to_string());
    let image = fetch(remote, reference, vec![id]).await?.into_iter().next();
    let image = image.ok_or_else(|| incomplete(reference, "the response has no image"))?;
    let (stated, media_type) = (stated_digest(&image), media_type(&image));
    let media_type =
        media_type.ok_or_else(|| incomplete(reference, "the image has no media type"))?;
    let content = image.image_manifest;
    let content = content.ok_or_else(|| incomplete(reference, "the response has no manifest"))?;

    let found = Digest::of(content.as_bytes());
    let mut expected = stated.into_iter().chain(reference.digest());
    match expected.find(|digest| *digest != found) {
        None => Ok((Descriptor::new(media_type, found, content.len() as u64), content)),
        Some(digest) => Err(Error::Content {
            location: format!("the manifest of {reference}"),
            digest,
            problem: ContentError::Digest { found },
        }),
    }
}

/// The digest that the service states.
fn stated_digest(image: &ApiImage) -> Option<Digest> {
    image.image_id.as_ref()?.image_digest.as_ref()?.parse().ok()
}

/// Reads several manifests. The keys are the digests of their contents.
async fn by_digest(
    remote: &ecr::Client,
    reference: &Reference,
    descriptors: &[Descriptor],
) -> Result<HashMap<Digest, String>, Error> {
    for descriptor in descriptors {
        let invalid = |problem| document(reference, descriptor, problem);
        Manifest::check(descriptor).map_err(invalid)?;
    }
    let digests = descriptors.iter().map(|descriptor| descriptor.digest.to_string());
    let ids = digests.map(|digest| ImageIdentifier::new().image_digest(digest)).collect();
    let images = fetch(remote, reference, ids).await?;
    let contents = images.into_iter().filter_map(|image| image.image_manifest);
    Ok(contents.map(|content| (Digest::of(content.as_bytes()), content)).collect())
}

async fn fetch(
    remote: &ecr::Client,
    reference: &Reference,
    ids: Vec<ImageIdentifier>,
) -> Result<Vec<ApiImage>, Error> {
    let request =
        BatchGetImageRequest::new(reference.repository(), ids).accepted_media_types(MEDIA_TYPES);
    let response = remote.batch_get_image(&request).await;
    let response =
        response.map_err(Error::service(format!("fetching the manifests of {reference}")))?;
    match response.failures.first() {
        Some(failure) => Err(incomplete(reference, &describe(failure))),
        None => Ok(response.images),
    }
}

fn add(
    collector: &mut ManifestCollector,
    reference: &Reference,
    descriptor: &Descriptor,
    content: String,
) -> Result<(), Error> {
    let Descriptor { digest, size: expected, .. } = *descriptor;
    let found = content.len() as u64;
    if found != expected {
        let problem = ContentError::Size { expected, found };
        return Err(Error::Content { location: location(reference, digest), digest, problem });
    }
    let invalid = |problem| document(reference, descriptor, problem);
    collector.add(descriptor, content).map_err(invalid)
}

/// The media type that the service states, or else the one in the content.
fn media_type(image: &ApiImage) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Own {
        media_type: String,
    }
    let own = || {
        let content = image.image_manifest.as_deref()?;
        serde_json::from_str(content).ok().map(|own: Own| own.media_type)
    };
    image.image_manifest_media_type.clone().or_else(own)
}

fn describe(failure: &ImageFailure) -> String {
    let code = failure.failure_code.as_ref().map_or("failure", |code| code.as_str());
    match &failure.failure_reason {
        Some(reason) => format!("{code}: {reason}"),
        None => code.to_owned(),
    }
}

fn location(reference: &Reference, digest: Digest) -> String {
    format!("{}@{digest}", reference.repository())
}

fn document(reference: &Reference, descriptor: &Descriptor, problem: String) -> Error {
    Error::Document { location: location(reference, descriptor.digest), problem }
}

fn incomplete(reference: &Reference, problem: &str) -> Error {
    let action = format!("fetching the manifests of {reference}");
    Error::Response { action, problem: problem.to_owned() }
}

fn missing(reference: &Reference, descriptor: &Descriptor) -> Error {
    let digest = descriptor.digest;
    Error::Content { location: location(reference, digest), digest, problem: ContentError::Missing }
}
