//! C2J, the model format of the older AWS SDKs (`service-2.json`), to Smithy.
//!
//! The service file is translated shape by shape into a [`Fragment`] as a Smithy file would have given
//! it, with the paginators, waiters and endpoint rules of the files beside it as traits. From
//! there on nothing knows in which format a model came.
//!
//! C2J marks what is wire form and what is not by plain keys, so a key that is not known here is
//! refused; the known ones are all in `traits`. What C2J can say and Smithy cannot, and what does
//! not change the wire (a paginator with two tokens), is left out with a note.

mod extras;
mod files;
mod model;
mod namespace;
mod operations;
mod paginators;
mod protocol;
mod service;
mod service_name;
mod shapes;
mod timestamp_format;
mod traits;
mod translate;
mod waiters;

pub(crate) use self::{
    extras::corrected,
    files::{C2jFile, Pieces},
    protocol::facts,
    translate::translate,
};
