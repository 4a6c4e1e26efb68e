//! A cache in front of a credentials provider: concurrent calls share one request to the provider.
//!
//! Nothing runs in the background. A call that finds the credentials close to their expiration
//! refreshes them.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use tokio::sync::OwnedMutexGuard;

use crate::credentials::error_text::causes;
use crate::tokio_runtime::requirements::check_timers;

/// How long before the expiration a call refreshes the credentials. Until [`EXPIRY_MARGIN`], other
/// calls keep using the cached ones.
const REFRESH_WINDOW: Duration = Duration::from_secs(5 * 60);

/// A random extension of the refresh window up to this length, so that machines that were started
/// together do not refresh together.
const REFRESH_JITTER: Duration = Duration::from_secs(60);

/// How long before the expiration cached credentials are no longer used, because a request takes
/// time to reach the service.
const EXPIRY_MARGIN: Duration = Duration::from_secs(10);

/// How long to wait after a failed refresh before the next one, as long as the cached credentials
/// are valid.
const RETRY_AFTER_FAILURE: Duration = Duration::from_secs(30);

/// How long a call waits for the refresh of another call. That call may be on a runtime that is no
/// longer polled, so after this time the next call refreshes too.
const MAX_WAIT_FOR_REFRESH: Duration = Duration::from_secs(60);

/// Returns the current time. Tests replace it.
type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// A provider and its cached result.
pub(crate) struct CredentialsCache<P> {
    provider: P,
    clock: Clock,
    state: Mutex<State>,
}

/// Held by the call that refreshes. Dropping the call releases it.
type RefreshLock = Arc<tokio::sync::Mutex<()>>;

#[derive(Default)]
struct State {
    cached: Option<CachedCredentials>,
    /// Replaced if a call holds it for too long.
    refresh_lock: RefreshLock,
    /// The number of failures, by which a call notices that the refresh it waited for has failed.
    failures: u64,
    last_failure: Option<Arc<CredentialsError>>,
}

/// Credentials, and when to refresh them and stop using them; `None` if they do not expire.
struct CachedCredentials {
    credentials: Credentials,
    refresh_at: Option<SystemTime>,
    unusable_at: Option<SystemTime>,
}

/// The state of the cache for a call.
enum Found {
    Fresh(Credentials),
    /// Usable, but in the refresh window.
    Expiring(Credentials),
    Nothing,
}

impl<P: ProvideCredentials> CredentialsCache<P> {
    pub(crate) fn new(provider: P) -> Self {
        Self::with_clock(provider, Arc::new(SystemTime::now))
    }

    fn with_clock(provider: P, clock: Clock) -> Self {
        Self { provider, clock, state: Mutex::default() }
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let (found, failures) = self.look_up();
        let guard = match found {
            Found::Fresh(credentials) => return Ok(credentials),
            Found::Expiring(credentials) => match self.refresh_lock().try_lock_owned() {
                Ok(guard) => guard,
                Err(_) => return Ok(credentials),
            },
            Found::Nothing => self.wait_for_refresh_lock().await,
        };
        match self.result_of_other_call(failures) {
            Some(result) => result,
            None => self.refresh(&guard).await,
        }
    }

    fn refresh_lock(&self) -> RefreshLock {
        Arc::clone(&self.state().refresh_lock)
    }

    async fn wait_for_refresh_lock(&self) -> OwnedMutexGuard<()> {
        loop {
            let lock = self.refresh_lock();
            if let Ok(guard) = Arc::clone(&lock).try_lock_owned() {
                return guard;
            }
            let waiting = Arc::clone(&lock).lock_owned();
            if check_timers().is_err() {
                return waiting.await;
            }
            match tokio::time::timeout(MAX_WAIT_FOR_REFRESH, waiting).await {
                Ok(guard) => return guard,
                Err(_) => self.state().replace_refresh_lock(&lock),
            }
        }
    }

    fn look_up(&self) -> (Found, u64) {
        let state = self.state();
        (state.find((self.clock)()), state.failures)
    }

    /// The result of the call that refreshed while this one waited for the lock. `failures` is the
    /// number of failures before the wait.
    fn result_of_other_call(&self, failures: u64) -> Option<Result<Credentials, CredentialsError>> {
        let state = self.state();
        match (state.find((self.clock)()), &state.last_failure) {
            (Found::Fresh(credentials), _) => Some(Ok(credentials)),
            (Found::Expiring(_), _) => None,
            (Found::Nothing, Some(failure)) if state.failures != failures => {
                Some(Err(shared_error(failure)))
            }
            (Found::Nothing, _) => None,
        }
    }

    async fn refresh(&self, guard: &OwnedMutexGuard<()>) -> Result<Credentials, CredentialsError> {
        let result = self.provider.provide_credentials().await;
        let now = (self.clock)();
        let mut state = self.state();
        if !Arc::ptr_eq(OwnedMutexGuard::mutex(guard), &state.refresh_lock) {
            // This call took too long, so the cache may have newer credentials by now.
            return result;
        }
        match result {
            Ok(credentials) => {
                state.cached = Some(CachedCredentials::new(credentials.clone(), now));
                state.last_failure = None;
                Ok(credentials)
            }
            Err(error) => state.refresh_failed(Arc::new(error), now),
        }
    }

    /// Ignores a panic of another thread: no code panics while the state is half updated.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Lets another call refresh, while the holder of `lock` is still busy.
    fn replace_refresh_lock(&mut self, lock: &RefreshLock) {
        if Arc::ptr_eq(lock, &self.refresh_lock) {
            self.refresh_lock = RefreshLock::default();
        }
    }

    fn find(&self, now: SystemTime) -> Found {
        let is_past = |time: Option<SystemTime>| time.is_some_and(|time| time <= now);
        match &self.cached {
            Some(cached) if is_past(cached.unusable_at) => Found::Nothing,
            Some(cached) if is_past(cached.refresh_at) => {
                Found::Expiring(cached.credentials.clone())
            }
            Some(cached) => Found::Fresh(cached.credentials.clone()),
            None => Found::Nothing,
        }
    }

    /// Returns the cached credentials after a failed refresh, as long as they are valid.
    fn refresh_failed(
        &mut self,
        error: Arc<CredentialsError>,
        now: SystemTime,
    ) -> Result<Credentials, CredentialsError> {
        self.failures += 1;
        self.last_failure = Some(Arc::clone(&error));
        let valid_until =
            |cached: &CachedCredentials| cached.credentials.expiry().filter(|expiry| *expiry > now);
        if let Some(cached) = &mut self.cached
            && let Some(expiry) = valid_until(cached)
        {
            let why = causes(&error);
            tracing::warn!(
                "the credentials could not be refreshed; the current ones are used until they expire: \
                 {why}"
            );
            let next_refresh = now + RETRY_AFTER_FAILURE;
            cached.refresh_at = Some(next_refresh);
            cached.unusable_at = cached.unusable_at.max(Some(expiry.min(next_refresh)));
            return Ok(cached.credentials.clone());
        }
        Err(shared_error(&error))
    }
}

impl CachedCredentials {
    /// Credentials that live for a short time are refreshed halfway. Credentials that seem to be
    /// expired already, because a clock is wrong, are still cached for a short time. Otherwise
    /// every call would request new ones.
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let Some(expiry) = credentials.expiry() else {
            return Self { credentials, refresh_at: None, unusable_at: None };
        };
        let left = expiry.duration_since(now).unwrap_or_default();
        let window = (REFRESH_WINDOW + REFRESH_JITTER.mul_f64(fastrand::f64())).min(left / 2);
        let refresh_at = Some(now + (left - window).max(EXPIRY_MARGIN));
        let unusable_at = Some(now + left.saturating_sub(EXPIRY_MARGIN).max(EXPIRY_MARGIN));
        Self { credentials, refresh_at, unusable_at }
    }
}

impl<P: ProvideCredentials> ProvideCredentials for CredentialsCache<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        // Fresh credentials need no boxed future.
        match self.look_up().0 {
            Found::Fresh(credentials) => future::ProvideCredentials::ready(Ok(credentials)),
            Found::Expiring(_) | Found::Nothing => future::ProvideCredentials::new(self.get()),
        }
    }
}

impl<P> fmt::Debug for CredentialsCache<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsCache")
    }
}

/// An error of the same kind for each of the calls that waited for one refresh.
fn shared_error(error: &Arc<CredentialsError>) -> CredentialsError {
    let shared = SharedError(Arc::clone(error));
    match &**error {
        CredentialsError::CredentialsNotLoaded(_) => CredentialsError::not_loaded(shared),
        CredentialsError::ProviderTimedOut(limit) => {
            CredentialsError::provider_timed_out(limit.timeout_duration())
        }
        CredentialsError::InvalidConfiguration(_) => {
            CredentialsError::invalid_configuration(shared)
        }
        CredentialsError::ProviderError(_) => CredentialsError::provider_error(shared),
        _ => CredentialsError::unhandled(shared),
    }
}

/// The cause of an error that several calls return.
#[derive(Debug)]
struct SharedError(Arc<CredentialsError>);

impl SharedError {
    fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.0)
    }
}

impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause() {
            Some(cause) => write!(f, "{cause}"),
            None => write!(f, "{}", self.0),
        }
    }
}

impl std::error::Error for SharedError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause()?.source()
    }
}

#[cfg(test)]
#[path = "cache_tests.rs"]
mod tests;
