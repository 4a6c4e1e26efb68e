//! The error of a configuration that is incomplete or invalid.

use std::fmt;

/// An error in the configuration, which prevents calls.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// There is no region.
    MissingRegion {
        /// The places that were searched and, if a lookup failed, why.
        searched: String,
    },
    /// The region is not a valid label of a host name.
    InvalidRegion {
        /// The region.
        region: String,
        /// Where it is set: in code, in a variable, or at a line of a profile file.
        origin: String,
    },
    /// An endpoint is not a URL that requests can be sent to.
    InvalidEndpoint {
        /// The URL, without the parts that may hold a secret.
        url: String,
        /// Where it is set: in code, in a variable, or at a line of a profile file.
        origin: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A setting has an invalid value.
    InvalidSetting {
        /// Where it is set: in code, in a variable, or in a property at a line of a profile file.
        origin: String,
        /// The value.
        value: String,
        /// The valid values.
        expected: &'static str,
    },
    /// A proxy cannot be used.
    InvalidProxy {
        /// The URL, without user and password.
        url: String,
        /// Where it is set: in code or in a variable.
        origin: String,
        /// What is wrong with it.
        problem: String,
    },
    /// Root certificates cannot be read.
    InvalidCertificates {
        /// Where they are set: in code, in a file, or in a variable and its file.
        origin: String,
        /// What is wrong with them.
        problem: String,
    },
    /// A profile file cannot be read.
    ProfileFile {
        /// The file.
        file: String,
        /// The line, counted from 1, if the problem is in one line.
        line: Option<usize>,
        /// What is wrong and what to do. It contains no text of the file, which may hold secrets.
        problem: String,
    },
    /// The selected profile does not exist.
    MissingProfile {
        /// The profile.
        profile: String,
        /// Where it was selected: in code or in a variable.
        origin: &'static str,
        /// The files that were searched and, if a similar section exists, a hint.
        searched: String,
    },
    /// A custom endpoint is combined with FIPS or dual-stack, which only AWS endpoints support.
    CustomEndpoint {
        /// The endpoint.
        url: String,
        /// The setting that conflicts with a custom endpoint.
        setting: &'static str,
    },
    /// The endpoint rules of the service have no endpoint for this configuration.
    NoEndpoint {
        /// The service.
        service: &'static str,
        /// The region.
        region: String,
        /// The message of the rules.
        reason: String,
    },
    /// The host prefix of an operation cannot be added to the host.
    HostPrefix {
        /// The prefix as written in the model, with the names of members instead of their values.
        prefix: &'static str,
        /// The host.
        host: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// The operating system could not start the thread that blocking clients need.
    NoThread {
        /// The error of the operating system.
        problem: String,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingRegion { searched } => write!(f, "no region: searched {searched}"),
            Self::InvalidRegion { region, origin } => write!(
                f,
                "the region {region:?} from {origin} is not a label of a host name: it must have 1 \
                 to 63 letters, digits and hyphens, with no hyphen at either end"
            ),
            Self::InvalidEndpoint { url, origin, problem } => {
                write!(f, "the endpoint {url:?} from {origin} {problem}")
            }
            Self::InvalidSetting { origin, value, expected } => {
                write!(f, "{origin} is {value:?} but must be {expected}")
            }
            Self::ProfileFile { file, line: Some(line), problem } => {
                write!(f, "the profile file {file}:{line} {problem}")
            }
            Self::ProfileFile { file, line: None, problem } => {
                write!(f, "the profile file {file} {problem}")
            }
            Self::MissingProfile { profile, origin, searched } => {
                write!(
                    f,
                    "the profile {profile:?}, named by {origin}, does not exist: searched {searched}"
                )
            }
            Self::InvalidProxy { url, origin, problem } => {
                write!(f, "the proxy {url:?} from {origin} {problem}")
            }
            Self::InvalidCertificates { origin, problem } => {
                write!(f, "the root certificates from {origin} cannot be used: {problem}")
            }
            Self::CustomEndpoint { url, setting } => write!(
                f,
                "the custom endpoint {url:?} cannot be combined with {setting}, which only AWS \
                 endpoints support: remove one of the two settings"
            ),
            Self::NoEndpoint { service, region, reason } => {
                write!(f, "{service} in the region {region:?}: {reason}")
            }
            Self::HostPrefix { prefix, host, problem } => {
                write!(f, "the host prefix {prefix:?} cannot be added to {host:?}: {problem}")
            }
            Self::NoThread { problem } => {
                write!(f, "the thread of blocking clients could not be started: {problem}")
            }
        }
    }
}

impl std::error::Error for ConfigError {}
