//! Connection pools, one per tokio runtime.
//!
//! A task of the runtime that opened a connection drives it. From another runtime, the connection
//! would appear open but stall whenever its own runtime is not polled, and break when that runtime
//! ends. Connections are therefore never shared between runtimes. Tests that share a client, each
//! on its own runtime, depend on this.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;

use crate::http::body_chunks::BodyChunks;
use crate::http::box_error::BoxError;
use crate::http::connector::Connector;
use crate::http::settings::TransportSettings;
use crate::http::tls::tls::Tls;
use crate::tokio_runtime::requirements::{check_io, check_timers, current};

type HttpClient = Client<Connector, BodyChunks>;

/// HTTP clients over the connections of one runtime.
pub(crate) struct Clients {
    /// Uses an idle connection or opens a new one that is kept afterwards.
    pub(crate) pooled: HttpClient,
    /// Always opens a new connection, which is not kept.
    pub(crate) fresh: HttpClient,
}

/// The connections of all runtimes.
#[derive(Default)]
pub(crate) struct Pool {
    settings: Arc<TransportSettings>,
    runtimes: Arc<Mutex<Runtimes>>,
}

type Runtimes = HashMap<Id, Connections>;

/// The connections of one runtime. Only those with TLS need root certificates, which take time to
/// load.
#[derive(Default)]
struct Connections {
    plain: Option<Arc<Clients>>,
    encrypted: Option<Arc<Clients>>,
    /// Dropping the sender ends the task that waits for the end of the runtime.
    shutdown: Option<oneshot::Sender<()>>,
}

impl Pool {
    pub(crate) fn new(settings: TransportSettings) -> Self {
        Self { settings: Arc::new(settings), runtimes: Arc::default() }
    }

    pub(crate) fn settings(&self) -> &TransportSettings {
        &self.settings
    }

    /// Returns the clients for the current runtime, with or without TLS.
    pub(crate) async fn clients(&self, tls: bool) -> Result<Arc<Clients>, BoxError> {
        if let Some(clients) = self.existing(current()?.id(), tls) {
            return Ok(clients);
        }
        check_timers()?;
        check_io()?;
        // Loading certificates takes time, so the lock is not held.
        let config = if tls { self.settings.tls.config().await? } else { Tls::unused()? };
        Ok(self.add(&current()?, tls, Clients::new(&self.settings, config).into()))
    }

    fn existing(&self, runtime: Id, tls: bool) -> Option<Arc<Clients>> {
        lock(&self.runtimes).get(&runtime)?.get(tls).cloned()
    }

    /// Adds the clients of a runtime, unless another task has added some in the meantime.
    fn add(&self, runtime: &Handle, tls: bool, created: Arc<Clients>) -> Arc<Clients> {
        let id = runtime.id();
        let (clients, receiver) = {
            let mut runtimes = lock(&self.runtimes);
            let connections = runtimes.entry(id).or_default();
            (connections.get_or_insert(tls, &created), connections.subscribe())
        };
        // Spawned after the lock is released: if the runtime is shutting down, the task is dropped
        // at once, and dropping its guard takes the lock.
        if let Some(shutdown) = receiver {
            let guard = RuntimeGuard { runtimes: Arc::downgrade(&self.runtimes), id };
            runtime.spawn(async move {
                let _guard = guard;
                let _ = shutdown.await;
            });
        }
        clients
    }
}

impl Clients {
    fn new(settings: &Arc<TransportSettings>, tls: Arc<ClientConfig>) -> Self {
        let connector = Connector::new(settings, tls);
        // If an idle connection ends before any byte of a request was written to it, these clients
        // use another connection. They never write a request twice.
        let pooled = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(settings.idle_time)
            .pool_max_idle_per_host(settings.idle_connections)
            .build(connector.clone());
        let fresh =
            Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Self { pooled, fresh }
    }
}

impl Connections {
    fn get(&self, tls: bool) -> Option<&Arc<Clients>> {
        if tls { self.encrypted.as_ref() } else { self.plain.as_ref() }
    }

    fn get_or_insert(&mut self, tls: bool, clients: &Arc<Clients>) -> Arc<Clients> {
        let slot = if tls { &mut self.encrypted } else { &mut self.plain };
        Arc::clone(slot.get_or_insert_with(|| Arc::clone(clients)))
    }

    /// Returns a receiver that completes when these connections are dropped, or `None` if a task
    /// already waits for that.
    fn subscribe(&mut self) -> Option<oneshot::Receiver<()>> {
        if self.shutdown.is_some() {
            return None;
        }
        let (sender, receiver) = oneshot::channel();
        self.shutdown = Some(sender);
        Some(receiver)
    }
}

/// Owned by a task of the runtime. It is dropped when the runtime ends, and removes the runtime's
/// connections from the pool.
struct RuntimeGuard {
    runtimes: Weak<Mutex<Runtimes>>,
    id: Id,
}

impl Drop for RuntimeGuard {
    fn drop(&mut self) {
        let connections = self.runtimes.upgrade().and_then(|all| lock(&all).remove(&self.id));
        // Dropped after the lock is released, because dropping connections can run arbitrary code.
        drop(connections);
    }
}

/// Locks the map. It stays consistent if another thread panics: no operation under the lock leaves
/// it half updated.
fn lock(runtimes: &Mutex<Runtimes>) -> MutexGuard<'_, Runtimes> {
    runtimes.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};

    use super::*;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().expect("a runtime")
    }

    fn count(pool: &Pool) -> usize {
        lock(&pool.runtimes).len()
    }

    #[test]
    fn a_runtimes_connections_are_dropped_with_it() {
        let pool = Pool::default();
        let (first, second) = (runtime(), runtime());
        for runtime in [&first, &second, &first] {
            runtime.block_on(pool.clients(false)).expect("clients");
        }
        assert_eq!(count(&pool), 2);
        drop(first);
        assert_eq!(count(&pool), 1);
        drop(second);
        assert_eq!(count(&pool), 0);
    }

    #[test]
    fn dropping_a_pool_ends_its_tasks() {
        let runtime = runtime();
        let pool = Pool::default();
        runtime.block_on(async {
            pool.clients(false).await.expect("clients");
            assert_eq!(runtime.metrics().num_alive_tasks(), 1);
            drop(pool);
            tokio::task::yield_now().await;
            assert_eq!(runtime.metrics().num_alive_tasks(), 0);
        });
    }

    #[test]
    fn a_runtime_that_is_shutting_down_does_not_deadlock() {
        let pool = Arc::new(Pool::default());
        struct Late(Arc<Pool>, Handle);
        impl Drop for Late {
            fn drop(&mut self) {
                let clients = Clients::new(&self.0.settings, Tls::unused().expect("TLS"));
                self.0.add(&self.1, false, clients.into());
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
