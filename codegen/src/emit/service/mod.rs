//! The files of a service: client, blocking client, error, endpoint rules, module files and front page.

pub(super) mod blocking;
pub(super) mod client;
mod client_type;
pub(super) mod endpoint;
pub(super) mod error;
pub(super) mod front;
pub(super) mod modules;
pub(super) mod pages;
pub(super) mod root;
pub(super) mod signature;
pub(super) mod waiter;
