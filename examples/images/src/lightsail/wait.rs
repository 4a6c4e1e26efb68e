//! Waiting for a deployment: looking at it again and again, within a limit.

use std::time::Duration;

use longshore::lightsail::Client;
use longshore::lightsail::operation::GetContainerServiceDeploymentsRequest;
use longshore::lightsail::types::{ContainerServiceDeployment, ContainerServiceDeploymentState};
use tokio::time::{Instant, sleep};

use super::Error;

/// How often to look, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Between two looks.
    pub interval: Duration,
    /// After which no look is worth waiting for.
    pub limit: Duration,
}

/// What one look says about the end.
enum Seen {
    Running,
    Over(Error),
    Coming(String),
}

pub(super) async fn until_active(
    client: &Client,
    service: &str,
    version: i32,
    patience: Patience,
    mut look: impl FnMut(&str),
) -> Result<(), Error> {
    let request = GetContainerServiceDeploymentsRequest::new(service);
    let begun = Instant::now();
    let mut last = String::new();
    loop {
        let answer =
            client.get_container_service_deployments(&request).await.map_err(Error::Look)?;
        match seen(&answer.deployments, version) {
            Seen::Running => return Ok(()),
            Seen::Over(error) => return Err(error),
            Seen::Coming(state) if state == last => {}
            Seen::Coming(state) => {
                look(&state);
                last = state;
            }
        }
        if begun.elapsed() + patience.interval > patience.limit {
            return Err(Error::Late { version, limit: patience.limit });
        }
        sleep(patience.interval).await;
    }
}

fn seen(deployments: &[ContainerServiceDeployment], version: i32) -> Seen {
    let ours = deployments.iter().find(|deployment| deployment.version == Some(version));
    match ours.and_then(|deployment| deployment.state.as_ref()) {
        Some(ContainerServiceDeploymentState::Active) => Seen::Running,
        Some(ContainerServiceDeploymentState::Failed) => Seen::Over(Error::Failed { version }),
        Some(ContainerServiceDeploymentState::Inactive) => Seen::Over(Error::Replaced { version }),
        // ACTIVATING, and whatever else it may pass through one day.
        Some(state) => Seen::Coming(state.to_string()),
        // The list may be older than the deployment.
        None => Seen::Coming("not listed yet".to_owned()),
    }
}
