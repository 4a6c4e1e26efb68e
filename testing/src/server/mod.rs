//! The test server: what a test registers, what the server receives, and what it sends back.
//!
//! [`Server`] is the handle that tests use. Below it, `listener` speaks HTTP and passes each
//! request to `dispatcher`, which looks up in `routes` how to respond and records the request. Only
//! `listener` and `body` use sockets; only `codec`, `received` and `response` depend on the wire
//! format.

mod body;
mod builder;
mod call;
mod codec;
mod content;
mod diff;
mod dispatcher;
mod expectation;
mod expected_call;
mod fault;
mod handle;
mod handler;
mod listener;
mod received;
mod rejection;
mod report;
mod response;
mod routes;

pub use builder::ServerBuilder;
pub use call::{Call, CallDecodeError};
pub use content::Content;
pub use expectation::Expectation;
pub use fault::Fault;
pub use handle::Server;
