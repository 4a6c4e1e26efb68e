//! Handlers whose operation types are erased.

use std::sync::Arc;

use longshore_runtime::{BoxFuture, Operation};

use super::Content;
use super::codec::{self, UnreadableBody};
use super::response::Response;

/// The response of a handler, or why it cannot be encoded.
pub(super) type ResponseFuture = BoxFuture<'static, Result<Response, serde_json::Error>>;

/// Handles the body of a call.
pub(super) type Handler =
    Arc<dyn Fn(&[u8]) -> Result<ResponseFuture, UnreadableBody> + Send + Sync>;

/// Handles the path of a download.
pub(super) type DownloadHandler =
    Arc<dyn Fn(String) -> BoxFuture<'static, Option<Content>> + Send + Sync>;

pub(super) fn operation_handler<O, F, Fut>(handler: F) -> Handler
where
    O: Operation,
    F: Fn(O) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O::Output, O::Error>> + Send + 'static,
{
    Arc::new(move |body| {
        let result = handler(codec::decode(body)?);
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
) -> Result<Response, serde_json::Error> {
    match result {
        Ok(output) => Response::output(output, O::SERVICE),
        Err(error) => Response::error(error, O::SERVICE),
    }
}
