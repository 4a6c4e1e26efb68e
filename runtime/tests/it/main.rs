//! Integration tests of the runtime, over real sockets.

mod client;
mod config;
mod credentials;
mod endpoint;
mod http;
mod interceptor;
mod protocol;
mod public_types;
mod shape;
mod sigv4;
mod support;
