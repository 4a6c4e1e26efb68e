//! The pages of an operation: repeated calls, each with the tokens of the previous response.
//!
//! The items in a page are extracted by `items`.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::client::attempt_summary::AttemptSummary;
use crate::client::error::cause::Cause;
use crate::http::transport::BoxFuture;
use crate::paginator::items::Items;
use crate::{Client, Error, Operation, PageTokens};

/// The pages of an operation, requested one at a time.
///
/// The first page is the one that the request specifies, so a request with a token continues from
/// there. The page size is a member of the request, if the operation supports it. The pages end
///
/// - after a page whose response has no token or an empty one;
/// - after a page whose response has the token of its own request. Some operations mark the end
///   this way, for example `GetLogEvents` of Amazon CloudWatch Logs. With
///   [`error_on_repeated_token`](Self::error_on_repeated_token), an error follows the page;
/// - with an error, if a call fails. [`into_request`](Self::into_request) then returns the failed
///   request, from which pagination can continue;
/// - with an error of kind [`Pagination`](crate::ErrorKind::Pagination), if the service returns the
///   token of any other earlier page, because the pages would never end. The page with that token
///   is returned first.
///
/// If an operation has several tokens, they identify a page together: the pages end if the response
/// has no token, and a page counts as repeated only if all its tokens are.
///
/// This is also a `Stream` of the crate `futures-core`. A page is requested only when the stream is
/// polled. Dropping a future of [`next`](Self::next) loses no page: the call in progress continues
/// with the next future. Dropping the `Pages` cancels the call.
///
/// ```no_run
/// # use longshore_runtime::{Client, Error, PageTokens};
/// # async fn example<O: PageTokens>(client: Client, request: O) -> Result<(), Error<O::Error>> {
/// let mut pages = client.pages(request);
/// while let Some(page) = pages.next().await {
///     println!("{:?}", page?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is requested until `next` is called or the stream is polled"]
pub struct Pages<O: PageTokens> {
    client: Client,
    request: O,
    state: PageState<O>,
    cycle_detector: CycleDetector<O::Tokens>,
    /// Whether a page with the token of its own request is an error.
    error_on_repeated_token: bool,
}

/// The state of the next page.
enum PageState<O: PageTokens> {
    /// The page was not requested yet.
    NotRequested,
    /// The call for the page is in progress. The mutex is never locked; it makes `Pages` `Sync`.
    InProgress(Mutex<PageCall<O>>),
    /// The token of the page was returned before.
    TokenRepeated,
    /// There are no more pages.
    Finished,
}

/// The call for a page.
type PageCall<O> =
    BoxFuture<'static, Result<<O as Operation>::Output, Error<<O as Operation>::Error>>>;

/// The next page or item, an error, or the end.
pub(crate) type NextResult<T, O> = Option<Result<T, Error<<O as Operation>::Error>>>;

impl Client {
    /// Returns the pages of an operation, starting with the one that `request` specifies.
    pub fn pages<O: PageTokens>(&self, request: O) -> Pages<O> {
        let cycle_detector = CycleDetector { saved: request.tokens(), count: 0 };
        Pages {
            client: self.clone(),
            request,
            state: PageState::NotRequested,
            cycle_detector,
            error_on_repeated_token: false,
        }
    }
}

impl<O: PageTokens> Pages<O> {
    /// Makes the pages end with an error of kind [`Pagination`](crate::ErrorKind::Pagination) after
    /// a page whose response has the token of its own request. By default, they end there without
    /// an error.
    ///
    /// Use this for an operation whose last page has no token, to detect a service that makes no
    /// progress.
    pub fn error_on_repeated_token(mut self) -> Self {
        self.error_on_repeated_token = true;
        self
    }

    /// Returns the next page, or `None` after the last page and after an error.
    ///
    /// # Errors
    /// Returns the error of the call, or an error of kind
    /// [`Pagination`](crate::ErrorKind::Pagination) if the service repeats a token that does not
    /// mark the end of the pages.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error<O::Error>>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    /// Returns the items of all pages.
    pub fn items(self) -> Items<O>
    where
        O: crate::PaginatedItems,
    {
        Items::new(self)
    }

    /// Returns the request for the next page, or for the page that failed.
    #[must_use]
    pub fn into_request(self) -> O {
        self.request
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<NextResult<O::Output, O>> {
        loop {
            match &mut self.state {
                PageState::NotRequested => {
                    self.state = PageState::InProgress(Mutex::new(self.start_call()));
                }
                PageState::InProgress(call) => {
                    let call = call.get_mut().unwrap_or_else(PoisonError::into_inner);
                    let result = ready!(call.as_mut().poll(cx));
                    self.state = match &result {
                        Ok(page) => self.advance(page),
                        Err(_) => PageState::Finished,
                    };
                    return Poll::Ready(Some(result));
                }
                PageState::TokenRepeated => {
                    self.state = PageState::Finished;
                    // The number of attempts of a successful call is not known here; it is at least
                    // one.
                    return Poll::Ready(Some(Err(Error::new(
                        O::NAME,
                        AttemptSummary::one_attempt(),
                        Cause::Pagination,
                    ))));
                }
                PageState::Finished => return Poll::Ready(None),
            }
        }
    }

    /// Starts the call for the next page. The future owns its data, so that `self` can store it.
    fn start_call(&self) -> PageCall<O> {
        let (client, request) = (self.client.clone(), self.request.clone());
        Box::pin(async move { client.call(&request).await })
    }

    /// Returns the state after `page`.
    fn advance(&mut self, page: &O::Output) -> PageState<O> {
        let Some(tokens) = O::next_tokens(page) else { return PageState::Finished };
        let is_repeated = self.request.tokens().as_ref() == Some(&tokens);
        if is_repeated && !self.error_on_repeated_token {
            return PageState::Finished;
        }
        if is_repeated || self.cycle_detector.is_repeated(&tokens) {
            return PageState::TokenRepeated;
        }
        self.request.set_tokens(tokens);
        PageState::NotRequested
    }

    /// Ends the iteration, so that no further page is requested.
    #[cfg(feature = "blocking")]
    pub(crate) fn finish(&mut self) {
        self.state = PageState::Finished;
    }
}

impl<O: PageTokens> Stream for Pages<O> {
    type Item = Result<O::Output, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

/// The call is boxed and nothing else is pinned.
impl<O: PageTokens> Unpin for Pages<O> {}

/// Shows only the operation, because a token can be confidential.
impl<O: PageTokens> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

/// Detects repeated tokens with constant memory, for cycles of any length (Brent's algorithm). Each
/// token is compared with a saved one, which is replaced after 1, 2, 4, 8, .. tokens. Eventually
/// the saved token is part of the cycle and is kept for at least one full cycle. A set of all
/// tokens would grow with the number of pages.
struct CycleDetector<T> {
    saved: Option<T>,
    count: u64,
}

impl<T: Clone + PartialEq> CycleDetector<T> {
    fn is_repeated(&mut self, token: &T) -> bool {
        if self.saved.as_ref() == Some(token) {
            return true;
        }
        self.count += 1;
        if self.count.is_power_of_two() {
            self.saved = Some(token.clone());
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the number of tokens until a repetition is detected, for a sequence that enters a
    /// cycle of `size` tokens after `tail` tokens.
    fn detected_after(tail: u64, size: u64) -> u64 {
        let mut cycle_detector = CycleDetector { saved: None, count: 0 };
        let token = |step: u64| if step < tail { step } else { tail + (step - tail) % size };
        (0..).find(|step| cycle_detector.is_repeated(&token(*step))).expect("a cycle")
    }

    #[test]
    fn cycles_of_any_size_are_detected_soon() {
        for (tail, size) in [(0, 1), (0, 2), (1, 3), (5, 7), (100, 1), (0, 1000), (1000, 33)] {
            let steps = detected_after(tail, size);
            assert!(steps >= tail + size, "{tail} {size}: {steps}");
            assert!(steps <= 3 * (tail + size) + 2, "{tail} {size}: {steps}");
        }
    }
}
