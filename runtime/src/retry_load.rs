//! The settings of retries that are outside of the code.

use crate::setting::Sources;
use crate::{ConfigError, RetryConfig, RetryParameters};

/// The standard mode with what the variables, then the profile, say about it.
pub(crate) fn load(sources: &Sources<'_>) -> Result<RetryConfig, ConfigError> {
    check_mode(sources)?;
    let mut retry = RetryConfig::standard();
    if let Some(setting) = sources.find(&["AWS_MAX_ATTEMPTS"], "max_attempts") {
        let attempts = setting.value.parse().ok().filter(|attempts| *attempts > 0);
        let attempts = attempts.ok_or_else(|| setting.invalid("a whole number from 1"))?;
        retry = retry.with_max_attempts(attempts);
    }
    if let Some(setting) = sources.variable("AWS_NEW_RETRIES_2026")
        && setting.switch()?
    {
        retry = retry.with_parameters(RetryParameters::Of2026);
    }
    Ok(retry)
}

/// There is one mode. The two others are taken, because programs of other SDKs that share the
/// environment may need them, and differ only in how careful they are.
fn check_mode(sources: &Sources<'_>) -> Result<(), ConfigError> {
    let Some(setting) = sources.find(&["AWS_RETRY_MODE"], "retry_mode") else { return Ok(()) };
    match setting.value.to_ascii_lowercase().as_str() {
        "standard" => Ok(()),
        "legacy" | "adaptive" => {
            let (mode, origin) = (&setting.value, &setting.origin);
            tracing::warn!("the retry mode {mode} from {origin} is run as standard, the only one");
            Ok(())
        }
        _ => Err(setting.invalid("standard (or legacy or adaptive, which are run as standard)")),
    }
}
