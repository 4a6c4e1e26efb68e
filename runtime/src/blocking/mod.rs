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
//! Connections and clocks are driven by one thread for all of these clients, which begins with the
//! first call and stays. A call itself, with writing, signing and reading, runs on the thread that
//! makes it, so calls from several threads get on with their work at once; clones of a client share
//! its connections.
//!
//! They may also be used inside an async runtime. There they do what any blocking call does: the
//! thread stands still, and what else would run on it has to wait.

mod background;
mod pages;

use std::io;
use std::time::Duration;

use serde_core::Serialize;

use crate::client::call::Effort;
use crate::client::error::cause::Cause;
use crate::{
    Config, ConfigBuilder, ConfigError, Environment, Error, Operation, Paginated, WaitError,
    Waited, Waiter,
};

pub use pages::{Items, Pages};

/// Makes calls of any service and waits for their answers. A generated client of the module
/// `blocking` is this with a method for each operation.
#[derive(Debug, Clone)]
pub struct Client(crate::Client);

impl Client {
    /// A client that calls as `config` says.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self(crate::Client::new(config))
    }

    /// Calls the operation that `request` belongs to, and waits for its answer.
    ///
    /// # Errors
    /// An [`Error`], which tells the exceptions of the service from everything else.
    pub fn call<O: Operation>(&self, request: &O) -> Result<O::Output, Error<O::Error>> {
        background::run(self.0.call(request))
            .unwrap_or_else(|problem| Err(no_thread::<O>(&problem)))
    }

    /// The pages of an operation, from the one that `request` asks for.
    pub fn pages<O: Paginated>(&self, request: O) -> Pages<O> {
        Pages::new(self.0.pages(request))
    }

    /// Calls the operation until `waiter` has what it waits for; see
    /// [`Client::wait`](crate::Client::wait).
    ///
    /// # Errors
    /// A [`WaitError`]: the waiter counts the answer as a failure, the time is over, or a call
    /// failed.
    pub fn wait<O: Operation<Output: Serialize>>(
        &self,
        request: &O,
        waiter: &Waiter,
        limit: Duration,
    ) -> Result<Waited<O::Output>, WaitError<O::Error>> {
        let waited = background::run(self.0.wait(request, waiter, limit));
        waited.unwrap_or_else(|problem| {
            Err(WaitError::Call { waiter: waiter.name(), error: no_thread::<O>(&problem) })
        })
    }
}

/// The async client with the same settings and connections.
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

impl Config {
    /// [`from_env`](Self::from_env) for programs without an async runtime.
    ///
    /// # Errors
    /// Those of `from_env`, and [`ConfigError::NoThread`].
    pub fn from_env_blocking() -> Result<Self, ConfigError> {
        Self::builder().load_blocking(&Environment::process())
    }
}

impl ConfigBuilder {
    /// [`load`](Self::load) for programs without an async runtime.
    ///
    /// # Errors
    /// Those of `load`, and [`ConfigError::NoThread`].
    pub fn load_blocking(self, environment: &Environment) -> Result<Config, ConfigError> {
        let loaded = background::run(self.load(environment));
        loaded.unwrap_or_else(|problem| Err(ConfigError::no_thread(&problem)))
    }
}

/// The error of a call that could not begin, because the system gave no thread for it.
fn no_thread<O: Operation>(problem: &io::Error) -> Error<O::Error> {
    Error::new(O::NAME, Effort::default(), Cause::Config(ConfigError::no_thread(problem)))
}

impl ConfigError {
    fn no_thread(problem: &io::Error) -> Self {
        Self::NoThread { problem: problem.to_string() }
    }
}
