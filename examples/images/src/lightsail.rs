//! An image in a Lightsail container service: registered under a label, deployed, waited for.
//!
//! Must not know how an image gets into the registry of such a service: Lightsail has a registry of
//! its own, which speaks Docker's protocol, and finds the image there by its digest.

mod error;
pub mod fake;
mod plan;
mod wait;

pub use error::Error;
pub use plan::{Plan, Port, PortError};
pub use wait::Patience;

use longshore::lightsail::Client;
use longshore::lightsail::operation::{
    CreateContainerServiceDeploymentError as DeployError, RegisterContainerImageError,
    RegisterContainerImageRequest,
};

/// Registers the image that has the digest and returns its name in deployments: `:service.label.7`.
///
/// # Errors
/// Where the service is not there, or does not take the image.
pub async fn register(
    client: &Client,
    service: &str,
    label: &str,
    digest: &str,
) -> Result<String, Error> {
    let request = RegisterContainerImageRequest::new(service, label, digest);
    let answer =
        client.register_container_image(&request).await.map_err(|error| match error.service() {
            Some(RegisterContainerImageError::NotFoundException(_)) => Error::no_service(service),
            _ => Error::Register(error),
        })?;
    answer.container_image.and_then(|image| image.image).ok_or(Error::Nameless)
}

/// A deployment that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its number in the service.
    pub version: i32,
    /// Where the service is reached from outside.
    pub url: Option<String>,
}

/// Starts a deployment.
///
/// # Errors
/// Where the service is not there, or does not take the deployment.
pub async fn deploy(client: &Client, plan: &Plan) -> Result<Begun, Error> {
    let request = plan.request();
    let answer =
        client.create_container_service_deployment(&request).await.map_err(|error| match error
            .service()
        {
            Some(DeployError::NotFoundException(_)) => Error::no_service(&plan.service),
            _ => Error::Deploy(error),
        })?;
    let service = answer.container_service.ok_or(Error::Versionless)?;
    let version = service.next_deployment.and_then(|deployment| deployment.version);
    Ok(Begun { version: version.ok_or(Error::Versionless)?, url: service.url })
}

/// Waits until a deployment is active; `look` is told of each state that is new.
///
/// # Errors
/// Where it fails, where another one takes its place, and where patience ends before.
pub async fn wait(
    client: &Client,
    service: &str,
    version: i32,
    patience: Patience,
    look: impl FnMut(&str),
) -> Result<(), Error> {
    wait::until_active(client, service, version, patience, look).await
}
