//! Settings of a builder that was made from a loaded configuration, and the requests of the
//! credential chain.

use std::sync::{Arc, Mutex};

use crate::support::credential_sources::{BASE, assume_role_response, home};
use crate::support::service::SERVICE;
use crate::support::try_load;
use bytes::Bytes;
use http::{Request, Response};
use longshore_runtime::{
    BoxFuture, Client, Config, ConfigBuilder, Endpoint, EndpointError, EndpointParameters,
    EndpointRules, Operation, RetryConfig, Service, Transport, TransportError, Unmodeled,
};
use tempfile::TempDir;

#[derive(Clone)]
struct CallRequest {
    name: Option<String>,
}

longshore_runtime::structure!(CallRequest, Request, {
    "name" => some(name),
});

enum CallError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(CallError, Unmodeled, {});

fn service_endpoint(_: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    Ok(Endpoint::new("https://service.example"))
}

const RULED_SERVICE: Service = SERVICE.endpoint_rules(EndpointRules::new(service_endpoint));

impl Operation for CallRequest {
    const NAME: &'static str = "Call";
    const SERVICE: &'static Service = &RULED_SERVICE;
    type Output = ();
    type Error = CallError;
}

/// Responds as both STS and the service, and records the hosts and signing regions of the STS
/// requests.
#[derive(Debug, Clone, Default)]
struct Sts {
    hosts: Arc<Mutex<Vec<String>>>,
    regions: Arc<Mutex<Vec<String>>>,
    /// The status of every response of STS, if it is not a success.
    status: Option<u16>,
}

impl Transport for Sts {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let host = request.uri().host().expect("a host").to_owned();
        let mut response = Response::new(Bytes::new());
        if host != "service.example" {
            self.hosts.lock().expect("the hosts").push(host);
            let signature = request.headers()["authorization"].to_str().expect("text");
            let region = signature.split('/').nth(2).expect("a region").to_owned();
            self.regions.lock().expect("the regions").push(region);
            let bytes = assume_role_response("AssumeRole").bytes;
            let text = String::from_utf8(bytes).expect("text");
            let (_head, body) = text.split_once("\r\n\r\n").expect("a body");
            *response.body_mut() = body.to_owned().into();
            if let Some(status) = self.status {
                *response.status_mut() = status.try_into().expect("a status");
            }
        }
        Box::pin(std::future::ready(Ok(response)))
    }
}

impl Sts {
    /// The hosts of the requests since the last time.
    fn take_hosts(&self) -> Vec<String> {
        std::mem::take(&mut self.hosts.lock().expect("the hosts"))
    }
}

/// A configuration whose profile assumes a role.
async fn load(sts: &Sts, settings: &str) -> (Config, TempDir) {
    let home = home(&format!(
        "[default]\nregion = us-east-1\nrole_arn = arn:aws:iam::1:role/r\n\
         source_profile = base\n{settings}\n\
         {BASE}"
    ));
    let environment = [("HOME", home.path().to_str().expect("text"))].into_iter().collect();
    let config = Config::builder().transport(sts.clone()).load(&environment).await;
    (config.expect("loaded"), home)
}

async fn call(config: &Config) -> Result<(), String> {
    let called = Client::new(config).call(&CallRequest { name: None }).await;
    called.map_err(|error| error.to_string())
}

#[tokio::test]
async fn the_credential_chain_sees_every_setting_of_a_derived_configuration() {
    type Change = fn(ConfigBuilder) -> ConfigBuilder;
    let table: [(&str, Change, Option<&str>); 9] = [
        ("FIPS", |it| it.use_fips(true), Some("sts-fips.us-east-1.amazonaws.com")),
        ("dual-stack", |it| it.use_dual_stack(true), Some("sts.us-east-1.api.aws")),
        ("both", |it| it.use_fips(true).use_dual_stack(true), Some("sts-fips.us-east-1.api.aws")),
        ("the region", |it| it.region("cn-north-1"), Some("sts.cn-north-1.amazonaws.com.cn")),
        (
            "the number of attempts",
            |it| it.retry(RetryConfig::disabled()),
            Some("sts.us-east-1.amazonaws.com"),
        ),
        // Nothing that the chain depends on changes, so the credentials are shared.
        ("nothing", |it| it, None),
        ("validation", |it| it.validate_requests(true), None),
        ("the same values", |it| it.use_fips(false).region("us-east-1"), None),
        ("values of the service", |it| it.host_prefixes(false).endpoint_url("http://a"), None),
    ];
    for (setting, change, expected) in table {
        let sts = Sts::default();
        let (config, _home) = load(&sts, "").await;
        call(&config).await.expect("a response");
        assert_eq!(sts.take_hosts(), ["sts.us-east-1.amazonaws.com"], "{setting}");
        let derived = change(config.to_builder()).build();
        call(&derived).await.expect("a response");
        assert_eq!(sts.take_hosts(), Vec::from_iter(expected), "{setting}");
        // A configuration derived from this one again has its settings.
        call(&derived.to_builder().build()).await.expect("a response");
        assert_eq!(sts.take_hosts(), [""; 0], "{setting}");
        // The original configuration keeps its own.
        call(&config).await.expect("a response");
        assert_eq!(sts.take_hosts(), [""; 0], "{setting}");
    }
}

#[tokio::test]
async fn a_setting_in_code_replaces_the_loaded_one_in_the_credential_chain() {
    let sts = Sts::default();
    let (config, _home) = load(&sts, "use_fips_endpoint = true").await;
    call(&config).await.expect("a response");
    call(&config.to_builder().use_fips(false).build()).await.expect("a response");
    let expected = ["sts-fips.us-east-1.amazonaws.com", "sts.us-east-1.amazonaws.com"];
    assert_eq!(sts.take_hosts(), expected);
}

#[tokio::test(start_paused = true)]
async fn requests_for_credentials_are_attempted_as_often_as_calls() {
    let sts = Sts { status: Some(500), ..Sts::default() };
    let (config, _home) = load(&sts, "max_attempts = 2").await;
    call(&config).await.expect_err("no credentials");
    assert_eq!(sts.take_hosts().len(), 2);
    let once = config.to_builder().retry(RetryConfig::disabled()).build();
    call(&once).await.expect_err("no credentials");
    assert_eq!(sts.take_hosts().len(), 1);
}

#[tokio::test]
async fn the_endpoint_of_sts_can_be_the_global_one() {
    let (global, regional) = ("sts.amazonaws.com", "sts.us-east-1.amazonaws.com");
    let elsewhere = "sts.eu-south-1.amazonaws.com";
    for (settings, region, expected) in [
        ("sts_regional_endpoints = legacy", "us-east-1", (global, "us-east-1")),
        ("sts_regional_endpoints = legacy", "eu-west-1", (global, "us-east-1")),
        ("sts_regional_endpoints = legacy", "eu-south-1", (elsewhere, "eu-south-1")),
        ("sts_regional_endpoints = regional", "us-east-1", (regional, "us-east-1")),
        ("", "us-east-1", (regional, "us-east-1")),
        (
            "sts_regional_endpoints = legacy\nuse_fips_endpoint = true",
            "us-east-1",
            ("sts-fips.us-east-1.amazonaws.com", "us-east-1"),
        ),
    ] {
        let sts = Sts::default();
        let (config, _home) = load(&sts, settings).await;
        call(&config.to_builder().region(region).build()).await.expect("a response");
        assert_eq!(sts.take_hosts(), [expected.0], "{settings} {region}");
        let regions = sts.regions.lock().expect("the regions").clone();
        assert_eq!(regions, [expected.1], "{settings} {region}");
    }
}

#[tokio::test]
async fn the_variable_for_the_endpoint_of_sts_takes_precedence() {
    let variable = |value| [("AWS_STS_REGIONAL_ENDPOINTS", value)];
    let profile = "region = r-1\nsts_regional_endpoints = legacy";
    try_load(Config::builder(), &variable("regional"), profile).await.expect("loaded");
    for (value, origin) in [("Legacy", "AWS_STS_REGIONAL_ENDPOINTS"), ("global", "AWS_STS")] {
        let error = try_load(Config::builder(), &variable(value), profile).await;
        let line = error.expect_err("an error").to_string();
        assert!(line.contains(origin) && line.contains("regional or legacy"), "{line}");
    }
}
