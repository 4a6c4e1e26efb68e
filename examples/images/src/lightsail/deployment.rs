//! The definition of a deployment: a container, its ports, and its public endpoint.

use std::fmt;
use std::str::FromStr;

use longshore::lightsail::operation::CreateContainerServiceDeploymentRequest;
use longshore::lightsail::types::{Container, ContainerServiceProtocol, EndpointRequest};

/// A port of a container and its protocol, such as `80=HTTP`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Port {
    /// The port number.
    pub number: u16,
    /// The protocol.
    pub protocol: ContainerServiceProtocol,
}

/// The error of parsing a [`Port`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortError {
    text: String,
}

impl FromStr for Port {
    type Err = PortError;

    fn from_str(text: &str) -> Result<Self, PortError> {
        let invalid = || PortError { text: text.to_owned() };
        let (number, protocol) = text.split_once('=').ok_or_else(invalid)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or_else(invalid)?;
        match ContainerServiceProtocol::from(protocol.to_ascii_uppercase().as_str()) {
            // An unknown name is more likely a typing error than a protocol that was added later.
            ContainerServiceProtocol::Unrecognized(_) => Err(invalid()),
            protocol => Ok(Self { number, protocol }),
        }
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.number, self.protocol)
    }
}

impl fmt::Display for PortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a port: write a number from 1 to 65535, then =HTTP, =HTTPS, =TCP or =UDP",
            self.text
        )
    }
}

impl std::error::Error for PortError {}

/// A deployment of one container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// The container service.
    pub service: String,
    /// The name of the container.
    pub container: String,
    /// The name of a registered image, or of an image in a public registry.
    pub image: String,
    /// The ports of the container.
    pub ports: Vec<Port>,
    /// Whether the first port is the public endpoint of the container service.
    pub public: bool,
}

impl Deployment {
    pub(super) fn request(&self) -> CreateContainerServiceDeploymentRequest {
        let ports = self.ports.iter().map(|port| (port.number.to_string(), port.protocol.clone()));
        let container = Container::new().image(&self.image).ports(ports);
        let request = CreateContainerServiceDeploymentRequest::new(&self.service)
            .containers([(self.container.as_str(), container)]);
        match self.ports.first() {
            Some(port) if self.public => request
                .public_endpoint(EndpointRequest::new(&self.container, i32::from(port.number))),
            _ => request,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number_and_a_protocol() {
        let port = |number, protocol| Ok(Port { number, protocol });
        assert_eq!("80=HTTP".parse(), port(80, ContainerServiceProtocol::Http));
        assert_eq!("65535=udp".parse(), port(65535, ContainerServiceProtocol::Udp));
        for text in ["1=HTTP", "443=HTTPS", "65535=UDP"] {
            assert_eq!(text.parse::<Port>().map(|port| port.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "80", "=HTTP", "0=HTTP", "65536=HTTP", "80=SPDY", "80=", "80:HTTP"] {
            let error = text.parse::<Port>().expect_err(text);
            assert!(error.to_string().starts_with(&format!("`{text}` is not a port")), "{error}");
        }
    }
}
