//! The limit for the time without receiving data.
//!
//! The time counts from the last transfer in either direction, so it does not expire while a
//! request is being sent. It does not count before the request has a connection.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Request;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::http::activity::Activity;
use crate::http::limits::TimedOut;

/// The read limit of one request, or none.
pub(crate) struct ReadLimit(Option<ReadTimer>);

struct ReadTimer {
    limit: Duration,
    captured: CaptureConnection,
    connection: Option<(Arc<Activity>, Instant)>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl ReadLimit {
    /// Creates a timer for the connection that `request` will use.
    pub(crate) fn new<B>(limit: Option<Duration>, request: &mut Request<B>) -> Self {
        Self(limit.map(|limit| ReadTimer {
            limit,
            captured: capture_connection(request),
            connection: None,
            sleep: None,
        }))
    }

    /// Awaits `future`, unless no bytes are transferred for longer than the limit.
    pub(crate) async fn apply<F: Future>(&mut self, future: F) -> Result<F::Output, TimedOut> {
        let Some(timer) = &mut self.0 else {
            return Ok(future.await);
        };
        let mut future = pin!(future);
        std::future::poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            // Polled after the request, because polling the request assigns its connection.
            timer.poll(context).map(Err)
        })
        .await
    }
}

impl ReadTimer {
    /// Completes when the limit is exceeded. The timer is set to the earliest time at which that
    /// can happen. Transfers do not reset it; when it fires, the time of the last transfer decides
    /// whether to wait again.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<TimedOut> {
        loop {
            let Some(last_transfer) = self.last_transfer() else {
                // The request future is woken when it gets a connection, and this is polled after
                // it.
                self.sleep = None;
                return Poll::Pending;
            };
            let deadline = last_transfer + self.limit;
            if deadline <= Instant::now() {
                return Poll::Ready(TimedOut::Read(self.limit));
            }
            let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
            if sleep.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            sleep.as_mut().reset(deadline);
        }
    }

    /// Returns the time of the last transfer since the request got its connection, or `None` if it
    /// has none. A request gets another connection if the first turns out to be closed.
    fn last_transfer(&mut self) -> Option<Instant> {
        if self.connection.as_ref().is_none_or(|(activity, _)| activity.is_closed()) {
            let metadata = self.captured.connection_metadata();
            let activity = metadata.as_ref().and_then(Activity::of)?;
            self.connection = Some((activity, Instant::now()));
        }
        let (activity, since) = self.connection.as_ref()?;
        (!activity.is_closed()).then(|| activity.last_transfer().max(*since))
    }
}
