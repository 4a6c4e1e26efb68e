//! Loads the retry settings.

use crate::settings::setting::Sources;
use crate::{ConfigError, RetryConfig, RetryParameters};

/// Loads the settings from the environment and the profile. The default mode is `standard`.
pub(super) fn load(sources: &Sources<'_>) -> Result<RetryConfig, ConfigError> {
    let mut retry = load_mode(sources)?;
    if let Some(setting) = sources.find(&["AWS_MAX_ATTEMPTS"], "max_attempts") {
        let attempts = setting.value.parse().ok().filter(|attempts| *attempts > 0);
        let attempts = attempts.ok_or_else(|| setting.invalid("a whole number of at least 1"))?;
        retry = retry.max_attempts(attempts);
    }
    if let Some(setting) = sources.variable("AWS_NEW_RETRIES_2026")
        && setting.parse_bool()?
    {
        retry = retry.parameters(RetryParameters::Of2026);
    }
    Ok(retry)
}

/// Loads the retry mode. The mode `legacy` of the AWS SDKs is accepted and treated as `standard`,
/// because programs that use another SDK may share the environment and need `legacy`.
fn load_mode(sources: &Sources<'_>) -> Result<RetryConfig, ConfigError> {
    let Some(setting) = sources.find(&["AWS_RETRY_MODE"], "retry_mode") else {
        return Ok(RetryConfig::standard());
    };
    if setting.value.eq_ignore_ascii_case("legacy") {
        let (mode, origin) = (&setting.value, &setting.origin);
        tracing::warn!("the retry mode {mode} from {origin} is not supported; using standard");
        return Ok(RetryConfig::standard());
    }
    match setting.value.parse() {
        Ok(mode) => Ok(RetryConfig::standard().mode(mode)),
        Err(_) => Err(setting.invalid("standard or adaptive (legacy is treated as standard)")),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Config, Environment, RetryConfig, RetryParameters};

    type Variables<'a> = &'a [(&'a str, &'a str)];

    fn config(variables: Variables<'_>, properties: &str) -> Config {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("config");
        std::fs::write(&file, format!("[default]\n{properties}\n")).expect("a file");
        let environment: Environment = variables.iter().copied().collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let load = Config::builder().config_file(file);
        runtime.block_on(async { load.load(&environment).await.expect("loaded") })
    }

    #[test]
    fn retry_settings_are_loaded_in_order_of_precedence() {
        let standard = RetryConfig::standard();
        let of_2026 = standard.parameters(RetryParameters::Of2026);
        let adaptive = RetryConfig::adaptive();
        let table: [(Variables<'_>, &str, RetryConfig); 10] = [
            (&[], "", standard),
            (&[], "max_attempts = 7\nretry_mode = Standard", standard.max_attempts(7)),
            (&[("AWS_MAX_ATTEMPTS", "5")], "max_attempts = 7", standard.max_attempts(5)),
            (&[("AWS_RETRY_MODE", "standard")], "retry_mode = fast", standard),
            (&[("AWS_RETRY_MODE", "adaptive")], "retry_mode = legacy", adaptive),
            (&[("AWS_RETRY_MODE", "legacy")], "retry_mode = adaptive", standard),
            (&[], "max_attempts = 7\nretry_mode = Adaptive", adaptive.max_attempts(7)),
            (
                &[("AWS_RETRY_MODE", "ADAPTIVE"), ("AWS_MAX_ATTEMPTS", "1")],
                "",
                adaptive.max_attempts(1),
            ),
            (&[("AWS_NEW_RETRIES_2026", "True")], "", of_2026),
            (&[("AWS_NEW_RETRIES_2026", "false")], "", standard),
        ];
        for (variables, properties, expected) in table {
            let config = config(variables, properties);
            assert_eq!(config.retry(), expected, "{variables:?} {properties}");
            let in_code = config.to_builder().retry(RetryConfig::disabled()).build();
            assert_eq!(in_code.retry(), RetryConfig::disabled());
        }
    }

    #[test]
    fn endpoint_variants_are_loaded_in_order_of_precedence() {
        let table: [(Variables<'_>, &str, (bool, bool)); 5] = [
            (&[], "", (false, false)),
            (&[], "use_fips_endpoint = true", (true, false)),
            (&[], "use_dualstack_endpoint = TRUE", (false, true)),
            (&[("AWS_USE_FIPS_ENDPOINT", "false")], "use_fips_endpoint = true", (false, false)),
            (&[("AWS_USE_DUALSTACK_ENDPOINT", "true")], "", (false, true)),
        ];
        for (variables, properties, expected) in table {
            let config = config(variables, properties);
            let found = (config.use_fips(), config.use_dual_stack());
            assert_eq!(found, expected, "{variables:?} {properties}");
            let in_code = config.to_builder().use_fips(true).use_dual_stack(false).build();
            assert_eq!((in_code.use_fips(), in_code.use_dual_stack()), (true, false));
        }
    }
}
