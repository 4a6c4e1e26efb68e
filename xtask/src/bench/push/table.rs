//! Formats the Markdown table of pushes and pulls.

use std::fmt;

use super::MIB;
use super::measured::Usage;
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

/// A push or a pull of an image.
#[derive(Debug, Clone, Copy)]
pub(super) struct TransferRow {
    pub(super) image: Image,
    pub(super) what: &'static str,
    pub(super) usage: Usage,
}

impl fmt::Display for TransferRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.image.layers * self.image.layer;
        // Exact up to 2^53 bytes.
        let rate = bytes as f64 / 1e6 / self.usage.wall.as_secs_f64().max(1e-9);
        write!(
            f,
            "| {} | {} | {:.2} s | {rate:.0} | {:.2} s | {} |",
            self.image,
            self.what,
            self.usage.wall.as_secs_f64(),
            self.usage.cpu.as_secs_f64(),
            or_dash(self.usage.peak.map(|peak| format!("{:.0} MB", peak as f64 / 1e6))),
        )
    }
}

/// The whole table, including the heading.
pub(super) fn markdown(rows: &[TransferRow]) -> String {
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
    fn a_row_shows_rate_and_memory() {
        let usage = Usage {
            wall: Duration::from_secs(2),
            cpu: Duration::from_millis(1250),
            peak: Some(98_765_432),
        };
        let image = Image { layers: 4, layer: 256 * MIB };
        let row = TransferRow { image, what: "push", usage };
        assert_eq!(
            markdown(&[row]).lines().last(),
            Some("| 4 layers of 256 MiB | push | 2.00 s | 537 | 1.25 s | 99 MB |")
        );
        let usage = Usage { peak: None, ..usage };
        let row = TransferRow { image: Image { layers: 1, layer: MIB }, what: "pull", usage };
        assert_eq!(row.to_string(), "| 1 layer of 1 MiB | pull | 2.00 s | 1 | 1.25 s | – |");
    }
}
