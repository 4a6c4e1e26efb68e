//! Formats the Markdown table of pushes and pulls.

use std::fmt;

use super::{
    super::{
        figures::{Figure, Quantity},
        table::line,
    },
    MIB,
};
use crate::text::number::or_dash;

/// An image whose layers have equal sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Image {
    pub(super) layers: u64,
    /// The size of each layer in bytes.
    pub(super) layer: u64,
}

impl fmt::Display for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layers = if self.layers == 1 { "layer" } else { "layers" };
        write!(f, "{} {layers} of {} MiB", self.layers, self.layer / MIB)
    }
}

const HEADINGS: [&str; 5] = ["image", "time", "MB/s", "CPU", "peak memory"];

/// The whole table, including the heading: a row for each image and action.
pub(super) fn markdown(figures: &[Figure]) -> String {
    let mut text = line(HEADINGS.map(str::to_owned)) + "| --- | ---: | ---: | ---: | ---: |\n";
    // Each row has exactly one elapsed time.
    for time in figures.iter().filter(|figure| figure.quantity == Quantity::Time) {
        let of = |quantity| {
            let mut row = figures.iter().filter(|figure| figure.what == time.what);
            let figure = row.find(|figure| figure.quantity == quantity);
            figure.map(|figure| quantity.show(figure.ours.median()))
        };
        // Exact up to 2^53 bytes.
        let megabytes = time.size.unwrap_or_default() as f64 / 1e6;
        let rate = format!("{:.0}", megabytes / time.ours.median().max(1e-9));
        text.push_str(&line([
            time.what.clone(),
            or_dash(of(Quantity::Time)),
            rate,
            or_dash(of(Quantity::Cpu)),
            or_dash(of(Quantity::PeakMemory)),
        ]));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::{Usage, figures};
    use super::*;

    #[test]
    fn a_row_shows_the_medians_and_the_rate() {
        let run = |millis, peak| Usage {
            wall: Duration::from_millis(millis),
            cpu: Duration::from_millis(millis / 2),
            peak,
        };
        let image = Image { layers: 4, layer: 256 * MIB };
        let mut rows = figures(
            image,
            "push",
            &[run(1900, Some(1)), run(2500, Some(98_765_432)), run(9000, Some(200_000_000))],
        );
        rows.extend(figures(Image { layers: 1, layer: MIB }, "pull", &[run(2000, None)]));
        let text = markdown(&rows);
        let lines: Vec<_> = text.lines().skip(2).collect();
        let expected = [
            "| 4 layers of 256 MiB, push | 2.50 s | 429 | 1.25 s | 98.8 MB |",
            "| 1 layer of 1 MiB, pull | 2.00 s | 1 | 1.00 s | – |",
        ];
        assert_eq!(lines, expected);
        let cells: Vec<_> = text.lines().map(|line| line.matches('|').count()).collect();
        assert_eq!(cells, [6; 4]);
    }
}
