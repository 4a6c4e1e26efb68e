//! The repetitions of a measurement.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Repeated measurements of the same value, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// A value that was measured once.
    pub(crate) fn one(value: f64) -> Self {
        Self(vec![value])
    }

    /// Durations, in seconds.
    pub(crate) fn seconds(times: impl IntoIterator<Item = Duration>) -> Self {
        times.into_iter().map(|time| time.as_secs_f64()).collect()
    }

    /// The number of repetitions.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The median; for an even number of values, the upper of the two middle ones. Zero if there is
    /// no value.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    /// The least value.
    pub(crate) fn least(&self) -> f64 {
        self.0.iter().copied().min_by(f64::total_cmp).unwrap_or_default()
    }

    /// The greatest value.
    pub(crate) fn greatest(&self) -> f64 {
        self.0.iter().copied().max_by(f64::total_cmp).unwrap_or_default()
    }

    /// The difference between the greatest and the least value, as a fraction of the median. `None`
    /// if there are fewer than two values, or if the median is not positive.
    pub(crate) fn spread(&self) -> Option<f64> {
        let median = self.median();
        (self.0.len() > 1 && median > 0.0).then(|| (self.greatest() - self.least()) / median)
    }

    /// The ratios to another program's values. If both have the same number of rounds, the values
    /// are divided round by round, because those of a round were measured one after another.
    /// Otherwise, the medians are divided.
    pub(crate) fn divided_by(&self, other: &Self) -> Self {
        if self.0.len() == other.0.len() {
            return self.0.iter().zip(&other.0).map(|(above, below)| above / below).collect();
        }
        Self::one(self.median() / other.median())
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_of_the_sorted_values() {
        let table: [(&[f64], f64); 4] =
            [(&[], 0.0), (&[7.0], 7.0), (&[9.0, 1.0, 5.0], 5.0), (&[4.0, 1.0, 3.0, 2.0], 3.0)];
        for (values, expected) in table {
            let samples: Samples = values.iter().copied().collect();
            assert_eq!(samples.median(), expected, "{values:?}");
        }
    }

    #[test]
    fn the_spread_is_relative_to_the_median() {
        let samples = |values: &[f64]| values.iter().copied().collect::<Samples>();
        assert_eq!(samples(&[90.0, 100.0, 115.0]).spread(), Some(0.25));
        assert_eq!(samples(&[5.0, 5.0]).spread(), Some(0.0));
        for unknown in [samples(&[]), samples(&[100.0]), samples(&[0.0, 0.0])] {
            assert_eq!(unknown.spread(), None, "{unknown:?}");
        }
    }

    #[test]
    fn rounds_are_divided_one_by_one_if_their_numbers_are_equal() {
        let ours: Samples = [10.0, 20.0, 40.0].into_iter().collect();
        let same: Samples = [20.0, 40.0, 40.0].into_iter().collect();
        assert_eq!(ours.divided_by(&same), [0.5, 0.5, 1.0].into_iter().collect());
        assert_eq!(ours.divided_by(&Samples::one(80.0)), Samples::one(0.25));
    }
}
