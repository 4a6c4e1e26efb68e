//! Defines what a figure measures and how its value is printed. Smaller values are better.

use serde::{Deserialize, Serialize};

use super::samples::Samples;
use crate::text::number::grouped;

/// What a value measures, with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Quantity {
    /// User and system time, in seconds.
    Cpu,
    /// User and system time of a call, in seconds.
    CpuPerCall,
    /// Elapsed time, in seconds.
    Time,
    /// Executed instructions in user mode.
    Instructions,
    /// The highest resident set size, in bytes.
    PeakMemory,
    /// The size of files, in bytes.
    FileSize,
    /// A number of lines.
    Lines,
    /// A number of crates.
    Crates,
}

impl Quantity {
    /// The heading of a column.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::CpuPerCall => "CPU per call",
            Self::Time => "time",
            Self::Instructions => "instructions",
            Self::PeakMemory => "peak memory",
            Self::FileSize => "size",
            Self::Lines => "lines",
            Self::Crates => "crates",
        }
    }

    /// Returns true if values from different machines cannot be compared.
    pub(crate) fn depends_on_machine(self) -> bool {
        matches!(self, Self::Cpu | Self::CpuPerCall | Self::Time)
    }

    /// The noise of measured values, as a fraction: their spread, or an assumed one if there is only
    /// one value.
    pub(crate) fn noise(self, samples: &Samples) -> f64 {
        samples.spread().unwrap_or(self.assumed_spread())
    }

    /// The spread, as a fraction, that is assumed for a value that was measured only once.
    fn assumed_spread(self) -> f64 {
        match self {
            Self::Cpu | Self::CpuPerCall | Self::Time | Self::PeakMemory => 0.05,
            // Hash maps with random keys and the number of reads from a socket vary.
            Self::Instructions => 0.01,
            Self::FileSize | Self::Lines | Self::Crates => 0.0,
        }
    }

    /// The value with its unit.
    pub(crate) fn show(self, value: f64) -> String {
        match self {
            Self::Cpu | Self::Time => seconds(value),
            Self::CpuPerCall => format!("{}, {}/s", seconds(value), rate(value)),
            Self::PeakMemory | Self::FileSize => bytes(value),
            Self::Instructions | Self::Lines | Self::Crates => whole(value),
        }
    }
}

fn seconds(value: f64) -> String {
    match value {
        v if v < 1e-3 => format!("{} µs", significant(v * 1e6)),
        v if v < 1.0 => format!("{} ms", significant(v * 1e3)),
        v => format!("{} s", significant(v)),
    }
}

/// The number of calls in a second.
fn rate(per_call: f64) -> String {
    let calls = if per_call > 0.0 { 1.0 / per_call } else { 0.0 };
    if calls < 100.0 { significant(calls) } else { whole(calls) }
}

fn bytes(value: f64) -> String {
    match value {
        v if v.abs() < 1e6 => format!("{} kB", significant(v / 1e3)),
        v => format!("{} MB", significant(v / 1e6)),
    }
}

/// The value, rounded and with grouped digits.
fn whole(value: f64) -> String {
    // Negative and huge values saturate; no measurement reaches them.
    grouped(value.round() as usize)
}

/// Three significant digits, and all digits before the point.
pub(crate) fn significant(value: f64) -> String {
    // Rounded first, so that 9.996 is `10.0` and not `10.00`.
    let digits = match value.abs() {
        v if v >= 99.95 => 0,
        v if v >= 9.995 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_with_units_and_three_digits() {
        use Quantity::*;
        let cases = [
            (Cpu, 247.6, "248 s"),
            (Cpu, 9.996, "10.0 s"),
            (Time, 0.2871, "287 ms"),
            (Time, 2.731, "2.73 s"),
            (CpuPerCall, 57.25e-6, "57.2 µs, 17,467/s"),
            (CpuPerCall, 0.037_433, "37.4 ms, 26.7/s"),
            (CpuPerCall, 0.0, "0.00 µs, 0.00/s"),
            (PeakMemory, 118_400_000.0, "118 MB"),
            (PeakMemory, 524_288.0, "524 kB"),
            (PeakMemory, -1500.0, "-1.50 kB"),
            (FileSize, 4_200_000.0, "4.20 MB"),
            (Instructions, 1_234_567.4, "1,234,567"),
            (Lines, 445_853.0, "445,853"),
            (Crates, 0.0, "0"),
        ];
        for (quantity, value, expected) in cases {
            assert_eq!(quantity.show(value), expected);
        }
    }
}
