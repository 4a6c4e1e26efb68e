//! The test server: what a test registers, what the server receives, and what it sends back.
//!
//! [`Server`] is the handle that tests use. Below it, `listener` speaks HTTP and passes each
//! request to `dispatcher`, which looks up in `routes` how to respond and records the request. Only
//! `listener` and `body` use sockets; only `protocol` depends on the wire format.

mod body;
mod builder;
mod call;
mod called_service;
mod content;
mod diff;
mod dispatcher;
mod download;
mod error_code;
mod expectation;
mod expected_call;
mod fault;
mod handle;
mod handler;
mod http_handler;
mod invalid_request;
mod listener;
mod protocol;
mod received;
mod rejection;
mod report;
mod request_head;
mod response;
mod routes;

pub use builder::ServerBuilder;
pub use call::{Call, DecodeCallError};
pub use content::Content;
#[cfg(feature = "registry")]
pub(crate) use content::parse_digits;
#[cfg(feature = "registry")]
pub(crate) use download::download;
pub use expectation::Expectation;
pub use fault::Fault;
pub use handle::Server;
#[cfg(feature = "registry")]
pub(crate) use http_handler::HttpRequest;
