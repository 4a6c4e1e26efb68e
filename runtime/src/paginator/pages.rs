//! Pages: an operation called again and again with the token that its last answer gave.
//!
//! Knows neither how a call is made nor what a page holds; `items` knows what the model counts in
//! one.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::call::Effort;
use crate::client::error::cause::Cause;
use crate::http::transport::BoxFuture;
use crate::paginator::items::Items;
use crate::{Client, Error, Operation};

/// An operation that answers in pages.
///
/// Implemented on the request, as [`Operation`] is, so that code over any such operation can be
/// written.
pub trait Paginated: Operation {
    /// What names a page: mostly a `String`.
    type Token: Clone + PartialEq + Send + Sync + 'static;

    /// The token of the page that the request asks for; none for the first page.
    fn token(&self) -> Option<&Self::Token>;

    /// Makes the request ask for the page of this token.
    fn set_token(&mut self, token: Self::Token);

    /// The token of the page behind `output`; none where that was the last one, be it that the
    /// answer has no token or an empty one.
    fn next_token(output: &Self::Output) -> Option<&Self::Token>;
}

/// The pages of an operation, asked for one by one.
///
/// The first page is the one that the request asks for, so that a token from earlier goes on where
/// it stopped. The size of a page is a member of the request too, where the operation has one. The
/// pages end
///
/// - behind the page whose answer has no token or an empty one;
/// - with an error, where a call fails. [`into_request`](Self::into_request) is then the request
///   that failed, from which the pages can go on;
/// - with an error of the kind [`Pagination`](crate::ErrorKind::Pagination), where a service gives
///   a token that it gave before, because such pages would never end. The page that came with the
///   token is given out first.
///
/// They are also a [`Stream`]. Nothing is asked for before it is wanted, and no page is lost where
/// a future of [`next`](Self::next) is dropped: the call that was under way goes on with the next
/// one. Dropping the pages ends it.
///
/// ```no_run
/// # use longshore_runtime::{Client, Error, Paginated};
/// # async fn example<O: Paginated>(client: Client, request: O) -> Result<(), Error<O::Error>> {
/// let mut pages = client.pages(request);
/// while let Some(page) = pages.next().await {
///     println!("{:?}", page?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "pages are asked for by `next` or as a stream"]
pub struct Pages<O: Paginated> {
    client: Client,
    request: O,
    state: State<O>,
    given: Given<O::Token>,
}

/// What is known of the next page.
enum State<O: Paginated> {
    /// It has not been asked for.
    Wanted,
    /// It has been asked for.
    Asked(BoxFuture<'static, Result<O::Output, Error<O::Error>>>),
    /// Its token was given before.
    Repeated,
    /// There is none.
    Ended,
}

/// What is next of something in pages: it, an error, or nothing.
pub(crate) type Next<T, O> = Option<Result<T, Error<<O as Operation>::Error>>>;

impl Client {
    /// The pages of an operation, from the one that `request` asks for.
    pub fn pages<O: Paginated>(&self, request: O) -> Pages<O> {
        let given = Given { mark: request.token().cloned(), count: 0 };
        Pages { client: self.clone(), request, state: State::Wanted, given }
    }
}

impl<O: Paginated> Pages<O> {
    /// The next page; `None` behind the last one and behind an error.
    ///
    /// # Errors
    /// The error of the call, or that the service repeated a token.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error<O::Error>>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// What is in the pages, one by one.
    pub fn items(self) -> Items<O>
    where
        O: crate::PaginatedItems,
    {
        Items::new(self)
    }

    /// The request for the page that comes next, or that could not be had.
    #[must_use]
    pub fn into_request(self) -> O {
        self.request
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Next<O::Output, O>> {
        loop {
            match &mut self.state {
                State::Wanted => self.state = State::Asked(self.ask()),
                State::Asked(call) => {
                    let result = ready!(call.as_mut().poll(cx));
                    self.state = match &result {
                        Ok(page) => self.turn(page),
                        Err(_) => State::Ended,
                    };
                    return Poll::Ready(Some(result));
                }
                State::Repeated => {
                    self.state = State::Ended;
                    // It was sent once at least; how often it had to be is not told with a success.
                    return Poll::Ready(Some(Err(Error::new(
                        O::NAME,
                        Effort::once(),
                        Cause::Pagination,
                    ))));
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }

    /// Starts the call for the next page. It owns what it needs, so that the pages can keep it.
    fn ask(&self) -> BoxFuture<'static, Result<O::Output, Error<O::Error>>> {
        let (client, request) = (self.client.clone(), self.request.clone());
        Box::pin(async move { client.call(&request).await })
    }

    /// What comes behind `page`.
    fn turn(&mut self, page: &O::Output) -> State<O> {
        let Some(token) = O::next_token(page) else { return State::Ended };
        if self.request.token() == Some(token) || self.given.has(token) {
            return State::Repeated;
        }
        self.request.set_token(token.clone());
        State::Wanted
    }

    /// Gives no page any more.
    #[cfg(feature = "blocking")]
    pub(crate) fn end(&mut self) {
        self.state = State::Ended;
    }
}

impl<O: Paginated> Stream for Pages<O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

/// The call is in a box, and nothing else of it is pinned.
impl<O: Paginated> Unpin for Pages<O> {}

/// The operation only: a token may be what a service wants kept secret.
impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

/// Whether a token was given before, for tokens that go round in a circle of any size: each is
/// compared with one that is kept, and that one is replaced after 1, 2, 4, 8, .. tokens, so that
/// it is in the circle at last and waits there long enough (Brent). A set of all tokens would grow
/// with the pages.
struct Given<T> {
    mark: Option<T>,
    count: u64,
}

impl<T: Clone + PartialEq> Given<T> {
    fn has(&mut self, token: &T) -> bool {
        if self.mark.as_ref() == Some(token) {
            return true;
        }
        self.count += 1;
        if self.count.is_power_of_two() {
            self.mark = Some(token.clone());
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many tokens of a walk that enters a circle of `size` after `tail` steps a
    /// repetition is noticed.
    fn noticed(tail: u64, size: u64) -> u64 {
        let mut given = Given { mark: None, count: 0 };
        let token = |step: u64| if step < tail { step } else { tail + (step - tail) % size };
        (0..).find(|step| given.has(&token(*step))).expect("a circle")
    }

    #[test]
    fn a_circle_of_any_size_is_noticed_soon() {
        for (tail, size) in [(0, 1), (0, 2), (1, 3), (5, 7), (100, 1), (0, 1000), (1000, 33)] {
            let steps = noticed(tail, size);
            assert!(steps >= tail + size, "{tail} {size}: {steps}");
            assert!(steps <= 3 * (tail + size) + 2, "{tail} {size}: {steps}");
        }
    }
}
