//! Registers images with Lightsail container services, and deploys them.
//!
//! The image must have been pushed to the registry of the container service, which is not Amazon ECR
//! and uses the protocol of Docker.

mod deployment;
mod error;
pub mod fake;
mod wait;

pub use deployment::{Deployment, Port, PortError};
pub use error::Error;
pub use wait::WaitOptions;

use longshore::lightsail::Client;
use longshore::lightsail::operation::{
    CreateContainerServiceDeploymentError as DeployError, RegisterContainerImageError,
    RegisterContainerImageRequest,
};

/// Registers an image by its digest and returns its name for deployments, such as `:service.label.7`.
///
/// # Errors
/// Returns an error if the container service does not exist or rejects the image.
pub async fn register(
    client: &Client,
    service: &str,
    label: &str,
    digest: &str,
) -> Result<String, Error> {
    let request = RegisterContainerImageRequest::new(service, label, digest);
    let response =
        client.register_container_image(&request).await.map_err(|error| match error.service() {
            Some(RegisterContainerImageError::NotFoundException(_)) => {
                Error::service_not_found(service)
            }
            _ => Error::Register(error),
        })?;
    response.container_image.and_then(|image| image.image).ok_or(Error::MissingImageName)
}

/// A deployment in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedDeployment {
    /// The version of the deployment.
    pub version: i32,
    /// The public URL of the container service.
    pub url: Option<String>,
}

/// Creates a deployment.
///
/// # Errors
/// Returns an error if the container service does not exist or rejects the deployment.
pub async fn deploy(client: &Client, deployment: &Deployment) -> Result<StartedDeployment, Error> {
    let request = deployment.request();
    let response =
        client.create_container_service_deployment(&request).await.map_err(|error| match error
            .service()
        {
            Some(DeployError::NotFoundException(_)) => {
                Error::service_not_found(&deployment.service)
            }
            _ => Error::Deploy(error),
        })?;
    let service = response.container_service.ok_or(Error::MissingVersion)?;
    let version = service.next_deployment.and_then(|next| next.version);
    Ok(StartedDeployment { version: version.ok_or(Error::MissingVersion)?, url: service.url })
}

/// Waits until a deployment is active, and calls `on_state` with each new state.
///
/// # Errors
/// Returns an error if the deployment fails, is replaced by another one, or does not become active
/// in time.
pub async fn wait(
    client: &Client,
    service: &str,
    version: i32,
    options: WaitOptions,
    on_state: impl FnMut(&str),
) -> Result<(), Error> {
    wait::until_active(client, service, version, options, on_state).await
}
