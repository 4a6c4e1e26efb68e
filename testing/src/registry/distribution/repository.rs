//! The repository of a request.

use super::error::DistributionError;
use crate::registry::store::Store;
use crate::registry::store::repository::Repository;

/// The maximum length of a repository name, in characters. The minimum is 2.
const MAX_NAME: usize = 256;

/// Rejects invalid repository names.
pub(super) fn check_name(store: &Store, name: &str) -> Result<(), DistributionError> {
    if !(2..=MAX_NAME).contains(&name.len()) {
        let length = name.len();
        return Err(DistributionError::invalid_name(format!(
            "the name of a repository must have 2 to {MAX_NAME} characters, not {length}"
        )));
    }
    let checked = store.kind.check_repository(name);
    checked.map_err(|error| DistributionError::invalid_name(error.message()))
}

/// Runs a push. If the repository does not exist and `create_on_push` is set, creates it first, and
/// removes it again if the push is rejected.
pub(super) fn push_to<T>(
    store: &mut Store,
    name: &str,
    push: impl FnOnce(&mut Store) -> Result<T, DistributionError>,
) -> Result<T, DistributionError> {
    let create = store.create_on_push && !store.repositories.contains_key(name);
    if create {
        store.create(name, Repository::new(store.clock.now()))?;
    }
    let result = push(store);
    if create && result.is_err() {
        store.repositories.remove(name);
    }
    result
}
