//! Credentials are asked for once and again before they expire, one question at a time however many
//! calls wait for the answer.
//!
//! It knows no provider. Nothing runs in the background: a call that finds its credentials about to
//! expire asks for new ones.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;

use crate::providers::chain::causes;

/// How long before their end credentials are renewed by whoever comes first. Others use them on.
const SOON: Duration = Duration::from_secs(5 * 60);
/// So much longer before it at random, that machines started together do not ask together.
const JITTER: Duration = Duration::from_secs(60);
/// How long before their end nobody uses them any more: a request takes its time to the service.
const LAST: Duration = Duration::from_secs(10);
/// How long after a failure credentials that are still valid are used before the next try.
const PAUSE: Duration = Duration::from_secs(30);

/// How long a call waits for another one that asks. That one may stand still for ever, on a runtime
/// that nobody runs any more; then the next in line asks as well.
const PATIENCE: Duration = Duration::from_secs(60);

/// Tells the time; not always the system's, so that a test need not wait.
type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// A provider, and what it said.
pub(crate) struct CredentialsCache<P> {
    provider: P,
    clock: Clock,
    state: Mutex<State>,
}

/// Whose turn it is to ask. A call that is dropped while it asks passes the turn on.
type Turn = Arc<tokio::sync::Mutex<()>>;

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// Another one where somebody took too long.
    turn: Turn,
    /// How often the provider failed, by which a call knows that it waited for a failure.
    failures: u64,
    failure: Option<Arc<CredentialsError>>,
}

/// Credentials, and when to do something about them; never, if they do not expire.
struct Held {
    credentials: Credentials,
    renew: Option<SystemTime>,
    end: Option<SystemTime>,
}

/// What a call finds.
enum Found {
    Good(Credentials),
    /// Good, and it is time to ask for new ones.
    Soon(Credentials),
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
        let (found, failures) = self.look();
        let turn = match found {
            Found::Good(credentials) => return Ok(credentials),
            Found::Soon(credentials) => match self.turn().try_lock_owned() {
                Ok(turn) => turn,
                Err(_) => return Ok(credentials),
            },
            Found::Nothing => self.wait_for_turn().await,
        };
        match self.meanwhile(failures) {
            Some(result) => result,
            None => self.ask(&turn).await,
        }
    }

    fn turn(&self) -> Turn {
        Arc::clone(&self.state().turn)
    }

    async fn wait_for_turn(&self) -> OwnedMutexGuard<()> {
        loop {
            let turn = self.turn();
            if let Ok(turn) = Arc::clone(&turn).try_lock_owned() {
                return turn;
            }
            let waiting = Arc::clone(&turn).lock_owned();
            if Handle::try_current().is_err() {
                return waiting.await;
            }
            match tokio::time::timeout(PATIENCE, waiting).await {
                Ok(turn) => return turn,
                Err(_) => self.state().pass_over(&turn),
            }
        }
    }

    fn look(&self) -> (Found, u64) {
        let state = self.state();
        (state.find((self.clock)()), state.failures)
    }

    /// What another call was told while this one waited for its turn.
    fn meanwhile(&self, failures: u64) -> Option<Result<Credentials, CredentialsError>> {
        let state = self.state();
        match (state.find((self.clock)()), &state.failure) {
            (Found::Good(credentials), _) => Some(Ok(credentials)),
            (Found::Soon(_), _) => None,
            (Found::Nothing, Some(failure)) if state.failures != failures => {
                Some(Err(repeated(failure)))
            }
            (Found::Nothing, _) => None,
        }
    }

    async fn ask(&self, turn: &OwnedMutexGuard<()>) -> Result<Credentials, CredentialsError> {
        let answer = self.provider.provide_credentials().await;
        let now = (self.clock)();
        let mut state = self.state();
        if !Arc::ptr_eq(OwnedMutexGuard::mutex(turn), &state.turn) {
            // So late that it may be older than what there is by now.
            return answer;
        }
        match answer {
            Ok(credentials) => {
                state.held = Some(Held::new(credentials.clone(), now));
                state.failure = None;
                Ok(credentials)
            }
            Err(error) => state.failed(Arc::new(error), now),
        }
    }

    /// A panic of another thread leaves the state whole: nothing is half done while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Lets another call ask beside the one that has had this turn for too long.
    fn pass_over(&mut self, turn: &Turn) {
        if Arc::ptr_eq(turn, &self.turn) {
            self.turn = Turn::default();
        }
    }

    fn find(&self, now: SystemTime) -> Found {
        let is_past = |time: Option<SystemTime>| time.is_some_and(|time| time <= now);
        match &self.held {
            Some(held) if is_past(held.end) => Found::Nothing,
            Some(held) if is_past(held.renew) => Found::Soon(held.credentials.clone()),
            Some(held) => Found::Good(held.credentials.clone()),
            None => Found::Nothing,
        }
    }

    /// What to do without new credentials: use those there are, as long as they are valid.
    fn failed(
        &mut self,
        error: Arc<CredentialsError>,
        now: SystemTime,
    ) -> Result<Credentials, CredentialsError> {
        self.failures += 1;
        self.failure = Some(Arc::clone(&error));
        let expires = |held: &Held| held.credentials.expiry().filter(|expiry| *expiry > now);
        if let Some(held) = &mut self.held
            && let Some(expiry) = expires(held)
        {
            let why = causes(&error);
            tracing::warn!(
                "the credentials could not be renewed and are used until they expire: {why}"
            );
            held.renew = Some(now + PAUSE);
            held.end = held.end.max(Some(expiry.min(now + PAUSE)));
            return Ok(held.credentials.clone());
        }
        Err(repeated(&error))
    }
}

impl Held {
    /// Where the whole life of credentials is short, they are renewed halfway. Those that look
    /// expired as they come, because a clock is wrong, are kept for a moment like any other, or each
    /// call would ask.
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let Some(expiry) = credentials.expiry() else {
            return Self { credentials, renew: None, end: None };
        };
        let left = expiry.duration_since(now).unwrap_or_default();
        let early = (SOON + JITTER.mul_f64(fastrand::f64())).min(left / 2);
        let renew = Some(now + (left - early).max(LAST));
        let end = Some(now + left.saturating_sub(LAST).max(LAST));
        Self { credentials, renew, end }
    }
}

impl<P: ProvideCredentials> ProvideCredentials for CredentialsCache<P> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        // Without a future in a box where there is nothing to wait for.
        match self.look().0 {
            Found::Good(credentials) => future::ProvideCredentials::ready(Ok(credentials)),
            Found::Soon(_) | Found::Nothing => future::ProvideCredentials::new(self.get()),
        }
    }
}

impl<P> fmt::Debug for CredentialsCache<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsCache")
    }
}

/// The error once more, for one of several calls that waited for it.
fn repeated(error: &Arc<CredentialsError>) -> CredentialsError {
    let shared = Shared(Arc::clone(error));
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

/// The cause of an error that several calls have.
#[derive(Debug)]
struct Shared(Arc<CredentialsError>);

impl Shared {
    fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.0)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause() {
            Some(cause) => write!(f, "{cause}"),
            None => write!(f, "{}", self.0),
        }
    }
}

impl std::error::Error for Shared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause()?.source()
    }
}

#[cfg(test)]
#[path = "cache_tests.rs"]
mod tests;
