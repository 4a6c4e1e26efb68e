//! The headers that all requests of a service to one place have.

use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::Service;
use crate::http::authority::usual_port;

/// Asks for the error codes of the query protocol.
const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// Adds them to `headers`.
pub(crate) fn add(
    headers: &mut HeaderMap,
    service: &Service,
    url: &Uri,
) -> Result<(), http::Error> {
    headers.insert(HOST, host(url)?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(service.protocol.content_type()));
    headers.insert(USER_AGENT, agent(service).try_into()?);
    if service.query_compatible {
        headers.insert(QUERY_MODE, HeaderValue::from_static("true"));
    }
    Ok(())
}

fn agent(service: &Service) -> String {
    let program = concat!("longshore/", env!("CARGO_PKG_VERSION"));
    format!("{program} {}/{}", service.signing_name, service.api_version)
}

/// The `Host` header: a port only where it is not the scheme's own. The signature covers it, so
/// that it is not left to the transport.
pub(crate) fn host(url: &Uri) -> Result<HeaderValue, http::Error> {
    let name = url.host().unwrap_or_default();
    Ok(match url.port_u16() {
        Some(port) if port != usual_port(url) => format!("{name}:{port}").try_into()?,
        _ => HeaderValue::try_from(name)?,
    })
}
