//! What is missing or wrong in a configuration, and where it was looked for.

use std::fmt;

/// A configuration with which no call can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// There is no region.
    MissingRegion {
        /// The places that were asked.
        asked: String,
    },
    /// The region is not one part of a host name.
    InvalidRegion {
        /// The region.
        region: String,
        /// Where it came from: the code, the name of a variable, or a line of a profile file.
        origin: String,
    },
    /// An endpoint is not a URL to which a request can go.
    InvalidEndpoint {
        /// The URL, without what may be a secret.
        url: String,
        /// Where it came from: the code, the name of a variable, or a line of a profile file.
        origin: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A setting has a value that it cannot have.
    InvalidSetting {
        /// Where it came from: the code, a variable, or a property and its line of a profile file.
        origin: String,
        /// Its value.
        value: String,
        /// What it may be.
        expected: &'static str,
    },
    /// A proxy is not one through which requests can go.
    InvalidProxy {
        /// Its URL, without user and password.
        url: String,
        /// Where it came from: the code, or the name of a variable.
        origin: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Root certificates cannot be read.
    InvalidCertificates {
        /// Where they came from: the code, a file, or a variable and its file.
        origin: String,
        /// What is wrong with them.
        problem: String,
    },
    /// A profile file cannot be read.
    ProfileFile {
        /// The file.
        file: String,
        /// The line, counted from 1, where it is one line that is wrong.
        line: Option<usize>,
        /// What is wrong, and what to do. It repeats nothing of the file, which may hold secrets.
        problem: String,
    },
    /// Somebody asked for a profile that is in no file.
    MissingProfile {
        /// The profile.
        profile: String,
        /// Who asked for it: the code, or the name of a variable.
        origin: &'static str,
        /// The files that were asked.
        asked: String,
    },
    /// A custom endpoint together with FIPS or dual-stack, which only endpoints of AWS have.
    CustomEndpoint {
        /// The endpoint.
        url: String,
        /// The setting that goes with no custom endpoint.
        setting: &'static str,
    },
    /// The endpoint rules of the service have no endpoint for this configuration.
    NoEndpoint {
        /// The service.
        service: &'static str,
        /// The region.
        region: String,
        /// What the rules say.
        reason: String,
    },
    /// What an operation puts before the host cannot stand before that one.
    HostPrefix {
        /// The prefix as the model writes it, with the names of members for their values.
        prefix: &'static str,
        /// The host.
        host: String,
        /// What is wrong.
        problem: &'static str,
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
            Self::InvalidSetting { origin, value, expected } => {
                write!(f, "{origin} is {value:?} and may be {expected}")
            }
            Self::ProfileFile { file, line: Some(line), problem } => {
                write!(f, "the profile file {file}:{line} {problem}")
            }
            Self::ProfileFile { file, line: None, problem } => {
                write!(f, "the profile file {file} {problem}")
            }
            Self::MissingProfile { profile, origin, asked } => {
                write!(f, "there is no profile {profile:?}, which {origin} asks for: asked {asked}")
            }
            Self::InvalidProxy { url, origin, problem } => {
                write!(f, "the proxy {url:?} from {origin} {problem}")
            }
            Self::InvalidCertificates { origin, problem } => {
                write!(f, "the root certificates from {origin} cannot be used: {problem}")
            }
            Self::CustomEndpoint { url, setting } => {
                write!(
                    f,
                    "the custom endpoint {url:?} cannot be used with {setting}, which only \
                     endpoints of AWS have: take one of the two settings away"
                )
            }
            Self::NoEndpoint { service, region, reason } => {
                write!(f, "{service} in the region {region:?}: {reason}")
            }
            Self::HostPrefix { prefix, host, problem } => {
                write!(f, "the host prefix {prefix:?} cannot stand before {host:?}: {problem}")
            }
            Self::NoThread { problem } => {
                write!(f, "there is no thread for the connections of blocking clients: {problem}")
            }
        }
    }
}

impl std::error::Error for ConfigError {}
