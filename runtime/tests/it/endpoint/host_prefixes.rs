//! Host prefixes of operations.

use crate::support::server::{CannedResponse, Server};
use crate::support::service::{PingError, PingRequest, SERVICE};
use crate::support::signature::expected_authorization;
use crate::support::{config, load, try_load};
use longshore_runtime::{
    Client, Config, ConfigBuilder, ConfigError, Endpoint, EndpointParameters, EndpointRules,
    Environment, Error, ErrorKind, Operation, Proxies, Rule, Service, ValidationError,
};

const RULED: Service = SERVICE.endpoint_rules(EndpointRules::new(resolve));

fn resolve(
    parameters: &EndpointParameters<'_>,
) -> Result<Endpoint, longshore_runtime::EndpointError> {
    Ok(Endpoint::new(parameters.get_endpoint().unwrap_or("http://ruled.example/deep")))
}

#[derive(Clone)]
struct StaticRequest {}
longshore_runtime::structure!(StaticRequest, Request, Default, {});

#[derive(Clone, Default)]
struct LabelRequest {
    account: String,
    zone: Option<String>,
    token: Option<String>,
}
longshore_runtime::structure!(LabelRequest, Request, {
    "AccountId" => required(account),
    "Zone" => some(zone),
    "Token" => some(token) where secret (length(1..)),
});

#[derive(Clone)]
struct RuledRequest {}
longshore_runtime::structure!(RuledRequest, Request, Default, {});

#[derive(Clone)]
struct PlainRequest {}
longshore_runtime::structure!(PlainRequest, Request, Default, {});

macro_rules! operation {
    ($name:ident, $service:expr, $prefix:expr $(, $label:item)?) => {
        impl Operation for $name {
            const NAME: &'static str = "Look";
            const SERVICE: &'static Service = &$service;
            const HOST_PREFIX: Option<&'static str> = $prefix;
            type Output = ();
            type Error = PingError;
            $($label)?
        }
    };
}

operation!(StaticRequest, SERVICE, Some("data-"));
operation!(RuledRequest, RULED, Some("data."));
operation!(PlainRequest, RULED, None);
/// A request whose label is a generated token.
#[derive(Clone, Default)]
struct TokenRequest {
    token: Option<String>,
}
longshore_runtime::structure!(TokenRequest, Request, { "Token" => some(token) });

impl Operation for TokenRequest {
    const NAME: &'static str = "Look";
    const SERVICE: &'static Service = &SERVICE;
    const HOST_PREFIX: Option<&'static str> = Some("{Token}.");
    type Output = ();
    type Error = PingError;

    fn host_label(&self, _: &str) -> Option<&str> {
        self.token.as_deref()
    }

    fn with_idempotency_token(&self, token: impl FnOnce() -> String) -> Option<Self> {
        self.token.is_none().then(|| Self { token: Some(token()) })
    }
}

operation!(
    LabelRequest,
    SERVICE,
    Some("x.{AccountId}.{Zone}-{Token}."),
    fn host_label(&self, name: &str) -> Option<&str> {
        match name {
            "AccountId" => Some(&self.account),
            "Zone" => self.zone.as_deref(),
            "Token" => self.token.as_deref(),
            _ => None,
        }
    }
);

fn labels(account: &str, zone: Option<&str>, token: &str) -> LabelRequest {
    let (zone, token) = (zone.map(str::to_owned), Some(token.to_owned()));
    LabelRequest { account: account.to_owned(), zone, token }
}

/// A proxy that receives the requests for all hosts.
struct CatchAllProxy(Server);

impl CatchAllProxy {
    fn start() -> Self {
        Self(Server::start((0..9).map(|_| CannedResponse::ok("{}"))))
    }

    fn apply(&self, config: ConfigBuilder) -> ConfigBuilder {
        config.proxies(Proxies::all(&self.0.url).expect("a proxy"))
    }

    /// The URL and the `Host` header of each request.
    fn urls_and_hosts(&self) -> Vec<(String, String)> {
        let url = |line: &str| line.split(' ').nth(1).expect("a URL").to_owned();
        let requests = self.0.requests();
        requests.iter().map(|sent| (url(&sent.line), sent.header("host").to_owned())).collect()
    }
}

fn pair(url: &str, host: &str) -> (String, String) {
    (url.to_owned(), host.to_owned())
}

#[tokio::test]
async fn a_prefix_is_added_to_the_host_of_a_custom_endpoint_and_signed() {
    let proxy = CatchAllProxy::start();
    let client = Client::new(&proxy.apply(config("http://registry.example:8080/a")).build());
    client.call(&StaticRequest {}).await.expect("a response");
    client.call(&labels("team-1", Some("EU"), "t")).await.expect("a response");
    let expected = [
        pair("http://data-registry.example:8080/a/", "data-registry.example:8080"),
        pair(
            "http://x.team-1.EU-t.registry.example:8080/a/",
            "x.team-1.EU-t.registry.example:8080",
        ),
    ];
    assert_eq!(proxy.urls_and_hosts(), expected);
    for sent in proxy.0.requests() {
        assert_eq!(sent.header("authorization"), expected_authorization(&sent, "/a/"));
    }
}

#[tokio::test]
async fn a_prefix_is_added_to_the_host_of_the_rules_only_for_its_operation() {
    let proxy = CatchAllProxy::start();
    let config = Config::builder().region("r").static_credentials("AKIDEXAMPLE", "s", None);
    let client = Client::new(&proxy.apply(config).build());
    client.call(&RuledRequest {}).await.expect("a response");
    client.call(&PlainRequest {}).await.expect("a response");
    client.call(&RuledRequest {}).await.expect("a response");
    let prefixed = pair("http://data.ruled.example/deep/", "data.ruled.example");
    let plain = pair("http://ruled.example/deep/", "ruled.example");
    assert_eq!(proxy.urls_and_hosts(), [prefixed.clone(), plain, prefixed]);
}

#[tokio::test]
async fn a_generated_token_used_as_label_matches_the_body() {
    let proxy = CatchAllProxy::start();
    let client = Client::new(&proxy.apply(config("http://registry.example")).build());
    client.call(&TokenRequest::default()).await.expect("a response");
    let sent = proxy.0.request();
    let token = sent.text().split('"').nth(3).expect("a token").to_owned();
    assert_eq!(sent.header("host"), format!("{token}.registry.example"));
}

#[tokio::test]
async fn the_prefix_is_part_of_every_attempt() {
    let server = Server::start([CannedResponse::unavailable(), CannedResponse::ok("{}")]);
    let proxies = Proxies::all(&server.url).expect("a proxy");
    let config = config("http://registry.example").proxies(proxies);
    Client::new(&config.build()).call(&StaticRequest {}).await.expect("a response");
    for sent in server.requests() {
        assert_eq!(sent.line, "POST http://data-registry.example/ HTTP/1.1");
    }
    assert_eq!(server.requests().len(), 2);
}

async fn label_error(request: &LabelRequest) -> Error<PingError> {
    let server = Server::start([]);
    let error = crate::support::client(&server.url).call(request).await.expect_err("no label");
    assert!(server.requests().is_empty());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Validation, 0));
    assert!(!error.is_retryable());
    error
}

#[tokio::test]
async fn an_invalid_label_is_an_error_that_names_the_member() {
    const LABEL: &str =
        "a host name label (1 to 63 letters, digits and hyphens, no leading or trailing hyphen)";
    let table = [
        (labels("", Some("eu"), "t"), "AccountId", r#""""#),
        (labels("a.b", Some("eu"), "t"), "AccountId", r#""a.b""#),
        (labels("x/", Some("eu"), "t"), "AccountId", r#""x/""#),
        (labels("a\n", Some("eu"), "t"), "AccountId", r#""a\n""#),
        (labels("a", Some("-eu"), "t"), "Zone", r#""-eu""#),
        (labels("a", None, "t"), "Zone", "absent"),
        (labels("a", Some(""), "t"), "Zone", r#""""#),
        (labels("a", Some("evil.example/@"), "t"), "Zone", r#""evil.example/@""#),
    ];
    for (request, member, value) in table {
        let error = label_error(&request).await;
        let expected =
            format!("Look: the request is not valid: {member} must be {LABEL} and is {value}");
        assert_eq!(error.to_string(), expected);
        let source = error.find_cause::<ValidationError>();
        let violation = &source.expect("what is wrong").violations()[0];
        assert_eq!((violation.path(), violation.rule()), (member, Rule::HostLabel));
        assert_eq!((violation.limit(), violation.actual()), (LABEL, Some(value)));
    }
    let long = "a".repeat(10_000);
    assert!(label_error(&labels(&long, None, "t")).await.to_string().len() < 300);
}

#[tokio::test]
async fn an_invalid_secret_label_is_not_shown() {
    let error = label_error(&labels("a", Some("b"), "hunter.2")).await;
    assert_eq!(
        error.to_string(),
        "Look: the request is not valid: Token must be a host name label (1 to 63 letters, \
         digits and hyphens, no leading or trailing hyphen)"
    );
    assert!(!format!("{error:?} {:?}", error.cause()).contains("hunter"));
}

#[tokio::test]
async fn a_host_that_cannot_take_a_prefix_is_a_config_error() {
    let long = format!("http://{}.example", "a".repeat(63));
    let table = [
        ("http://127.0.0.1:9", "\"127.0.0.1\": an IP address cannot have a prefix"),
        ("http://[::1]:9", "\"[::1]\": an IP address cannot have a prefix"),
        (&long, "at most 253 characters, with labels of 1 to 63"),
    ];
    for (url, problem) in table {
        let error = crate::support::client(url).call(&StaticRequest {}).await.expect_err("no host");
        assert_eq!(error.kind(), ErrorKind::Config);
        let line = error.to_string();
        assert!(line.contains(r#"the host prefix "data-" cannot be added to "#), "{line}");
        assert!(line.contains(problem), "{line}");
        let source = error.find_cause::<ConfigError>();
        assert!(matches!(source, Some(ConfigError::HostPrefix { prefix: "data-", .. })));
    }
}

const OFF: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");
const ON: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "False");
const PROFILE: &str = "disable_host_prefix_injection = true";

#[tokio::test]
async fn prefixes_can_be_disabled() {
    type Case<'a> = (Option<bool>, Option<(&'a str, &'a str)>, &'a str, bool);
    let table: [Case<'_>; 8] = [
        (None, None, "", true),
        (Some(false), None, "", false),
        (None, Some(OFF), "", false),
        (None, None, PROFILE, false),
        (None, Some(ON), PROFILE, true),
        (Some(true), Some(OFF), PROFILE, true),
        (Some(false), Some(ON), "", false),
        (Some(true), Some((OFF.0, "maybe")), PROFILE, true),
    ];
    for (code, variable, profile, put) in table {
        let proxy = CatchAllProxy::start();
        let builder = proxy.apply(config("http://registry.example"));
        let builder = code.into_iter().fold(builder, ConfigBuilder::host_prefixes);
        let variables: Vec<_> = variable.into_iter().collect();
        let config = load(builder, &variables, profile).await;
        Client::new(&config).call(&StaticRequest {}).await.expect("a response");
        let host = if put { "data-registry.example" } else { "registry.example" };
        assert_eq!(proxy.urls_and_hosts()[0].1, host, "{code:?} {variable:?} {profile}");
    }
    let error = try_load(Config::builder(), &[(OFF.0, "maybe")], "").await.expect_err("neither");
    let line = error.to_string();
    assert!(line.contains("AWS_DISABLE_HOST_PREFIX_INJECTION is \"maybe\""), "{line}");
}

#[tokio::test]
async fn disabled_prefixes_skip_label_checks() {
    let server = Server::start([CannedResponse::ok("{}")]);
    let config = config(&server.url).host_prefixes(false).build();
    Client::new(&config).call(&labels("a.b", None, "")).await.expect("a response");
    assert_eq!(server.request().header("host"), server.url.trim_start_matches("http://"));
}

/// Without a prefix, labels are not requested.
#[tokio::test]
async fn operations_without_a_prefix_are_unaffected() -> Result<(), Error<PingError>> {
    let server = Server::start([CannedResponse::ok("{}")]);
    crate::support::client(&server.url).call(&PingRequest).await?;
    assert_eq!(server.request().header("host"), server.url.trim_start_matches("http://"));
    assert_eq!(PingRequest::HOST_PREFIX, None);
    assert_eq!(PingRequest.host_label("any"), None);
    Ok(())
}

#[test]
fn blocking_clients_add_prefixes() {
    let proxy = CatchAllProxy::start();
    let environment: Environment = crate::support::NO_INSTANCE_METADATA.into_iter().collect();
    let config = proxy.apply(config("http://registry.example"));
    let config = config.load_blocking(&environment).expect("loaded");
    let client = longshore_runtime::blocking::Client::new(&config);
    client.call(&StaticRequest {}).expect("a response");
    assert_eq!(proxy.urls_and_hosts()[0].1, "data-registry.example");
    let error = client.call(&labels("a.b", None, "")).expect_err("no label");
    assert_eq!(error.kind(), ErrorKind::Validation);
}
