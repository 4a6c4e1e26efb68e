//! Registering and deploying images on the Lightsail in memory.

use std::time::Duration;

use longshore::lightsail::Client;
use longshore::lightsail::operation::*;
use longshore::lightsail::types::{Container, ContainerServiceProtocol, EndpointRequest};
use longshore_images::lightsail::fake::Fake;
use longshore_images::lightsail::{Error, Patience, Plan, deploy, register, wait};

const DIGEST: &str = "sha256:4b1c0a8e5f7d6a3e2c9b8f1d0e7a6c5b4d3f2e1a0b9c8d7e6f5a4b3c2d1e0f9a";
/// As long as it takes, without a pause.
const PATIENCE: Patience = Patience { interval: Duration::ZERO, limit: Duration::from_secs(60) };

fn started() -> (Fake, Client) {
    let fake = Fake::start("web");
    let client = Client::new(&fake.config());
    (fake, client)
}

fn plan(image: &str) -> Plan {
    Plan {
        service: "web".to_owned(),
        container: "app".to_owned(),
        image: image.to_owned(),
        ports: ["80=HTTP", "53=UDP"].iter().filter_map(|port| port.parse().ok()).collect(),
        public: true,
    }
}

/// A deployment of an image that was registered for it.
async fn begun(client: &Client) -> Result<i32, Error> {
    let image = register(client, "web", "app", DIGEST).await?;
    Ok(deploy(client, &plan(&image)).await?.version)
}

#[tokio::test]
async fn images_are_numbered_by_label() -> Result<(), Error> {
    let (_fake, client) = started();
    let mut names = Vec::new();
    for label in ["app", "app", "ap"] {
        names.push(register(&client, "web", label, DIGEST).await?);
    }
    assert_eq!(names, [":web.app.1", ":web.app.2", ":web.ap.1"]);
    Ok(())
}

#[tokio::test]
async fn a_service_that_is_missing_is_said() {
    let (_fake, client) = started();
    let expected = "there is no container service `shop` in this account and region: create it first \
                    (CreateContainerService), or name another one";
    let error = register(&client, "shop", "app", DIGEST).await.expect_err("there is none");
    assert_eq!(error.to_string(), expected);
    let plan = Plan { service: "shop".to_owned(), ..plan("nginx:1") };
    assert_eq!(deploy(&client, &plan).await.expect_err("there is none").to_string(), expected);
}

#[tokio::test]
async fn what_the_service_refuses_is_said_in_its_words() {
    let (_fake, client) = started();
    let error =
        register(&client, "web", "app", "sha256:1").await.expect_err("no digest").to_string();
    assert!(error.starts_with("the image was not registered: "), "{error}");
    assert!(error.contains("`sha256:1` is no sha256 digest"), "{error}");
    let error = deploy(&client, &plan(":web.app.7")).await.expect_err("no image").to_string();
    assert!(error.starts_with("the deployment was not begun: "), "{error}");
    assert!(error.contains("no image `:web.app.7` is registered"), "{error}");
}

#[tokio::test]
async fn a_deployment_is_waited_for_and_each_state_told_once() -> Result<(), Error> {
    let (fake, client) = started();
    let version = begun(&client).await?;
    let mut states = Vec::new();
    wait(&client, "web", version, PATIENCE, |state| states.push(state.to_owned())).await?;
    assert_eq!(states, ["ACTIVATING"]);
    assert_eq!(fake.server().requests::<GetContainerServiceDeploymentsRequest>().len(), 3);
    Ok(())
}

#[tokio::test]
async fn a_plan_is_a_container_with_its_ports_and_the_first_is_the_public_one() -> Result<(), Error>
{
    let (fake, client) = started();
    begun(&client).await?;
    let ports = [("80", ContainerServiceProtocol::Http), ("53", ContainerServiceProtocol::Udp)];
    let container = Container::new().image(":web.app.1").ports(ports);
    let expected = CreateContainerServiceDeploymentRequest::new("web")
        .containers([("app", container)])
        .public_endpoint(EndpointRequest::new("app", 80));
    assert_eq!(fake.server().requests::<CreateContainerServiceDeploymentRequest>(), [expected]);
    Ok(())
}

#[tokio::test]
async fn a_deployment_that_fails_is_an_error() -> Result<(), Error> {
    let (fake, client) = started();
    fake.fail_deployments();
    let version = begun(&client).await?;
    let error = wait(&client, "web", version, PATIENCE, |_| ()).await.expect_err("it fails");
    assert_eq!(
        error.to_string(),
        "deployment 1 failed: look at the container's log (GetContainerLog); the deployment before it \
         goes on running"
    );
    Ok(())
}

#[tokio::test]
async fn a_deployment_that_another_one_replaced_is_an_error() -> Result<(), Error> {
    let (_fake, client) = started();
    let first = begun(&client).await?;
    let second = begun(&client).await?;
    wait(&client, "web", second, PATIENCE, |_| ()).await?;
    let error = wait(&client, "web", first, PATIENCE, |_| ()).await.expect_err("it was replaced");
    assert_eq!(error.to_string(), "deployment 1 did not become active: another one took its place");
    Ok(())
}

#[tokio::test]
async fn patience_ends() -> Result<(), Error> {
    let (fake, client) = started();
    fake.looks(u32::MAX);
    let version = begun(&client).await?;
    // The next look would be too late, so there is none.
    let patience = Patience { interval: Duration::from_secs(5), limit: Duration::ZERO };
    let error =
        wait(&client, "web", version, patience, |_| ()).await.expect_err("it never comes up");
    assert_eq!(
        error.to_string(),
        "deployment 1 is not active after 0 s; it goes on without being waited for"
    );
    assert_eq!(fake.server().requests::<GetContainerServiceDeploymentsRequest>().len(), 1);
    Ok(())
}
