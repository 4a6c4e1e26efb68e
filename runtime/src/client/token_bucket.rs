//! The tokens that further attempts cost.
//!
//! While a service is down, every call of a client would otherwise send its request three times. The
//! bucket empties after some hundred failures, and then each call is attempted once until successes
//! fill it again. Nothing here knows what a token pays for.

use std::sync::atomic::{AtomicU32, Ordering};

/// A bucket of tokens, shared by all calls of a client and its clones.
#[derive(Debug)]
pub(crate) struct TokenBucket(AtomicU32);

impl TokenBucket {
    /// How many tokens a bucket has at the beginning, and never more.
    pub(crate) const CAPACITY: u32 = 500;

    /// Takes so many tokens, or none where there are fewer.
    pub(crate) fn take(&self, tokens: u32) -> bool {
        let less = |held: u32| held.checked_sub(tokens);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// Puts tokens back.
    pub(crate) fn put(&self, tokens: u32) {
        let more = |held: u32| {
            // While nothing fails it is full, and then nobody has to write to it.
            (held < Self::CAPACITY).then(|| held.saturating_add(tokens).min(Self::CAPACITY))
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

    fn held(bucket: &TokenBucket) -> u32 {
        bucket.0.load(Ordering::Relaxed)
    }

    #[test]
    fn it_is_never_below_nothing_and_never_above_its_capacity() {
        let bucket = TokenBucket::default();
        assert_eq!(held(&bucket), 500);
        bucket.put(1);
        assert_eq!(held(&bucket), 500);
        assert!(bucket.take(498));
        assert!(!bucket.take(3));
        assert_eq!(held(&bucket), 2);
        assert!(bucket.take(2));
        assert!(!bucket.take(1));
        bucket.put(14);
        assert_eq!(held(&bucket), 14);
        bucket.put(u32::MAX);
        assert_eq!(held(&bucket), 500);
    }

    #[test]
    fn threads_lose_no_token_and_find_none_twice() {
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
