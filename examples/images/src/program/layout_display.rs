//! Displays the progress of generating a layout.

use indicatif::{ProgressBar, ProgressDrawTarget};

use super::bar::{Templates, bar, short_digest};
use super::display::is_terminal;
use super::{Size, err};
use crate::sample::SampleProgress;

/// Displays progress on standard error: a bar on a terminal, which is removed at the end, and lines
/// elsewhere.
#[derive(Debug)]
pub struct LayoutDisplay(Option<ProgressBar>);

impl LayoutDisplay {
    /// Selects a bar if standard error is a terminal that can move its cursor.
    #[must_use]
    pub fn of_stderr() -> Self {
        let total = || bar(0, Templates::of_stderr().total, "layers");
        Self(is_terminal().then(total))
    }

    /// Displays a report.
    pub fn report(&self, progress: SampleProgress) {
        match &self.0 {
            Some(bar) => draw(bar, progress),
            None => print(progress),
        }
    }
}

impl Drop for LayoutDisplay {
    fn drop(&mut self) {
        self.0.iter().for_each(ProgressBar::finish_and_clear);
    }
}

fn draw(bar: &ProgressBar, progress: SampleProgress) {
    match progress {
        SampleProgress::Planned { bytes, .. } => {
            bar.set_length(bytes);
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.tick();
        }
        SampleProgress::Written { bytes } => bar.inc(bytes),
        SampleProgress::Layer { .. } => {}
    }
}

fn print(progress: SampleProgress) {
    match progress {
        SampleProgress::Planned { layers: 1, bytes } => {
            err(format_args!("1 layer, {}", Size(bytes).rounded()))
        }
        SampleProgress::Planned { layers, bytes } => {
            err(format_args!("{layers} layers, {}", Size(bytes).rounded()));
        }
        SampleProgress::Written { .. } => {}
        SampleProgress::Layer { digest, size } => {
            let (digest, size) = (short_digest(&digest), Size(size).rounded().to_string());
            err(format_args!("{digest} {size:>10} written"));
        }
    }
}
