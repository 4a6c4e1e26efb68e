//! The call, at its two ends: a request becomes a body, an answer becomes an output or an error.
//!
//! Only these ends know the operation's types. The middle, `attempts`, is compiled once, however
//! many operations a program calls.

use std::fmt;
use std::sync::Arc;

use crate::client::answer::Answer;
use crate::client::attempts::exchange;
use crate::client::call::{Effort, Facts, Outcome};
use crate::client::clock_skew::ClockSkew;
use crate::client::destination::Destinations;
use crate::client::encode::message;
use crate::client::error::cause::Cause;
use crate::client::token_bucket::TokenBucket;
use crate::protocol::json;
use crate::{Config, DecodeError, Error, Operation};

/// Makes calls of any service. A generated client is this with a method for each operation.
///
/// Clones share what a client learns: how much fails at the moment, which decides about further
/// attempts, and how wrong the clock of this machine is.
#[derive(Clone)]
pub struct Client {
    pub(crate) config: Config,
    pub(crate) learnt: Arc<Learnt>,
}

/// What the calls of a client know of each other.
#[derive(Default)]
pub(crate) struct Learnt {
    pub(crate) tokens: TokenBucket,
    pub(crate) skew: ClockSkew,
    pub(crate) destinations: Destinations,
}

impl Client {
    /// A client that calls as `config` says.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { config: config.clone(), learnt: Arc::default() }
    }

    /// Calls the operation that `request` belongs to.
    ///
    /// A call that fails in a way that may pass is attempted again, as
    /// [`RetryConfig`](crate::RetryConfig) says. Dropping the future ends the call, and closes the
    /// connection on which it was waiting.
    ///
    /// # Errors
    /// An [`Error`], which tells the exceptions of the service from everything else.
    pub async fn call<O: Operation>(&self, request: &O) -> Result<O::Output, Error<O::Error>> {
        let outcome = match message(request, &self.config) {
            Ok(message) => exchange(self, Facts::<O>::CALL, message).await,
            Err(cause) => Outcome { effort: Effort::default(), result: Err(cause) },
        };
        match outcome.result {
            Ok(answer) => conclude::<O>(answer, outcome.effort),
            Err(cause) => Err(Error::new(O::NAME, outcome.effort, cause)),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", &self.config).finish_non_exhaustive()
    }
}

/// The operation's own answer or exception.
fn conclude<O: Operation>(
    mut answer: Answer,
    effort: Effort,
) -> Result<O::Output, Error<O::Error>> {
    if let Some(failure) = answer.failure.take() {
        let (failure, error) = answer.error::<O::Error>(failure);
        return Err(Error::from_service(O::NAME, effort, failure, error));
    }
    json::decode(&answer.body).map_err(|error| {
        Error::new(O::NAME, effort, Cause::Decode(DecodeError::new(&answer, &error)))
    })
}
