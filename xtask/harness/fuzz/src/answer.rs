//! A client with a transport that returns one prepared response.

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use longshore::{
    BoxFuture, Client, Config, Error, Operation, OperationError, RetryConfig, Transport,
    TransportError,
};

thread_local! {
    /// A call may need a timer, and creating a runtime per call would take longer than the call.
    static RUNTIME: Option<tokio::runtime::Runtime> =
        tokio::runtime::Builder::new_current_thread().enable_time().build().ok();
}

/// The maximum length of a printed error. Text from responses is cut at 500 bytes per field.
const LINE: usize = 4096;

/// The response of a service.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Transport for Answer {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut response = Response::new(self.body.clone());
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        Box::pin(async move { Ok(response) })
    }
}

impl Answer {
    /// A response with status 200.
    pub(crate) fn ok(body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), body: body.into() }
    }

    /// Calls an operation and returns the result for this response.
    ///
    /// # Panics
    ///
    /// If a runtime cannot be created.
    pub(crate) fn to<O: Operation>(&self, request: &O) -> Result<O::Output, Error<O::Error>> {
        let config = Config::builder()
            .region("eu-west-1")
            .static_credentials("AKIDEXAMPLE", "not-so-secret", None)
            .retry(RetryConfig::disabled())
            .transport(self.clone())
            .build();
        let client = Client::new(&config);
        RUNTIME.with(|runtime| {
            let runtime = runtime.as_ref().expect("a runtime");
            runtime.block_on(client.call(request))
        })
    }
}

/// Checks the properties of every error: it is printed on one line of limited length, and its
/// cause can be inspected.
///
/// # Panics
///
/// If a check fails.
pub(crate) fn check_printed<E: OperationError>(error: &Error<E>) {
    let line = error.to_string();
    assert!(line.len() <= LINE, "{} bytes: {line}", line.len());
    assert!(!line.contains(['\n', '\r', '\u{1b}']), "{line:?}");
    assert_eq!(error.attempts(), 1);
    drop(format!("{error:?}"));
    let mut cause = error.cause();
    while let Some(next) = cause {
        drop(next.to_string());
        cause = next.source();
    }
}
