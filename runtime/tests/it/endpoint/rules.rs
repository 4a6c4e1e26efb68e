//! Endpoint rules: the URL and the signing scope of calls.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::support::SECRET;
use crate::support::service::{PingRequest, SERVICE};
use longshore_runtime::{
    BoxFuture, Client, Config, ConfigBuilder, Endpoint, EndpointContext, EndpointError,
    EndpointParameters, EndpointRules, Operation, SerializeMap, Service, Structure, Transport,
    TransportError, Unmodeled,
};

/// How often `counted` was called.
static CALLS: AtomicUsize = AtomicUsize::new(0);

fn resolve(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    if let Some(url) = parameters.get_endpoint() {
        return Ok(Endpoint::new(url));
    }
    let region = parameters.get_region().ok_or_else(|| EndpointError::missing("Region"))?;
    let suffix = parameters.partition(region).dns_suffix();
    let fips = if parameters.get_use_fips() == Some(true) { "-fips" } else { "" };
    let stack = if parameters.get_use_dual_stack() == Some(true) { "dual." } else { "" };
    match (region, parameters.get_text("Bucket")) {
        (_, Some(bucket)) => Ok(Endpoint::new(format!("https://{bucket}.{region}.{suffix}"))
            .signing_name("bucket")
            .signing_region("us-east-1")
            .header("x-bucket", bucket)),
        ("nowhere", _) => Err(EndpointError::new("no endpoint: Region is nowhere")),
        ("odd", _) => Ok(Endpoint::new("ftp://odd")),
        _ => Ok(Endpoint::new(format!("https://own{fips}.{stack}{region}.{suffix}"))),
    }
}

fn counted(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    resolve(parameters)
}

const RULED: Service = SERVICE.endpoint_rules(EndpointRules::new(resolve));
const COUNTED: Service = SERVICE.endpoint_rules(EndpointRules::new(counted));
const PER_REQUEST: Service = SERVICE.endpoint_rules(EndpointRules::new(resolve).per_request());

/// Declares an operation of a service.
macro_rules! operation {
    ($name:ident, $service:expr $(, $field:ident)?) => {
        #[derive(Debug, Clone, PartialEq)]
        struct $name { $($field: Option<String>)? }

        impl Structure for $name {
            const SHAPE: &'static str = stringify!($name);

            fn empty() -> Self {
                Self { $($field: None)? }
            }

            fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
                Ok(())
            }
        }
        longshore_runtime::impl_serde!($name);

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &$service;
            type Output = ();
            type Error = NoError;

            $(fn endpoint_context(&self) -> EndpointContext<'_> {
                EndpointContext::new().text("Bucket", self.$field.as_deref())
            })?
        }
    };
}

operation!(Ruled, RULED);
operation!(Counted, COUNTED);
operation!(PerRequest, PER_REQUEST, bucket);

#[derive(Clone)]
enum NoError {
    Unmodeled(Unmodeled),
}
longshore_runtime::operation_error!(NoError, Unmodeled, {});

/// A transport that records the URL, the signing scope and the header `x-bucket` of each request.
#[derive(Clone, Default)]
struct RecordingTransport(Arc<Mutex<Vec<[String; 3]>>>);

impl std::fmt::Debug for RecordingTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordingTransport")
    }
}

impl Transport for RecordingTransport {
    fn send(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        let header = |name| request.headers().get(name).map_or("", |v| v.to_str().expect("text"));
        let scope: Vec<_> = header("authorization").split('/').skip(2).take(2).collect();
        let signed = header("authorization").contains("x-bucket");
        assert_eq!(signed, !header("x-bucket").is_empty());
        let seen = [request.uri().to_string(), scope.join("/"), header("x-bucket").to_owned()];
        self.0.lock().expect("the list").push(seen);
        Box::pin(std::future::ready(Ok(http::Response::new(bytes::Bytes::new()))))
    }
}

fn client(builder: ConfigBuilder) -> (Client, RecordingTransport) {
    let recorder = RecordingTransport::default();
    let config = builder.static_credentials("AKIDEXAMPLE", SECRET, None);
    (Client::new(&config.transport(recorder.clone()).build()), recorder)
}

/// The URL and the signing scope of a call, or its error message and an empty string.
async fn url_and_scope<O: Operation>(builder: ConfigBuilder, request: &O) -> (String, String) {
    let (client, recorder) = client(builder);
    match client.call(request).await {
        Ok(_) => {
            let [url, scope, _] = recorder.0.lock().expect("the list").remove(0);
            (url, scope)
        }
        Err(error) => (error.to_string(), String::new()),
    }
}

#[tokio::test]
async fn the_rules_determine_the_endpoint() {
    let at = |region: &str| Config::builder().region(region);
    let table = [
        (at("eu-west-1"), "https://own.eu-west-1.amazonaws.com/"),
        (at("cn-north-1"), "https://own.cn-north-1.amazonaws.com.cn/"),
        (at("eu-west-1").use_fips(true), "https://own-fips.eu-west-1.amazonaws.com/"),
        (at("eu-west-1").use_dual_stack(true), "https://own.dual.eu-west-1.amazonaws.com/"),
        (at("eu-west-1").endpoint_url("http://localhost:1/x"), "http://localhost:1/x/"),
    ];
    for (builder, expected) in table {
        let region = builder.clone().build().region().expect("a region").to_owned();
        let (url, scope) = url_and_scope(builder, &Ruled {}).await;
        assert_eq!(url, expected);
        assert_eq!(scope, format!("{region}/registry"));
    }
}

#[tokio::test]
async fn a_rule_error_names_service_and_region() {
    let (line, _) = url_and_scope(Config::builder().region("nowhere"), &Ruled {}).await;
    let expected = "Test REGISTRY-Public in the region \"nowhere\": no endpoint: Region is nowhere";
    assert!(line.contains(expected), "{line}");
    let (line, _) = url_and_scope(Config::builder().region("odd"), &Ruled {}).await;
    assert!(line.contains("\"ftp://odd\" from the endpoint rules of the service"), "{line}");
}

#[tokio::test]
async fn a_custom_endpoint_excludes_fips_and_dual_stack() {
    let custom = || Config::builder().region("r").endpoint_url("http://localhost");
    for (builder, setting) in
        [(custom().use_fips(true), "FIPS"), (custom().use_dual_stack(true), "dual-stack")]
    {
        for (line, _) in [
            url_and_scope(builder.clone(), &Ruled {}).await,
            url_and_scope(builder.clone(), &PingRequest).await,
        ] {
            let expected = format!(
                "the custom endpoint \"http://localhost/\" cannot be combined with {setting}"
            );
            assert!(line.contains(&expected), "{line}");
        }
    }
}

#[tokio::test]
async fn a_service_without_rules_uses_its_regional_host() {
    let at = |region: &str| Config::builder().region(region);
    let (url, _) = url_and_scope(at("cn-north-1"), &PingRequest).await;
    assert_eq!(url, "https://api.registry.cn-north-1.amazonaws.com.cn/");
    for builder in [at("r").use_fips(true), at("r").use_dual_stack(true)] {
        let (line, scope) = url_and_scope(builder, &PingRequest).await;
        assert!(
            scope.is_empty() && line.contains("need endpoint rules, which the model"),
            "{line}"
        );
    }
}

#[tokio::test]
async fn the_rules_are_evaluated_once_per_configuration() {
    let (client, recorder) = client(Config::builder().region("eu-west-1"));
    let clone = client.clone();
    for client in [&client, &clone, &client] {
        client.call(&Counted {}).await.expect("a response");
        client.call(&Ruled {}).await.expect("a response");
    }
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
    assert_eq!(recorder.0.lock().expect("the list").len(), 6);
}

#[tokio::test]
async fn a_request_can_determine_endpoint_and_signing_scope() {
    let (client, recorder) = client(Config::builder().region("eu-west-1"));
    for bucket in [Some("a"), None, Some("b")] {
        let request = PerRequest { bucket: bucket.map(str::to_owned) };
        client.call(&request).await.expect("a response");
    }
    let seen = recorder.0.lock().expect("the list").clone();
    let expected = [
        ["https://a.eu-west-1.amazonaws.com/", "us-east-1/bucket", "a"],
        ["https://own.eu-west-1.amazonaws.com/", "eu-west-1/registry", ""],
        ["https://b.eu-west-1.amazonaws.com/", "us-east-1/bucket", "b"],
    ];
    assert_eq!(seen, expected);
    let request = PerRequest { bucket: Some("a\nb".to_owned()) };
    let line = client.call(&request).await.expect_err("no URL").to_string();
    assert!(line.contains("from the endpoint rules of the service is not a URL"), "{line}");
}

#[tokio::test]
async fn a_custom_endpoint_still_needs_a_signing_region() {
    let (line, _) =
        url_and_scope(Config::builder().endpoint_url("http://localhost"), &Ruled {}).await;
    assert!(line.contains("no region: searched"), "{line}");
}
