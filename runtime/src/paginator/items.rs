//! What is in the pages of an operation, one by one.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::paginator::pages::Next;
use crate::{Error, Pages, Paginated};

/// An operation whose pages are lists or maps of something that the model names.
pub trait PaginatedItems: Paginated {
    /// What a page holds: a `Vec`, or a `BTreeMap` whose items are pairs of key and value.
    type Items: IntoIterator<IntoIter: Send + Unpin>;

    /// What `output` holds; nothing where it has no such member.
    fn items(output: Self::Output) -> Self::Items;
}

/// An item of the pages of `O`: an element of a list, or the key and value of a map.
pub type Item<O> = <<O as PaginatedItems>::Items as IntoIterator>::Item;

/// The items of all pages, which are asked for as they are wanted. It ends where the
/// [`Pages`] do, and is a [`Stream`] as well. No item is lost where a future of
/// [`next`](Self::next) is dropped.
///
/// ```no_run
/// # use longshore_runtime::{Client, Error, Item, PaginatedItems};
/// # async fn example<O: PaginatedItems>(client: Client, request: O) -> Result<(), Error<O::Error>> {
/// let all: Vec<Item<O>> = client.pages(request).items().try_collect().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "items are asked for by `next` or as a stream"]
pub struct Items<O: PaginatedItems> {
    pages: Pages<O>,
    page: Option<<O::Items as IntoIterator>::IntoIter>,
}

impl<O: PaginatedItems> Items<O> {
    pub(crate) fn new(pages: Pages<O>) -> Self {
        Self { pages, page: None }
    }

    /// The next item; `None` behind the last one and behind an error.
    ///
    /// # Errors
    /// The error of the call for a page, or that the service repeated a token.
    pub async fn next(&mut self) -> Option<Result<Item<O>, Error<O::Error>>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// All items that are left.
    ///
    /// # Errors
    /// The first error. The items that came before it are lost; where they are wanted, take them by
    /// [`next`](Self::next).
    pub async fn try_collect<C: Default + Extend<Item<O>>>(mut self) -> Result<C, Error<O::Error>> {
        let mut all = C::default();
        while let Some(item) = self.next().await {
            all.extend([item?]);
        }
        Ok(all)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Next<Item<O>, O>> {
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

    /// Gives no item any more.
    #[cfg(feature = "blocking")]
    pub(crate) fn end(&mut self) {
        self.page = None;
        self.pages.end();
    }
}

impl<O: PaginatedItems> Stream for Items<O> {
    type Item = Result<Item<O>, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

/// Neither the pages nor the rest of the last one are pinned.
impl<O: PaginatedItems> Unpin for Items<O> {}

/// The operation only, as with [`Pages`].
impl<O: PaginatedItems> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
