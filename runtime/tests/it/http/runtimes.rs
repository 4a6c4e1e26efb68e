//! One client on several tokio runtimes.

use std::sync::OnceLock;
use std::thread;

use crate::support::client;
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use longshore_runtime::Client;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

#[test]
fn one_client_can_serve_many_short_lived_runtimes() {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    const THREADS: usize = 4;
    const ROUNDS: usize = 50;
    let server = Server::start((0..THREADS * ROUNDS * 2).map(|_| CannedResponse::ok("")));
    let client = CLIENT.get_or_init(|| client(&server.url));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..ROUNDS {
                    runtime().block_on(async {
                        client.call(&PingRequest).await.expect("a response");
                        client.call(&PingRequest).await.expect("a response");
                    });
                }
            });
        }
    });
    assert_eq!(server.requests().len(), THREADS * ROUNDS * 2);
}

#[test]
fn each_runtime_has_its_own_connections() {
    let server = Server::start((0..4).map(|_| CannedResponse::ok("")));
    let client = client(&server.url);
    let call = |runtime: &Runtime| {
        runtime.block_on(client.call(&PingRequest)).expect("a response");
        server.requests().last().expect("a request").connection
    };
    let (first, second) = (runtime(), runtime());
    assert_eq!(call(&first), 0);
    // The first runtime still exists but is not driven, so its connection could not make progress.
    assert_eq!(call(&second), 1);
    assert_eq!(call(&first), 0);
    assert_eq!(call(&second), 1);
}
