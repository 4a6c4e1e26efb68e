//! The table of pushes and pulls. Must not know how anything is measured.

use std::fmt;

use super::MIB;
use super::measured::Taken;
use crate::text::number::open;

/// An image of equal layers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Image {
    pub(super) layers: u64,
    /// The bytes of each.
    pub(super) layer: u64,
}

impl fmt::Display for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layers = if self.layers == 1 { "layer" } else { "layers" };
        write!(f, "{} {layers} of {} MiB", self.layers, self.layer / MIB)
    }
}

/// One way of an image.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) image: Image,
    pub(super) what: &'static str,
    pub(super) taken: Taken,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.image.layers * self.image.layer;
        // Exact up to 2^53 bytes.
        let rate = bytes as f64 / 1e6 / self.taken.wall.as_secs_f64().max(1e-9);
        write!(
            f,
            "| {} | {} | {:.2} s | {rate:.0} | {:.2} s | {} |",
            self.image,
            self.what,
            self.taken.wall.as_secs_f64(),
            self.taken.cpu.as_secs_f64(),
            open(self.taken.peak.map(|peak| format!("{:.0} MB", peak as f64 / 1e6))),
        )
    }
}

/// The whole table, heading first.
pub(super) fn markdown(rows: &[Row]) -> String {
    let mut text = String::from(
        "| image | what | time | MB/s | CPU | peak memory |\n\
         | --- | --- | ---: | ---: | ---: | ---: |\n",
    );
    for row in rows {
        text.push_str(&format!("{row}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_row_says_rate_and_memory() {
        let taken = Taken {
            wall: Duration::from_secs(2),
            cpu: Duration::from_millis(1250),
            peak: Some(98_765_432),
        };
        let image = Image { layers: 4, layer: 256 * MIB };
        let row = Row { image, what: "push", taken };
        assert_eq!(
            markdown(&[row]).lines().last(),
            Some("| 4 layers of 256 MiB | push | 2.00 s | 537 | 1.25 s | 99 MB |")
        );
        let taken = Taken { peak: None, ..taken };
        let row = Row { image: Image { layers: 1, layer: MIB }, what: "pull", taken };
        assert_eq!(row.to_string(), "| 1 layer of 1 MiB | pull | 2.00 s | 1 | 1.25 s | – |");
    }
}
