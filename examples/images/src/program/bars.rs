//! Progress on a terminal: a bar for each blob that moves, and one for all of them.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{Blob, Digest, Outcome, Progress};

/// What stands before each bar is as wide as the beginning of a digest that is shown.
const LAYER: &str = "{prefix} {wide_bar} {decimal_bytes:>10} of {decimal_total_bytes:>10}";
const TOTAL: &str = "{prefix} {wide_bar} {decimal_bytes:>10} of {decimal_total_bytes:>10} {decimal_bytes_per_sec:>12}";

/// Draws them. Dropping it removes them from the terminal.
#[derive(Debug)]
pub struct Bars {
    all: MultiProgress,
    total: ProgressBar,
    moving: Mutex<HashMap<Digest, ProgressBar>>,
}

impl Bars {
    /// On the standard error.
    #[must_use]
    pub fn new() -> Self {
        Self::on(ProgressDrawTarget::stderr())
    }

    fn on(target: ProgressDrawTarget) -> Self {
        let all = MultiProgress::with_draw_target(target);
        let total = ProgressBar::new(0).with_style(style(TOTAL));
        total.set_prefix(format!("{:12}", "total"));
        Self { all, total, moving: Mutex::default() }
    }

    fn moving(&self) -> MutexGuard<'_, HashMap<Digest, ProgressBar>> {
        // A bar that could not be drawn is no reason to draw none.
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, blob: &Blob) -> ProgressBar {
        let bar = ProgressBar::new(blob.size).with_style(style(LAYER));
        let bar = self.all.insert_before(&self.total, bar);
        bar.set_prefix(short(&blob.digest));
        bar
    }
}

impl Default for Bars {
    fn default() -> Self {
        Self::new()
    }
}

/// A template of our own is right; were it not, the bar would look otherwise.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The beginning of a digest, which tells layers apart.
pub(super) fn short(digest: &Digest) -> String {
    digest.to_string().chars().skip("sha256:".len()).take(12).collect()
}

impl Progress for Bars {
    fn planned(&self, blobs: &[Blob]) {
        self.total.set_length(blobs.iter().map(|blob| blob.size).fold(0, u64::saturating_add));
        // Not before: without a length it would be full.
        self.all.add(self.total.clone()).tick();
    }

    fn started(&self, blob: &Blob) {
        let bar = self.add(blob);
        self.moving().insert(blob.digest, bar);
    }

    fn moved(&self, blob: &Blob, bytes: u64) {
        self.total.inc(bytes);
        if let Some(bar) = self.moving().get(&blob.digest) {
            bar.inc(bytes);
        }
    }

    fn finished(&self, blob: &Blob, outcome: Outcome) {
        if let Some(bar) = self.moving().remove(&blob.digest) {
            bar.finish_and_clear();
        }
        if outcome == Outcome::AlreadyThere {
            // Not as if it had been moved: the rate would be too good.
            self.total.dec_length(blob.size);
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        // A terminal that is gone needs no tidying.
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
    fn the_total_is_what_has_to_be_moved() {
        let bars = Bars::on(ProgressDrawTarget::hidden());
        let (there, layer) = (blob(b"there", 30), blob(b"layer", 70));
        bars.planned(&[there.clone(), layer.clone()]);
        assert_eq!(bars.total.length(), Some(100));
        bars.finished(&there, Outcome::AlreadyThere);
        bars.started(&layer);
        bars.moved(&layer, 50);
        assert_eq!((bars.total.position(), bars.total.length()), (50, Some(70)));
        assert_eq!(bars.moving().get(&layer.digest).map(ProgressBar::position), Some(50));
        bars.moved(&layer, 20);
        bars.finished(&layer, Outcome::Moved);
        assert_eq!((bars.total.position(), bars.total.length()), (70, Some(70)));
        assert!(bars.moving().is_empty());
    }

    #[test]
    fn a_digest_is_shown_by_its_beginning() {
        assert_eq!(short(&Digest::of(b"")), "e3b0c44298fc");
    }

    #[test]
    fn the_templates_are_right() {
        for template in [LAYER, TOTAL] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
