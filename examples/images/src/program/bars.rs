//! Progress on a terminal: a bar for each active blob, and one for the total.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget};

use super::bar::{Templates, bar, short_digest};
use crate::{Blob, BlobStatus, Digest, Progress};

/// Draws progress bars. [`end`](Self::end) and dropping the value remove them from the terminal;
/// [`freeze`](Self::freeze) leaves them there.
#[derive(Debug)]
pub struct ProgressBars {
    all: MultiProgress,
    total: ProgressBar,
    templates: Templates,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    active: HashMap<Digest, ProgressBar>,
    /// Reports after the end are ignored, because other output follows.
    ended: bool,
}

impl ProgressBars {
    /// Draws on standard error.
    #[must_use]
    pub fn new() -> Self {
        Self::on(ProgressDrawTarget::stderr(), Templates::of_stderr())
    }

    fn on(target: ProgressDrawTarget, templates: Templates) -> Self {
        let all = MultiProgress::with_draw_target(target);
        let total = bar(0, templates.total, "total");
        Self { all, total, templates, state: Mutex::default() }
    }

    /// Leaves the bars on the terminal as they are, and draws nothing afterwards. After Ctrl-C, the
    /// bars cannot be removed, because the terminal's echo has moved the cursor.
    pub fn freeze(&self) {
        self.state().ended = true;
    }

    /// Removes the bars from the terminal, and draws nothing afterwards.
    pub fn end(&self) {
        let Some(mut state) = self.open_state() else { return };
        state.ended = true;
        // Dropping a bar would draw it again.
        state.active.drain().for_each(|(_, bar)| bar.finish_and_clear());
        self.total.finish_and_clear();
        // Fails only if the terminal is gone.
        let _ = self.all.clear();
    }

    /// The lock is held while bars change, so that none of them is drawn after the end.
    fn state(&self) -> MutexGuard<'_, State> {
        // After a panic, the other bars can still be drawn.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, unless the display has ended.
    fn open_state(&self) -> Option<MutexGuard<'_, State>> {
        Some(self.state()).filter(|state| !state.ended)
    }
}

impl Default for ProgressBars {
    fn default() -> Self {
        Self::new()
    }
}

impl Progress for ProgressBars {
    fn planned(&self, blobs: &[Blob]) {
        let Some(_state) = self.open_state() else { return };
        self.total.set_length(blobs.iter().map(|blob| blob.size).fold(0, u64::saturating_add));
        self.all.add(self.total.clone()).tick();
    }

    fn started(&self, blob: &Blob) {
        let Some(mut state) = self.open_state() else { return };
        let bar = bar(blob.size, self.templates.blob, &short_digest(&blob.digest));
        let bar = self.all.insert_before(&self.total, bar);
        bar.tick();
        state.active.insert(blob.digest, bar);
    }

    fn moved(&self, blob: &Blob, bytes: u64) {
        let Some(state) = self.open_state() else { return };
        self.total.inc(bytes);
        if let Some(bar) = state.active.get(&blob.digest) {
            bar.inc(bytes);
        }
    }

    fn finished(&self, blob: &Blob, status: BlobStatus) {
        let Some(mut state) = self.open_state() else { return };
        if let Some(bar) = state.active.remove(&blob.digest) {
            bar.finish_and_clear();
        }
        if status == BlobStatus::AlreadyPresent {
            // Not counted as moved, which would inflate the rate.
            self.total.dec_length(blob.size);
        }
    }
}

impl Drop for ProgressBars {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(content: &[u8], size: u64) -> Blob {
        Blob { digest: Digest::of(content), size, media_type: String::new(), data: None }
    }

    #[test]
    fn the_total_excludes_blobs_that_are_present() {
        let bars = ProgressBars::on(ProgressDrawTarget::hidden(), Templates::WIDE);
        let (present, layer) = (blob(b"present", 30), blob(b"layer", 70));
        bars.planned(&[present.clone(), layer.clone()]);
        assert_eq!(bars.total.length(), Some(100));
        bars.finished(&present, BlobStatus::AlreadyPresent);
        bars.started(&layer);
        bars.moved(&layer, 50);
        assert_eq!((bars.total.position(), bars.total.length()), (50, Some(70)));
        let position = bars.state().active.get(&layer.digest).map(ProgressBar::position);
        assert_eq!(position, Some(50));
        bars.moved(&layer, 20);
        bars.finished(&layer, BlobStatus::Moved);
        assert_eq!((bars.total.position(), bars.total.length()), (70, Some(70)));
        assert!(bars.state().active.is_empty());
    }

    #[test]
    fn reports_after_the_end_are_ignored() {
        let bars = ProgressBars::on(ProgressDrawTarget::hidden(), Templates::WIDE);
        let layer = blob(b"layer", 70);
        bars.planned(std::slice::from_ref(&layer));
        bars.end();
        bars.started(&layer);
        bars.moved(&layer, 50);
        bars.finished(&layer, BlobStatus::Moved);
        assert!(bars.state().active.is_empty());
        assert!(bars.total.is_finished());
    }
}
