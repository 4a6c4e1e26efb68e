//! Clients for programs without an async runtime; behind the feature `blocking`.
//!
//! ```no_run
//! # fn example<O: longshore_runtime::Operation>(request: O) -> Result<(), Box<dyn std::error::Error>> {
//! use longshore_runtime::{Config, blocking};
//!
//! let config = Config::from_env_blocking()?;
//! let client = blocking::Client::new(&config);
//! client.call(&request)?;
//! # Ok(())
//! # }
//! ```
//!
//! One background thread drives the connections and timers of all blocking clients. It starts with
//! the first call and never ends. The call itself, including encoding, signing and decoding, runs
//! on the calling thread, so calls from several threads run in parallel. Clones of a client share
//! its connections.
//!
//! Blocking clients also work inside an async runtime, where they block the current thread like any
//! other blocking call.

pub(crate) mod background;
mod pages;

use std::io;
use std::time::Duration;

use serde_core::Serialize;

use crate::client::attempt_summary::AttemptSummary;
use crate::client::error::cause::Cause;
use crate::{Config, ConfigError, Error, Operation, PageTokens, WaitError, Waited, Waiter};

pub use pages::{Items, Pages};

/// A blocking client for any service. The blocking client of a generated crate wraps it and has a
/// method for each operation.
#[derive(Debug, Clone)]
pub struct Client(crate::Client);

impl Client {
    /// Creates a client with this configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self(crate::Client::new(config))
    }

    /// Calls the operation of `request` and waits for the response.
    ///
    /// # Errors
    /// Returns an [`Error`], which distinguishes the exceptions of the service from other errors.
    pub fn call<O: Operation>(&self, request: &O) -> Result<O::Output, Error<O::Error>> {
        background::run(self.0.call(request)).unwrap_or_else(|error| Err(no_thread::<O>(&error)))
    }

    /// Returns the pages of an operation, starting with the one that `request` specifies.
    pub fn pages<O: PageTokens>(&self, request: O) -> Pages<O> {
        Pages::new(self.0.pages(request))
    }

    /// Calls the operation until `waiter` succeeds; see [`Client::wait`](crate::Client::wait).
    ///
    /// # Errors
    /// Returns a [`WaitError`] if the waiter fails, `limit` is exceeded, or a call fails.
    pub fn wait<O: Operation<Output: Serialize>>(
        &self,
        request: &O,
        waiter: &Waiter,
        limit: Duration,
    ) -> Result<Waited<O::Output>, WaitError<O::Error>> {
        let waited = background::run(self.0.wait(request, waiter, limit));
        waited.unwrap_or_else(|error| {
            Err(WaitError::Call { waiter: waiter.name(), error: no_thread::<O>(&error) })
        })
    }
}

/// Returns the async client, which has the same configuration and connections.
impl AsRef<crate::Client> for Client {
    fn as_ref(&self) -> &crate::Client {
        &self.0
    }
}

impl From<crate::Client> for Client {
    fn from(client: crate::Client) -> Self {
        Self(client)
    }
}

/// Creates the error of a call for which the background thread could not be started.
fn no_thread<O: Operation>(error: &io::Error) -> Error<O::Error> {
    Error::new(O::NAME, AttemptSummary::default(), Cause::Config(ConfigError::no_thread(error)))
}

impl ConfigError {
    pub(crate) fn no_thread(error: &io::Error) -> Self {
        Self::NoThread { problem: error.to_string() }
    }
}
