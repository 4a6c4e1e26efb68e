//! Manifests, by tag and by digest.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName};

use super::accept::{accepts, without_parameters};
use super::error::{DistributionError, parse_digest};
use super::repository::push_to;
use super::request::Request;
use super::response::{self, Response};
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::registry::store::images::{Image, ImageError, ImageReference, Images};
use crate::registry::store::names::is_tag;
use crate::registry::store::push::Push;

/// The largest manifest, in bytes.
const MAX_MANIFEST: usize = 4 * 1024 * 1024;

/// The longest tag that the specification allows, in characters.
const MAX_TAG: usize = 128;

const SUBJECT: HeaderName = HeaderName::from_static("oci-subject");

/// Parses a tag or a digest. Only a digest contains a colon.
fn parse_reference(text: &str) -> Result<ImageReference, DistributionError> {
    Ok(match text.contains(':') {
        true => ImageReference { digest: Some(parse_digest(text)?.into()), tag: None },
        false => ImageReference { tag: Some(text.to_owned()), digest: None },
    })
}

pub(super) fn get(
    store: &mut Store,
    name: &str,
    reference: &str,
    request: &Request<'_>,
) -> Result<Response, DistributionError> {
    let now = store.clock.now();
    let images = &mut store.repository(None, name)?.images;
    let image = find(images, name, reference)?;
    let media_type = &image.manifest.media_type;
    if !accepts(request.headers, media_type) {
        let message =
            format!("Accept does not contain {media_type}, the media type of the manifest");
        return Err(DistributionError::unknown_manifest(message));
    }
    let response = response::with_content(image.text.clone().into(), media_type);
    let digest = image.digest.clone();
    if request.has_content() {
        images.record_pull(&digest, now);
    }
    Ok(response::with_digest(response, &digest))
}

fn find<'a>(
    images: &'a Images,
    name: &str,
    reference: &str,
) -> Result<&'a Image, DistributionError> {
    let found = images.find(&parse_reference(reference)?);
    found.map_err(|_| unknown(name, reference))
}

fn unknown(name: &str, reference: &str) -> DistributionError {
    let message = format!("the repository {name:?} has no manifest {reference:?}");
    DistributionError::unknown_manifest(message)
}

/// Stores a manifest. A manifest that already exists is accepted, unless its tag is immutable.
pub(super) fn put(
    store: &mut Store,
    name: &str,
    reference: &str,
    request: &Request<'_>,
) -> Result<Response, DistributionError> {
    let ImageReference { digest, tag } = parse_reference(reference)?;
    if let Some(tag) = &tag {
        check_tag(tag)?;
    }
    let manifest = text(&request.body)?;
    let computed = Digest::of(manifest.as_bytes());
    let now = store.clock.now();
    let media_type = request.header(CONTENT_TYPE).map(without_parameters).map(str::to_owned);
    let push = Push { manifest, media_type, tag, digest };
    push_to(store, name, |store| match store.repository(None, name)?.push(push, now) {
        Err(error) if error.code != "ImageAlreadyExistsException" => Err(error.into()),
        _ => Ok(()),
    })?;
    let created = response::created(&format!("/v2/{name}/manifests/{computed}"), &computed);
    let repository = store.repository(None, name)?;
    let subject = repository.images.get(&computed).and_then(|it| it.manifest.subject.as_ref());
    Ok(match subject {
        Some(subject) => response::with_header(created, SUBJECT, subject.as_str()),
        None => created,
    })
}

fn check_tag(tag: &str) -> Result<(), DistributionError> {
    match is_tag(tag) && tag.len() <= MAX_TAG {
        true => Ok(()),
        false => Err(DistributionError::new(
            StatusCode::BAD_REQUEST,
            "TAG_INVALID",
            format!(
                "{tag:?} is not a valid tag: use at most {MAX_TAG} letters, digits, '_', '.' and '-', and start with a letter, a digit or '_'"
            ),
        )),
    }
}

/// Returns the text of a manifest, which must be UTF-8 and not too large.
fn text(body: &[u8]) -> Result<String, DistributionError> {
    if body.len() > MAX_MANIFEST {
        let message = format!("the manifest has {} bytes, more than {MAX_MANIFEST}", body.len());
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return Err(DistributionError::new(status, "MANIFEST_INVALID", message));
    }
    String::from_utf8(body.to_vec()).map_err(|error| {
        let message = format!("the manifest is not JSON: {error}");
        DistributionError::new(StatusCode::BAD_REQUEST, "MANIFEST_INVALID", message)
    })
}

/// Deletes a tag but not its manifest, or a manifest with all of its tags.
pub(super) fn delete(
    store: &mut Store,
    name: &str,
    reference: &str,
) -> Result<Response, DistributionError> {
    let images = &mut store.repository(None, name)?.images;
    let parsed = parse_reference(reference)?;
    match &parsed.tag {
        Some(tag) => {
            images.remove_tag(tag).ok_or_else(|| unknown(name, reference))?;
        }
        None => {
            images.remove(&parsed).map_err(|error| deletion_error(name, error))?;
        }
    }
    Ok(response::empty(StatusCode::ACCEPTED))
}

fn deletion_error(name: &str, error: ImageError) -> DistributionError {
    match error.code {
        "ImageReferencedByManifestList" => {
            let message = format!("{}; delete the index first", error.reason);
            DistributionError::not_allowed(message, "GET, HEAD, PUT")
        }
        _ => DistributionError::unknown_manifest(format!("{name:?}: {}", error.reason)),
    }
}
