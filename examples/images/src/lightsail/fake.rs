//! A Lightsail in memory, as far as container services go: typed handlers on a testing server.
//!
//! It is what a test of one's own would write for the operations that it calls: some state behind a
//! lock, and a closure for each operation that answers from it.

mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use longshore::Config;
use longshore::lightsail::operation::*;
use longshore_testing::Server;

use state::State;

/// A running fake. Dropping it stops it.
#[derive(Clone, Debug)]
pub struct Fake {
    server: Server,
    state: Arc<Mutex<State>>,
}

impl Fake {
    /// Starts it with one container service, which has nothing in it.
    #[must_use]
    pub fn start(service: &str) -> Self {
        let fake = Self { server: Server::start(), state: Arc::default() };
        fake.lock().create(service);
        fake.serve_images();
        fake.serve_deployments();
        fake
    }

    /// The server below: its record of calls, its faults.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// A configuration that points at it.
    #[must_use]
    pub fn config(&self) -> Config {
        self.server.config()
    }

    /// Lets deployments fail from now on, instead of becoming active.
    pub fn fail_deployments(&self) {
        self.lock().fail_deployments();
    }

    /// After how many looks a deployment is what it becomes; at first two.
    pub fn looks(&self, looks: u32) {
        self.lock().looks(looks);
    }

    fn serve_images(&self) {
        let state = Arc::clone(&self.state);
        self.server.on(move |request: RegisterContainerImageRequest| {
            let answer = lock(&state).register(&request);
            async move { answer }
        });
        let state = Arc::clone(&self.state);
        self.server.on(move |request: GetContainerImagesRequest| {
            let answer = lock(&state).images(&request);
            async move { answer }
        });
    }

    fn serve_deployments(&self) {
        let state = Arc::clone(&self.state);
        self.server.on(move |request: CreateContainerServiceDeploymentRequest| {
            let answer = lock(&state).deploy(request);
            async move { answer }
        });
        let state = Arc::clone(&self.state);
        self.server.on(move |request: GetContainerServiceDeploymentsRequest| {
            let answer = lock(&state).deployments(&request);
            async move { answer }
        });
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// A handler that panicked leaves the state as good as it was.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
