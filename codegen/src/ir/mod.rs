//! The intermediate representation: a client in terms of Rust, with every name chosen.
//!
//! `lower` builds these values and `emit` prints them. A value is complete when it is built:
//! presence, direction, names and collisions are decided. This module does not depend on Smithy, JSON
//! or tokens, and imports only `names`.

mod choice;
mod constraint;
mod docs;
pub mod endpoint;
mod http;
mod literal;
mod operation;
mod pages;
mod service;
mod structure;
mod ty;
pub mod value;
pub mod waiter;

pub use choice::{Enum, IntEnum, Union, UnionVariant, Variant};
pub use constraint::{Bounds, Constraints, Number};
pub use docs::Docs;
pub use http::{Http, HttpLocation, Payload};
pub use literal::{Document, Literal};
pub use operation::{ErrorEnum, ErrorVariant, Exception, HostLabel, HostPrefix, Operation, Retry};
pub use pages::{Items, PageToken, PageTokens, Pages, PathStep};
pub use service::{Protocol, Service, TypeDefinitions};
pub use structure::{Direction, Field, Presence, Struct};
pub use ty::{TimestampFormat, Type};
pub use waiter::Waiter;
