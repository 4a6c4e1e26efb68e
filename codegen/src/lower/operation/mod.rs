//! Lowers operations: which are generated, how they are called and sent, their pages and their
//! waiters.

mod auth;
mod complete;
mod discovery;
mod errors;
mod host;
mod http;
mod interface;
mod pagination;
mod streams;
mod waiter;

pub(super) use self::{
    auth::ServiceAuth,
    complete::{Surroundings, complete},
    discovery::warn as warn_of_discovery,
    errors::lower_service_error,
    interface::{Interface, lower_interfaces},
    streams::{WithoutStreams, leave_out as leave_out_streams},
};
