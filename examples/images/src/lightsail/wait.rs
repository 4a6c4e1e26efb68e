//! Polls a deployment until it is active.

use std::time::Duration;

use longshore::lightsail::Client;
use longshore::lightsail::operation::GetContainerServiceDeploymentsRequest;
use longshore::lightsail::types::{ContainerServiceDeployment, ContainerServiceDeploymentState};
use tokio::time::{Instant, sleep};

use super::Error;

/// How often and how long to poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitOptions {
    /// The time between two polls.
    pub interval: Duration,
    /// The time limit.
    pub limit: Duration,
}

/// The result of one poll.
enum Poll {
    Active,
    Ended(Error),
    Pending(String),
}

pub(super) async fn until_active(
    client: &Client,
    service: &str,
    version: i32,
    options: WaitOptions,
    mut on_state: impl FnMut(&str),
) -> Result<(), Error> {
    let request = GetContainerServiceDeploymentsRequest::new(service);
    let started = Instant::now();
    let mut last = String::new();
    loop {
        let response =
            client.get_container_service_deployments(&request).await.map_err(Error::State)?;
        match poll_result(&response.deployments, version) {
            Poll::Active => return Ok(()),
            Poll::Ended(error) => return Err(error),
            Poll::Pending(state) if state == last => {}
            Poll::Pending(state) => {
                on_state(&state);
                last = state;
            }
        }
        // The last poll is made when the limit is reached.
        let remaining = options.limit.saturating_sub(started.elapsed());
        if remaining.is_zero() {
            return Err(Error::TimedOut { version, limit: options.limit });
        }
        sleep(options.interval.min(remaining)).await;
    }
}

fn poll_result(deployments: &[ContainerServiceDeployment], version: i32) -> Poll {
    let ours = deployments.iter().find(|deployment| deployment.version == Some(version));
    match ours.and_then(|deployment| deployment.state.as_ref()) {
        Some(ContainerServiceDeploymentState::Active) => Poll::Active,
        Some(ContainerServiceDeploymentState::Failed) => Poll::Ended(Error::Failed { version }),
        Some(ContainerServiceDeploymentState::Inactive) => Poll::Ended(Error::Replaced { version }),
        // ACTIVATING, or a state that was added later.
        Some(state) => Poll::Pending(state.to_string()),
        // The list is eventually consistent.
        None => Poll::Pending("not listed yet".to_owned()),
    }
}
