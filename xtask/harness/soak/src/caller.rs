//! Makes the calls: tasks share a client, and each call has a number that its response must
//! contain.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use longshore::ecr::Client;
use longshore::ecr::operation::{BatchGetImageRequest, PutImageRequest};
use longshore::ecr::types::{Image, ImageIdentifier};
use longshore::{
    Config, ConfigBuilder, Error, OperationError, RetryConfig, RetryParameters, Timeouts,
    TransportError, TransportErrorKind,
};

use crate::fault;
use crate::gauges;
use crate::gauges::{Sample, Samples};
use crate::judge::{Failure, Outcome, judge};
use crate::report::{Report, Tally};
use crate::settings::Settings;
use crate::stale::StaleAttempts;

/// The attempt timeout: shorter than the delays of the server, and far longer than a normal
/// response takes on a busy machine.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(3);

/// A call that takes longer is reported as hanging.
const HANG_LIMIT: Duration = Duration::from_secs(60);

/// How long connections have to close after the last call.
const CLOSE_DELAY: Duration = Duration::from_secs(1);

/// The state that all tasks share.
struct Soak {
    settings: Settings,
    client: Client,
    stale: Arc<StaleAttempts>,
    /// A client for a port without a listener.
    refused: Client,
    next: AtomicU64,
    started: Instant,
}

/// Makes all calls and returns the report.
pub async fn run(settings: Settings, server: SocketAddr) -> Report {
    let before = Sample::take();
    let samples = Samples::default();
    let sampling = tokio::spawn(gauges::Samples::collect(samples.clone()));
    let started = Instant::now();
    let stale = Arc::new(StaleAttempts::new(HANG_LIMIT));
    let client = Client::new(&config(settings, server).transport(Arc::clone(&stale)).build());
    let refused = Client::new(&unused_port(settings).build());
    let next = AtomicU64::new(0);
    let soak = Arc::new(Soak { settings, client, stale, refused, next, started });
    let tasks: Vec<_> =
        (0..settings.tasks).map(|_| tokio::spawn(work(Arc::clone(&soak)))).collect();
    let mut tally = Tally::default();
    for task in tasks {
        match task.await {
            Ok(part) => tally.add(part),
            Err(error) => tally.problem(format!("a task panicked: {error}")),
        }
    }
    let seconds = started.elapsed();
    sampling.abort();
    drop(soak);
    tokio::time::sleep(CLOSE_DELAY).await;
    Report { settings, seconds, tally, before, samples: samples.taken(), after: Sample::take() }
}

fn config(settings: Settings, server: SocketAddr) -> ConfigBuilder {
    let retry =
        RetryConfig::standard().max_attempts(settings.attempts).parameters(RetryParameters::Of2026);
    Config::builder()
        .region("eu-west-1")
        .static_credentials("AKIDEXAMPLE", "not-so-secret", None)
        .endpoint_url(format!("http://{server}"))
        .retry(retry)
        .timeouts(Timeouts::new().attempt(ATTEMPT_TIMEOUT))
}

/// A configuration for a port that was free a moment ago.
fn unused_port(settings: Settings) -> ConfigBuilder {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    config(settings, free.unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 1))))
}

/// One task: makes calls until all are made or the time limit is reached.
async fn work(soak: Arc<Soak>) -> Tally {
    let mut tally = Tally::default();
    while soak.started.elapsed() < soak.settings.limit {
        let call = soak.next.fetch_add(1, Ordering::Relaxed);
        if call >= soak.settings.calls {
            break;
        }
        let start = Instant::now();
        let outcome =
            tokio::time::timeout(HANG_LIMIT, soak.call(call)).await.unwrap_or(Outcome::Hung);
        let is_stale = |attempt| soak.stale.contains(call, attempt);
        let verdict = judge(call, &outcome, soak.settings.attempts, is_stale);
        tally.count(&outcome, verdict, start.elapsed());
    }
    tally
}

impl Soak {
    async fn call(&self, call: u64) -> Outcome {
        let client = if fault::is_refused(call) { &self.refused } else { &self.client };
        let name = format!("soak/{call}");
        if call.is_multiple_of(2) {
            let request = PutImageRequest::new(name.as_str(), "{}").image_tag("v1");
            let image = client.put_image(&request).await.map(|response| response.image);
            outcome(&name, image)
        } else {
            let wanted = [ImageIdentifier::new().image_tag("v1")];
            let request = BatchGetImageRequest::new(name.as_str(), wanted);
            let images = client.batch_get_image(&request).await.map(|response| response.images);
            outcome(&name, images.map(|images| images.into_iter().next()))
        }
    }
}

fn outcome<E: OperationError>(name: &str, result: Result<Option<Image>, Error<E>>) -> Outcome {
    match result {
        Ok(None) => Outcome::Empty,
        Ok(Some(image)) if image.repository_name.as_deref() == Some(name) => Outcome::Correct,
        Ok(Some(image)) => Outcome::OtherCall(image.repository_name.unwrap_or_default()),
        Err(error) => Outcome::Failed(failure(&error)),
    }
}

fn failure<E: OperationError>(error: &Error<E>) -> Failure {
    let transport = error.find_cause::<TransportError>();
    Failure {
        kind: error.kind(),
        status: error.status(),
        code: error.code().map(str::to_owned),
        attempts: error.attempts(),
        timeout: error.is_timeout(),
        connect: transport.is_some_and(|error| error.kind() == TransportErrorKind::Connect),
        text: error.to_string(),
    }
}
