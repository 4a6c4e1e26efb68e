//! The state of the fake, independent of the server.

use std::collections::BTreeMap;

use longshore::Timestamp;
use longshore::lightsail::exception::{InvalidInputException, NotFoundException};
use longshore::lightsail::operation::*;
use longshore::lightsail::types::{
    ContainerImage, ContainerService, ContainerServiceDeployment, ContainerServiceDeploymentState,
    ContainerServiceEndpoint, EndpointRequest,
};

/// The container services, by name.
#[derive(Debug)]
pub(super) struct State {
    services: BTreeMap<String, Service>,
    polls: u32,
    result: ContainerServiceDeploymentState,
}

/// One container service.
#[derive(Debug, Default)]
struct Service {
    images: Vec<ContainerImage>,
    /// In the order of the list, newest first.
    deployments: Vec<ContainerServiceDeployment>,
    /// How often the newest deployment was polled.
    polls: u32,
}

impl Default for State {
    fn default() -> Self {
        let result = ContainerServiceDeploymentState::Active;
        Self { services: BTreeMap::new(), polls: 2, result }
    }
}

impl State {
    pub(super) fn create(&mut self, service: &str) {
        self.services.entry(service.to_owned()).or_default();
    }

    pub(super) fn fail_deployments(&mut self) {
        self.result = ContainerServiceDeploymentState::Failed;
    }

    pub(super) fn set_polls(&mut self, polls: u32) {
        self.polls = polls;
    }

    fn service(&mut self, name: &str) -> Result<&mut Service, NotFoundException> {
        let missing = || NotFoundException::new().message(format!("no container service `{name}`"));
        self.services.get_mut(name).ok_or_else(missing)
    }

    pub(super) fn register(
        &mut self,
        request: &RegisterContainerImageRequest,
    ) -> Result<RegisterContainerImageResult, RegisterContainerImageError> {
        type Error = RegisterContainerImageError;
        let service = self.service(&request.service_name).map_err(Error::NotFoundException)?;
        if !is_digest(&request.digest) {
            let message = format!("`{}` is not a sha256 digest", request.digest);
            return Err(Error::InvalidInputException(invalid_input(message)));
        }
        let image = service.image(request);
        Ok(RegisterContainerImageResult::new().container_image(image))
    }

    pub(super) fn images(
        &mut self,
        request: &GetContainerImagesRequest,
    ) -> Result<GetContainerImagesResult, GetContainerImagesError> {
        let service = self
            .service(&request.service_name)
            .map_err(GetContainerImagesError::NotFoundException)?;
        Ok(GetContainerImagesResult::new().container_images(service.images.clone()))
    }

    pub(super) fn deploy(
        &mut self,
        request: CreateContainerServiceDeploymentRequest,
    ) -> Result<CreateContainerServiceDeploymentResult, CreateContainerServiceDeploymentError> {
        type Error = CreateContainerServiceDeploymentError;
        let service = self.service(&request.service_name).map_err(Error::NotFoundException)?;
        if let Some(message) = service.validate(&request) {
            return Err(Error::InvalidInputException(invalid_input(message)));
        }
        let url = format!("https://{}.local.invalid/", request.service_name);
        let response = ContainerService::new()
            .container_service_name(&request.service_name)
            .url(url)
            .next_deployment(service.start(request));
        Ok(CreateContainerServiceDeploymentResult::new().container_service(response))
    }

    pub(super) fn deployments(
        &mut self,
        request: &GetContainerServiceDeploymentsRequest,
    ) -> Result<GetContainerServiceDeploymentsResult, GetContainerServiceDeploymentsError> {
        let (polls, result) = (self.polls, self.result.clone());
        let service = self
            .service(&request.service_name)
            .map_err(GetContainerServiceDeploymentsError::NotFoundException)?;
        service.poll(polls, result);
        Ok(GetContainerServiceDeploymentsResult::new().deployments(service.deployments.clone()))
    }
}

impl Service {
    /// Adds an image. Its name contains the number of images with the same label.
    fn image(&mut self, request: &RegisterContainerImageRequest) -> ContainerImage {
        let prefix = format!(":{}.{}.", request.service_name, request.label);
        let same = |image: &&ContainerImage| {
            image.image.as_deref().is_some_and(|name| name.starts_with(&prefix))
        };
        let number = self.images.iter().filter(same).count() + 1;
        let image = ContainerImage::new()
            .image(format!("{prefix}{number}"))
            .digest(&request.digest)
            .created_at(Timestamp::now());
        self.images.push(image.clone());
        image
    }

    /// Returns why a deployment is invalid.
    fn validate(&self, request: &CreateContainerServiceDeploymentRequest) -> Option<String> {
        let containers = request.containers.clone().unwrap_or_default();
        if containers.is_empty() {
            return Some("a deployment needs at least one container".to_owned());
        }
        let known =
            |name: &str| self.images.iter().any(|image| image.image.as_deref() == Some(name));
        containers
            .values()
            .filter_map(|container| container.image.as_deref())
            .find(|name| name.starts_with(':') && !known(name))
            .map(|name| format!("no image `{name}` is registered"))
    }

    fn start(
        &mut self,
        request: CreateContainerServiceDeploymentRequest,
    ) -> ContainerServiceDeployment {
        let version =
            self.deployments.first().and_then(|newest| newest.version).unwrap_or_default();
        let mut deployment = ContainerServiceDeployment::new()
            .version(version.saturating_add(1))
            .state(ContainerServiceDeploymentState::Activating)
            .containers(request.containers.unwrap_or_default())
            .created_at(Timestamp::now());
        deployment.public_endpoint = request.public_endpoint.map(endpoint);
        self.deployments.insert(0, deployment.clone());
        self.polls = 0;
        deployment
    }

    /// Counts a poll. The newest deployment gets its result after the given number of polls.
    fn poll(&mut self, polls: u32, result: ContainerServiceDeploymentState) {
        self.polls = self.polls.saturating_add(1);
        let Some((newest, older)) = self.deployments.split_first_mut() else { return };
        if self.polls <= polls || newest.state != Some(ContainerServiceDeploymentState::Activating)
        {
            return;
        }
        if result == ContainerServiceDeploymentState::Active {
            for deployment in older {
                deployment.state = Some(ContainerServiceDeploymentState::Inactive);
            }
        }
        newest.state = Some(result);
    }
}

fn endpoint(request: EndpointRequest) -> ContainerServiceEndpoint {
    let mut endpoint = ContainerServiceEndpoint::new()
        .container_name(request.container_name)
        .container_port(request.container_port);
    endpoint.health_check = request.health_check;
    endpoint
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hex| {
        hex.len() == 64 && hex.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn invalid_input(message: String) -> InvalidInputException {
    InvalidInputException::new().message(message)
}
