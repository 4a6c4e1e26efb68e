//! Profile files: where they are looked for, what is taken from them, and what is said of those that
//! cannot be read.

mod support;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use longshore_runtime::{
    BoxFuture, Client, Config, ConfigBuilder, ConfigError, Environment, Transport, TransportError,
};
use support::service::PingRequest;
use support::{ALONE, SECRET, TOKEN};
use tempfile::TempDir;

/// A folder with the two files, `.aws/config` and `.aws/credentials`.
fn home(config: &str, credentials: &str) -> TempDir {
    let home = TempDir::new().expect("a folder");
    fs::create_dir(home.path().join(".aws")).expect("a folder");
    for (name, text) in [("config", config), ("credentials", credentials)] {
        if !text.is_empty() {
            fs::write(home.path().join(".aws").join(name), text).expect("a file");
        }
    }
    home
}

type Variables<'a> = &'a [(&'a str, &'a str)];

fn environment(home: &Path, variables: Variables<'_>) -> Environment {
    let home = home.to_str().expect("text").to_owned();
    let all = ALONE.iter().chain(variables).map(|(name, value)| (*name, (*value).to_owned()));
    all.chain([("HOME", home)]).collect()
}

/// A transport that keeps where a request went and who signed it.
#[derive(Debug, Clone, Default)]
struct Recorder(Arc<Mutex<Vec<Sent>>>);

#[derive(Debug)]
struct Sent {
    url: String,
    region: String,
    key: String,
    token: Option<String>,
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let header = |name| Some(request.headers().get(name)?.to_str().expect("text").to_owned());
        let signature = header("authorization").expect("a signature");
        let mut scope = signature.split_once("Credential=").expect("a scope").1.split('/');
        let key = scope.next().expect("a key").to_owned();
        let region = scope.nth(1).expect("a region").to_owned();
        let token = header("x-amz-security-token");
        let sent = Sent { url: request.uri().to_string(), region, key, token };
        self.0.lock().expect("the list").push(sent);
        Box::pin(std::future::ready(Ok(http::Response::new(bytes::Bytes::new()))))
    }
}

/// What is sent, or the line of the error.
async fn called(builder: ConfigBuilder, environment: &Environment) -> Result<Sent, String> {
    let recorder = Recorder::default();
    let loaded = builder.transport(recorder.clone()).load(environment).await;
    let config = loaded.map_err(|error| error.to_string())?;
    let called = Client::new(&config).call(&PingRequest).await;
    called.map_err(|error| error.to_string())?;
    let mut sent = recorder.0.lock().expect("the list");
    Ok(sent.remove(0))
}

async fn refused(builder: ConfigBuilder, environment: &Environment) -> ConfigError {
    builder.load(environment).await.expect_err("an error")
}

const KEYS: &str = "aws_access_key_id = AKID\naws_secret_access_key = secret\n";

#[tokio::test]
async fn a_profile_gives_region_keys_and_endpoint() {
    let home = home(
        "[default]\nregion = eu-west-1\n[profile dev]\nregion=us-east-2\nendpoint_url = http://dev",
        &format!("[default]\n{KEYS}[dev]\n{KEYS}aws_session_token = token\n"),
    );
    let sent = called(Config::builder(), &environment(home.path(), &[])).await.expect("sent");
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
        let sent = called(builder, &environment(home.path(), variables)).await.expect("sent");
        assert_eq!((sent.region.as_str(), sent.url.as_str()), ("us-east-2", "http://dev/"));
        assert_eq!(sent.token.as_deref(), Some("token"));
    }
}

#[tokio::test]
async fn the_credentials_file_and_the_last_line_count() {
    let home = home(
        "[default]\nregion = a\nregion = b\naws_access_key_id = CONFIG\n\
         [profile default]\naws_secret_access_key = s\nregion = c\n[profile default]\nregion = d\n",
        "[default]\naws_access_key_id = FIRST\n[default]\naws_access_key_id = LAST\n",
    );
    let sent = called(Config::builder(), &environment(home.path(), &[])).await.expect("sent");
    // `[profile default]` replaces `[default]`.
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("d", "LAST"));
}

#[tokio::test]
async fn variables_come_before_the_profile() {
    let home = home(&format!("[default]\nregion = a\n{KEYS}[profile b]\nregion = b\n{KEYS}"), "");
    let variables = [
        ("AWS_REGION", "c"),
        ("AWS_ACCESS_KEY_ID", "ENVIRONMENT"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_PROFILE", "b"),
    ];
    let environment = environment(home.path(), &variables);
    let sent = called(Config::builder(), &environment).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("c", "ENVIRONMENT"));
    // Keys of a profile that the code names come before those in variables.
    let sent = called(Config::builder().profile("b"), &environment).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("c", "AKID"));
}

#[tokio::test]
async fn endpoints_have_a_precedence_in_profiles_too() {
    const OWN: (&str, &str) = ("AWS_ENDPOINT_URL_TEST_REGISTRY_PUBLIC", "http://own");
    const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "http://all");
    const IGNORE: &str = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    let with = |properties: &str| {
        format!(
            "[default]\nregion = r\n{KEYS}{properties}\n[services s]\nother =\n  endpoint_url = \
             http://other\ntest_registry_public = \n  # of one service\n  endpoint_url = \
             http://section # y\n"
        )
    };
    let regional = "https://api.registry.r.amazonaws.com/";
    let (both, ignored) =
        ("endpoint_url = http://profile\nservices = s", "ignore_configured_endpoint_urls = TRUE");
    let both_ignored = format!("{both}\n{ignored}");
    let table: [(&str, Variables<'_>, &str); 9] = [
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
        let sent = called(Config::builder(), &environment).await.expect("sent");
        assert_eq!(sent.url, expected, "{properties} {variables:?}");
        let builder = Config::builder().endpoint_url("http://code");
        let sent = called(builder, &environment).await.expect("sent");
        assert_eq!(sent.url, "http://code/");
    }
    let home = home("[default]\nregion = r\nendpoint_url = ftp://x", "");
    let line = called(Config::builder(), &environment(home.path(), &[])).await.expect_err("a line");
    let place = home.path().join(".aws/config");
    let expected = format!("\"ftp://x\" from endpoint_url in {}:3 ", place.display());
    assert!(line.contains(&expected), "{line}");
}

#[tokio::test]
async fn files_are_found_by_variables_and_code() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("text").to_owned()
    };
    let config = write("one", "[default]\nregion = one".to_owned());
    let credentials = write("two", format!("[default]\n{KEYS}"));
    let other = write("three", "\u{feff}[default]\r\nregion = three\r\n".to_owned());
    let variables =
        [("AWS_CONFIG_FILE", config.as_str()), ("AWS_SHARED_CREDENTIALS_FILE", &credentials)];
    let found = environment(folder.path(), &variables);
    let sent = called(Config::builder(), &found).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("one", "AKID"));
    let sent = called(Config::builder().config_file(&other), &found).await.expect("sent");
    assert_eq!(sent.region, "three");
    let in_code = Config::builder().config_file(&other).credentials_file(&credentials);
    let sent = called(in_code, &ALONE.into_iter().collect()).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("three", "AKID"));
    // A tilde that no shell has replaced.
    let variables = [("AWS_CONFIG_FILE", "~/one"), ("AWS_SHARED_CREDENTIALS_FILE", "~/two")];
    let sent = called(Config::builder(), &environment(folder.path(), &variables)).await;
    assert_eq!(sent.expect("sent").region, "one");
}

#[tokio::test]
async fn files_nobody_named_may_be_missing() {
    let empty = TempDir::new().expect("a folder");
    fs::write(empty.path().join("file"), "").expect("a file");
    for home in [empty.path().to_owned(), empty.path().join("none"), empty.path().join("file")] {
        let config = Config::builder().load(&environment(&home, &[])).await.expect("loaded");
        assert_eq!(config.region(), None);
    }
}

#[tokio::test]
async fn a_file_that_was_named_must_be_there() {
    let folder = TempDir::new().expect("a folder");
    let none = folder.path().join("none");
    let path = none.to_str().expect("text");
    for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        let environment = [(variable, path)].into_iter().collect();
        let error = refused(Config::builder(), &environment).await;
        assert!(
            matches!(&error, ConfigError::ProfileFile { file, line: None, .. } if file == path)
        );
        let line = error.to_string();
        assert!(line.contains(path) && line.ends_with(&format!("{variable} names it")), "{line}");
    }
    for builder in [Config::builder().config_file(&none), Config::builder().credentials_file(&none)]
    {
        let line = refused(builder, &Environment::default()).await.to_string();
        assert!(line.ends_with("the configuration in code names it"), "{line}");
    }
    // A folder is no file, also where nobody named it.
    fs::create_dir_all(folder.path().join(".aws/config")).expect("a folder");
    let line = refused(Config::builder(), &environment(folder.path(), &[])).await.to_string();
    assert!(line.contains("cannot be read"), "{line}");
}

#[tokio::test]
async fn a_profile_that_was_named_must_be_there() {
    let home = home("[wrong]\nregion = a\n[default]\nregion = b", "[profile odd]\n[dev]\n");
    let asked = format!(
        "asked {} and {}",
        home.path().join(".aws/config").display(),
        home.path().join(".aws/credentials").display()
    );
    let table = [
        ("none", ""),
        ("wrong", "; in the file of settings its section must be written `[profile wrong]`"),
        ("odd", "; in the file of credentials its section must be written `[odd]`"),
    ];
    for (name, hint) in table {
        let environment = environment(home.path(), &[("AWS_PROFILE", name)]);
        assert_eq!(
            refused(Config::builder(), &environment).await.to_string(),
            format!("there is no profile {name:?}, which AWS_PROFILE asks for: {asked}{hint}")
        );
    }
    let builder = Config::builder().profile("none");
    let line = refused(builder, &environment(home.path(), &[("AWS_PROFILE", "dev")])).await;
    assert!(line.to_string().contains("which the configuration in code asks for"), "{line}");
    let error = refused(Config::builder(), &[("AWS_PROFILE", "x")].into_iter().collect()).await;
    assert!(matches!(error, ConfigError::MissingProfile { .. }));
    assert!(error.to_string().ends_with("asked no file"), "{error}");
    // A section in one of the two files is enough.
    let environment = environment(home.path(), &[("AWS_PROFILE", "dev")]);
    Config::builder().load(&environment).await.expect("loaded");
}

#[tokio::test]
async fn a_line_that_cannot_be_read_is_named_and_not_shown() {
    let table = [
        (format!("[default]\n{SECRET}\n"), 2),
        (format!("aws_secret_access_key = {SECRET}\n"), 1),
        (format!("[default]\n\n = {SECRET}\n"), 3),
        (format!("[default\naws_secret_access_key = {SECRET}\n"), 1),
        (format!("[default] {SECRET}\n"), 1),
        (format!("[default]\ns3 =\n  {SECRET}\n"), 3),
        (format!("[default]\nservices = none\naws_secret_access_key = {SECRET}"), 2),
    ];
    for (text, line) in table {
        let home = home(&text, "");
        let error = refused(Config::builder(), &environment(home.path(), &[])).await;
        let file = home.path().join(".aws/config");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(
            matches!(&error, ConfigError::ProfileFile { line: Some(at), .. } if *at == line),
            "{text:?} {error}"
        );
        assert!(error.to_string().contains(&format!("{}:{line} ", file.display())), "{error}");
    }
    let home = home("[default]", "");
    fs::write(home.path().join(".aws/config"), b"[default]\nregion = \xff\n").expect("a file");
    let line = refused(Config::builder(), &environment(home.path(), &[])).await.to_string();
    assert!(line.contains("config:2 is not UTF-8"), "{line}");
}

#[tokio::test]
async fn a_value_that_cannot_be_says_where_it_is_and_what_it_may_be() {
    let switch = "true or false";
    let table = [
        ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", "yes", switch),
        ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", "1", switch),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls", "on", switch),
        ("AWS_MAX_ATTEMPTS", "max_attempts", "0", "a whole number from 1"),
        ("AWS_MAX_ATTEMPTS", "max_attempts", "-1", "a whole number from 1"),
        ("AWS_MAX_ATTEMPTS", "max_attempts", "99999999999", "a whole number from 1"),
        ("AWS_RETRY_MODE", "retry_mode", "fast", "standard"),
    ];
    for (variable, property, value, expected) in table {
        let error = refused(Config::builder(), &[(variable, value)].into_iter().collect()).await;
        let line = error.to_string();
        let start = format!("the variable {variable} is {value:?} and may be {expected}");
        assert!(line.starts_with(&start), "{line}");
        let home = home(&format!("[default]\n\n{property} = {value}"), "");
        let error = refused(Config::builder(), &environment(home.path(), &[])).await;
        assert!(matches!(error, ConfigError::InvalidSetting { .. }));
        let file = home.path().join(".aws/config");
        let start =
            format!("{property} in {}:3 is {value:?} and may be {expected}", file.display());
        assert!(error.to_string().starts_with(&start), "{error}");
    }
    let environment_2026 = [("AWS_NEW_RETRIES_2026", "x")].into_iter().collect();
    let line = refused(Config::builder(), &environment_2026).await.to_string();
    assert!(line.starts_with("the variable AWS_NEW_RETRIES_2026 is \"x\""), "{line}");
    let home = home("[default]\nregion = a/b", "");
    let line = called(Config::builder(), &environment(home.path(), &[])).await.expect_err("a line");
    assert!(line.contains("\"a/b\" from region in ") && line.contains("config:2 "), "{line}");
}

#[tokio::test]
async fn what_the_code_sets_is_not_looked_at_elsewhere() {
    let home = home("[default]\nuse_fips_endpoint = maybe\nmax_attempts = many\n", "");
    let variables = [
        ("AWS_USE_FIPS_ENDPOINT", "perhaps"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "perhaps"),
        ("AWS_RETRY_MODE", "perhaps"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "perhaps"),
    ];
    let builder = Config::builder()
        .use_fips(false)
        .use_dual_stack(false)
        .retry(longshore_runtime::RetryConfig::standard())
        .endpoint_url("http://code");
    builder.load(&environment(home.path(), &variables)).await.expect("loaded");
    // Nor is a property where there is a variable.
    let variables = [("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_MAX_ATTEMPTS", "3")];
    Config::builder().load(&environment(home.path(), &variables)).await.expect("loaded");
}

#[tokio::test]
async fn a_retry_mode_that_is_run_as_standard_is_said_so() {
    for (mode, told) in [("legacy", true), ("Adaptive", true), ("standard", false)] {
        let log = support::log::Watch::start();
        let environment = [("AWS_RETRY_MODE", mode)].into_iter().collect();
        Config::builder().load(&environment).await.expect("loaded");
        let expected = format!("the retry mode {mode} from AWS_RETRY_MODE is run as standard");
        assert_eq!(log.text().contains(&expected), told, "{}", log.text());
    }
}

#[tokio::test]
async fn loading_again_takes_everything_anew() {
    let first = home(&format!("[default]\nregion = a\nendpoint_url = http://a\n{KEYS}"), "");
    let config = Config::builder().load(&environment(first.path(), &[])).await.expect("loaded");
    let second =
        home("[default]\nregion = b\naws_access_key_id = B\naws_secret_access_key = b", "");
    let sent = called(config.to_builder(), &environment(second.path(), &[])).await.expect("sent");
    assert_eq!((sent.region.as_str(), sent.key.as_str()), ("b", "B"));
    assert_eq!(sent.url, "https://api.registry.b.amazonaws.com/");
}

#[tokio::test]
async fn half_of_the_keys_is_a_mistake() {
    let table = [
        ("aws_access_key_id = A", "no aws_secret_access_key beside the line"),
        ("aws_secret_access_key = hunter2", "no aws_access_key_id beside the line"),
    ];
    for (property, expected) in table {
        let home = home(&format!("[default]\nregion = r\n{property}"), "");
        let line = called(Config::builder(), &environment(home.path(), &[])).await;
        let line = line.expect_err("an error");
        assert!(line.contains("the profile default") && line.contains(expected), "{line}");
        assert!(line.ends_with("config:3") && !line.contains("hunter2"), "{line}");
    }
}

#[tokio::test]
async fn nothing_of_a_profile_is_in_debug() {
    let keys = format!("aws_access_key_id = AKID\naws_secret_access_key = {SECRET}\n");
    let home = home(&format!("[default]\nregion = r\n{keys}aws_session_token = {TOKEN}\n"), "");
    let environment = environment(home.path(), &[]);
    let config = Config::builder().load(&environment).await.expect("loaded");
    let shown = format!("{config:?} {:?} {:?}", config.to_builder(), Client::new(&config));
    assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
}

#[cfg(not(feature = "aws-config"))]
#[tokio::test]
async fn without_the_chain_a_profile_says_what_it_needs() {
    let properties = [
        "role_arn = arn",
        "sso_session = s",
        "credential_process = p",
        "web_identity_token_file = f",
    ];
    for property in properties {
        let home = home(&format!("[default]\nregion = r\n{KEYS}{property}"), "");
        let line = called(Config::builder(), &environment(home.path(), &[])).await;
        let line = line.expect_err("an error");
        let name = property.split_once(' ').expect("a name").0;
        assert!(line.contains(&format!("{name} in ")) && line.contains("config:5 needs"), "{line}");
        assert!(line.contains("the feature aws-config of longshore-runtime"), "{line}");
    }
    let variables = [("AWS_WEB_IDENTITY_TOKEN_FILE", "f"), ("AWS_REGION", "r")];
    let line = called(Config::builder(), &variables.into_iter().collect()).await;
    let line = line.expect_err("an error");
    assert!(line.contains("AWS_WEB_IDENTITY_TOKEN_FILE needs the feature aws-config"), "{line}");
}
