//! Registers operations on the test server: validates requests, locks the store, and converts errors to
//! the exceptions of the operation.

use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use longshore::{Operation, OperationError, Unmodeled, validate};

use crate::Server;
use crate::registry::store::Store;
use crate::registry::store::error::ApiError;

/// A store that all handlers share. No handler awaits while it holds the lock.
pub(in crate::registry) type SharedStore = Arc<Mutex<Store>>;

/// Registers the operations of one store on a server.
pub(in crate::registry) struct Handlers<'a> {
    pub server: &'a Server,
    pub store: &'a SharedStore,
}

impl Handlers<'_> {
    /// Registers `function` as the handler of the operation. The handler holds no handle of the
    /// server, because the server would then never stop.
    pub(in crate::registry) fn add<O: Operation>(
        &self,
        function: fn(&mut Store, O) -> Result<O::Output, ApiError>,
    ) {
        let store = Arc::clone(self.store);
        self.server.on(move |request: O| {
            let valid =
                validate(&request).map_err(|error| ApiError::invalid_parameter(error.to_string()));
            let result = valid.and_then(|()| function(&mut lock(&store), request));
            ready(result.map_err(|error| exception(&error)))
        });
    }
}

/// Locks a store, ignoring panics of handlers: every change is made in one step.
pub(in crate::registry) fn lock(store: &SharedStore) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The exception of the operation with this code, or an unmodeled error if there is none.
fn exception<E: OperationError>(error: &ApiError) -> E {
    let body = error.body();
    let decode = |code| E::decode(code, &body);
    decode(error.code).or_else(|| decode(error.fallback_code)).unwrap_or_else(|| {
        let mut unmodeled = Unmodeled::new(400);
        unmodeled.code = Some(error.code.to_owned());
        unmodeled.message = Some(error.message().to_owned());
        E::unmodeled(unmodeled)
    })
}
