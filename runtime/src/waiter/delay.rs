//! The delay between two calls of a waiter.

use std::time::Duration;

use crate::random;

/// Returns the delay after call number `attempts`, counted from 1, with `remaining` time until the
/// limit; `None` if the limit is reached.
///
/// The delay is random, between the minimum and a bound that doubles with each call up to the
/// maximum. If it would end after the limit, it is shortened, so that the last call is made at the
/// limit. Smithy's algorithm instead ends the wait as soon as less than the minimum remains: with a
/// minimum of 5 s, a limit of 7 s would end the wait after 2 s.
pub(super) fn delay(
    (min, max): (Duration, Duration),
    attempts: u32,
    remaining: Option<Duration>,
) -> Option<Duration> {
    let doubled = 2u32.saturating_pow(attempts - 1);
    let bound = min.saturating_mul(doubled).min(max).max(min);
    let delay = min + (bound - min).mul_f64(random::fraction());
    match remaining {
        None => Some(delay),
        Some(Duration::ZERO) => None,
        Some(remaining) => Some(delay.min(remaining)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const BOUNDS: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(120));

    #[test]
    fn delays_grow_from_the_minimum_to_the_maximum() {
        for (attempts, max) in
            [(1, 2), (2, 4), (3, 8), (6, 64), (7, 120), (8, 120), (u32::MAX, 120)]
        {
            let delays: Vec<_> = (0..200).filter_map(|_| delay(BOUNDS, attempts, None)).collect();
            assert_eq!(delays.len(), 200);
            assert!(delays.iter().all(|d| (2 * SECOND..=max * SECOND).contains(d)), "{attempts}");
            let widest = delays.iter().max().expect("delays");
            assert!(attempts == 1 || *widest > max * SECOND / 2, "{attempts}: {widest:?}");
        }
    }

    #[test]
    fn the_last_delay_ends_at_the_limit() {
        // After the first call the delay is always the minimum of two seconds.
        assert_eq!(delay(BOUNDS, 1, Some(10 * SECOND)), Some(2 * SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(2 * SECOND)), Some(2 * SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(SECOND)), Some(SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(Duration::from_nanos(1))), Some(Duration::from_nanos(1)));
        assert_eq!(delay(BOUNDS, 1, Some(Duration::ZERO)), None);
        assert_eq!(delay((Duration::MAX, Duration::MAX), 3, None), Some(Duration::MAX));
    }
}
