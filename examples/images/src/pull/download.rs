//! The bytes of blobs, over HTTP: in pieces, from URLs that the service hands out for a while.
//!
//! A URL is as good as a key for as long as it holds, so no error and no log has one.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::RANGE;
use http::{Request, StatusCode, Uri};
use longshore::ecr::{self, operation::GetDownloadUrlForLayerRequest};
use longshore::{Transport, TransportErrorKind};

use crate::{Blob, Digest, Error, PullOptions};

/// How often a piece is asked for before the pull gives up.
const ATTEMPTS: u32 = 5;
/// The delay before the second time; it doubles with each further one.
const DELAY: Duration = Duration::from_millis(100);

/// Where blobs come from.
#[derive(Clone)]
pub(super) struct Downloads {
    remote: ecr::Client,
    repository: Arc<str>,
    transport: Arc<dyn Transport>,
    piece: u64,
}

impl Downloads {
    pub(super) fn new(remote: &ecr::Client, repository: &str, options: &PullOptions) -> Self {
        let transport = Arc::clone(&options.transport);
        Self {
            remote: remote.clone(),
            repository: repository.into(),
            transport,
            piece: options.piece,
        }
    }

    /// Where the content of blobs comes from, for errors.
    pub(super) fn place(&self) -> String {
        format!("what came from {}", self.repository)
    }

    pub(super) fn open(&self, blob: &Blob) -> Download {
        Download { from: self.clone(), digest: blob.digest, size: blob.size, url: None }
    }
}

/// A blob that is being fetched.
pub(super) struct Download {
    from: Downloads,
    digest: Digest,
    size: u64,
    /// The URL that has served the last piece.
    url: Option<Uri>,
}

/// Why a piece did not come.
struct Failure {
    problem: String,
    /// Whether it may come when it is asked for again, with a new URL.
    passing: bool,
}

impl Download {
    /// The bytes of the blob from here on, as many as a piece has; none at its end.
    pub(super) async fn piece(&mut self, first: u64) -> Result<Bytes, Error> {
        let range = first..self.size.min(first.saturating_add(self.from.piece));
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        let mut attempt = 1;
        loop {
            let url = match self.url.take() {
                Some(url) => url,
                None => self.ask().await?,
            };
            match self.get(url.clone(), &range).await {
                Ok(piece) => {
                    self.url = Some(url);
                    return Ok(piece);
                }
                Err(Failure { passing: true, .. }) if attempt < ATTEMPTS => {
                    tokio::time::sleep(DELAY * 2u32.pow(attempt - 1)).await;
                    attempt += 1;
                }
                Err(Failure { problem, .. }) => return Err(self.failed(problem)),
            }
        }
    }

    async fn ask(&self) -> Result<Uri, Error> {
        let Downloads { remote, repository, .. } = &self.from;
        let request = GetDownloadUrlForLayerRequest::new(&**repository, self.digest.to_string());
        let answer = remote.get_download_url_for_layer(&request).await;
        let doing = format!("asking where {} of {repository} can be fetched", self.digest);
        let url = answer.map_err(Error::service(doing))?.download_url.unwrap_or_default();
        url.parse().map_err(|_| self.failed("the service answered no URL".to_owned()))
    }

    async fn get(&self, url: Uri, range: &Range<u64>) -> Result<Bytes, Failure> {
        let bytes = format!("bytes={}-{}", range.start, range.end - 1);
        let request = Request::get(url).header(RANGE, bytes).body(Bytes::new());
        let request = request.map_err(|error| Failure::lasting(error.to_string()))?;
        let answer = self.from.transport.send(request).await.map_err(|error| Failure {
            passing: error.kind() != TransportErrorKind::Unusable
                && error.kind() != TransportErrorKind::TooLarge,
            problem: error.to_string(),
        })?;
        let length = range.end - range.start;
        match answer.status() {
            // A server that knows no ranges sends all there is.
            StatusCode::OK if length == self.size => {}
            StatusCode::PARTIAL_CONTENT => {}
            status => return Err(Failure::answered(status)),
        }
        let piece = answer.into_body();
        if piece.len() as u64 == length {
            return Ok(piece);
        }
        Err(Failure::lasting(format!("{} bytes came where {length} were asked for", piece.len())))
    }

    fn failed(&self, problem: String) -> Error {
        Error::Download { digest: self.digest, problem }
    }
}

impl Failure {
    fn lasting(problem: String) -> Self {
        Self { problem, passing: false }
    }

    /// Storage says 403 to a URL whose time is over.
    fn answered(status: StatusCode) -> Self {
        let passing = status.is_server_error()
            || matches!(
                status,
                StatusCode::FORBIDDEN | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
            );
        Self { problem: format!("the answer was {status}"), passing }
    }
}
