//! Registers the API on the test server, and calls the function of each endpoint.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, Method};

use super::endpoint::{Endpoint, Resource};
use super::error::DistributionError;
use super::query::Query;
use super::repository::check_name;
use super::request::Request;
use super::response::{self, Response};
use super::{authorization, blobs, lists, manifests, referrers, uploads};
use crate::Server;
use crate::registry::store::Store;
use crate::registry::store::shared::{SharedStore, lock};
use crate::server::HttpRequest;

/// The prefix of all paths.
const PREFIX: &str = "/v2/";

const VERSION: HeaderName = HeaderName::from_static("docker-distribution-api-version");

/// Registers the API of one store on a server. The handler does not hold a handle to the server,
/// because the server would then never stop.
pub(in crate::registry) fn register(server: &Server, store: &SharedStore) {
    let store = Arc::clone(store);
    server.on_http(PREFIX, move |request| {
        let store = &mut lock(&store);
        let mut response = authorized(store, &request).unwrap_or_else(response::error);
        response.headers_mut().insert(VERSION, HeaderValue::from_static("registry/2.0"));
        response
    });
}

fn authorized(store: &mut Store, request: &HttpRequest<'_>) -> Result<Response, DistributionError> {
    authorization::check(store, request.headers)?;
    let (path, query) = request.path.split_once('?').unwrap_or((request.path, ""));
    let endpoint = Endpoint::parse(path.strip_prefix(PREFIX).unwrap_or_default())?;
    let body = request.body.map_err(DistributionError::unreadable_body)?.clone();
    let query = Query::parse(query)?;
    let request = Request { method: request.method, query, headers: request.headers, body };
    match endpoint {
        Endpoint::Version if is_read(&request) => Ok(response::json("{}")),
        Endpoint::Catalog if is_read(&request) => lists::catalog(store, &request),
        Endpoint::Version | Endpoint::Catalog => Err(not_allowed(&request, "GET, HEAD")),
        Endpoint::Repository(name, resource) => {
            check_name(store, &name)?;
            dispatch(store, &name, &resource, request)
        }
    }
}

/// Calls the function for a resource and the method of the request.
fn dispatch(
    store: &mut Store,
    name: &str,
    resource: &Resource,
    request: Request<'_>,
) -> Result<Response, DistributionError> {
    match (resource, request.method) {
        (Resource::Tags, _) if is_read(&request) => lists::tags(store, name, &request),
        (Resource::Referrers(digest), _) if is_read(&request) => {
            referrers::list(store, name, digest, &request)
        }
        (Resource::Blob(digest), _) if is_read(&request) => {
            blobs::get(store, name, digest, &request)
        }
        (Resource::Blob(digest), &Method::DELETE) => blobs::delete(store, name, digest),
        (Resource::Uploads, &Method::POST) => uploads::begin(store, name, request),
        (Resource::Upload(id), _) if is_read(&request) => uploads::status(store, name, id),
        (Resource::Upload(id), &Method::PATCH) => uploads::append(store, name, id, request),
        (Resource::Upload(id), &Method::PUT) => uploads::finish(store, name, id, request),
        (Resource::Upload(id), &Method::DELETE) => uploads::cancel(store, name, id),
        (Resource::Manifest(reference), _) if is_read(&request) => {
            manifests::get(store, name, reference, &request)
        }
        (Resource::Manifest(reference), &Method::PUT) => {
            manifests::put(store, name, reference, &request)
        }
        (Resource::Manifest(reference), &Method::DELETE) => {
            manifests::delete(store, name, reference)
        }
        _ => Err(not_allowed(&request, resource.methods())),
    }
}

fn is_read(request: &Request<'_>) -> bool {
    matches!(*request.method, Method::GET | Method::HEAD)
}

fn not_allowed(request: &Request<'_>, methods: &'static str) -> DistributionError {
    let message = format!("the method {} is not supported here; use {methods}", request.method);
    DistributionError::not_allowed(message, methods)
}
