//! The open connections, of each tokio runtime its own.
//!
//! A connection is driven by a task of the runtime on which it was opened. From another runtime it
//! would look open and stand still as soon as its own runtime is not polled, and break off when
//! that one ends; so no call ever gets a connection of another runtime. Tests of a program that
//! share a client, each on a runtime of its own, are where this happens every time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;

use crate::http::builder::Settings;
use crate::http::connector::Connector;
use crate::http::tls::tls::Tls;

type HttpClient = Client<Connector, Full<Bytes>>;

/// What sends requests over the connections of one runtime.
#[derive(Clone)]
pub(crate) struct Clients {
    /// Over a connection that is open, or over a new one that is kept.
    pub(crate) pooled: HttpClient,
    /// Over a new connection, whatever is open. It is not kept.
    pub(crate) fresh: HttpClient,
}

/// The connections of all runtimes.
#[derive(Default)]
pub(crate) struct Pool {
    settings: Arc<Settings>,
    runtimes: Arc<Mutex<Runtimes>>,
}

type Runtimes = HashMap<Id, Connections>;

/// The connections of a runtime. Only those with TLS need root certificates, and they are many.
#[derive(Default)]
struct Connections {
    plain: Option<Clients>,
    encrypted: Option<Clients>,
    /// Dropped with this, it ends the task that waits for the runtime's end.
    watched: Option<oneshot::Sender<()>>,
}

impl Pool {
    pub(crate) fn new(settings: Settings) -> Self {
        Self { settings: Arc::new(settings), runtimes: Arc::default() }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The clients for the runtime that `runtime` belongs to.
    pub(crate) fn clients(&self, runtime: &Handle, tls: bool) -> Result<Clients, String> {
        let id = runtime.id();
        let (clients, watch) = {
            let mut runtimes = lock(&self.runtimes);
            let known = runtimes.get(&id).and_then(|connections| connections.of(tls));
            if let Some(clients) = known {
                return Ok(clients.clone());
            }
            let clients = Clients::new(&self.settings, tls)?;
            let connections = runtimes.entry(id).or_default();
            (connections.keep(tls, clients), connections.watch())
        };
        // Without the lock: where the runtime is just ending, the task ends at once.
        if let Some(released) = watch {
            let entry = Entry { runtimes: Arc::downgrade(&self.runtimes), id };
            runtime.spawn(async move {
                let _entry = entry;
                let _ = released.await;
            });
        }
        Ok(clients)
    }
}

impl Clients {
    fn new(settings: &Arc<Settings>, tls: bool) -> Result<Self, String> {
        let config = if tls { settings.tls.config()? } else { Tls::unused()? };
        let connector = Connector::new(settings, config);
        let pooled = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(settings.idle_time)
            .pool_max_idle_per_host(settings.idle_connections)
            .build(connector.clone());
        let fresh =
            Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector);
        Ok(Self { pooled, fresh })
    }
}

impl Connections {
    fn of(&self, tls: bool) -> Option<&Clients> {
        if tls { self.encrypted.as_ref() } else { self.plain.as_ref() }
    }

    fn keep(&mut self, tls: bool, clients: Clients) -> Clients {
        let place = if tls { &mut self.encrypted } else { &mut self.plain };
        place.insert(clients).clone()
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
    fn the_connections_of_a_runtime_end_with_it() {
        let pool = Pool::default();
        let (first, second) = (runtime(), runtime());
        for runtime in [&first, &second, &first] {
            let _guard = runtime.enter();
            pool.clients(runtime.handle(), false).expect("clients");
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
            pool.clients(runtime.handle(), false).expect("clients");
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
                self.0.clients(&self.1, false).expect("clients");
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
