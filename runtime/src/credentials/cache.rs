//! A cache in front of a credentials provider: concurrent calls share one request to the provider.
//!
//! Nothing runs in the background. A call that finds the credentials close to their expiration
//! refreshes them.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::credentials::clock::Clock;
use crate::credentials::credentials::{Credentials, EXPIRY_MARGIN};
use crate::credentials::error::CredentialsError;
use crate::credentials::error_text::with_causes;
use crate::credentials::provider::{CredentialsFuture, ProvideCredentials};
use crate::random;
use crate::single_flight::{Flight, SingleFlight};

/// How long before the expiration a call refreshes the credentials. Until [`EXPIRY_MARGIN`], other
/// calls keep using the cached ones.
const REFRESH_WINDOW: Duration = Duration::from_secs(5 * 60);

/// A random extension of the refresh window up to this length, so that machines that were started
/// together do not refresh together.
const REFRESH_JITTER: Duration = Duration::from_secs(60);

/// How long to wait after a failed refresh before the next one, as long as the cached credentials
/// are valid.
const RETRY_AFTER_FAILURE: Duration = Duration::from_secs(30);

/// How long a call waits for the refresh of another call.
const MAX_WAIT_FOR_REFRESH: Duration = Duration::from_secs(60);

/// A provider and its cached result.
pub(crate) struct CredentialsCache {
    provider: Box<dyn ProvideCredentials>,
    clock: Clock,
    refreshes: SingleFlight<CredentialsError>,
    cached: Mutex<Cached>,
}

/// The cached credentials, if there are any.
#[derive(Default)]
struct Cached(Option<CachedCredentials>);

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

impl CredentialsCache {
    pub(crate) fn new(provider: impl ProvideCredentials + 'static) -> Self {
        Self::with_clock(provider, Clock::default())
    }

    pub(crate) fn with_clock(provider: impl ProvideCredentials + 'static, clock: Clock) -> Self {
        let provider = Box::new(provider);
        let refreshes = SingleFlight::new(MAX_WAIT_FOR_REFRESH);
        Self { provider, clock, refreshes, cached: Mutex::default() }
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let failures = self.refreshes.failures();
        let refresh = match self.look_up() {
            Found::Fresh(credentials) => return Ok(credentials),
            Found::Expiring(credentials) => match self.refreshes.try_start() {
                Some(refresh) => refresh,
                None => return Ok(credentials),
            },
            Found::Nothing => self.refreshes.start().await,
        };
        match self.result_of_other_call(failures) {
            Some(result) => result,
            None => self.refresh(&refresh).await,
        }
    }

    fn look_up(&self) -> Found {
        self.cached().find(self.clock.now())
    }

    /// The result of the call that refreshed while this one waited. `failures` is the number of
    /// failures before the wait.
    fn result_of_other_call(&self, failures: u64) -> Option<Result<Credentials, CredentialsError>> {
        match self.look_up() {
            Found::Fresh(credentials) => Some(Ok(credentials)),
            Found::Expiring(_) => None,
            Found::Nothing => {
                let failure = self.refreshes.failure_since(failures)?;
                Some(Err(failure))
            }
        }
    }

    async fn refresh(&self, refresh: &Flight) -> Result<Credentials, CredentialsError> {
        let result = self.provider.provide_credentials().await;
        let now = self.clock.now();
        let mut cached = self.cached();
        if !self.refreshes.is_current(refresh) {
            // This call took too long, so the cache may have newer credentials by now.
            return result;
        }
        match result {
            Ok(credentials) => {
                cached.0 = Some(CachedCredentials::new(credentials.clone(), now));
                Ok(credentials)
            }
            Err(error) => {
                self.refreshes.fail(refresh, error.clone());
                cached.refresh_failed(error, now)
            }
        }
    }

    /// Ignores a panic of another thread: no code panics while the value is half updated.
    fn cached(&self) -> MutexGuard<'_, Cached> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cached {
    fn find(&self, now: SystemTime) -> Found {
        let is_past = |time: Option<SystemTime>| time.is_some_and(|time| time <= now);
        match &self.0 {
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
        error: CredentialsError,
        now: SystemTime,
    ) -> Result<Credentials, CredentialsError> {
        let valid_until = |cached: &CachedCredentials| {
            cached.credentials.expiration().filter(|expiry| *expiry > now)
        };
        if let Some(cached) = &mut self.0
            && let Some(expiry) = valid_until(cached)
        {
            let why = with_causes(&error);
            tracing::warn!(
                "the credentials could not be refreshed; the current ones are used until they expire: \
                 {why}"
            );
            let next_refresh = now + RETRY_AFTER_FAILURE;
            cached.refresh_at = Some(next_refresh);
            cached.unusable_at = cached.unusable_at.max(Some(expiry.min(next_refresh)));
            return Ok(cached.credentials.clone());
        }
        Err(error)
    }
}

impl CachedCredentials {
    /// Credentials that live for a short time are refreshed halfway. Credentials that seem to be
    /// expired already, because a clock is wrong, are still cached for a short time. Otherwise
    /// every call would request new ones.
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let Some(expiry) = credentials.expiration() else {
            return Self { credentials, refresh_at: None, unusable_at: None };
        };
        let left = expiry.duration_since(now).unwrap_or_default();
        let window = (REFRESH_WINDOW + REFRESH_JITTER.mul_f64(random::fraction())).min(left / 2);
        let refresh_at = Some(now + (left - window).max(EXPIRY_MARGIN));
        let unusable_after = match left {
            Duration::ZERO => EXPIRY_MARGIN,
            left => left.saturating_sub(EXPIRY_MARGIN).max(EXPIRY_MARGIN).min(left),
        };
        Self { credentials, refresh_at, unusable_at: Some(now + unusable_after) }
    }
}

impl ProvideCredentials for CredentialsCache {
    fn provide_credentials<'a>(&'a self) -> CredentialsFuture<'a> {
        // Fresh credentials need no boxed future.
        match self.look_up() {
            Found::Fresh(credentials) => CredentialsFuture::ready(Ok(credentials)),
            Found::Expiring(_) | Found::Nothing => CredentialsFuture::new(self.get()),
        }
    }
}

impl fmt::Debug for CredentialsCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsCache")
    }
}

#[cfg(test)]
#[path = "cache_tests.rs"]
mod tests;
