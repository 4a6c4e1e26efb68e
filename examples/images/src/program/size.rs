//! Human-readable sizes: `60MB` is 60,000,000 bytes, `1GiB` is 1,073,741,824.

use std::fmt;
use std::str::FromStr;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u64);

/// The error of parsing a [`Size`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeError {
    text: String,
}

const UNITS: [(&str, u64); 8] = [
    ("", 1),
    ("B", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

impl FromStr for Size {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let unit = unit.trim_start();
        let bytes = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit));
        number
            .parse::<u64>()
            .ok()
            .zip(bytes)
            .and_then(|(number, (_, bytes))| number.checked_mul(*bytes))
            .map(Self)
            .ok_or_else(|| SizeError { text: text.to_owned() })
    }
}

impl Size {
    /// Returns a human-readable size, rounded to one decimal place: `60.0 MB`.
    #[must_use]
    pub fn rounded(self) -> impl fmt::Display {
        Rounded(self.0)
    }
}

/// Prints the exact size in the unit that gives the smallest number: `60MB`, `1GiB`.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = UNITS[1..].iter().filter(|(_, bytes)| self.0.is_multiple_of(*bytes));
        let (unit, bytes) = exact.min_by_key(|(_, bytes)| self.0 / bytes).unwrap_or(&("B", 1));
        write!(f, "{}{unit}", self.0 / bytes)
    }
}

struct Rounded(u64);

impl fmt::Display for Rounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Precise enough for one decimal place.
        let bytes = self.0 as f64;
        match self.0 {
            0..1_000 => write!(f, "{} B", self.0),
            1_000..999_950 => write!(f, "{:.1} kB", bytes / 1e3),
            999_950..999_950_000 => write!(f, "{:.1} MB", bytes / 1e6),
            _ => write!(f, "{:.1} GB", bytes / 1e9),
        }
    }
}

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a size: write a whole number, then B, kB, MB, GB, KiB, MiB or GiB",
            self.text
        )
    }
}

impl std::error::Error for SizeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_parsed_with_and_without_a_unit() {
        let cases = [
            ("0", 0),
            ("7", 7),
            ("7B", 7),
            ("60MB", 60_000_000),
            ("60 mb", 60_000_000),
            ("1GiB", 1 << 30),
            ("3KiB", 3072),
        ];
        for (text, bytes) in cases {
            assert_eq!(text.parse(), Ok(Size(bytes)), "{text}");
        }
    }

    #[test]
    fn invalid_sizes_are_rejected() {
        for text in
            ["", "MB", "-1", "1.5MB", "1XB", "18446744073709551616", "18446744073709551615kB"]
        {
            let error = text.parse::<Size>().expect_err(text);
            assert!(error.to_string().starts_with(&format!("`{text}` is not a size")), "{error}");
        }
    }

    #[test]
    fn a_displayed_size_can_be_parsed() {
        let cases = [
            (0, "0B"),
            (7, "7B"),
            (1_000, "1kB"),
            (3_072, "3KiB"),
            (60_000_000, "60MB"),
            (60_000_001, "60000001B"),
            (1 << 30, "1GiB"),
            (u64::MAX, "18446744073709551615B"),
        ];
        for (bytes, text) in cases {
            assert_eq!(Size(bytes).to_string(), text);
            assert_eq!(text.parse(), Ok(Size(bytes)));
        }
        for power in 0..64 {
            for size in [Size(1 << power), Size((1 << power) - 1), Size(1000 << power.min(54))] {
                assert_eq!(size.to_string().parse(), Ok(size));
            }
        }
    }

    #[test]
    fn rounded_sizes_have_one_decimal_place() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
            (60_000_000, "60.0 MB"),
            (999_950_000, "1.0 GB"),
            (1 << 30, "1.1 GB"),
            (u64::MAX, "18446744073.7 GB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(Size(bytes).rounded().to_string(), text);
        }
    }
}
