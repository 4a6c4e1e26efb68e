//! The delay between two calls of a waiter.

use std::time::Duration;

/// Returns the delay after call number `attempts`, counted from 1, with `remaining` time until the
/// limit; `None` if there is no time for another call.
///
/// The delay is random, between the minimum and a bound that doubles with each call up to the
/// maximum. If less than the minimum would remain after the delay, it is shortened so that the
/// minimum remains for the last call.
pub(super) fn delay(
    (min, max): (Duration, Duration),
    attempts: u32,
    remaining: Option<Duration>,
) -> Option<Duration> {
    let doubled = 2u32.saturating_pow(attempts - 1);
    let bound = min.saturating_mul(doubled).min(max).max(min);
    let delay = min + (bound - min).mul_f64(fastrand::f64());
    match remaining {
        None => Some(delay),
        Some(remaining) if remaining <= min => None,
        Some(remaining) if remaining.saturating_sub(delay) <= min => Some(remaining - min),
        Some(_) => Some(delay),
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
    fn the_last_delay_leaves_time_for_a_call() {
        // After the first call the delay is always the minimum of two seconds.
        assert_eq!(delay(BOUNDS, 1, Some(10 * SECOND)), Some(2 * SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(4 * SECOND)), Some(2 * SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(3 * SECOND)), Some(SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(2 * SECOND)), None);
        assert_eq!(delay(BOUNDS, 1, Some(Duration::ZERO)), None);
        assert_eq!(delay((Duration::MAX, Duration::MAX), 3, None), Some(Duration::MAX));
    }
}
