//! Pages and items as iterators.

use std::fmt;

use super::{background, no_thread};
use crate::{Error, Item, Paginated, PaginatedItems};

/// The pages of an operation, asked for one by one; see [`Pages`](crate::Pages) for where they end.
#[must_use = "pages are asked for by iterating"]
pub struct Pages<O: Paginated>(crate::Pages<O>);

impl<O: Paginated> Pages<O> {
    pub(super) fn new(pages: crate::Pages<O>) -> Self {
        Self(pages)
    }

    /// What is in the pages, one by one.
    pub fn items(self) -> Items<O>
    where
        O: PaginatedItems,
    {
        Items(self.0.items())
    }

    /// The request for the page that comes next, or that could not be had.
    #[must_use]
    pub fn into_request(self) -> O {
        self.0.into_request()
    }
}

impl<O: Paginated> Iterator for Pages<O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        background::run(self.0.next()).unwrap_or_else(|problem| {
            self.0.end();
            Some(Err(no_thread::<O>(&problem)))
        })
    }
}

/// Behind its end there is nothing.
impl<O: Paginated> std::iter::FusedIterator for Pages<O> {}

impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The items of all pages, which are asked for as they are wanted.
///
/// ```no_run
/// # use longshore_runtime::{Error, Item, PaginatedItems, blocking::Client};
/// # fn example<O: PaginatedItems>(client: Client, request: O) -> Result<(), Error<O::Error>> {
/// let all: Vec<Item<O>> = client.pages(request).items().collect::<Result<_, _>>()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "items are asked for by iterating"]
pub struct Items<O: PaginatedItems>(crate::Items<O>);

impl<O: PaginatedItems> Iterator for Items<O> {
    type Item = Result<Item<O>, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        background::run(self.0.next()).unwrap_or_else(|problem| {
            self.0.end();
            Some(Err(no_thread::<O>(&problem)))
        })
    }
}

/// Behind its end there is nothing.
impl<O: PaginatedItems> std::iter::FusedIterator for Items<O> {}

impl<O: PaginatedItems> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
