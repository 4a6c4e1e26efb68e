//! The errors of registering and deploying images.

use std::fmt;
use std::time::Duration;

use longshore::ErrorKind;
use longshore::lightsail::operation::{
    CreateContainerServiceDeploymentError, GetContainerServiceDeploymentsError,
    RegisterContainerImageError,
};

/// The error of registering or deploying an image.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The container service does not exist.
    ServiceNotFound {
        /// The name.
        service: String,
    },
    /// The service rejected the image.
    Register(longshore::Error<RegisterContainerImageError>),
    /// The service rejected the deployment.
    Deploy(longshore::Error<CreateContainerServiceDeploymentError>),
    /// The state of the deployment is unknown.
    State(longshore::Error<GetContainerServiceDeploymentsError>),
    /// The response to registering the image does not contain its name.
    MissingImageName,
    /// The response to creating the deployment does not contain its version.
    MissingVersion,
    /// The deployment failed.
    Failed {
        /// The version of the deployment.
        version: i32,
    },
    /// Another deployment replaced it.
    Replaced {
        /// The version of the deployment.
        version: i32,
    },
    /// The deployment did not become active in time.
    TimedOut {
        /// The version of the deployment.
        version: i32,
        /// The time limit.
        limit: Duration,
    },
}

impl Error {
    pub(super) fn service_not_found(service: &str) -> Self {
        Self::ServiceNotFound { service: service.to_owned() }
    }

    /// The stage of the call at which the error happened, if a call failed.
    #[must_use]
    pub fn kind(&self) -> Option<ErrorKind> {
        match self {
            Self::Register(error) => Some(error.kind()),
            Self::Deploy(error) => Some(error.kind()),
            Self::State(error) => Some(error.kind()),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServiceNotFound { service } => write!(
                f,
                "the container service `{service}` does not exist in this account and region: create \
                 it first (CreateContainerService)"
            ),
            Self::Register(error) => {
                write!(f, "the image was not registered: {error}")?;
                match error.kind() {
                    ErrorKind::Service => f.write_str(
                        "; push the image to the registry of the container service first",
                    ),
                    _ => Ok(()),
                }
            }
            Self::Deploy(error) => write!(f, "the deployment was not created: {error}"),
            Self::State(error) => {
                write!(f, "the deployment was created, but its state is unknown: {error}")
            }
            Self::MissingImageName => {
                f.write_str("the image was registered, but the response does not contain its name")
            }
            Self::MissingVersion => f.write_str(
                "the deployment was created, but the response does not contain its version",
            ),
            Self::Failed { version } => write!(
                f,
                "deployment {version} failed: see the container's log (GetContainerLog); the previous \
                 deployment keeps running"
            ),
            Self::Replaced { version } => {
                write!(
                    f,
                    "deployment {version} was replaced by another one before it became active"
                )
            }
            Self::TimedOut { version, limit } => write!(
                f,
                "deployment {version} is not active after {} s; it continues in the background",
                limit.as_secs()
            ),
        }
    }
}

/// There is no source, because the message contains the error of the call, which is public.
impl std::error::Error for Error {}
