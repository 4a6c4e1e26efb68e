//! Test servers for code that calls AWS through Longshore's clients.
//!
//! [`Server`] handles the operations of any generated client as the test defines, over HTTP on
//! 127.0.0.1. The code under test signs, sends, retries and decodes as in production:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use longshore::ecr::Client;
//! use longshore::ecr::operation::{PutImageError, PutImageRequest, PutImageResponse};
//! use longshore_testing::{Fault, Server};
//!
//! let server = Server::start();
//! server.on(|_: PutImageRequest| async { Ok::<_, PutImageError>(PutImageResponse::new()) });
//! // The first attempt fails, and the client retries.
//! server.fault(Fault::throttle());
//!
//! let client = Client::new(&server.config());
//! client.put_image(&PutImageRequest::new("team/app", "{}")).await?;
//! assert_eq!(server.requests::<PutImageRequest>().len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! - Handlers: [`Server::on`] and [`Server::on_get`]; the requests that they received:
//!   [`Server::requests`] and [`Server::calls`]
//! - Calls that must be made with exactly the given request: [`Server::expect`]
//! - Responses that are delayed, truncated, dropped or replaced by errors: [`Server::fault`] with a
//!   [`Fault`]
//!
//! # Features
//!
//! - `registry`: `Registry`, with in-memory versions of Amazon ECR and Amazon ECR Public that store
//!   and serve real images. docker, skopeo and crane can push to Amazon ECR and pull from it.

// Lets docs.rs show the feature that an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// The rules for public items, beyond the lints of the workspace; see docs/api-guidelines.md.
#![warn(
    missing_debug_implementations,
    clippy::fn_params_excessive_bools,
    clippy::iter_not_returning_iterator,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::return_self_not_must_use
)]

#[cfg(feature = "registry")]
mod registry;
mod server;

#[cfg(feature = "registry")]
pub use registry::{Registry, RegistryBuilder};
pub use server::{Call, Content, DecodeCallError, Expectation, Fault, Server, ServerBuilder};
