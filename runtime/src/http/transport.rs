//! The `Transport` trait, which sends one request.
//!
//! A transport is independent of services and signatures.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use crate::http::request_body::RequestBody;
use crate::http::transport_error::TransportError;

/// A boxed future.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
///
/// Implement this trait to use another HTTP client, and pass it to
/// [`ConfigBuilder::transport`](crate::ConfigBuilder::transport). An implementation must send the
/// request unchanged, because the signature covers it. It must not follow redirects, and it must
/// not send a request more than once: the caller retries as often as its configuration allows. A
/// response of any status is a success; only a request without a complete response is an error.
///
/// If a connection from an earlier request turns out to be closed, an implementation can return an
/// error of kind [`StaleConnection`](crate::TransportErrorKind::StaleConnection). The caller then
/// retries without a delay, and the next request has the extension [`NewConnection`].
///
/// ```
/// use longshore_runtime::transport::Bytes;
/// use longshore_runtime::transport::http::{Request, Response};
/// use longshore_runtime::{
///     BoxFuture, Config, HttpTransport, Transport, TransportError, TransportErrorKind,
/// };
///
/// /// Limits the number of concurrent requests.
/// #[derive(Debug)]
/// struct Bounded {
///     inner: HttpTransport,
///     permits: tokio::sync::Semaphore,
/// }
///
/// impl Transport for Bounded {
///     fn send(
///         &self,
///         request: Request<Bytes>,
///     ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
///         Box::pin(async move {
///             let permit = self.permits.acquire().await;
///             let _permit =
///                 permit.map_err(|e| TransportError::new(TransportErrorKind::Unusable, e))?;
///             self.inner.send(request).await
///         })
///     }
/// }
///
/// let permits = tokio::sync::Semaphore::new(8);
/// let config =
///     Config::builder().transport(Bounded { inner: HttpTransport::new(), permits }).build();
/// # let _ = config;
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends one request, which has an absolute URL, and reads the whole response.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// Sends one request whose body need not be in memory as a whole. Clients call this method.
    ///
    /// The default implementation passes all bytes of the body to [`send`](Self::send), which
    /// copies large blobs. To avoid the copy, send [`RequestBody::chunks`]. A transport that wraps
    /// another one can pass the request to the `send_body` of the other one.
    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.send(request.map(RequestBody::into_bytes))
    }
}

/// A request extension that demands a new connection.
///
/// A client adds it to the attempt after a
/// [`StaleConnection`](crate::TransportErrorKind::StaleConnection), because other idle connections
/// to the same host are probably closed as well. [`HttpTransport`](crate::HttpTransport) supports
/// it. A transport without reusable connections can ignore it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NewConnection;

/// Allows sharing a transport, for example with a test that inspects it afterwards.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send(self, request)
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send_body(self, request)
    }
}

/// Allows choosing a transport at run time.
impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send(self, request)
    }

    fn send_body(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        T::send_body(self, request)
    }
}
