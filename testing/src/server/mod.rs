//! A server for tests, typed by the operations it answers.
//!
//! [`Server`] listens on loopback and speaks HTTP, so that a program under test does all it would do
//! otherwise: it signs, sends, tries again and decodes. A handler takes the request of an operation
//! and answers its output, or one of its exceptions, which goes over the wire as the service would
//! send it. Any operation of any service will do.
//!
//! - [`Server::config`] makes clients that call it.
//! - [`Server::on`] answers every call of an operation, [`Server::expect`] one call with one request.
//! - [`Server::fault`] has a call meet what goes wrong: delays, throttling, connections that end.
//! - [`Server::calls`] and [`Server::requests`] are what has come.

mod arrival;
mod body;
mod builder;
mod call;
mod codec;
mod content;
mod desk;
mod difference;
mod expectation;
mod fault;
mod handle;
mod handler;
mod prepared;
mod refused;
mod reply;
mod report;
mod thread;

pub use builder::ServerBuilder;
pub use call::{Call, UnreadableCall};
pub use content::Content;
pub use expectation::Expectation;
pub use fault::Fault;
pub use handle::Server;
