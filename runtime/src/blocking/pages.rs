//! Blocking iterators over pages and items.

use std::fmt;

use super::{background, no_thread};
use crate::{Error, Item, PageTokens, PaginatedItems};

/// The pages of an operation, requested one at a time while iterating; see [`Pages`](crate::Pages)
/// for the conditions under which they end.
#[must_use = "pages are requested only while iterating"]
pub struct Pages<O: PageTokens>(crate::Pages<O>);

impl<O: PageTokens> Pages<O> {
    pub(super) fn new(pages: crate::Pages<O>) -> Self {
        Self(pages)
    }

    /// Makes the pages end with an error of kind [`Pagination`](crate::ErrorKind::Pagination) after
    /// a page whose response has the token of its own request. By default, they end there without
    /// an error.
    pub fn error_on_repeated_token(self) -> Self {
        Self(self.0.error_on_repeated_token())
    }

    /// Returns an iterator over the items of all pages.
    pub fn items(self) -> Items<O>
    where
        O: PaginatedItems,
    {
        Items(self.0.items())
    }

    /// Returns the request for the next page, or for the page that failed.
    #[must_use]
    pub fn into_request(self) -> O {
        self.0.into_request()
    }
}

impl<O: PageTokens> Iterator for Pages<O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        background::run(self.0.next()).unwrap_or_else(|error| {
            self.0.finish();
            Some(Err(no_thread::<O>(&error)))
        })
    }
}

/// After the end, `next` returns `None`.
impl<O: PageTokens> std::iter::FusedIterator for Pages<O> {}

impl<O: PageTokens> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The items of all pages. Pages are requested as needed while iterating.
///
/// ```no_run
/// # use longshore_runtime::{Error, Item, PaginatedItems, blocking::Client};
/// # fn example<O: PaginatedItems>(client: Client, request: O) -> Result<(), Error<O::Error>> {
/// let all: Vec<Item<O>> = client.pages(request).items().collect::<Result<_, _>>()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "items are requested only while iterating"]
pub struct Items<O: PaginatedItems>(crate::Items<O>);

impl<O: PaginatedItems> Iterator for Items<O> {
    type Item = Result<Item<O>, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        background::run(self.0.next()).unwrap_or_else(|error| {
            self.0.finish();
            Some(Err(no_thread::<O>(&error)))
        })
    }
}

/// After the end, `next` returns `None`.
impl<O: PaginatedItems> std::iter::FusedIterator for Items<O> {}

impl<O: PaginatedItems> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
