//! A token bucket that limits retries.
//!
//! Without it, every call would send its request several times while a service is down. The bucket
//! is empty after about a hundred failures. From then on each call makes one attempt, until
//! successes have filled the bucket again.

use std::sync::atomic::{AtomicU32, Ordering};

/// A bucket of tokens, which all calls of a client and its clones share.
#[derive(Debug)]
pub(crate) struct TokenBucket(AtomicU32);

impl TokenBucket {
    /// The number of tokens in a full bucket, and the initial number.
    pub(crate) const CAPACITY: u32 = 500;

    /// Takes `tokens` and returns true, or takes none and returns false if there are fewer.
    pub(crate) fn take(&self, tokens: u32) -> bool {
        let less = |available: u32| available.checked_sub(tokens);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// Puts tokens back, up to the capacity.
    pub(crate) fn put(&self, tokens: u32) {
        let more = |available: u32| {
            // As long as nothing fails, the bucket is full and there is no write to shared memory.
            (available < Self::CAPACITY)
                .then(|| available.saturating_add(tokens).min(Self::CAPACITY))
        };
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

impl Default for TokenBucket {
    fn default() -> Self {
        Self(AtomicU32::new(Self::CAPACITY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn available(bucket: &TokenBucket) -> u32 {
        bucket.0.load(Ordering::Relaxed)
    }

    #[test]
    fn the_number_of_tokens_stays_between_zero_and_the_capacity() {
        let bucket = TokenBucket::default();
        assert_eq!(available(&bucket), 500);
        bucket.put(1);
        assert_eq!(available(&bucket), 500);
        assert!(bucket.take(498));
        assert!(!bucket.take(3));
        assert_eq!(available(&bucket), 2);
        assert!(bucket.take(2));
        assert!(!bucket.take(1));
        bucket.put(14);
        assert_eq!(available(&bucket), 14);
        bucket.put(u32::MAX);
        assert_eq!(available(&bucket), 500);
    }

    #[test]
    fn concurrent_threads_take_each_token_once() {
        let bucket = TokenBucket::default();
        let taken = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while bucket.take(5) {
                        taken.fetch_add(5, Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(taken.into_inner(), 500);
    }
}
