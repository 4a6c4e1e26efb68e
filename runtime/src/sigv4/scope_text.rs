//! The text form of a credential scope, which is part of each signature.

use std::fmt;

use crate::Timestamp;
use crate::shape::timestamp::utc::UtcTime;
use crate::sigv4::keys::Scope;

/// Prints the credential scope of a signature: `20150830/eu-west-1/es/aws4_request`. It contains
/// the date in UTC, but not the time of day.
impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UtcTime { date, .. } = UtcTime::of_any_year(Timestamp::from(self.time).seconds());
        write!(f, "{:04}{:02}{:02}", date.year, date.month, date.day)?;
        write!(f, "/{}/{}/aws4_request", self.region, self.service)
    }
}

/// Reads the credential scope of a signature. The time is the start of the day in UTC.
impl<'a> TryFrom<&'a str> for Scope<'a> {
    type Error = ParseScopeError;

    fn try_from(text: &'a str) -> Result<Self, ParseScopeError> {
        parse(text).ok_or(ParseScopeError(()))
    }
}

fn parse(text: &str) -> Option<Scope<'_>> {
    let parts: Vec<_> = text.split('/').collect();
    let [date, region, service, "aws4_request"] = parts[..] else { return None };
    if region.is_empty() || service.is_empty() || date.len() != 8 {
        return None;
    }
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..)?);
    let start: Timestamp = format!("{year}-{month}-{day}T00:00:00Z").parse().ok()?;
    Some(Scope { region, service, time: start.try_into().ok()? })
}

/// The error of converting a text to a [`Scope`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseScopeError(());

impl fmt::Display for ParseScopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a credential scope: expected DATE/REGION/SERVICE/aws4_request, such as \
             20150830/eu-west-1/es/aws4_request",
        )
    }
}

impl std::error::Error for ParseScopeError {}
