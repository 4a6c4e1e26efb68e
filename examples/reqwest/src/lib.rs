//! A transport that sends requests with reqwest.
//!
//! It streams request bodies, so that large blobs are not copied.

use longshore::http::{Request, Response, header};
use longshore::{
    BoxFuture, Bytes, RequestBody, Transport, TransportError, TransportErrorKind as Kind,
};
use reqwest::redirect::Policy;

/// The maximum size of a response. The limit protects memory.
const MAX_RESPONSE: usize = 64 * 1024 * 1024;

/// Sends requests with reqwest and rustls.
#[derive(Debug, Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// Creates a transport.
    ///
    /// # Errors
    /// Returns an error if the root certificates of the operating system cannot be read.
    pub fn new() -> reqwest::Result<Self> {
        // This fails if the program has already chosen a provider, which is then used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // The client that calls the transport follows no redirects and retries requests itself.
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .build()?;
        Ok(Self(client))
    }

    async fn exchange(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Response<Bytes>, TransportError> {
        let request = convert(request)?;
        let response = self.0.execute(request).await.map_err(error)?;
        let mut head = Response::new(());
        *head.status_mut() = response.status();
        *head.version_mut() = response.version();
        *head.headers_mut() = response.headers().clone();
        let body = read(response).await;
        let body = body.map_err(|error| error.with_head(head.status(), head.headers()))?;
        Ok(head.map(|()| body))
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.send_body(request.map(RequestBody::from))
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// Converts a request. Its body is encoded chunk by chunk while it is sent.
fn convert(request: Request<RequestBody>) -> Result<reqwest::Request, TransportError> {
    let target = request.uri().path_and_query().map(ToString::to_string);
    let request = request.map(|body| reqwest::Body::wrap(body.chunks()));
    let mut request = reqwest::Request::try_from(request).map_err(error)?;
    // reqwest removes dot segments such as `..` from paths, but the signature covers them.
    let url = request.url();
    let sent = [url.path(), url.query().map_or("", |_| "?"), url.query().unwrap_or("")].concat();
    if target.as_ref() != Some(&sent) {
        let problem = format!("reqwest would change the path or query to {}", url.path());
        return Err(TransportError::new(Kind::Unusable, problem));
    }
    // reqwest derives this header from the URL.
    request.headers_mut().remove(header::HOST);
    Ok(request)
}

/// Reads the body of a response.
async fn read(mut response: reqwest::Response) -> Result<Bytes, TransportError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(error)? {
        if body.len() + chunk.len() > MAX_RESPONSE {
            let problem = format!("more than {MAX_RESPONSE} bytes");
            return Err(TransportError::new(Kind::TooLarge, problem));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// Converts an error. The kind decides whether the request is retried.
fn error(error: reqwest::Error) -> TransportError {
    let kind = match () {
        () if error.is_timeout() => Kind::Timeout,
        () if error.is_connect() => Kind::Connect,
        () if error.is_builder() => Kind::Unusable,
        () if error.is_body() || error.is_decode() => Kind::Body,
        () => Kind::Exchange,
    };
    // The URL may contain a secret.
    TransportError::new(kind, error.without_url())
}
