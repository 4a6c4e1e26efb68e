//! The trait of credentials providers, and the future that they return.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::credentials::credentials::Credentials;
use crate::credentials::error::CredentialsError;
use crate::http::transport::BoxFuture;

/// The result of a provider.
type Provided = Result<Credentials, CredentialsError>;

/// Provides credentials.
///
/// Pass an implementation to [`ConfigBuilder::credentials`](crate::ConfigBuilder::credentials),
/// which caches the credentials until shortly before they expire. [`Credentials`] also implements
/// this trait.
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// Returns credentials, or the reason there are none.
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a>;
}

/// The future that [`ProvideCredentials::provide_credentials`] returns.
#[must_use = "futures do nothing unless polled"]
pub struct CredentialsFuture<'a>(State<'a>);

enum State<'a> {
    /// `None` after the result has been returned.
    Ready(Option<Provided>),
    Pending(BoxFuture<'a, Provided>),
}

impl<'a> CredentialsFuture<'a> {
    /// Wraps another future.
    pub fn new(future: impl Future<Output = Provided> + Send + 'a) -> Self {
        Self(State::Pending(Box::pin(future)))
    }

    /// Creates a future that is immediately ready, without an allocation.
    pub fn ready(result: Provided) -> Self {
        Self(State::Ready(Some(result)))
    }
}

impl Future for CredentialsFuture<'_> {
    type Output = Provided;

    /// # Panics
    /// Panics if it is called again after it has returned a result, like other futures.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Provided> {
        match &mut self.0 {
            State::Ready(result) => {
                Poll::Ready(result.take().expect("the future was polled after it was ready"))
            }
            State::Pending(future) => future.as_mut().poll(context),
        }
    }
}

impl fmt::Debug for CredentialsFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsFuture")
    }
}

/// Provides these credentials, even if they are expired.
impl ProvideCredentials for Credentials {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        CredentialsFuture::ready(Ok(self.clone()))
    }
}

/// Allows sharing a provider.
impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        P::provide_credentials(self)
    }
}

/// Allows choosing a provider at run time.
impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Box<P> {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        P::provide_credentials(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn providers_can_be_shared_and_chosen_at_run_time() {
        let credentials = Credentials::new("AKID", "secret", None, None, "test");
        let shared: Arc<dyn ProvideCredentials> = Arc::new(credentials.clone());
        let chosen: Box<dyn ProvideCredentials> = Box::new(shared);
        assert_eq!(chosen.provide_credentials().await.expect("credentials"), credentials);
        let future = CredentialsFuture::new(async { Err(CredentialsError::failed("no")) });
        assert_eq!(future.await.expect_err("an error").to_string(), "no");
    }
}
