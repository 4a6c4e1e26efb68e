//! How long a waiter waits before it calls again.

use std::time::Duration;

/// The delay behind call number `attempts`, counted from 1, with `left` until the end; `None` where
/// there is no time for another call.
///
/// It is a random one between the least and a bound that doubles with each call. Where less than
/// the least would be left behind it, it is cut so that the least is left, in which the last call
/// is made.
pub(super) fn delay(
    (least, most): (Duration, Duration),
    attempts: u32,
    left: Option<Duration>,
) -> Option<Duration> {
    let doubled = 2u32.saturating_pow(attempts - 1);
    let bound = least.saturating_mul(doubled).min(most).max(least);
    let chosen = least + (bound - least).mul_f64(fastrand::f64());
    match left {
        None => Some(chosen),
        Some(left) if left <= least => None,
        Some(left) if left.saturating_sub(chosen) <= least => Some(left - least),
        Some(_) => Some(chosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const BOUNDS: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(120));

    #[test]
    fn delays_grow_between_the_least_and_the_most() {
        for (attempts, most) in
            [(1, 2), (2, 4), (3, 8), (6, 64), (7, 120), (8, 120), (u32::MAX, 120)]
        {
            let delays: Vec<_> = (0..200).filter_map(|_| delay(BOUNDS, attempts, None)).collect();
            assert_eq!(delays.len(), 200);
            assert!(delays.iter().all(|d| (2 * SECOND..=most * SECOND).contains(d)), "{attempts}");
            let widest = delays.iter().max().expect("delays");
            assert!(attempts == 1 || *widest > most * SECOND / 2, "{attempts}: {widest:?}");
        }
    }

    #[test]
    fn the_last_delay_leaves_time_for_a_call() {
        // Behind the first call there is no choice: two seconds.
        assert_eq!(delay(BOUNDS, 1, Some(10 * SECOND)), Some(2 * SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(4 * SECOND)), Some(2 * SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(3 * SECOND)), Some(SECOND));
        assert_eq!(delay(BOUNDS, 1, Some(2 * SECOND)), None);
        assert_eq!(delay(BOUNDS, 1, Some(Duration::ZERO)), None);
        assert_eq!(delay((Duration::MAX, Duration::MAX), 3, None), Some(Duration::MAX));
    }
}
