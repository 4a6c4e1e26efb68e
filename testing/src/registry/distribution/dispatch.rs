//! Registers the API on the test server, and calls the function of each endpoint.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::endpoint::{Endpoint, Resource};
use super::error::DistributionError;
use super::query::Query;
use super::response::{self, Response};
use super::{authorization, blobs, lists, manifests, referrers, uploads};
use crate::Server;
use crate::registry::store::Store;
use crate::registry::store::repository::Repository;
use crate::registry::store::shared::{SharedStore, lock};
use crate::server::HttpRequest;

/// The prefix of all paths.
const PREFIX: &str = "/v2/";

/// The longest name of a repository, in characters. The shortest one has two.
const MAX_NAME: usize = 256;

const VERSION: HeaderName = HeaderName::from_static("docker-distribution-api-version");

/// A request to an existing endpoint.
pub(super) struct Request<'a> {
    pub method: &'a Method,
    pub query: Query,
    pub headers: &'a HeaderMap,
    pub body: Bytes,
}

impl Request<'_> {
    /// Returns `true` unless this is a `HEAD` request.
    pub(super) fn has_content(&self) -> bool {
        self.method == Method::GET
    }

    /// The value of a header; `None` if it is missing or not ASCII.
    pub(super) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Registers the API of one store on a server. The handler holds no handle of the server, because
/// the server would then never stop.
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

/// Calls the function for the method and the resource.
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

/// Rejects invalid names of repositories.
fn check_name(store: &Store, name: &str) -> Result<(), DistributionError> {
    if !(2..=MAX_NAME).contains(&name.len()) {
        let length = name.len();
        return Err(DistributionError::invalid_name(format!(
            "the name of a repository has 2 to {MAX_NAME} characters, not {length}"
        )));
    }
    let checked = store.kind.check_repository(name);
    checked.map_err(|error| DistributionError::invalid_name(error.message()))
}

/// Finds the repository of a push, or creates it if the registry is configured to.
pub(super) fn pushed_repository<'a>(
    store: &'a mut Store,
    name: &str,
) -> Result<&'a mut Repository, DistributionError> {
    if store.create_on_push && !store.repositories.contains_key(name) {
        store.create(name, Repository::new(store.clock.now()))?;
    }
    Ok(store.repository(None, name)?)
}
