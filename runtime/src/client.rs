//! The call: encode, resolve, sign, send, decode.
//!
//! Only the two ends know the operation's types. The middle is compiled once, however many
//! operations a program calls.

use std::time::SystemTime;

use aws_credential_types::provider::ProvideCredentials;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use crate::answer::Answer;
use crate::cause::Cause;
use crate::encode::encode;
use crate::sign::{Scope, sign};
use crate::transport::BoxFuture;
use crate::uuid::uuid;
use crate::{Config, ConfigError, DecodeError, Error, Operation, Service, json};

/// Makes calls of any service. A generated client is this with a method for each operation.
#[derive(Debug, Clone)]
pub struct Client {
    config: Config,
}

/// An attempt's end: how often the request was sent, and what came of it.
struct Outcome {
    attempts: u32,
    result: Result<Answer, Cause>,
}

/// What the middle of a call must know of its operation.
#[derive(Clone, Copy)]
struct Call {
    service: &'static Service,
    operation: &'static str,
}

impl Client {
    /// A client that calls as `config` says.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { config: config.clone() }
    }

    /// Calls the operation that `request` belongs to.
    ///
    /// # Errors
    /// An [`Error`], which tells the exceptions of the service from everything else.
    pub async fn call<O: Operation>(&self, request: &O) -> Result<O::Output, Error<O::Error>> {
        let call = Call { service: O::SERVICE, operation: O::NAME };
        let outcome = match encode(request, self.config.validates()) {
            Ok(body) => self.exchange(call, body).await,
            Err(cause) => Outcome { attempts: 0, result: Err(cause) },
        };
        match outcome.result {
            Ok(answer) => conclude::<O>(&answer, outcome.attempts),
            Err(cause) => Err(Error::new(O::NAME, outcome.attempts, cause)),
        }
    }

    /// The part of a call that is the same for all operations.
    fn exchange(&self, call: Call, body: Bytes) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let mut attempts = 0;
            let result = self.attempt(call, body, &mut attempts).await;
            Outcome { attempts, result }
        })
    }

    async fn attempt(&self, call: Call, body: Bytes, attempts: &mut u32) -> Result<Answer, Cause> {
        let (region, url) = self.destination(call.service).map_err(Cause::Config)?;
        let provider = self.config.credentials();
        let credentials = provider.provide_credentials().await.map_err(Cause::Credentials)?;
        let mut request = request(call, url, body).map_err(|error| Cause::Sign(error.into()))?;
        let scope = Scope { region, service: call.service.signing_name, time: SystemTime::now() };
        sign(&mut request, credentials, &scope).map_err(Cause::Sign)?;
        *attempts += 1;
        let host = request.uri().authority().map(ToString::to_string).unwrap_or_default();
        let response = self.config.transport().send(request).await;
        Ok(Answer::new(response.map_err(|error| Cause::Transport { error, host })?))
    }

    fn destination(&self, service: &Service) -> Result<(&str, Uri), ConfigError> {
        let region = self.config.checked_region()?;
        let url = self.config.endpoints().resolve(service, region)?;
        Ok((region, url))
    }
}

/// The operation's own answer or exception.
fn conclude<O: Operation>(answer: &Answer, attempts: u32) -> Result<O::Output, Error<O::Error>> {
    if !answer.status.is_success() {
        let (failure, error) = answer.error::<O::Error>();
        return Err(Error::from_service(O::NAME, attempts, failure, error));
    }
    json::decode(&answer.body).map_err(|error| {
        Error::new(O::NAME, attempts, Cause::Decode(DecodeError::new(answer, &error)))
    })
}

/// The request before it is signed.
fn request(call: Call, url: Uri, body: Bytes) -> Result<Request<Bytes>, http::Error> {
    let mut headers = HeaderMap::with_capacity(10);
    headers.insert(HOST, host(&url)?);
    // The transport would add it, but behind the signature, which covers every header that stays.
    headers.insert(CONTENT_LENGTH, body.len().into());
    let protocol = call.service.protocol;
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(protocol.content_type()));
    let target = format!("{}.{}", call.service.target_prefix, call.operation);
    headers.insert(HeaderName::from_static("x-amz-target"), target.try_into()?);
    let agent = concat!("longshore/", env!("CARGO_PKG_VERSION"));
    let agent = format!("{agent} {}/{}", call.service.signing_name, call.service.api_version);
    headers.insert(USER_AGENT, agent.try_into()?);
    headers.insert(HeaderName::from_static("amz-sdk-invocation-id"), uuid().try_into()?);
    headers.insert(
        HeaderName::from_static("amz-sdk-request"),
        HeaderValue::from_static("attempt=1; max=1"),
    );
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = url;
    *request.headers_mut() = headers;
    Ok(request)
}

/// The `Host` header: a port only where it is not the scheme's own. The signature covers it, so
/// that it is not left to the transport.
fn host(url: &Uri) -> Result<HeaderValue, http::Error> {
    let name = url.host().unwrap_or_default();
    let usual = if url.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    Ok(match url.port_u16() {
        Some(port) if port != usual => format!("{name}:{port}").try_into()?,
        _ => HeaderValue::try_from(name)?,
    })
}
