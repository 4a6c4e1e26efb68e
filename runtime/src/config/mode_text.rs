//! The text forms of modes: their values in environment variables and profile files.

use std::fmt;
use std::str::FromStr;

use crate::{AccountIdEndpointMode, RetryMode};

impl RetryMode {
    /// Returns the value in environment variables and profile files, such as `standard`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Adaptive => "adaptive",
        }
    }
}

/// Prints the value in environment variables and profile files.
impl fmt::Display for RetryMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Parses the value in environment variables and profile files, ignoring case.
impl FromStr for RetryMode {
    type Err = ParseModeError;

    fn from_str(text: &str) -> Result<Self, ParseModeError> {
        let modes = [Self::Standard, Self::Adaptive];
        let found = modes.into_iter().find(|mode| mode.as_str().eq_ignore_ascii_case(text));
        found.ok_or(ParseModeError { expected: "standard or adaptive" })
    }
}

impl AccountIdEndpointMode {
    /// Returns the value in environment variables and profile files, such as `preferred`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Disabled => "disabled",
            Self::Required => "required",
        }
    }
}

/// Prints the value in environment variables and profile files.
impl fmt::Display for AccountIdEndpointMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Parses the value in environment variables and profile files, ignoring case.
impl FromStr for AccountIdEndpointMode {
    type Err = ParseModeError;

    fn from_str(text: &str) -> Result<Self, ParseModeError> {
        let modes = [Self::Preferred, Self::Disabled, Self::Required];
        let found = modes.into_iter().find(|mode| mode.as_str().eq_ignore_ascii_case(text));
        found.ok_or(ParseModeError { expected: "preferred, disabled or required" })
    }
}

/// The error of parsing a mode, such as [`RetryMode`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseModeError {
    /// The list of the modes.
    pub(crate) expected: &'static str,
}

impl fmt::Display for ParseModeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a mode: expected {}", self.expected)
    }
}

impl std::error::Error for ParseModeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_displayed_mode_can_be_parsed() {
        for (text, mode) in [("standard", RetryMode::Standard), ("adaptive", RetryMode::Adaptive)] {
            assert_eq!(mode.to_string(), text);
            assert_eq!(text.parse(), Ok(mode));
            assert_eq!(text.to_uppercase().parse(), Ok(mode));
        }
        for text in ["preferred", "disabled", "required"] {
            let mode: AccountIdEndpointMode = text.to_uppercase().parse().expect("a mode");
            assert_eq!(mode.to_string(), text);
        }
        let error = "".parse::<AccountIdEndpointMode>().map_err(|error| error.to_string());
        assert_eq!(error, Err("not a mode: expected preferred, disabled or required".to_owned()));
        // Only `load` accepts this one, because it logs a warning with the origin of the setting.
        let error = "legacy".parse::<RetryMode>().map_err(|error| error.to_string());
        assert_eq!(error, Err("not a mode: expected standard or adaptive".to_owned()));
    }
}
