//! A progress that writes down what it hears, and one that says when it is time to interrupt.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use longshore_images::{Blob, Digest, Outcome, Progress};
use tokio::sync::Notify;

/// What was heard of a blob.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    pub size: u64,
    pub started: bool,
    pub moved: u64,
    pub outcome: Option<Outcome>,
}

#[derive(Debug, Default)]
pub struct Listener {
    heard: Mutex<BTreeMap<Digest, Heard>>,
    /// The most blobs that were under way at once.
    most: Mutex<usize>,
}

impl Listener {
    pub fn heard(&self) -> BTreeMap<Digest, Heard> {
        self.heard.lock().expect("no test panics in it").clone()
    }

    pub fn most_at_once(&self) -> usize {
        *self.most.lock().expect("no test panics in it")
    }

    fn change(&self, blob: &Blob, change: impl FnOnce(&mut Heard)) {
        let mut heard = self.heard.lock().expect("no test panics in it");
        change(heard.get_mut(&blob.digest).expect("it was planned"));
        let under_way = heard.values().filter(|it| it.started && it.outcome.is_none()).count();
        let mut most = self.most.lock().expect("no test panics in it");
        *most = under_way.max(*most);
    }
}

impl Progress for Listener {
    fn planned(&self, blobs: &[Blob]) {
        let blobs =
            blobs.iter().map(|blob| (blob.digest, Heard { size: blob.size, ..Heard::default() }));
        self.heard.lock().expect("no test panics in it").extend(blobs);
    }

    fn started(&self, blob: &Blob) {
        self.change(blob, |heard| heard.started = true);
    }

    fn moved(&self, blob: &Blob, bytes: u64) {
        self.change(blob, |heard| heard.moved += bytes);
    }

    fn finished(&self, blob: &Blob, outcome: Outcome) {
        self.change(blob, |heard| heard.outcome = Some(outcome));
    }
}

/// Ends a transfer when so many bytes have been moved.
#[derive(Debug)]
pub struct Interruption {
    left: AtomicU64,
    time: Notify,
}

impl Interruption {
    pub fn after(bytes: u64) -> Arc<Self> {
        Arc::new(Self { left: AtomicU64::new(bytes), time: Notify::new() })
    }

    /// Runs a transfer until the bytes have been moved, and drops it.
    pub async fn of<T>(&self, transfer: impl Future<Output = T>) {
        tokio::select! {
            biased;
            () = self.time.notified() => {}
            _ = transfer => panic!("the transfer ended before it was interrupted"),
        }
    }
}

impl Progress for Interruption {
    fn moved(&self, _: &Blob, bytes: u64) {
        let before = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            Some(left.saturating_sub(bytes))
        });
        if before.is_ok_and(|before| (1..=bytes).contains(&before)) {
            self.time.notify_one();
        }
    }
}
