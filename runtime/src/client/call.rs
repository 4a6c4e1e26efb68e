//! What the middle of a call is given, and what it gives back.

use std::fmt::{self, Write};
use std::marker::PhantomData;

use bytes::Bytes;

use crate::client::answer::{Answer, KnownErrors};
use crate::client::error::cause::Cause;
use crate::client::host_prefix::HostPrefix;
use crate::client::retry::GivenUp;
use crate::{Compression, EndpointContext, Operation, Service};

/// What the middle of a call must know of its operation.
pub(crate) struct Call {
    pub(crate) service: &'static Service,
    pub(crate) operation: &'static str,
    pub(crate) known: KnownErrors,
    pub(crate) signed: bool,
    pub(crate) compression: Option<Compression>,
}

/// The facts of an operation. There is one of it, so that a call has but its address.
pub(crate) struct Facts<O>(PhantomData<O>);

impl<O: Operation> Facts<O> {
    pub(crate) const CALL: &'static Call = &Call {
        service: O::SERVICE,
        operation: O::NAME,
        known: KnownErrors::of::<O::Error>(),
        signed: O::SIGNED,
        compression: O::COMPRESSION,
    };
}

/// What is sent, and what of it decides where to.
pub(crate) struct Message<'a> {
    pub(crate) body: Bytes,
    pub(crate) context: EndpointContext<'a>,
    /// In a box, because few have one and a message is in the future of everybody who calls.
    pub(crate) host_prefix: Option<Box<HostPrefix>>,
}

/// A call's end.
pub(crate) struct Outcome {
    pub(crate) effort: Effort,
    pub(crate) result: Result<Answer, Cause>,
}

/// How much was done for a call.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    /// How often the request was sent.
    pub(crate) attempts: u32,
    /// Why it was not sent once more, where that might have helped.
    pub(crate) given_up: Option<GivenUp>,
}

impl Effort {
    /// One attempt, after which nothing was left to be done.
    pub(crate) fn once() -> Self {
        Self { attempts: 1, given_up: None }
    }

    /// Prints what is out of the ordinary: more than one attempt, or one that was not made.
    pub(crate) fn fmt(&self, f: &mut dyn Write) -> fmt::Result {
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        match self.given_up {
            Some(given_up) => write!(f, ", {}", given_up.text()),
            None => Ok(()),
        }
    }
}
