//! Selects progress bars on a terminal, and lines elsewhere.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;

use super::{ProgressBars, ProgressLines};
use crate::Progress;

/// Reports the progress of one transfer on standard error.
#[must_use]
pub fn progress() -> Arc<dyn Progress> {
    if stderr().is_terminal() { Arc::new(ProgressBars::new()) } else { Arc::new(ProgressLines) }
}
