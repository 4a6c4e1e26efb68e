//! A call and its end, as passed to hooks.

use std::time::Duration;

use crate::interceptor::outcome::Outcome;

/// A call, as passed to hooks.
#[derive(Debug, Clone, Copy)]
pub struct CallInfo<'a> {
    pub(crate) id: u64,
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) region: Option<&'a str>,
}

impl<'a> CallInfo<'a> {
    /// A number that identifies the call within this process.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The ID of the service in its model, for example `ECR`.
    #[must_use]
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// The name of the operation, for example `PutImage`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The region of the configuration, if it is known. A region from instance metadata is not known
    /// before the first attempt.
    #[must_use]
    pub fn region(&self) -> Option<&'a str> {
        self.region
    }
}

/// The end of a call.
#[derive(Debug, Clone, Copy)]
pub struct CallEnd<'a> {
    pub(crate) call: CallInfo<'a>,
    pub(crate) attempts: u32,
    pub(crate) duration: Duration,
    pub(crate) outcome: Outcome<'a>,
}

impl<'a> CallEnd<'a> {
    /// The call.
    #[must_use]
    pub fn call(&self) -> &CallInfo<'a> {
        &self.call
    }

    /// How many times the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time since the call started, including credentials, delays and decoding.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// How the call ended.
    #[must_use]
    pub fn outcome(&self) -> Outcome<'a> {
        self.outcome
    }
}
