//! Takes the place of the default transport if its feature is disabled.

use bytes::Bytes;
use http::{Request, Response};

use crate::http::transport::{BoxFuture, Transport};
use crate::http::transport_error::{TransportError, TransportErrorKind};

/// Fails every request with an error that says how to configure a transport.
#[derive(Debug)]
pub(crate) struct MissingTransport;

impl Transport for MissingTransport {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let problem = "there is no transport: set one with ConfigBuilder::transport, or enable the \
                       feature http-transport of longshore-runtime";
        let error = TransportError::new(TransportErrorKind::Unusable, problem);
        Box::pin(std::future::ready(Err(error)))
    }
}
