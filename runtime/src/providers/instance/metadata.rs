//! Reads values from the metadata service. Requests use a session token (version 2), or none if the
//! service does not issue tokens (version 1).

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode};

use super::settings::{DISABLED, InstanceSettings, V1_DISABLED};
use crate::providers::provider_request::{innermost, send};
use crate::{Transport, TransportErrorKind};

const TOKEN_PATH: &str = "latest/api/token";
const TOKEN_TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";
const TOKEN: &str = "x-aws-ec2-metadata-token";

/// Six hours, the maximum.
const TTL_SECONDS: &str = "21600";

const INVALID: &str = "the session token of the metadata service is empty or not a valid header";

/// Why the metadata service provided no value.
pub(super) enum MetadataError {
    /// There is no metadata service, or it has no such value.
    Unavailable(String),
    /// A setting forbids the required request, or the request or the session token is invalid.
    Refused(String),
}

/// Requests to the metadata service, all with the same token.
pub(super) struct Metadata<'a> {
    settings: &'a InstanceSettings,
    transport: &'a dyn Transport,
    /// `None` for version 1.
    token: Option<HeaderValue>,
}

/// The result of requesting a token.
enum Token {
    Value(HeaderValue),
    /// No token is available, for this reason.
    None(String),
}

impl<'a> Metadata<'a> {
    /// Requests a token, unless the settings disable the service.
    pub(super) async fn open(
        settings: &'a InstanceSettings,
        transport: &'a dyn Transport,
    ) -> Result<Self, MetadataError> {
        if settings.disabled {
            return Err(MetadataError::Unavailable(format!("{DISABLED} is true")));
        }
        let token = match request_token(settings, transport).await? {
            Token::Value(token) => Some(token),
            Token::None(reason) if settings.v1_disabled => {
                return Err(MetadataError::Refused(format!(
                    "there is no session token ({reason}), and requests without one are disabled \
                     by {} or {}",
                    V1_DISABLED.0, V1_DISABLED.1
                )));
            }
            Token::None(_) => None,
        };
        Ok(Self { settings, transport, token })
    }

    /// Requests a value until `parse` accepts it or all attempts are used.
    pub(super) async fn get<T>(
        &self,
        path: &str,
        parse: impl Fn(&[u8]) -> Result<T, String>,
    ) -> Result<T, MetadataError> {
        let mut problem = String::new();
        for _ in 0..self.settings.attempts {
            let request = Request::get(url(self.settings, path));
            let request = match &self.token {
                Some(token) => request.header(TOKEN, token),
                None => request,
            };
            let request = request.body(Bytes::new()).map_err(|error| {
                MetadataError::Refused(format!("the path {path:?} is invalid: {error}"))
            })?;
            match send(self.transport, request, self.settings.limit).await {
                Ok(response) => match value(&response).and_then(&parse) {
                    Ok(value) => return Ok(value),
                    Err(unusable) => problem = unusable,
                },
                Err(error) => problem = innermost(&error),
            }
        }
        Err(MetadataError::Unavailable(problem))
    }
}

async fn request_token(
    settings: &InstanceSettings,
    transport: &dyn Transport,
) -> Result<Token, MetadataError> {
    let mut problem = String::new();
    let mut connected = false;
    for _ in 0..settings.attempts {
        let request = Request::builder().method(Method::PUT).uri(url(settings, TOKEN_PATH));
        let request = request.header(TOKEN_TTL, TTL_SECONDS).body(Bytes::new());
        let request = request.map_err(|error| MetadataError::Refused(error.to_string()))?;
        match send(transport, request, settings.limit).await {
            Ok(response) if response.status() == StatusCode::BAD_REQUEST => {
                return Err(MetadataError::Unavailable(status(&response)));
            }
            Ok(response) if response.status() == StatusCode::OK => {
                // A service that issues tokens also requires them.
                let token = token(&response).ok_or_else(|| MetadataError::Refused(INVALID.into()));
                return token.map(Token::Value);
            }
            Ok(response) => {
                connected = true;
                problem = status(&response);
                // The service does not issue tokens.
                if matches!(response.status().as_u16(), 403..=405) {
                    break;
                }
            }
            // In a container, the response may be dropped, because its hop limit can be 1.
            Err(error) if error.kind() == TransportErrorKind::Timeout => {
                return Ok(Token::None(innermost(&error)));
            }
            Err(error) => {
                connected |= error.kind() != TransportErrorKind::Connect
                    && error.kind() != TransportErrorKind::Unusable;
                problem = innermost(&error);
            }
        }
    }
    // Without a connection, a request without a token fails as well.
    if connected { Ok(Token::None(problem)) } else { Err(MetadataError::Unavailable(problem)) }
}

fn url(settings: &InstanceSettings, path: &str) -> String {
    format!("{}/{path}", settings.endpoint)
}

/// Returns the token in a response; `None` if it is empty or a header cannot contain it.
fn token(response: &Response<Bytes>) -> Option<HeaderValue> {
    let text = Some(response.body().trim_ascii()).filter(|text| !text.is_empty())?;
    let mut token = HeaderValue::from_bytes(text).ok()?;
    token.set_sensitive(true);
    Some(token)
}

/// Returns the body of a response, which is the value.
fn value(response: &Response<Bytes>) -> Result<&[u8], String> {
    if response.status() != StatusCode::OK {
        return Err(status(response));
    }
    match response.body().trim_ascii() {
        [] => Err("the response is empty".to_owned()),
        body => Ok(body),
    }
}

fn status(response: &Response<Bytes>) -> String {
    format!("the metadata service returned HTTP {}", response.status().as_u16())
}
