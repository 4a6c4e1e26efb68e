//! Translates C2J, the model format of the older AWS SDKs (`service-2.json`), to Smithy.
//!
//! The service file is translated shape by shape into a [`Fragment`](crate::smithy::Fragment), with
//! the paginators, waiters and endpoint rules of the neighboring files as traits. Later modules do
//! not know the original format of a model.
//!
//! The protocol of the service determines what a key such as `locationName` means. C2J does not
//! mark keys that affect the wire format, so an unknown key is an error; `traits` lists all known
//! ones. `corrections` lists the shapes that are wrong in their models. Facts that Smithy cannot
//! express and that do not affect the wire format (such as a paginator whose token is an
//! expression) are omitted with a note, and so are paginators and waiters that cannot be read.
//! Imports `error`, `json` and `smithy`.

mod corrections;
mod extras;
mod files;
mod http;
mod kinds;
mod model;
mod namespace;
mod operations;
mod paginators;
mod protocol;
mod service;
mod service_name;
mod shapes;
mod targets;
mod timestamp_format;
mod traits;
mod translate;
mod unusable;
mod waiters;
mod xml;

pub(crate) use self::{
    extras::corrected,
    files::{C2jFile, Pieces},
    protocol::facts,
    translate::translate,
};
