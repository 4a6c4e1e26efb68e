//! The OCI distribution API for container engines, on top of the test server and the store of
//! Amazon ECR.
//!
//! `dispatch` checks the authorization of each request and calls the function for its endpoint.
//! This module may import `store`, but not `api`.

mod accept;
mod authorization;
mod blobs;
mod content_range;
mod dispatch;
mod endpoint;
mod error;
mod lists;
mod manifests;
mod page;
mod query;
mod referrers;
mod repository;
mod request;
mod response;
mod uploads;

pub(super) use dispatch::register;
