//! The time of day in a text.

use super::scanner::Scanner;

/// A half of the day, for clocks with twelve hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    BeforeNoon,
    AfterNoon,
}

/// A time of day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
    nanos: u32,
    half: Option<Half>,
}

const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// The number of a leap second.
const LEAP_SECOND: i64 = 60;

impl Clock {
    /// Reads the rest of a time after its hour and a colon: `34`, `34.5`, `34:56` or `34:56.5`.
    pub(super) fn with_colons(hour: &str, scanner: &mut Scanner<'_>) -> Option<Self> {
        let minute = below(scanner.take_number()?, 60)?;
        let mut clock = Self { minute, ..Self::hour(hour)? };
        if scanner.take_sign(':') {
            clock.second = below(scanner.take_number()?, LEAP_SECOND + 1)?;
            clock.nanos = fraction(scanner);
        } else {
            let nanos = u64::from(fraction(scanner)) * 60;
            clock.second = (nanos / NANOS_PER_SECOND) as i64;
            clock.nanos = (nanos % NANOS_PER_SECOND) as u32;
        }
        Some(clock)
    }

    /// Reads a time without separators: two digits each of the hour, the minute and the second.
    pub(super) fn compact(digits: &str, scanner: &mut Scanner<'_>) -> Option<Self> {
        let mut clock = Self::hour(digits.get(..2)?)?;
        if digits.len() >= 4 {
            clock.minute = below(&digits[2..4], 60)?;
        }
        if digits.len() >= 6 {
            clock.second = below(&digits[4..], LEAP_SECOND + 1)?;
            clock.nanos = fraction(scanner);
        }
        Some(clock)
    }

    /// Creates the time at a full hour.
    pub(super) fn hour(digits: &str) -> Option<Self> {
        Some(Self { hour: below(digits, 24)?, ..Self::default() })
    }

    /// Sets the half of the day. Returns `None` if it is already set, or if the hour is above 12.
    pub(super) fn set_half(&mut self, half: Half) -> Option<()> {
        (self.hour <= 12 && self.half.replace(half).is_none()).then_some(())
    }

    /// Returns the seconds since midnight. A leap second, 23:59:60, is the same as the second after
    /// it, as in POSIX.
    pub(super) fn seconds_since_midnight(self) -> i64 {
        let hour = match self.half {
            Some(Half::AfterNoon) if self.hour < 12 => self.hour + 12,
            Some(Half::BeforeNoon) if self.hour == 12 => 0,
            _ => self.hour,
        };
        hour * 3600 + self.minute * 60 + self.second
    }

    pub(super) fn is_leap_second(self) -> bool {
        self.second == LEAP_SECOND
    }

    pub(super) fn nanos(self) -> u32 {
        self.nanos
    }
}

/// Parses a number of one or two digits that is below `limit`.
pub(super) fn below(digits: &str, limit: i64) -> Option<i64> {
    let value = if digits.len() <= 2 { digits.parse().ok() } else { None };
    value.filter(|value| *value < limit)
}

/// Takes a fraction in nanoseconds, if there is one. Further digits are truncated.
fn fraction(scanner: &mut Scanner<'_>) -> u32 {
    let digits = scanner.take_fraction().unwrap_or_default();
    let digits = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    digits.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0'))
}
