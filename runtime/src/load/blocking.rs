//! Loads configurations in programs without an async runtime.

use crate::blocking::background;
use crate::{Config, ConfigBuilder, ConfigError, Environment};

impl Config {
    /// Like [`from_env`](Self::from_env), for programs without an async runtime.
    ///
    /// # Errors
    /// Returns the errors of `from_env`, or [`ConfigError::NoThread`].
    pub fn from_env_blocking() -> Result<Self, ConfigError> {
        Self::builder().load_blocking(&Environment::process())
    }
}

impl ConfigBuilder {
    /// Like [`load`](Self::load), for programs without an async runtime.
    ///
    /// # Errors
    /// Returns the errors of `load`, or [`ConfigError::NoThread`].
    pub fn load_blocking(self, environment: &Environment) -> Result<Config, ConfigError> {
        let loaded = background::run(self.load(environment));
        loaded.unwrap_or_else(|problem| Err(ConfigError::no_thread(&problem)))
    }
}
