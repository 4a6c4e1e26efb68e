//! The open connections, of each tokio runtime its own.
//!
//! A connection is driven by a task of the runtime on which it was opened. From another runtime it
//! would look open and stand still as soon as its own runtime is not polled, and break off when
//! that one ends; so no call ever gets a connection of another runtime. Tests of a program that
//! share a client, each on a runtime of its own, are where this happens every time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;

use crate::tls;

/// How long a connection without work is kept, less than servers usually do.
const IDLE: Duration = Duration::from_secs(20);

/// What sends requests over the connections of one runtime.
pub(crate) type HttpClient = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// The connections of all runtimes.
#[derive(Default)]
pub(crate) struct Pool(Arc<Mutex<Runtimes>>);

type Runtimes = HashMap<Id, Connections>;

/// The connections of a runtime. Only `https` needs root certificates, and they are many.
#[derive(Default)]
struct Connections {
    http: Option<HttpClient>,
    https: Option<HttpClient>,
    /// Dropped with this, it ends the task that waits for the runtime's end.
    watched: Option<oneshot::Sender<()>>,
}

impl Pool {
    /// The client for the runtime that `runtime` belongs to.
    pub(crate) fn client(&self, runtime: &Handle, https: bool) -> Result<HttpClient, String> {
        let id = runtime.id();
        let (client, watch) = {
            let mut runtimes = lock(&self.0);
            let known = runtimes.get(&id).and_then(|connections| connections.of(https));
            if let Some(client) = known {
                return Ok(client.clone());
            }
            let client = connect(if https { tls::trusting_system()? } else { tls::unused()? });
            let connections = runtimes.entry(id).or_default();
            (connections.keep(https, client), connections.watch())
        };
        // Without the lock: where the runtime is just ending, the task ends at once.
        if let Some(released) = watch {
            let entry = Entry { runtimes: Arc::downgrade(&self.0), id };
            runtime.spawn(async move {
                let _entry = entry;
                let _ = released.await;
            });
        }
        Ok(client)
    }
}

impl Connections {
    fn of(&self, https: bool) -> Option<&HttpClient> {
        if https { self.https.as_ref() } else { self.http.as_ref() }
    }

    fn keep(&mut self, https: bool, client: HttpClient) -> HttpClient {
        let place = if https { &mut self.https } else { &mut self.http };
        place.insert(client).clone()
    }

    /// What ends when these connections are dropped, where nobody waits for it yet.
    fn watch(&mut self) -> Option<oneshot::Receiver<()>> {
        if self.watched.is_some() {
            return None;
        }
        let (sender, receiver) = oneshot::channel();
        self.watched = Some(sender);
        Some(receiver)
    }
}

/// Part of a task that a runtime drops when it ends, and the connections of that runtime with it.
struct Entry {
    runtimes: Weak<Mutex<Runtimes>>,
    id: Id,
}

impl Drop for Entry {
    fn drop(&mut self) {
        let connections = self.runtimes.upgrade().and_then(|all| lock(&all).remove(&self.id));
        // After the lock is released, because this may drop more than it looks like.
        drop(connections);
    }
}

/// A panic of another thread leaves the map whole: nothing is half done while it is locked.
fn lock(runtimes: &Mutex<Runtimes>) -> MutexGuard<'_, Runtimes> {
    runtimes.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(tls: ClientConfig) -> HttpClient {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .build(connector)
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};

    use super::*;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().expect("a runtime")
    }

    fn count(pool: &Pool) -> usize {
        lock(&pool.0).len()
    }

    #[test]
    fn the_connections_of_a_runtime_end_with_it() {
        let pool = Pool::default();
        let (first, second) = (runtime(), runtime());
        for runtime in [&first, &second, &first] {
            let _guard = runtime.enter();
            pool.client(runtime.handle(), false).expect("a client");
        }
        assert_eq!(count(&pool), 2);
        drop(first);
        assert_eq!(count(&pool), 1);
        drop(second);
        assert_eq!(count(&pool), 0);
    }

    #[test]
    fn nothing_of_a_pool_stays_behind_in_a_runtime() {
        let runtime = runtime();
        let pool = Pool::default();
        runtime.block_on(async {
            pool.client(runtime.handle(), false).expect("a client");
            assert_eq!(runtime.metrics().num_alive_tasks(), 1);
            drop(pool);
            tokio::task::yield_now().await;
            assert_eq!(runtime.metrics().num_alive_tasks(), 0);
        });
    }

    #[test]
    fn a_runtime_that_is_ending_is_no_deadlock() {
        let pool = Arc::new(Pool::default());
        struct Late(Arc<Pool>, Handle);
        impl Drop for Late {
            fn drop(&mut self) {
                self.0.client(&self.1, false).expect("a client");
            }
        }
        let runtime = runtime();
        let late = Late(Arc::clone(&pool), runtime.handle().clone());
        runtime.spawn(async move {
            let _late = late;
            std::future::pending::<()>().await;
        });
        drop(runtime);
        assert_eq!(count(&pool), 0);
    }
}
