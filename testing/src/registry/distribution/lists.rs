//! Lists of tags and of repositories.

use http::header::LINK;
use serde_json::json;

use super::error::DistributionError;
use super::page::{Page, page};
use super::request::Request;
use super::response::{self, Response};
use crate::registry::store::Store;

/// The tags of a repository, in ASCII order.
pub(super) fn tags(
    store: &mut Store,
    name: &str,
    request: &Request<'_>,
) -> Result<Response, DistributionError> {
    let images = &store.repository(None, name)?.images;
    let tags = images.by_tag().map(|(tag, ..)| tag);
    let Page { elements, link } = page(tags, &format!("/v2/{name}/tags/list"), request)?;
    Ok(with_link(response::json(json!({ "name": name, "tags": elements }).to_string()), link))
}

/// The names of all repositories, in ASCII order.
pub(super) fn catalog(store: &Store, request: &Request<'_>) -> Result<Response, DistributionError> {
    let names = store.repositories.keys().map(String::as_str);
    let Page { elements, link } = page(names, "/v2/_catalog", request)?;
    Ok(with_link(response::json(json!({ "repositories": elements }).to_string()), link))
}

fn with_link(response: Response, link: Option<String>) -> Response {
    match link {
        Some(link) => response::with_header(response, LINK, &link),
        None => response,
    }
}
