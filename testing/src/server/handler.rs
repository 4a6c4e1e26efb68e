//! Handlers whose operation types are erased.

use std::sync::Arc;

use longshore_runtime::{BoxFuture, Operation};

use super::Content;
use super::protocol::Unencodable;
use super::protocol::{self, UnreadableRequest};
use super::received::ReceivedRequest;
use super::response::Response;

/// The response of a handler, or why it cannot be encoded.
pub(super) type ResponseFuture = BoxFuture<'static, Result<Response, Unencodable>>;

/// Handles a call.
pub(super) type Handler =
    Arc<dyn Fn(&ReceivedRequest) -> Result<ResponseFuture, UnreadableRequest> + Send + Sync>;

/// Handles the path of a download.
pub(super) type DownloadHandler =
    Arc<dyn Fn(String) -> BoxFuture<'static, Option<Content>> + Send + Sync>;

pub(super) fn operation_handler<O, F, Fut>(handler: F) -> Handler
where
    O: Operation,
    F: Fn(O) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O::Output, O::Error>> + Send + 'static,
{
    Arc::new(move |request| {
        let body = request.body.as_ref().map_err(UnreadableRequest::new)?;
        let result = handler(protocol::decode(&request.head.with_body(body))?);
        Ok(Box::pin(async move { response_of::<O>(&result.await) }))
    })
}

pub(super) fn download_handler<F, Fut, C>(handler: F) -> DownloadHandler
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Option<C>> + Send + 'static,
    C: Into<Content>,
{
    Arc::new(move |path| {
        let content = handler(path);
        Box::pin(async move { content.await.map(Into::into) })
    })
}

/// The HTTP response for the result of an operation.
pub(super) fn response_of<O: Operation>(
    result: &Result<O::Output, O::Error>,
) -> Result<Response, Unencodable> {
    let encoded = match result {
        Ok(output) => protocol::output::<O>(output),
        Err(error) => protocol::error::<O>(error),
    };
    encoded.map(Response::from)
}
