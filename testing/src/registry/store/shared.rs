//! A store that all handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Store;

/// A store that all handlers share. No handler awaits while it holds the lock.
pub(in crate::registry) type SharedStore = Arc<Mutex<Store>>;

/// Locks a store, ignoring panics of handlers: every change is made in one step.
pub(in crate::registry) fn lock(store: &SharedStore) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}
