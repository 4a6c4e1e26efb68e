//! Blobs: the configurations and layers of images.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue, RANGE};

use super::error::{DistributionError, parse_digest};
use super::request::Request;
use super::response::{self, Response};
use crate::Content;
use crate::registry::store::Store;
use crate::registry::store::digest::Digest;
use crate::server::download;

/// The path of a blob.
pub(super) fn location(name: &str, digest: &Digest) -> String {
    format!("/v2/{name}/blobs/{digest}")
}

pub(super) fn get(
    store: &mut Store,
    name: &str,
    digest: &str,
    request: &Request<'_>,
) -> Result<Response, DistributionError> {
    let digest = parse_digest(digest)?;
    let layer = store.repository(None, name)?.layers.get(&digest);
    let layer = layer.ok_or_else(|| DistributionError::unknown_blob(name, &digest))?;
    let range = request.header(RANGE).filter(|_| request.has_content());
    let mut response = download(Content::from(layer.parts.clone()), range);
    let media_type = HeaderValue::from_static("application/octet-stream");
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    Ok(response::with_digest(response, &digest))
}

/// Deletes a blob, unless an image references it.
pub(super) fn delete(
    store: &mut Store,
    name: &str,
    digest: &str,
) -> Result<Response, DistributionError> {
    let digest = parse_digest(digest)?;
    let repository = store.repository(None, name)?;
    if repository.images.layer_type(&digest).is_some() {
        let message = format!("an image references the blob {digest}; delete the image first");
        return Err(DistributionError::not_allowed(message, "GET, HEAD"));
    }
    let removed = repository.layers.remove(&digest);
    removed.ok_or_else(|| DistributionError::unknown_blob(name, &digest))?;
    Ok(response::empty(StatusCode::ACCEPTED))
}
