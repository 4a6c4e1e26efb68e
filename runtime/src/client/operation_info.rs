//! The properties of an operation that the untyped part of a call needs.

use crate::client::response::known_errors::KnownErrors;
use crate::{Checksum, Compression, Operation, Service};

/// The constants of an operation, as values.
pub(crate) struct OperationInfo {
    pub(crate) service: &'static Service,
    pub(crate) name: &'static str,
    pub(crate) errors: KnownErrors,
    pub(crate) signed: bool,
    pub(crate) compression: Option<Compression>,
    pub(crate) checksum: Option<Checksum>,
}

impl OperationInfo {
    pub(crate) const fn of<O: Operation>() -> Self {
        Self {
            service: O::SERVICE,
            name: O::NAME,
            errors: KnownErrors::of::<O::Error>(),
            signed: O::SIGNED,
            compression: O::COMPRESSION,
            checksum: O::CHECKSUM,
        }
    }
}
