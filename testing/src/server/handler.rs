//! Handlers without their types: of an operation, bytes to an answer; of downloads, a path to content.

use std::sync::Arc;

use longshore_runtime::{BoxFuture, Operation};

use super::Content;
use super::codec::{self, Unread};
use super::reply::Reply;

/// The answer of a handler, or why it cannot be written.
pub(super) type Handling = BoxFuture<'static, Result<Reply, serde_json::Error>>;

/// Answers the calls of an operation.
pub(super) type Handler = Arc<dyn Fn(&[u8]) -> Result<Handling, Unread> + Send + Sync>;

/// Answers downloads.
pub(super) type Downloads =
    Arc<dyn Fn(String) -> BoxFuture<'static, Option<Content>> + Send + Sync>;

/// A handler of an operation that knows bytes only.
pub(super) fn of_operation<O, F, Fut>(handler: F) -> Handler
where
    O: Operation,
    F: Fn(O) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<O::Output, O::Error>> + Send + 'static,
{
    Arc::new(move |body| {
        let answer = handler(codec::decode(body)?);
        Ok(Box::pin(async move { reply::<O>(&answer.await) }))
    })
}

/// A handler of downloads of whatever becomes content.
pub(super) fn of_downloads<F, Fut, C>(handler: F) -> Downloads
where
    F: Fn(String) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Option<C>> + Send + 'static,
    C: Into<Content>,
{
    Arc::new(move |path| {
        let answer = handler(path);
        Box::pin(async move { answer.await.map(Into::into) })
    })
}

/// What goes over the wire of what an operation answers.
pub(super) fn reply<O: Operation>(
    answer: &Result<O::Output, O::Error>,
) -> Result<Reply, serde_json::Error> {
    match answer {
        Ok(output) => Reply::output(output, O::SERVICE),
        Err(error) => Reply::error(error, O::SERVICE),
    }
}
