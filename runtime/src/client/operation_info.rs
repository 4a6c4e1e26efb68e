//! The properties of an operation that the untyped part of a call needs.

use crate::client::response::known_errors::KnownErrors;
use crate::interceptor::headers::HiddenMembers;
use crate::protocol::framing::Framing;
use crate::{Binding, Checksum, Compression, Operation, Service, Structure};

/// The constants of an operation, as values.
pub(crate) struct OperationInfo {
    pub(crate) service: &'static Service,
    pub(crate) name: &'static str,
    pub(crate) errors: KnownErrors,
    pub(crate) signed: bool,
    pub(crate) compression: Option<Compression>,
    pub(crate) checksum: Option<Checksum>,
    /// The bindings of the output, and the wire names of its secret members.
    pub(crate) output: (&'static [Binding], &'static [&'static str]),
    /// True if members of exceptions may be in headers.
    pub(crate) binds_headers: bool,
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
            output: (O::Output::BINDINGS, O::Output::SECRET),
            binds_headers: matches!(O::FRAMING, Framing::RestJson { .. }),
        }
    }

    /// Returns which headers of a response may hold secret members.
    pub(crate) fn hidden_members(&self, is_error: bool) -> HiddenMembers {
        let (bindings, secret) = self.output;
        match (is_error, self.binds_headers) {
            (false, _) => HiddenMembers::Output { bindings, secret },
            (true, true) => HiddenMembers::Exception,
            (true, false) => HiddenMembers::Marked,
        }
    }
}
