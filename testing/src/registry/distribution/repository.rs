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

/// Returns the repository of a push. Creates it first if it does not exist and `create_on_push` is
/// set.
pub(super) fn pushed_repository<'a>(
    store: &'a mut Store,
    name: &str,
) -> Result<&'a mut Repository, DistributionError> {
    if store.create_on_push && !store.repositories.contains_key(name) {
        store.create(name, Repository::new(store.clock.now()))?;
    }
    Ok(store.repository(None, name)?)
}
