//! What is missing or wrong in a configuration, and where it was looked for.

use std::fmt;

/// A configuration with which no call can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// There is no region.
    MissingRegion {
        /// The places that were asked.
        asked: &'static str,
    },
    /// The region is not one part of a host name.
    InvalidRegion {
        /// The region.
        region: String,
        /// Where it came from.
        origin: &'static str,
    },
    /// An endpoint is not a URL to which a request can go.
    InvalidEndpoint {
        /// The URL, without what may be a secret.
        url: String,
        /// Where it came from: the code, or the name of a variable.
        origin: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A variable has a value that it cannot have.
    InvalidVariable {
        /// The variable.
        name: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
    /// The system gives blocking clients no thread for their connections.
    NoThread {
        /// What it says.
        problem: String,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingRegion { asked } => write!(f, "no region: asked {asked}"),
            Self::InvalidRegion { region, origin } => {
                write!(
                    f,
                    "the region {region:?} from {origin} is no part of a host name: it may have \
                     letters, digits and hyphens, at most 63 of them, and no hyphen at an end"
                )
            }
            Self::InvalidEndpoint { url, origin, problem } => {
                write!(f, "the endpoint {url:?} from {origin} {problem}")
            }
            Self::InvalidVariable { name, value, expected } => {
                write!(f, "the variable {name} is {value:?} and may be {expected}")
            }
            Self::NoThread { problem } => {
                write!(f, "there is no thread for the connections of blocking clients: {problem}")
            }
        }
    }
}

impl std::error::Error for ConfigError {}
