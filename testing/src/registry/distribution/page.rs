//! Pages of lists: the parameters `n` and `last`, and the `Link` to the next page.

use http::StatusCode;

use super::error::DistributionError;
use super::request::Request;

/// The number of elements on a page if the request does not specify it.
const DEFAULT_SIZE: usize = 100;

/// The maximum number of elements on a page.
const MAX_SIZE: usize = 1_000;

/// Some elements, and the value of the header `Link` if there are more.
#[derive(Debug, PartialEq)]
pub(super) struct Page {
    pub elements: Vec<String>,
    pub link: Option<String>,
}

/// Selects the requested page of a list at `path`, whose elements are sorted.
pub(super) fn page<'a>(
    elements: impl Iterator<Item = &'a str>,
    path: &str,
    request: &Request<'_>,
) -> Result<Page, DistributionError> {
    let size = size(request.query.get("n"))?;
    let last = request.query.get("last");
    let mut rest = elements.filter(|element| last.is_none_or(|last| *element > last));
    let elements: Vec<_> = rest.by_ref().take(size).map(str::to_owned).collect();
    let more = rest.next().is_some();
    // The elements need no percent-encoding, because the store rejects names and tags with other
    // characters than ASCII letters, digits, '.', '_', '-' and '/'.
    let link = elements
        .last()
        .filter(|_| more)
        .map(|last| format!("<{path}?n={size}&last={last}>; rel=\"next\""));
    Ok(Page { elements, link })
}

fn size(n: Option<&str>) -> Result<usize, DistributionError> {
    let Some(n) = n else { return Ok(DEFAULT_SIZE) };
    let digits = !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        let message = format!("n must be a number, not {n:?}");
        return Err(DistributionError::new(StatusCode::BAD_REQUEST, "UNSUPPORTED", message));
    }
    Ok(n.parse().unwrap_or(MAX_SIZE).min(MAX_SIZE))
}
