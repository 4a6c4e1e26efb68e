//! Uploads of blobs: in one request, in chunks, or mounted from another repository.

use http::StatusCode;
use http::header::{HeaderName, LOCATION, RANGE};

use super::blobs;
use super::content_range::first_byte;
use super::error::{DistributionError, parse_digest};
use super::repository::push_to;
use super::request::Request;
use super::response::{self, Response};
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::registry::store::layers::Layers;
use crate::registry::store::upload::Upload;

const UPLOAD_ID: HeaderName = HeaderName::from_static("docker-upload-uuid");

/// Mounts or stores a blob, or begins an upload.
pub(super) fn begin(
    store: &mut Store,
    name: &str,
    request: Request<'_>,
) -> Result<Response, DistributionError> {
    push_to(store, name, |store| begin_in_existing(store, name, request))
}

fn begin_in_existing(
    store: &mut Store,
    name: &str,
    request: Request<'_>,
) -> Result<Response, DistributionError> {
    store.repository(None, name)?;
    if let Some(digest) = request.query.get("mount") {
        let digest = parse_digest(digest)?;
        if mount(store, name, request.query.get("from"), &digest)? {
            return Ok(response::created(&blobs::location(name, &digest), &digest));
        }
    }
    let layers = layers(store, name)?;
    if let Some(digest) = request.query.get("digest") {
        let digest = parse_digest(digest)?;
        layers.add_content(request.body, &digest)?;
        return Ok(response::created(&blobs::location(name, &digest), &digest));
    }
    let id = layers.begin_upload()?;
    Ok(progress(StatusCode::ACCEPTED, name, &id, 0))
}

/// Adds a blob of the repository `from`. Returns `false` if neither repository has it. Without
/// `from`, the blob must already be in the target repository.
fn mount(
    store: &mut Store,
    name: &str,
    from: Option<&str>,
    digest: &Digest,
) -> Result<bool, DistributionError> {
    let sources = [Some(name), from].into_iter().flatten();
    let mut found = sources.filter_map(|source| store.repositories.get(source)?.layers.get(digest));
    let Some(layer) = found.next().cloned() else { return Ok(false) };
    layers(store, name)?.add(digest, layer);
    Ok(true)
}

pub(super) fn status(
    store: &mut Store,
    name: &str,
    id: &str,
) -> Result<Response, DistributionError> {
    let received = upload(layers(store, name)?, name, id)?.size();
    Ok(progress(StatusCode::NO_CONTENT, name, id, received))
}

/// Adds a chunk. Without `Content-Range`, it is appended to the previous one.
pub(super) fn append(
    store: &mut Store,
    name: &str,
    id: &str,
    request: Request<'_>,
) -> Result<Response, DistributionError> {
    let upload = upload(layers(store, name)?, name, id)?;
    check_order(upload.size(), name, id, &request)?;
    upload.append(request.body);
    Ok(progress(StatusCode::ACCEPTED, name, id, upload.size()))
}

/// Adds the last chunk, which may be empty, and completes the upload. The blob may already exist.
/// After an error, the upload is unchanged.
pub(super) fn finish(
    store: &mut Store,
    name: &str,
    id: &str,
    request: Request<'_>,
) -> Result<Response, DistributionError> {
    let layers = layers(store, name)?;
    let upload = upload(layers, name, id)?;
    check_order(upload.size(), name, id, &request)?;
    let digest = parse_digest(request.query.get("digest").unwrap_or_default())?;
    let layer = upload.clone().finish(request.body, &digest)?;
    layers.remove_upload(id);
    layers.add(&digest, layer);
    Ok(response::created(&blobs::location(name, &digest), &digest))
}

pub(super) fn cancel(
    store: &mut Store,
    name: &str,
    id: &str,
) -> Result<Response, DistributionError> {
    let removed = layers(store, name)?.remove_upload(id);
    removed.ok_or_else(|| DistributionError::unknown_upload(name, id))?;
    Ok(response::empty(StatusCode::NO_CONTENT))
}

fn layers<'a>(store: &'a mut Store, name: &str) -> Result<&'a mut Layers, DistributionError> {
    Ok(&mut store.repository(None, name)?.layers)
}

fn upload<'a>(
    layers: &'a mut Layers,
    name: &str,
    id: &str,
) -> Result<&'a mut Upload, DistributionError> {
    layers.upload(id).ok_or_else(|| DistributionError::unknown_upload(name, id))
}

/// Rejects a chunk that does not begin after the bytes that were received.
fn check_order(
    received: u64,
    name: &str,
    id: &str,
    request: &Request<'_>,
) -> Result<(), DistributionError> {
    // The last request of an upload may have no content. Its range is then ignored.
    let first = if request.body.is_empty() { None } else { first_byte(request)? };
    match first {
        Some(first) if first != received => {
            let message = format!("the next chunk must start at byte {received}, not at {first}");
            let (location, range) = (location(name, id), range(received));
            Err(DistributionError::out_of_order(message, &location, &range))
        }
        _ => Ok(()),
    }
}

/// The response that describes the progress of an upload.
fn progress(status: StatusCode, name: &str, id: &str, received: u64) -> Response {
    let response = response::with_header(response::empty(status), LOCATION, &location(name, id));
    let response = response::with_header(response, RANGE, &range(received));
    response::with_header(response, UPLOAD_ID, id)
}

fn location(name: &str, id: &str) -> String {
    format!("/v2/{name}/blobs/uploads/{id}")
}

/// The received range. As in other registries, it is `0-0` both before the first byte and after it.
fn range(received: u64) -> String {
    format!("0-{}", received.saturating_sub(1))
}
