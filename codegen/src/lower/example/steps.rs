//! Limits the search for examples. The structures and the patterns of a model can both lead to
//! searches that practically never end.

use std::cell::Cell;

/// The maximum number of steps for one example, a hundred times what published models need.
const MAX_STEPS: usize = 1_000_000;

/// The maximum number of steps for all examples of a service.
const MAX_STEPS_OF_SERVICE: usize = 100_000_000;

/// The remaining steps. A step takes a few nanoseconds.
#[derive(Debug)]
pub(super) struct Steps {
    of_example: Cell<usize>,
    of_service: Cell<usize>,
}

impl Steps {
    /// Creates the steps for the examples of a service.
    pub(super) fn new() -> Self {
        Self { of_example: Cell::new(MAX_STEPS), of_service: Cell::new(MAX_STEPS_OF_SERVICE) }
    }

    /// Starts another example.
    pub(super) fn renew(&self) {
        self.of_example.set(MAX_STEPS);
    }

    /// Takes a number of steps. Returns `None` if fewer remain.
    pub(super) fn take(&self, count: usize) -> Option<()> {
        for steps in [&self.of_example, &self.of_service] {
            // If too few remain, they are discarded, so that the search does not continue with
            // cheaper work.
            let rest = steps.get().checked_sub(count);
            steps.set(rest.unwrap_or(0));
            rest?;
        }
        Some(())
    }
}
