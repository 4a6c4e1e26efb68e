//! Between the test server and a registry: a request is checked, answered under a lock, and a refusal
//! becomes the operation's own exception.

use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use longshore::{Operation, OperationError, Unmodelled, validate};

use crate::Server;
use crate::registry::store::Store;
use crate::registry::store::refusal::Refusal;

/// A registry that many handlers share. None of them waits while it has the lock.
pub(in crate::registry) type Shared = Arc<Mutex<Store>>;

/// Where the operations of one registry are put on a server.
pub(in crate::registry) struct Counter<'a> {
    pub server: &'a Server,
    pub store: &'a Shared,
}

impl Counter<'_> {
    /// Lets `answer` answer the operation. The handler holds no handle of the server, which would
    /// keep it from ever stopping.
    pub(in crate::registry) fn on<O: Operation>(
        &self,
        answer: fn(&mut Store, O) -> Result<O::Output, Refusal>,
    ) {
        let store = Arc::clone(self.store);
        self.server.on(move |request: O| {
            let checked = validate(&request).map_err(|error| Refusal::parameter(error.to_string()));
            let answered = checked.and_then(|()| answer(&mut lock(&store), request));
            ready(answered.map_err(|refusal| exception(&refusal)))
        });
    }
}

/// The registry, also after a handler has panicked: each change is made in one step.
pub(in crate::registry) fn lock(store: &Shared) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The exception of the operation that says this.
fn exception<E: OperationError>(refusal: &Refusal) -> E {
    let body = refusal.body();
    let decode = |code| E::decode(code, &body);
    decode(refusal.code).or_else(|| decode(refusal.otherwise)).unwrap_or_else(|| {
        let mut error = Unmodelled::new(400);
        error.code = Some(refusal.code.to_owned());
        error.message = Some(refusal.message().to_owned());
        E::unmodelled(error)
    })
}
