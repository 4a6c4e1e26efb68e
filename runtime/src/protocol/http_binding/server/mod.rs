//! HTTP bindings for test servers: reads the members of requests and writes the members of
//! responses.

mod parameters;
mod read;
mod uri_pattern;
mod write;

pub(crate) use self::read::read_request;
pub use self::uri_pattern::{Specificity, UriPattern};
pub(crate) use self::write::{Members, encode_response};
