//! How progress is shown: bars on a terminal, lines anywhere else.

use std::io::{IsTerminal, stderr};
use std::sync::Arc;

use super::{Bars, Lines};
use crate::Progress;

/// What shows the progress of one transfer, where its output goes.
#[must_use]
pub fn progress() -> Arc<dyn Progress> {
    if stderr().is_terminal() { Arc::new(Bars::new()) } else { Arc::new(Lines) }
}
