//! Limits how long examples are searched for. Both the structures and the patterns of a model can
//! describe searches that never end in practice.

use std::cell::Cell;

/// The maximum number of steps for one example; published models need a hundredth of it.
const MAX_STEPS: usize = 1_000_000;

/// The maximum number of steps for all examples of a service.
const MAX_STEPS_OF_SERVICE: usize = 100_000_000;

/// The steps that remain. A step takes a few nanoseconds.
#[derive(Debug)]
pub(super) struct Steps {
    of_example: Cell<usize>,
    of_service: Cell<usize>,
}

impl Steps {
    /// The steps for the examples of a service.
    pub(super) fn new() -> Self {
        Self { of_example: Cell::new(MAX_STEPS), of_service: Cell::new(MAX_STEPS_OF_SERVICE) }
    }

    /// Starts another example.
    pub(super) fn renew(&self) {
        self.of_example.set(MAX_STEPS);
    }

    /// Takes a number of steps; `None` if they do not remain.
    pub(super) fn take(&self, count: usize) -> Option<()> {
        for steps in [&self.of_example, &self.of_service] {
            // The rest is unusable, so that a search cannot continue with smaller steps.
            let rest = steps.get().checked_sub(count);
            steps.set(rest.unwrap_or(0));
            rest?;
        }
        Some(())
    }
}
