//! The container services of Lightsail in memory: state behind a lock, and a handler on a test server
//! for each operation. An example of a fake that the tests of an application would contain.

mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use longshore::Config;
use longshore::lightsail::operation::*;
use longshore_testing::Server;

use state::State;

/// A running server. Dropping the last clone stops it.
#[derive(Clone, Debug)]
pub struct FakeLightsail {
    server: Server,
    state: Arc<Mutex<State>>,
}

impl FakeLightsail {
    /// Starts a server with one empty container service.
    #[must_use]
    pub fn start(service: &str) -> Self {
        let fake = Self { server: Server::start(), state: Arc::default() };
        fake.lock().create(service);
        fake.register_image_handlers();
        fake.register_deployment_handlers();
        fake
    }

    /// The server, for recorded calls and faults.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// The configuration for clients of this server.
    #[must_use]
    pub fn config(&self) -> Config {
        self.server.config()
    }

    /// Makes later deployments fail.
    pub fn fail_deployments(&self) {
        self.lock().fail_deployments();
    }

    /// Sets after how many polls a deployment becomes active or fails. Defaults to 2.
    pub fn set_polls(&self, polls: u32) {
        self.lock().set_polls(polls);
    }

    fn register_image_handlers(&self) {
        let state = Arc::clone(&self.state);
        self.server.on(move |request: RegisterContainerImageRequest| {
            let result = lock(&state).register(&request);
            async move { result }
        });
        let state = Arc::clone(&self.state);
        self.server.on(move |request: GetContainerImagesRequest| {
            let result = lock(&state).images(&request);
            async move { result }
        });
    }

    fn register_deployment_handlers(&self) {
        let state = Arc::clone(&self.state);
        self.server.on(move |request: CreateContainerServiceDeploymentRequest| {
            let result = lock(&state).deploy(request);
            async move { result }
        });
        let state = Arc::clone(&self.state);
        self.server.on(move |request: GetContainerServiceDeploymentsRequest| {
            let result = lock(&state).deployments(&request);
            async move { result }
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// Locks the state, ignoring panics of handlers: every change is made in one step.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
