//! HTTP bindings: members in the path, the query, the headers, the status or the payload of a
//! message. All REST protocols use them.
//!
//! The bindings of a structure are a constant table. When a structure is written, a serializer
//! looks up each member in the table. When it is read, each bound value is passed to the structure.

mod element_text;
mod header_list;
mod read;
mod request;
#[cfg(feature = "server")]
pub(crate) mod server;
mod text;
mod uri;
mod write;

pub(crate) use self::element_text::OneValue;
pub(crate) use self::read::{read_bound, read_bound_leniently};
pub(crate) use self::request::{BodyFormat, encode};
