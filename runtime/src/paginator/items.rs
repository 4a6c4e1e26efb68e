//! The items of all pages of an operation.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::paginator::pages::NextResult;
use crate::{Error, PageTokens, Pages};

/// An operation whose pages hold a list or map of items, as specified by the model.
pub trait PaginatedItems: PageTokens {
    /// The items of a page: a `Vec`, or a `BTreeMap`, whose items are pairs of key and value.
    type Items: IntoIterator<IntoIter: Send + Unpin>;

    /// Returns the items of `output`, or none if the member is absent.
    fn items(output: Self::Output) -> Self::Items;
}

/// An item of the pages of `O`: the element of a list, or the key and value of a map entry.
pub type Item<O> = <<O as PaginatedItems>::Items as IntoIterator>::Item;

/// The items of all pages. Pages are requested as needed. The items end under the same conditions
/// as [`Pages`]. This is also a `Stream`. Dropping a future of [`next`](Self::next) loses no
/// item.
///
/// ```no_run
/// # use longshore_runtime::{Client, Error, Item, PaginatedItems};
/// # async fn example<O: PaginatedItems>(client: Client, request: O) -> Result<(), Error<O::Error>> {
/// let all: Vec<Item<O>> = client.pages(request).items().try_collect().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is requested until `next` is called or the stream is polled"]
pub struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    page: Option<<O::Items as IntoIterator>::IntoIter>,
}

impl<O: PaginatedItems> Items<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self { pages, page: None }
    }

    /// Returns the next item, or `None` after the last item and after an error.
    ///
    /// # Errors
    /// Returns the error of the call for a page, or an error of kind
    /// [`Pagination`](crate::ErrorKind::Pagination) if the service repeats a token that does not
    /// mark the end of the pages.
    pub async fn next(&mut self) -> Option<Result<Item<O>, Error<O::Error>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// Collects all remaining items.
    ///
    /// # Errors
    /// Returns the first error and drops the items before it. To keep them, use
    /// [`next`](Self::next).
    pub async fn try_collect<C: Default + Extend<Item<O>>>(mut self) -> Result<C, Error<O::Error>> {
        let mut collected = C::default();
        while let Some(item) = self.next().await {
            collected.extend([item?]);
        }
        Ok(collected)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<NextResult<Item<O>, O>> {
        loop {
            if let Some(item) = self.page.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.page = Some(O::items(page).into_iter()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// Drops the remaining items and ends the iteration.
    #[cfg(feature = "blocking")]
    pub(crate) fn finish(&mut self) {
        self.page = None;
        self.pages.finish();
    }
}

impl<O: PaginatedItems> Stream for Items<O> {
    type Item = Result<Item<O>, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

/// Neither the pages nor the iterator over the current page are pinned.
impl<O: PaginatedItems> Unpin for Items<O> {}

/// Shows only the operation, like [`Pages`].
impl<O: PaginatedItems> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
