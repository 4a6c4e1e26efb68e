//! Explains errors in terms of the options of the programs.

use longshore::{Config, ErrorKind};

use crate::{Error, lightsail};

/// How error messages of the runtime refer to settings that a program passes to it.
const CODE: &str = "the configuration in code";
/// What these settings are to the user of a program.
const COMMAND_LINE: &str = "the command line";

/// The advice that fits one program and its configuration.
#[derive(Debug, Clone, Copy)]
pub struct Advice<'a> {
    /// Whether a region is configured other than by instance metadata.
    has_region: bool,
    missing_repository: &'a str,
}

impl<'a> Advice<'a> {
    /// `missing_repository` is the advice if the repository does not exist.
    #[must_use]
    pub fn new(config: &Config, missing_repository: &'a str) -> Self {
        Self { has_region: config.region().is_some(), missing_repository }
    }

    /// Explains the error of a push or a pull.
    #[must_use]
    pub fn explain(&self, error: &Error) -> String {
        let advice = match error.code() {
            Some("RepositoryNotFoundException") => Some(self.missing_repository),
            _ => error.kind().and_then(|kind| self.about_settings(kind)),
        };
        with_advice(&error.to_string(), advice)
    }

    /// Explains the error of a deployment.
    #[must_use]
    pub fn explain_deployment(&self, error: &lightsail::Error) -> String {
        let advice = error.kind().and_then(|kind| self.about_settings(kind));
        with_advice(&error.to_string(), advice)
    }

    fn about_settings(&self, kind: ErrorKind) -> Option<&'static str> {
        match kind {
            ErrorKind::Config if !self.has_region => {
                Some("add --region, or set AWS_REGION or `region` in a profile")
            }
            ErrorKind::Credentials => Some(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, select a profile with --profile, \
                 or try the program with --local",
            ),
            _ => None,
        }
    }
}

fn with_advice(message: &str, advice: Option<&str>) -> String {
    let message = explain_settings(message);
    advice.map_or_else(|| message.clone(), |advice| format!("{message}; {advice}"))
}

/// Replaces the library's terms with those of a program.
pub(super) fn explain_settings(message: &str) -> String {
    message.replace(CODE, COMMAND_LINE)
}
