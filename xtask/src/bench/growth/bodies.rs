//! Measures calls with large requests and with large responses.

use std::error::Error;

use super::super::{
    calls::program::{Calls, OURS},
    figures::{Figure, Quantity, Samples},
    measured,
};

pub(super) const REQUESTS: &str = "Request bodies";
pub(super) const RESPONSES: &str = "Response bodies";

const SIZES: [(u64, &str); 6] = [
    (1_000, "1 kB"),
    (10_000, "10 kB"),
    (100_000, "100 kB"),
    (1_000_000, "1 MB"),
    (10_000_000, "10 MB"),
    (100_000_000, "100 MB"),
];

/// The number of bytes to transfer for each row. Within limits, it determines the number of calls.
const BYTES: u64 = 200_000_000;

pub(super) fn measure(url: &str, rounds: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    let mut figures = Vec::new();
    for (table, operation) in [(REQUESTS, "UploadLayerPart"), (RESPONSES, "BatchGetImage")] {
        for (bytes, what) in SIZES {
            errln!("{table}: {what}");
            let url = format!("{url}/{bytes}");
            let (warm, calls) = counts(bytes);
            let many = Calls { url: &url, operation, bytes, warm, calls, tasks: 1, threads: 1 };
            let one = Calls { warm: 0, calls: 1, ..many };
            let figure =
                |quantity, samples| Figure::new(table, what, quantity, samples).of_size(bytes);
            let (cpu, peaks) = repeated(&many, &one, rounds)?;
            figures.push(figure(Quantity::Cpu, cpu));
            figures.extend(peaks.map(|peaks| figure(Quantity::PeakMemory, peaks)));
        }
    }
    Ok(figures)
}

/// The number of calls before the measurement, and of measured calls.
fn counts(bytes: u64) -> (u32, u32) {
    let calls = u32::try_from((BYTES / bytes).clamp(2, 2000)).unwrap_or(u32::MAX);
    ((calls / 10).max(1), calls)
}

/// The CPU time per call of a process that makes many calls, and the peak memory of one that makes
/// one call.
fn repeated(
    many: &Calls<'_>,
    one: &Calls<'_>,
    rounds: u32,
) -> Result<(Samples, Option<Samples>), Box<dyn Error>> {
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        times.push(OURS.measure(many)?.cpu);
        peaks.push(OURS.measure(one)?.peak);
    }
    Ok((Samples::seconds(times), measured::peaks(peaks)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_bodies_are_sent_at_least_twice_and_small_ones_not_too_often() {
        let counts: Vec<_> = SIZES.iter().map(|(bytes, _)| counts(*bytes)).collect();
        let expected = [(200, 2000), (200, 2000), (200, 2000), (20, 200), (2, 20), (1, 2)];
        assert_eq!(counts, expected);
    }
}
