//! The credential scope: the date, the region and the service in a signature.

use std::time::SystemTime;

use crate::Timestamp;
use crate::shape::timestamp::utc::UtcTime;
use crate::sigv4::error::SigningError;
use crate::sigv4::keys::Scope;

/// A scope with its time formatted.
pub(super) struct CredentialScope<'a> {
    /// The time, such as `20150830T123600Z`.
    time: [u8; 16],
    pub(super) region: &'a str,
    pub(super) service: &'a str,
}

impl<'a> CredentialScope<'a> {
    pub(super) fn new(scope: &Scope<'a>) -> Result<Self, SigningError> {
        let time = basic_format(scope.time).ok_or(SigningError::TimeOutOfRange)?;
        Ok(Self { time, region: scope.region, service: scope.service })
    }

    pub(super) fn time(&self) -> &str {
        std::str::from_utf8(&self.time).unwrap_or_default()
    }

    /// Returns the date, such as `20150830`.
    pub(super) fn date(&self) -> &str {
        std::str::from_utf8(&self.time[..8]).unwrap_or_default()
    }

    /// Returns the scope, such as `20150830/us-east-1/service/aws4_request`, in pieces.
    pub(super) fn text(&self) -> [&str; 6] {
        [self.date(), "/", self.region, "/", self.service, "/aws4_request"]
    }
}

/// Formats a time in the basic format of ISO 8601, without a fraction.
fn basic_format(time: SystemTime) -> Option<[u8; 16]> {
    let UtcTime { date, hour, minute, second } = UtcTime::new(Timestamp::from(time).seconds())?;
    let mut text = *b"00000000T000000Z";
    let parts = [
        (0..4, date.year),
        (4..6, date.month),
        (6..8, date.day),
        (9..11, hour),
        (11..13, minute),
        (13..15, second),
    ];
    for (range, number) in parts {
        write_number(&mut text[range], number);
    }
    Some(text)
}

/// Fills `digits` with a number, padded with zeros. The number must fit.
fn write_number(digits: &mut [u8], mut number: i64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn times_are_written_in_the_basic_format() {
        let table = [
            (0, Some("19700101T000000Z")),
            (951_868_799, Some("20000229T235959Z")),
            (1_440_938_160, Some("20150830T123600Z")),
            (253_402_300_799, Some("99991231T235959Z")),
            (253_402_300_800, None),
            (i64::MAX as u64, None),
        ];
        for (seconds, expected) in table {
            let time = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).map(basic_format);
            let expected = expected.map(str::as_bytes);
            assert_eq!(time.flatten().as_ref().map(|time| &time[..]), expected, "{seconds}");
        }
        let before_1970 = UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(basic_format(before_1970), Some(*b"19691231T235959Z"));
    }
}
