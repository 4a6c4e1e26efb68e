//! Account-based endpoints.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::account_service::{SignedRequest, UndeclaredRequest, UnsignedRequest};
use crate::support::profiles::{KEYS, Variables};
use crate::support::server::{CannedResponse, Server};
use crate::support::service::PingRequest;
use crate::support::{SECRET, load};
use longshore_runtime::{
    AccountIdEndpointMode, Client, Config, ConfigBuilder, Credentials, CredentialsError,
    CredentialsFuture, Operation, ProvideCredentials, Proxies,
};

const MODES: [AccountIdEndpointMode; 3] = [
    AccountIdEndpointMode::Preferred,
    AccountIdEndpointMode::Disabled,
    AccountIdEndpointMode::Required,
];

/// Counts the requests for credentials.
#[derive(Debug, Clone)]
struct Counted(Result<Credentials, &'static str>, Arc<AtomicUsize>);

impl ProvideCredentials for Counted {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        self.1.fetch_add(1, Ordering::Relaxed);
        CredentialsFuture::ready(self.0.clone().map_err(CredentialsError::failed))
    }
}

fn credentials(account_id: Option<&str>) -> Credentials {
    let credentials = Credentials::new("AKIDEXAMPLE", SECRET, None, None, "test");
    match account_id {
        Some(id) => credentials.with_account_id(id),
        None => credentials,
    }
}

/// Calls an operation through a proxy, which receives the whole URL. Returns the URL of the request
/// or the message of the error, and the number of requests for credentials.
async fn call<O: Operation>(
    builder: ConfigBuilder,
    provided: Result<Credentials, &'static str>,
    operation: &O,
) -> (Result<String, String>, usize) {
    let proxy = Server::start([CannedResponse::ok("{}")]);
    let provider = Counted(provided, Arc::default());
    let proxies = Proxies::all(&proxy.url).expect("a proxy");
    let config = builder.region("r-1").credentials(provider.clone()).proxies(proxies).build();
    let called = Client::new(&config).call(operation).await;
    let url = called.map_err(|error| error.to_string()).map(|_| {
        let request = proxy.request();
        let url = request.line.strip_prefix("POST ").and_then(|line| line.split(' ').next());
        url.expect("a URL").to_owned()
    });
    assert_eq!(proxy.requests().len(), usize::from(url.is_ok()), "{url:?}");
    (url, provider.1.load(Ordering::Relaxed))
}

#[tokio::test]
async fn the_mode_determines_whether_the_account_id_is_in_the_endpoint() {
    let table = [
        (Some("123456789012"), MODES[0], Some("http://123456789012.preferred.r-1.example/")),
        (None, MODES[0], Some("http://preferred.r-1.example/")),
        (Some(""), MODES[0], Some("http://preferred.r-1.example/")),
        (Some("123456789012"), MODES[1], Some("http://disabled.r-1.example/")),
        (None, MODES[1], Some("http://disabled.r-1.example/")),
        (Some("123456789012"), MODES[2], Some("http://123456789012.required.r-1.example/")),
        (None, MODES[2], None),
        (Some(""), MODES[2], None),
    ];
    for (account_id, mode, expected) in table {
        let builder = Config::builder().account_id_endpoint_mode(mode);
        let (called, requests) = call(builder, Ok(credentials(account_id)), &SignedRequest).await;
        assert_eq!(called.as_deref().ok(), expected, "{account_id:?} {mode}: {called:?}");
        assert_eq!(requests, 1, "{account_id:?} {mode}");
    }
    let (called, _) = call(Config::builder(), Ok(credentials(Some("1"))), &SignedRequest).await;
    assert_eq!(called.as_deref(), Ok("http://1.preferred.r-1.example/"));
}

#[tokio::test]
async fn a_required_account_id_that_is_missing_is_an_error_that_says_what_to_do() {
    let builder = Config::builder().account_id_endpoint_mode(AccountIdEndpointMode::Required);
    let (called, _) = call(builder, Ok(credentials(None)), &SignedRequest).await;
    assert_eq!(
        called.expect_err("an error"),
        "SignedRequest: Test REGISTRY-Public in the region \"r-1\": an account is required (the \
         account ID endpoint mode is set to `required` by the configuration in code, and the \
         credentials of the provider test have no account ID: set AWS_ACCOUNT_ID, aws_account_id \
         or Credentials::with_account_id, or use another mode)"
    );
}

#[tokio::test]
async fn an_error_that_an_account_id_does_not_prevent_does_not_mention_it() {
    let builder = Config::builder().account_id_endpoint_mode(AccountIdEndpointMode::Required);
    let (called, _) = call(builder.use_fips(true), Ok(credentials(None)), &SignedRequest).await;
    assert_eq!(
        called.expect_err("an error"),
        "SignedRequest: Test REGISTRY-Public in the region \"r-1\": there are no FIPS endpoints"
    );
}

#[tokio::test]
async fn only_signed_calls_whose_rules_use_the_account_id_request_credentials_for_the_endpoint() {
    // No credentials are available, so a call that requests them fails with another error.
    let failing = || Err("none today");
    let required = || Config::builder().account_id_endpoint_mode(AccountIdEndpointMode::Required);
    let (called, requests) = call(required(), failing(), &UnsignedRequest).await;
    assert_eq!((called.as_deref(), requests), (Ok("http://disabled.r-1.example/"), 0));
    let (called, requests) = call(required(), failing(), &UndeclaredRequest).await;
    assert_eq!(requests, 0);
    assert!(called.expect_err("an error").ends_with("an account is required"));
    // Without a region, no credentials are requested either.
    let provider = Counted(failing(), Arc::default());
    let config = Config::builder().credentials(provider.clone()).build();
    let error = Client::new(&config).call(&SignedRequest).await.expect_err("no region");
    assert!(error.to_string().contains("no region: searched"), "{error}");
    assert_eq!(provider.1.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_failure_to_get_the_credentials_is_the_same_error_for_all_services() {
    let without_name = |line: String| line.split_once(": ").expect("a name").1.to_owned();
    let builder = || Config::builder().endpoint_url("http://localhost");
    let (with_account, requests) = call(builder(), Err("none today"), &SignedRequest).await;
    let (without, _) = call(builder(), Err("none today"), &PingRequest).await;
    let (with_account, without) =
        (with_account.expect_err("an error"), without.expect_err("an error"));
    assert!(with_account.contains("none today"), "{with_account}");
    assert_eq!(without_name(with_account), without_name(without));
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn the_mode_is_loaded_in_order_of_precedence() {
    const VARIABLE: &str = "AWS_ACCOUNT_ID_ENDPOINT_MODE";
    let table: [(Variables<'_>, &str, &str); 6] = [
        (&[], "", "http://7.preferred.r-1.example/"),
        (&[], "account_id_endpoint_mode = Disabled", "http://disabled.r-1.example/"),
        (&[(VARIABLE, "")], "account_id_endpoint_mode = disabled", "http://disabled.r-1.example/"),
        (
            &[(VARIABLE, "REQUIRED")],
            "account_id_endpoint_mode = disabled",
            "http://7.required.r-1.example/",
        ),
        (
            &[(VARIABLE, "required")],
            "account_id_endpoint_mode = x",
            "http://7.required.r-1.example/",
        ),
        (&[(VARIABLE, "disabled")], "", "http://disabled.r-1.example/"),
    ];
    for (variables, property, expected) in table {
        let proxy = Server::start([CannedResponse::ok("{}"), CannedResponse::ok("{}")]);
        let builder =
            Config::builder().region("r-1").proxies(Proxies::all(&proxy.url).expect("a proxy"));
        let profile = format!("{KEYS}aws_account_id = 7\n{property}");
        let config = load(builder, variables, &profile).await;
        let in_code = config.to_builder().account_id_endpoint_mode(MODES[2]).build();
        for config in [config, in_code] {
            Client::new(&config).call(&SignedRequest).await.expect("a response");
        }
        let lines: Vec<_> = proxy.requests().into_iter().map(|request| request.line).collect();
        let in_code = "http://7.required.r-1.example/";
        let expected = [expected, in_code].map(|url| format!("POST {url} HTTP/1.1"));
        assert_eq!(lines, expected, "{variables:?} {property}");
    }
}

#[tokio::test]
async fn the_error_names_the_setting_that_requires_the_account_id() {
    let table: [(Variables<'_>, &str, &str); 2] = [
        (&[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required")], "", "AWS_ACCOUNT_ID_ENDPOINT_MODE"),
        (&[], "account_id_endpoint_mode = required", "config:4"),
    ];
    for (variables, property, origin) in table {
        let config =
            load(Config::builder().region("r"), variables, &format!("{KEYS}{property}")).await;
        let error = Client::new(&config).call(&SignedRequest).await.expect_err("no account ID");
        let line = error.to_string();
        assert!(
            line.contains(&format!("{origin}, and the credentials of the provider profile")),
            "{line}"
        );
    }
}
