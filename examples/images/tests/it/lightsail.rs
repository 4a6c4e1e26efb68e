//! Registering and deploying images, with the fake of Lightsail.

use std::time::Duration;

use longshore::lightsail::Client;
use longshore::lightsail::operation::*;
use longshore::lightsail::types::{Container, ContainerServiceProtocol, EndpointRequest};
use longshore_images::lightsail::fake::FakeLightsail;
use longshore_images::lightsail::{Deployment, Error, WaitOptions, deploy, register, wait};

const DIGEST: &str = "sha256:4b1c0a8e5f7d6a3e2c9b8f1d0e7a6c5b4d3f2e1a0b9c8d7e6f5a4b3c2d1e0f9a";
/// Polls without a delay.
const OPTIONS: WaitOptions =
    WaitOptions { interval: Duration::ZERO, limit: Duration::from_secs(60) };

fn started() -> (FakeLightsail, Client) {
    let fake = FakeLightsail::start("web");
    let client = Client::new(&fake.config());
    (fake, client)
}

fn plan(image: &str) -> Deployment {
    Deployment {
        service: "web".to_owned(),
        container: "app".to_owned(),
        image: image.to_owned(),
        ports: ["80=HTTP", "53=UDP"].iter().filter_map(|port| port.parse().ok()).collect(),
        public: true,
    }
}

/// Registers an image and deploys it.
async fn deployed(client: &Client) -> Result<i32, Error> {
    let image = register(client, "web", "app", DIGEST).await?;
    Ok(deploy(client, &plan(&image)).await?.version)
}

#[tokio::test]
async fn images_are_numbered_per_label() -> Result<(), Error> {
    let (_fake, client) = started();
    let mut names = Vec::new();
    for label in ["app", "app", "ap"] {
        names.push(register(&client, "web", label, DIGEST).await?);
    }
    assert_eq!(names, [":web.app.1", ":web.app.2", ":web.ap.1"]);
    Ok(())
}

#[tokio::test]
async fn a_missing_service_is_reported() {
    let (_fake, client) = started();
    let expected = "the container service `shop` does not exist in this account and region: create it first \
                    (CreateContainerService)";
    let error = register(&client, "shop", "app", DIGEST).await.expect_err("there is none");
    assert_eq!(error.to_string(), expected);
    let deployment = Deployment { service: "shop".to_owned(), ..plan("nginx:1") };
    assert_eq!(
        deploy(&client, &deployment).await.expect_err("there is none").to_string(),
        expected
    );
}

#[tokio::test]
async fn errors_contain_the_message_of_the_service() {
    let (_fake, client) = started();
    let error = register(&client, "web", "app", "sha256:1").await.expect_err("no digest");
    assert!(std::error::Error::source(&error).is_none(), "{error:?}");
    let error = error.to_string();
    assert!(error.starts_with("the image was not registered: "), "{error}");
    assert!(error.contains("`sha256:1` is not a sha256 digest"), "{error}");
    let error = deploy(&client, &plan(":web.app.7")).await.expect_err("no image").to_string();
    assert!(error.starts_with("the deployment was not created: "), "{error}");
    assert!(error.contains("no image `:web.app.7` is registered"), "{error}");
}

#[tokio::test]
async fn waiting_reports_each_state_once() -> Result<(), Error> {
    let (fake, client) = started();
    let version = deployed(&client).await?;
    let mut states = Vec::new();
    wait(&client, "web", version, OPTIONS, |state| states.push(state.to_owned())).await?;
    assert_eq!(states, ["ACTIVATING"]);
    assert_eq!(fake.server().requests::<GetContainerServiceDeploymentsRequest>().len(), 3);
    Ok(())
}

#[tokio::test]
async fn the_first_port_is_the_public_endpoint() -> Result<(), Error> {
    let (fake, client) = started();
    deployed(&client).await?;
    let ports = [("80", ContainerServiceProtocol::Http), ("53", ContainerServiceProtocol::Udp)];
    let container = Container::new().image(":web.app.1").ports(ports);
    let expected = CreateContainerServiceDeploymentRequest::new("web")
        .containers([("app", container)])
        .public_endpoint(EndpointRequest::new("app", 80));
    assert_eq!(fake.server().requests::<CreateContainerServiceDeploymentRequest>(), [expected]);
    Ok(())
}

#[tokio::test]
async fn a_failed_deployment_is_an_error() -> Result<(), Error> {
    let (fake, client) = started();
    fake.fail_deployments();
    let version = deployed(&client).await?;
    let error = wait(&client, "web", version, OPTIONS, |_| ()).await.expect_err("it fails");
    assert_eq!(
        error.to_string(),
        "deployment 1 failed: see the container's log (GetContainerLog); the previous deployment keeps \
         running"
    );
    Ok(())
}

#[tokio::test]
async fn a_replaced_deployment_is_an_error() -> Result<(), Error> {
    let (_fake, client) = started();
    let first = deployed(&client).await?;
    let second = deployed(&client).await?;
    wait(&client, "web", second, OPTIONS, |_| ()).await?;
    let error = wait(&client, "web", first, OPTIONS, |_| ()).await.expect_err("it was replaced");
    assert_eq!(
        error.to_string(),
        "deployment 1 was replaced by another one before it became active"
    );
    Ok(())
}

#[tokio::test]
async fn waiting_ends_at_the_time_limit() -> Result<(), Error> {
    let (fake, client) = started();
    fake.set_polls(u32::MAX);
    let version = deployed(&client).await?;
    let patience = WaitOptions { interval: Duration::from_secs(5), limit: Duration::ZERO };
    let error =
        wait(&client, "web", version, patience, |_| ()).await.expect_err("it never comes up");
    assert_eq!(
        error.to_string(),
        "deployment 1 is not active after 0 s; it continues in the background"
    );
    assert_eq!(fake.server().requests::<GetContainerServiceDeploymentsRequest>().len(), 1);
    // The last poll is at the limit, even if the interval is longer.
    let patience = WaitOptions { limit: Duration::from_millis(20), ..patience };
    wait(&client, "web", version, patience, |_| ()).await.expect_err("it never comes up");
    assert_eq!(fake.server().requests::<GetContainerServiceDeploymentsRequest>().len(), 3);
    Ok(())
}
