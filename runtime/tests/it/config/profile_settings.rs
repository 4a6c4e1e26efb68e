//! Settings from profile files, and what overrides them.

use crate::support::profiles::{KEYS, Variables, environment, home, load_error, send_ping};
use crate::support::{SECRET, TOKEN};
use longshore_runtime::{AccountIdEndpointMode, Client, Config, ConfigError};

#[tokio::test]
async fn a_profile_provides_region_keys_and_endpoint() {
    let home = home(
        "[default]\nregion = eu-west-1\n[profile dev]\nregion=us-east-2\nendpoint_url = http://dev",
        &format!("[default]\n{KEYS}[dev]\n{KEYS}aws_session_token = token\n"),
    );
    let sent = send_ping(Config::builder(), &environment(home.path(), &[])).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("eu-west-1", "AKID"));
    assert_eq!(
        (sent.url.as_str(), sent.token),
        ("https://api.registry.eu-west-1.amazonaws.com/", None)
    );
    for (builder, variables) in [
        (Config::builder().profile("dev"), &[][..]),
        (Config::builder().profile("dev"), &[("AWS_PROFILE", "default")]),
        (Config::builder(), &[("AWS_PROFILE", "dev")]),
    ] {
        let sent = send_ping(builder, &environment(home.path(), variables)).await.expect("sent");
        assert_eq!((sent.region.as_str(), sent.url.as_str()), ("us-east-2", "http://dev/"));
        assert_eq!(sent.token.as_deref(), Some("token"));
    }
}

#[tokio::test]
async fn the_credentials_file_and_the_last_section_and_line_take_precedence() {
    let home = home(
        "[default]\nregion = a\nendpoint_url = http://first\n\
         [profile default]\nregion = b\nregion = c\nmax_attempts = 0\n",
        &format!("[default]\nmax_attempts = 3\n{KEYS}aws_access_key_id = LAST\n"),
    );
    let sent = send_ping(Config::builder(), &environment(home.path(), &[])).await.expect("sent");
    // `[profile default]` replaces `[default]`, because it is the last one.
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("c", "LAST"));
    assert_eq!(sent.url, "https://api.registry.c.amazonaws.com/");
}

#[tokio::test]
async fn variables_override_the_profile() {
    let home = home(&format!("[default]\nregion = a\n{KEYS}[profile b]\nregion = b\n{KEYS}"), "");
    let variables = [
        ("AWS_REGION", "c"),
        ("AWS_ACCESS_KEY_ID", "ENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_PROFILE", "b"),
    ];
    let environment = environment(home.path(), &variables);
    let sent = send_ping(Config::builder(), &environment).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("c", "ENVIRONMENT"));
    // Keys of a profile that the code selects override those in variables.
    let sent = send_ping(Config::builder().profile("b"), &environment).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("c", "AKID"));
}

#[tokio::test]
async fn endpoint_urls_in_profiles_have_a_precedence() {
    const OWN: (&str, &str) = ("AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC", "http://own");
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "http://all");
    const IGNORE: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    let with = |properties: &str| {
        format!(
            "[default]\nregion = r\n{KEYS}{properties}\n[services s]\nother =\n  endpoint_url = \
             http://other\ntest_registry_public = \n  # of one service\n  endpoint_url = \
             http://section\n"
        )
    };
    let regional = "https://api.registry.r.amazonaws.com/";
    let (both, ignored) =
        ("endpoint_url = http://profile\nservices = s", "ignore_configured_endpoint_urls = TRUE");
    let both_ignored = format!("{both}\n{ignored}");
    let empty = "endpoint_url =\nservices =";
    let missing = "endpoint_url = http://profile\nservices = none";
    let missing_ignored = format!("{missing}\n{ignored}");
    let table: [(&str, Variables<'_>, &str); 14] = [
        (empty, &[("AWS_ENDPOINT_URL", "")], regional),
        (empty, &[ALL], "http://all/"),
        (missing, &[ALL], "http://all/"),
        (missing, &[OWN], "http://own/"),
        (&missing_ignored, &[], regional),
        (both, &[OWN, ALL], "http://own/"),
        (both, &[ALL], "http://all/"),
        (both, &[], "http://section/"),
        ("services = s", &[], "http://section/"),
        ("endpoint_url = http://profile", &[], "http://profile/"),
        (&both_ignored, &[], regional),
        (&both_ignored, &[ALL], regional),
        (&both_ignored, &[(IGNORE, "false")], "http://section/"),
        (both, &[(IGNORE, "true"), ALL], regional),
    ];
    for (properties, variables, expected) in table {
        let home = home(&with(properties), "");
        let environment = environment(home.path(), variables);
        let sent = send_ping(Config::builder(), &environment).await.expect("sent");
        assert_eq!(sent.url, expected, "{properties} {variables:?}");
        let builder = Config::builder().endpoint_url("http://code");
        let sent = send_ping(builder, &environment).await.expect("sent");
        assert_eq!(sent.url, "http://code/");
    }
    for variables in [&[][..], &[("AWS_ENDPOINT_URL_OTHER", "http://other")]] {
        let home = home("[default]\nregion = r\nservices = none", "");
        let sent = send_ping(Config::builder(), &environment(home.path(), variables)).await;
        let line = sent.expect_err("no such section");
        assert!(line.contains("config:3 names a services section that does not exist"), "{line}");
    }
    let home = home("[default]\nregion = r\nendpoint_url = ftp://x", "");
    let line =
        send_ping(Config::builder(), &environment(home.path(), &[])).await.expect_err("a line");
    let path = home.path().join(".aws/config");
    let expected = format!("\"ftp://x\" from endpoint_url in {}:3 ", path.display());
    assert!(line.contains(&expected), "{line}");
}

#[tokio::test]
async fn an_invalid_value_error_names_source_and_valid_values() {
    let switch = "true or false";
    let table = [
        ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", "yes", switch),
        ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", "1", switch),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls", "on", switch),
        ("AWS_MAX_ATTEMPTS", "max_attempts", "0", "a whole number of at least 1"),
        ("AWS_MAX_ATTEMPTS", "max_attempts", "-1", "a whole number of at least 1"),
        ("AWS_MAX_ATTEMPTS", "max_attempts", "99999999999", "a whole number of at least 1"),
        ("AWS_RETRY_MODE", "retry_mode", "fast", "standard or adaptive"),
        (
            "AWS_ACCOUNT_ID_ENDPOINT_MODE",
            "account_id_endpoint_mode",
            "always",
            "preferred, disabled or required",
        ),
    ];
    for (variable, property, value, expected) in table {
        let error = load_error(Config::builder(), &[(variable, value)].into_iter().collect()).await;
        let line = error.to_string();
        let start = format!("the variable {variable} is {value:?} but must be {expected}");
        assert!(line.starts_with(&start), "{line}");
        let home = home(&format!("[default]\n\n{property} = {value}"), "");
        let error = load_error(Config::builder(), &environment(home.path(), &[])).await;
        assert!(matches!(error, ConfigError::InvalidSetting { .. }));
        let file = home.path().join(".aws/config");
        let start =
            format!("{property} in {}:3 is {value:?} but must be {expected}", file.display());
        assert!(error.to_string().starts_with(&start), "{error}");
    }
    let environment_2026 = [("AWS_NEW_RETRIES_2026", "x")].into_iter().collect();
    let line = load_error(Config::builder(), &environment_2026).await.to_string();
    assert!(line.starts_with("the variable AWS_NEW_RETRIES_2026 is \"x\""), "{line}");
    let home = home("[default]\nregion = a/b", "");
    let line =
        send_ping(Config::builder(), &environment(home.path(), &[])).await.expect_err("a line");
    assert!(line.contains("\"a/b\" from region in ") && line.contains("config:2 "), "{line}");
}

#[tokio::test]
async fn settings_from_code_skip_invalid_values_elsewhere() {
    let home = home("[default]\nuse_fips_endpoint = maybe\nmax_attempts = many\n", "");
    let variables = [
        ("AWS_USE_FIPS_ENDPOINT", "perhaps"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "perhaps"),
        ("AWS_RETRY_MODE", "perhaps"),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "perhaps"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "perhaps"),
    ];
    let builder = Config::builder()
        .use_fips(false)
        .use_dual_stack(false)
        .account_id_endpoint_mode(AccountIdEndpointMode::Preferred)
        .retry(longshore_runtime::RetryConfig::standard())
        .endpoint_url("http://code");
    builder.load(&environment(home.path(), &variables)).await.expect("loaded");
    // A variable hides an invalid property in the same way.
    let variables = [("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_MAX_ATTEMPTS", "3")];
    Config::builder().load(&environment(home.path(), &variables)).await.expect("loaded");
}

#[tokio::test]
async fn a_retry_mode_that_is_run_as_standard_is_logged() {
    for (mode, logged) in [("Legacy", true), ("adaptive", false), ("standard", false)] {
        let log = crate::support::log_collector::ThreadLog::start();
        let environment = [("AWS_RETRY_MODE", mode)].into_iter().collect();
        Config::builder().load(&environment).await.expect("loaded");
        let expected =
            format!("the retry mode {mode} from AWS_RETRY_MODE is not supported; using standard");
        assert_eq!(log.text().contains(&expected), logged, "{}", log.text());
    }
}

#[tokio::test]
async fn loading_again_replaces_all_loaded_settings() {
    let first = home(&format!("[default]\nregion = a\nendpoint_url = http://a\n{KEYS}"), "");
    let config = Config::builder().load(&environment(first.path(), &[])).await.expect("loaded");
    let second =
        home("[default]\nregion = b\naws_access_key_id = B\naws_secret_access_key = b", "");
    let sent =
        send_ping(config.to_builder(), &environment(second.path(), &[])).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("b", "B"));
    assert_eq!(sent.url, "https://api.registry.b.amazonaws.com/");
}

#[tokio::test]
async fn a_profile_with_half_a_key_pair_is_an_error() {
    let table = [
        ("aws_access_key_id = A", "aws_secret_access_key is missing for the key at"),
        ("aws_secret_access_key = hunter2", "aws_access_key_id is missing for the key at"),
    ];
    for (property, expected) in table {
        let home = home(&format!("[default]\nregion = r\n{property}"), "");
        let line = send_ping(Config::builder(), &environment(home.path(), &[])).await;
        let line = line.expect_err("an error");
        assert!(line.contains("the profile default") && line.contains(expected), "{line}");
        assert!(line.ends_with("config:3") && !line.contains("hunter2"), "{line}");
    }
}

#[tokio::test]
async fn debug_output_hides_profile_credentials() {
    let keys = format!("aws_access_key_id = AKID\naws_secret_access_key = {SECRET}\n");
    let home = home(&format!("[default]\nregion = r\n{keys}aws_session_token = {TOKEN}\n"), "");
    let environment = environment(home.path(), &[]);
    let config = Config::builder().load(&environment).await.expect("loaded");
    let shown = format!("{config:?} {:?} {:?}", config.to_builder(), Client::new(&config));
    assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
}

#[cfg(not(feature = "credential-chain"))]
#[tokio::test]
async fn without_the_chain_the_error_names_the_missing_feature() {
    let properties = [
        "role_arn = arn\nsource_profile = default",
        "sso_account_id = 1\nsso_role_name = r\nsso_start_url = u\nsso_region = r",
        "web_identity_token_file = f\nrole_arn = arn",
    ];
    for property in properties {
        let home = home(&format!("[default]\nregion = r\n\n\n{property}\n{KEYS}"), "");
        let line = send_ping(Config::builder(), &environment(home.path(), &[])).await;
        let line = line.expect_err("an error");
        let name = property.split_once(' ').expect("a name").0;
        assert!(line.contains(&format!("{name} in ")) && line.contains("config:5 needs"), "{line}");
        assert!(line.contains("the feature credential-chain of longshore-runtime"), "{line}");
    }
    let variables =
        [("AWS_WEB_IDENTITY_TOKEN_FILE", "f"), ("AWS_ROLE_ARN", "a"), ("AWS_REGION", "r")];
    let line = send_ping(Config::builder(), &variables.into_iter().collect()).await;
    let line = line.expect_err("an error");
    assert!(
        line.contains("AWS_WEB_IDENTITY_TOKEN_FILE needs the feature credential-chain"),
        "{line}"
    );
}
