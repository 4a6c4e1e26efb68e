//! Progress on a terminal: a bar for each active blob, and one for the total.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{Blob, BlobStatus, Digest, Progress};

/// The prefix is as wide as a short digest.
const BLOB_TEMPLATE: &str = "{prefix} {wide_bar} {decimal_bytes:>10} of {decimal_total_bytes:>10}";
const TOTAL_TEMPLATE: &str = "{prefix} {wide_bar} {decimal_bytes:>10} of {decimal_total_bytes:>10} {decimal_bytes_per_sec:>12}";

/// Draws progress bars. Dropping it removes them from the terminal.
#[derive(Debug)]
pub struct ProgressBars {
    all: MultiProgress,
    total: ProgressBar,
    active: Mutex<HashMap<Digest, ProgressBar>>,
}

impl ProgressBars {
    /// Draws on standard error.
    #[must_use]
    pub fn new() -> Self {
        Self::on(ProgressDrawTarget::stderr())
    }

    fn on(target: ProgressDrawTarget) -> Self {
        let all = MultiProgress::with_draw_target(target);
        let total = ProgressBar::new(0).with_style(style(TOTAL_TEMPLATE));
        total.set_prefix(format!("{:12}", "total"));
        Self { all, total, active: Mutex::default() }
    }

    fn active(&self) -> MutexGuard<'_, HashMap<Digest, ProgressBar>> {
        // After a panic, the other bars can still be drawn.
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, blob: &Blob) -> ProgressBar {
        let bar = ProgressBar::new(blob.size).with_style(style(BLOB_TEMPLATE));
        let bar = self.all.insert_before(&self.total, bar);
        bar.set_prefix(short_digest(&blob.digest));
        bar
    }
}

impl Default for ProgressBars {
    fn default() -> Self {
        Self::new()
    }
}

/// The templates are valid; a test checks that.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The first digits of a digest.
pub(super) fn short_digest(digest: &Digest) -> String {
    digest.to_string().chars().skip("sha256:".len()).take(12).collect()
}

impl Progress for ProgressBars {
    fn planned(&self, blobs: &[Blob]) {
        self.total.set_length(blobs.iter().map(|blob| blob.size).fold(0, u64::saturating_add));
        // Drawn now, because a bar without a length appears full.
        self.all.add(self.total.clone()).tick();
    }

    fn started(&self, blob: &Blob) {
        let bar = self.add(blob);
        self.active().insert(blob.digest, bar);
    }

    fn moved(&self, blob: &Blob, bytes: u64) {
        self.total.inc(bytes);
        if let Some(bar) = self.active().get(&blob.digest) {
            bar.inc(bytes);
        }
    }

    fn finished(&self, blob: &Blob, status: BlobStatus) {
        if let Some(bar) = self.active().remove(&blob.digest) {
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
        // Fails only if the terminal is gone.
        let _ = self.all.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(content: &[u8], size: u64) -> Blob {
        Blob { digest: Digest::of(content), size, media_type: String::new() }
    }

    #[test]
    fn the_total_excludes_blobs_that_are_present() {
        let bars = ProgressBars::on(ProgressDrawTarget::hidden());
        let (present, layer) = (blob(b"present", 30), blob(b"layer", 70));
        bars.planned(&[present.clone(), layer.clone()]);
        assert_eq!(bars.total.length(), Some(100));
        bars.finished(&present, BlobStatus::AlreadyPresent);
        bars.started(&layer);
        bars.moved(&layer, 50);
        assert_eq!((bars.total.position(), bars.total.length()), (50, Some(70)));
        assert_eq!(bars.active().get(&layer.digest).map(ProgressBar::position), Some(50));
        bars.moved(&layer, 20);
        bars.finished(&layer, BlobStatus::Moved);
        assert_eq!((bars.total.position(), bars.total.length()), (70, Some(70)));
        assert!(bars.active().is_empty());
    }

    #[test]
    fn a_short_digest_has_twelve_digits() {
        assert_eq!(short_digest(&Digest::of(b"")), "e3b0c44298fc");
    }

    #[test]
    fn the_templates_are_valid() {
        for template in [BLOB_TEMPLATE, TOTAL_TEMPLATE] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
