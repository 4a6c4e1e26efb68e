//! The clock that decides whether credentials are expired.

use std::sync::Arc;
use std::time::SystemTime;

/// Returns the current time. Tests use their own clock.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    #[cfg(test)]
    pub(crate) fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.0)()
    }
}

/// The clock of the operating system.
impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(crate::clock::now))
    }
}
