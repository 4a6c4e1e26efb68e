//! What goes wrong between an image and a running container.

use std::fmt;
use std::time::Duration;

use longshore::lightsail::operation::{
    CreateContainerServiceDeploymentError, GetContainerServiceDeploymentsError,
    RegisterContainerImageError,
};

/// Why an image was not registered or does not run.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no container service of this name.
    NoService {
        /// The name.
        service: String,
    },
    /// The service did not take the image.
    Register(longshore::Error<RegisterContainerImageError>),
    /// The service did not take the deployment.
    Deploy(longshore::Error<CreateContainerServiceDeploymentError>),
    /// The service did not say how the deployment is doing.
    Look(longshore::Error<GetContainerServiceDeploymentsError>),
    /// The image was registered and the answer does not name it.
    Nameless,
    /// The deployment was begun and the answer does not number it.
    Versionless,
    /// The containers did not come up.
    Failed {
        /// Of the deployment.
        version: i32,
    },
    /// Another deployment took its place.
    Replaced {
        /// Of the deployment.
        version: i32,
    },
    /// It is still not running.
    Late {
        /// Of the deployment.
        version: i32,
        /// How long it was waited for.
        limit: Duration,
    },
}

impl Error {
    pub(super) fn no_service(service: &str) -> Self {
        Self::NoService { service: service.to_owned() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoService { service } => write!(
                f,
                "there is no container service `{service}` in this account and region: create it \
                 first (CreateContainerService), or name another one"
            ),
            Self::Register(error) => write!(
                f,
                "the image was not registered: {error}; its digest must be that of an image which \
                 was pushed to the registry of the container service"
            ),
            Self::Deploy(error) => write!(f, "the deployment was not begun: {error}"),
            Self::Look(error) => {
                write!(f, "the deployment was begun, and it is not known how it is doing: {error}")
            }
            Self::Nameless => {
                f.write_str("the image was registered, and the answer has no name for it")
            }
            Self::Versionless => {
                f.write_str("the deployment was begun, and the answer has no version of it")
            }
            Self::Failed { version } => write!(
                f,
                "deployment {version} failed: look at the container's log (GetContainerLog); the \
                 deployment before it goes on running"
            ),
            Self::Replaced { version } => {
                write!(f, "deployment {version} did not become active: another one took its place")
            }
            Self::Late { version, limit } => write!(
                f,
                "deployment {version} is not active after {} s; it goes on without being waited for",
                limit.as_secs()
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Register(error) => Some(error),
            Self::Deploy(error) => Some(error),
            Self::Look(error) => Some(error),
            _ => None,
        }
    }
}
