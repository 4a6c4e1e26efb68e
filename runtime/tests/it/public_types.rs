//! The traits that all public types implement: `Send`, `Sync` and `Debug`, and `Error` for errors.
//!
//! A test of xtask fails if the name of a public type or trait is missing here.

use std::error::Error as StdError;
use std::fmt::Debug;

use longshore_runtime::transport::Bytes;
use longshore_runtime::*;
use serde_core::de::value::{self, MapDeserializer};

use crate::support::service::{
    ImageAlreadyExistsException, PingError, PutImageError, PutImageRequest, SERVICE,
};

/// An operation with pages.
#[derive(Clone, PartialEq)]
struct ListRequest {
    token: Option<String>,
}

longshore_runtime::structure!(ListRequest, Default, { "token" => some(token) });

impl Operation for ListRequest {
    const NAME: &'static str = "List";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ListRequest;
    type Error = PingError;
}

impl Paginated for ListRequest {
    type Token = String;

    fn token(&self) -> Option<&String> {
        self.token.as_ref()
    }

    fn set_token(&mut self, token: String) {
        self.token = Some(token);
    }

    fn next_token(output: &ListRequest) -> Option<&String> {
        output.token.as_ref()
    }
}

impl PaginatedItems for ListRequest {
    type Items = Vec<String>;

    fn items(output: ListRequest) -> Vec<String> {
        output.token.into_iter().collect()
    }
}

/// A map that structures can be read from.
type Map = MapDeserializer<'static, std::vec::IntoIter<(String, String)>, value::Error>;

/// The traits that are not used below. Only their implementations can be checked.
#[expect(unused_imports, reason = "a test of xtask looks for the names")]
mod traits {
    use longshore_runtime::codec::Codec;
    use longshore_runtime::wire::ReadException;
    use longshore_runtime::{
        AnyException, IntoOption, MapAccess, MemberWriter, OperationError, PageTokens, ReadMembers,
        SerializeMap, Structure, Union, WriteMembers,
    };
}

/// Checks a type. Types that borrow are checked with a `'static` lifetime.
fn check<T: Debug + Send + Sync + 'static>() {}

fn check_error<T: StdError + Send + Sync + 'static>() {}

/// Checks a type that may be cloned to share it between threads.
fn check_handle<T: Debug + Clone + Send + Sync + Unpin + 'static>() {}

#[test]
fn values_can_be_shared_between_threads_and_printed() {
    check_handle::<(Blob, Document, Number, Timestamp, Bytes)>();
    check_handle::<(Unrecognized, UnrecognizedInt, UnrecognizedMember)>();
    check_handle::<(Service, Protocol, Endpoint, EndpointRules, Partition, Partitions)>();
    check_handle::<(EndpointContext<'static>, EndpointParameters<'static>)>();
    check_handle::<(endpoint_rules::Arn<'static>, endpoint_rules::Url<'static>)>();
    check_handle::<(Binding, Place, Payload, Member, MemberKind, Compression, Checksum)>();
    check_handle::<(Rule, Violation, Validation, Redacted, Variant<'static>)>();
    check::<Checks<'static>>();
    check::<MemberReader<'static, 'static, Map>>();
    check::<(codec::Base64Text, codec::DateTime, codec::Float, codec::HttpDate, codec::Integer)>();
    check::<(codec::Boxed<codec::Same>, codec::List, codec::Map, codec::Sparse<codec::Same>)>();
    check::<(sigv4::Keys<'static>, sigv4::Scope<'static>)>();
    check::<(sigv4::PayloadHash, sigv4::SigningOptions)>();
}

#[test]
fn clients_and_configurations_can_be_shared_between_threads_and_printed() {
    check_handle::<(Client, blocking::Client, Config, ConfigBuilder, Credentials, Environment)>();
    check_handle::<(RetryConfig, RetryMode, RetryParameters, Timeouts, AccountIdEndpointMode)>();
    check_handle::<(Proxies, RootCertificates)>();
    check_handle::<(RequestBody, NewConnection)>();
    check::<(HttpTransport, HttpTransportBuilder, BodyChunks)>();
    check_handle::<(aws_sdk::FromSdk<Credentials>, aws_sdk::ToSdk<Credentials>)>();
    check::<(Pages<ListRequest>, Items<ListRequest>)>();
    check::<(blocking::Pages<ListRequest>, blocking::Items<ListRequest>)>();
    check::<(Item<ListRequest>, Waited<String>)>();
    check_handle::<(Waiter, wait::Acceptor, wait::Matcher, wait::Path, wait::State, wait::Test)>();
    check_handle::<(wait::Comparison, wait::Function)>();
}

#[test]
fn parts_of_calls_can_be_shared_between_threads_and_printed() {
    check_handle::<(intercept::CallInfo<'static>, intercept::CallEnd<'static>)>();
    check_handle::<(intercept::AttemptEnd<'static>, intercept::Headers<'static>)>();
    check::<intercept::HeadersIter<'static>>();
    check_handle::<(intercept::Failure<'static>, intercept::Outcome<'static>)>();
    check::<intercept::AttemptRequest<'static>>();
    check::<intercept::HookResult>();
    check_handle::<(wire::WireResponse<'static>, wire::Framing)>();
    check::<(wire::WireRequest, wire::AwsJson, wire::AwsQuery, wire::RestJson)>();
}

#[test]
fn errors_can_be_sent_to_other_threads() {
    check_error::<Error<PutImageError>>();
    check_error::<ServiceError<PutImageError>>();
    check_error::<WaitError<PingError>>();
    check_error::<Unmodeled>();
    check_error::<ConfigError>();
    check_error::<CredentialsError>();
    check_error::<DecodeError>();
    check_error::<EndpointError>();
    check_error::<ParseBase64Error>();
    check_error::<ParseDocumentError>();
    check_error::<ParseModeError>();
    check_error::<ParseNumberError>();
    check_error::<ParseTimestampError>();
    check_error::<TimestampRangeError>();
    check_error::<PartitionsError>();
    check_error::<TimeoutError>();
    check_error::<TransportError>();
    check_error::<ValidationError>();
    check_error::<intercept::AddHeaderError>();
    check_error::<sigv4::ParsePayloadHashError>();
    check_error::<sigv4::ParseScopeError>();
    check_error::<sigv4::SigningError>();
    check_error::<wire::EncodeError>();
    check_error::<wire::DecodeProblem>();
    check_handle::<(ErrorKind, TransportErrorKind)>();
}

/// Futures are polled by one thread at a time, so they need not be `Sync`.
#[test]
fn futures_can_be_sent_to_other_threads() {
    fn check<T: Send>(_: &T) {}
    check(&CredentialsFuture::ready(Err(CredentialsError::failed("none"))));
    let future: BoxFuture<'static, ()> = Box::pin(async {});
    check(&future);
    let client = Client::new(&Config::builder().build());
    check(&client.call(&PutImageRequest::new("a", "b")));
}

/// Every trait that a caller may implement to change how a call behaves works as a trait object.
#[test]
fn extension_points_are_object_safe() {
    check::<Box<dyn Transport>>();
    check::<Box<dyn Interceptor>>();
    check::<Box<dyn ProvideCredentials>>();
    fn sendable<T: Send + Sync + ?Sized>() {}
    sendable::<dyn ProvideMfaCode>();
}

/// The traits that generated code implements require `Send`, `Sync` and `Debug`. Requests, outputs
/// and exceptions contain all other types of a service.
#[test]
fn types_of_services_can_be_shared_between_threads_and_printed() {
    fn operation<O: Operation>() {
        check::<(O, O::Output)>();
        check_error::<O::Error>();
    }
    fn exception<X: Exception>() {
        check_error::<X>();
    }
    operation::<PutImageRequest>();
    exception::<ImageAlreadyExistsException>();
}

#[test]
fn no_value_is_printed_as_an_empty_text() {
    let environment = Environment::default();
    let (document, blob, body) = (Document::Null, Blob::default(), RequestBody::default());
    let (request, transport) = (ListRequest::default(), HttpTransport::new());
    let values: [&dyn Debug; 8] =
        [&environment, &document, &blob, &body, &request, &transport, &Redacted, &NewConnection];
    assert!(values.iter().all(|value| !format!("{value:?}").is_empty()));
}

#[test]
fn an_environment_is_collected_and_extended() {
    let mut environment: Environment = [("A", "1"), ("B", "1")].into_iter().collect();
    environment.extend([("B", "2"), ("C", "3")]);
    assert_eq!(
        ["A", "B", "C"].map(|name| environment.get(name)),
        [Some("1"), Some("2"), Some("3")]
    );
}
