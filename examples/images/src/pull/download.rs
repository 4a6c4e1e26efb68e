//! Downloads blobs in chunks, from presigned URLs of the service.
//!
//! A presigned URL is a secret, so it must not appear in errors or logs.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::RANGE;
use http::{Request, StatusCode, Uri};
use longshore::ecr::{self, operation::GetDownloadUrlForLayerRequest};
use longshore::{NewConnection, Transport, TransportErrorKind};

use crate::{Blob, Digest, Error, PullOptions};

/// How often a chunk is requested before the pull fails.
const MAX_ATTEMPTS: u32 = 5;
/// The delay before the first retry; it doubles with each further one.
const FIRST_RETRY_DELAY: Duration = Duration::from_millis(100);

/// The source of all downloads of a pull.
#[derive(Clone)]
pub(super) struct Downloader {
    remote: ecr::Client,
    repository: Arc<str>,
    transport: Arc<dyn Transport>,
    chunk_size: u64,
}

impl Downloader {
    pub(super) fn new(remote: &ecr::Client, repository: &str, options: &PullOptions) -> Self {
        let transport = Arc::clone(&options.transport);
        Self {
            remote: remote.clone(),
            repository: repository.into(),
            transport,
            chunk_size: options.chunk_size,
        }
    }

    /// The location of downloaded content in errors.
    pub(super) fn location(&self) -> String {
        format!("the content from {}", self.repository)
    }

    pub(super) fn open(&self, blob: &Blob) -> Download {
        Download { source: self.clone(), digest: blob.digest, size: blob.size, url: None }
    }
}

/// A blob that is being downloaded.
pub(super) struct Download {
    source: Downloader,
    digest: Digest,
    size: u64,
    /// The URL of the last chunk, if it still works.
    url: Option<Uri>,
}

/// The error of requesting a chunk.
struct ChunkError {
    problem: String,
    retry: Retry,
}

/// Whether and how a chunk is requested again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Retry {
    Never,
    /// After a delay, with a new URL.
    NewUrl,
    /// At once, because only the connection was the problem.
    NewConnection,
}

impl Download {
    /// Downloads the chunk that starts at byte `first`; it is empty at the end of the blob.
    pub(super) async fn chunk(&mut self, first: u64) -> Result<Bytes, Error> {
        let range = first..self.size.min(first.saturating_add(self.source.chunk_size));
        if range.is_empty() {
            return Ok(Bytes::new());
        }
        let (mut attempt, mut is_stale) = (1, false);
        loop {
            let url = match self.url.take() {
                Some(url) => url,
                None => self.request_url().await?,
            };
            let ChunkError { problem, retry } = match self.get(url.clone(), &range, is_stale).await
            {
                Ok(chunk) => {
                    self.url = Some(url);
                    return Ok(chunk);
                }
                Err(error) => error,
            };
            match retry {
                Retry::Never => return Err(self.error(problem)),
                _ if attempt == MAX_ATTEMPTS => return Err(self.error(problem)),
                Retry::NewConnection => self.url = Some(url),
                Retry::NewUrl => {
                    tokio::time::sleep(FIRST_RETRY_DELAY * 2u32.pow(attempt - 1)).await;
                }
            }
            is_stale = retry == Retry::NewConnection;
            attempt += 1;
        }
    }

    async fn request_url(&self) -> Result<Uri, Error> {
        let Downloader { remote, repository, .. } = &self.source;
        let request = GetDownloadUrlForLayerRequest::new(&**repository, self.digest.to_string());
        let response = remote.get_download_url_for_layer(&request).await;
        let action = format!("requesting the download URL of {} in {repository}", self.digest);
        let url = response.map_err(Error::service(action))?.download_url.unwrap_or_default();
        url.parse().map_err(|_| self.error("the response has no valid URL".to_owned()))
    }

    async fn get(&self, url: Uri, range: &Range<u64>, is_stale: bool) -> Result<Bytes, ChunkError> {
        let bytes = format!("bytes={}-{}", range.start, range.end - 1);
        let request = Request::get(url).header(RANGE, bytes).body(Bytes::new());
        let mut request = request.map_err(|error| ChunkError::permanent(error.to_string()))?;
        if is_stale {
            request.extensions_mut().insert(NewConnection);
        }
        let response = self.source.transport.send(request).await.map_err(|error| ChunkError {
            retry: match error.kind() {
                TransportErrorKind::Unusable | TransportErrorKind::TooLarge => Retry::Never,
                TransportErrorKind::StaleConnection => Retry::NewConnection,
                _ => Retry::NewUrl,
            },
            problem: error.to_string(),
        })?;
        let length = range.end - range.start;
        match response.status() {
            // A server without support for ranges sends the whole content.
            StatusCode::OK if length == self.size => {}
            StatusCode::PARTIAL_CONTENT => {}
            status => return Err(ChunkError::from_status(status)),
        }
        let chunk = response.into_body();
        if chunk.len() as u64 == length {
            return Ok(chunk);
        }
        Err(ChunkError::permanent(format!(
            "the response has {} bytes instead of {length}",
            chunk.len()
        )))
    }

    fn error(&self, problem: String) -> Error {
        Error::Download { digest: self.digest, problem }
    }
}

impl ChunkError {
    fn permanent(problem: String) -> Self {
        Self { problem, retry: Retry::Never }
    }

    /// Storage responds with 403 if a URL has expired.
    fn from_status(status: StatusCode) -> Self {
        let retryable = status.is_server_error()
            || matches!(
                status,
                StatusCode::FORBIDDEN | StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
            );
        let retry = if retryable { Retry::NewUrl } else { Retry::Never };
        Self { problem: format!("the response has status {status}"), retry }
    }
}
