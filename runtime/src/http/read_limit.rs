//! The limit for each wait for bytes.
//!
//! The time runs while nothing moves over the connection of a request: not while there is none yet,
//! and not while the request is still going out.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Request;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::http::activity::Activity;
use crate::http::limits::Passed;

/// Looks at the waits of one request.
pub(crate) struct ReadLimit(Option<Running>);

struct Running {
    limit: Duration,
    captured: CaptureConnection,
    connection: Option<(Arc<Activity>, Instant)>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl ReadLimit {
    /// Looks at the connection that `request` is going to get.
    pub(crate) fn new<B>(limit: Option<Duration>, request: &mut Request<B>) -> Self {
        Self(limit.map(|limit| Running {
            limit,
            captured: capture_connection(request),
            connection: None,
            sleep: None,
        }))
    }

    /// What `waiting` ends with, unless nothing moves for too long before.
    pub(crate) async fn keep<F: Future>(&mut self, waiting: F) -> Result<F::Output, Passed> {
        let Some(running) = &mut self.0 else {
            return Ok(waiting.await);
        };
        let mut waiting = pin!(waiting);
        std::future::poll_fn(|context| {
            if let Poll::Ready(output) = waiting.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            // After the request had its turn, which is where it gets its connection.
            running.poll(context).map(Err)
        })
        .await
    }
}

impl Running {
    /// Ready when the limit has passed. The timer is set to when that would be if nothing moved any
    /// more; what moved meanwhile is looked at when it goes off, not whenever something moves.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Passed> {
        loop {
            let Some(moved) = self.moved() else {
                // The request is woken when there is a connection, and with it this.
                self.sleep = None;
                return Poll::Pending;
            };
            let end = moved + self.limit;
            if end <= Instant::now() {
                return Poll::Ready(Passed::Read(self.limit));
            }
            let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(end)));
            if sleep.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            sleep.as_mut().reset(end);
        }
    }

    /// When something last moved since the request got its connection, where it has one. It gets
    /// another one where the first turns out to have been closed.
    fn moved(&mut self) -> Option<Instant> {
        if self.connection.as_ref().is_none_or(|(activity, _)| activity.is_closed()) {
            let metadata = self.captured.connection_metadata();
            let activity = metadata.as_ref().and_then(Activity::of)?;
            self.connection = Some((activity, Instant::now()));
        }
        let (activity, since) = self.connection.as_ref()?;
        (!activity.is_closed()).then(|| activity.moved().max(*since))
    }
}
