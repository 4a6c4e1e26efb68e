//! The handle of a server: everything a test does with it.

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, OnceLock};

use longshore_runtime::{Config, ConfigBuilder, Operation, Proxies, RetryConfig, Timeouts};

use super::dispatcher::Dispatcher;
use super::handler::{download_handler, operation_handler};
#[cfg(feature = "registry")]
use super::http_handler::HttpRequest;
use super::listener::Listener;
use super::{Call, Content, Expectation, Fault, ServerBuilder};

/// An HTTP server on loopback that handles the operations of any generated client.
///
/// It supports the protocols awsJson, restJson1 and awsQuery. If a restJson1 request matches
/// several registered operations, the one with the most specific path handles it.
///
/// Handlers take the request type of an operation and return its output or its error. The code under
/// test signs, sends, retries and decodes as usual:
///
/// ```
/// use longshore::ecr::Client;
/// use longshore::ecr::operation::{PutImageError, PutImageRequest, PutImageResponse};
/// use longshore::ecr::types::Image;
/// use longshore_testing::Server;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let server = Server::start();
/// server.on(|request: PutImageRequest| async move {
///     let image = Image::new().repository_name(request.repository_name);
///     Ok::<_, PutImageError>(PutImageResponse::new().image(image))
/// });
///
/// let client = Client::new(&server.config());
/// let response = client.put_image(&PutImageRequest::new("team/app", "{}")).await?;
/// let name = response.image.and_then(|image| image.repository_name);
/// assert_eq!(name.as_deref(), Some("team/app"));
/// assert_eq!(server.calls().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # End of a test
///
/// Clones are handles of the same server, which stops when the last handle is dropped. This drop
/// panics, and so fails the test, if the server received a call that the test did not register, or
/// did not receive a call that the test [expected](Self::expect). If the test is panicking already,
/// the report is printed to standard error instead.
///
/// A panic fails a test only on the thread of the test. If the last handle may be dropped elsewhere,
/// for example in a task, call [`verify`](Self::verify) at the end of the test. A handler must not own
/// a handle of its own server: the server would never stop.
#[derive(Clone)]
pub struct Server(Arc<Inner>);

struct Inner {
    dispatcher: Arc<Dispatcher>,
    listener: Option<Listener>,
    url: String,
    config: OnceLock<Config>,
}

impl Server {
    /// Starts a server on a free port of 127.0.0.1.
    ///
    /// # Panics
    /// Panics if the system provides no port or no thread.
    #[must_use]
    pub fn start() -> Self {
        match Self::builder().start() {
            Ok(server) => server,
            Err(error) => panic!("the test server did not start: {error}"),
        }
    }

    /// Creates a builder, to choose the address or to record less.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::new()
    }

    pub(super) fn new(dispatcher: Arc<Dispatcher>, listener: Listener, url: String) -> Self {
        let config = OnceLock::new();
        Self(Arc::new(Inner { dispatcher, listener: Some(listener), url, config }))
    }

    /// The URL of the server, such as `http://127.0.0.1:41234`. Pass it as `AWS_ENDPOINT_URL` to
    /// programs that load their own configuration.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// The configuration for clients of this server: region us-east-1, example credentials, retries
    /// without delays, no timeouts, no proxies and no host prefixes.
    #[must_use]
    pub fn config(&self) -> Config {
        self.0.config.get_or_init(|| config(self.url()).build()).clone()
    }

    /// A builder with the same settings. Clients share the connections of [`config`](Self::config)
    /// unless the builder changes the settings of connections.
    pub fn config_builder(&self) -> ConfigBuilder {
        self.config().to_builder()
    }

    /// Handles every call of an operation, replacing the previous handler of it.
    ///
    /// Handlers run concurrently on a single thread and must not block it. They run to completion even
    /// if the client disconnects. If a handler panics, the client receives an error that it does not
    /// retry, and the test fails as it does for an unexpected call.
    ///
    /// A handler can keep state between calls:
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use longshore::ecr::operation::{PutImageError, PutImageRequest, PutImageResponse};
    /// use longshore::ecr::types::Image;
    ///
    /// # let server = longshore_testing::Server::start();
    /// let calls = AtomicUsize::new(0);
    /// server.on(move |_: PutImageRequest| {
    ///     let image = Image::new().registry_id(calls.fetch_add(1, Ordering::Relaxed).to_string());
    ///     async move { Ok::<_, PutImageError>(PutImageResponse::new().image(image)) }
    /// });
    /// ```
    pub fn on<O, F, Fut>(&self, handler: F)
    where
        O: Operation,
        F: Fn(O) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<O::Output, O::Error>> + Send + 'static,
    {
        self.dispatcher().routes().on::<O>(operation_handler(handler));
    }

    /// Handles downloads whose path starts with this prefix. If several prefixes match, the longest
    /// one is used.
    ///
    /// A download is a `GET` or `HEAD` request that is not a call, such as one for a presigned URL:
    /// it matches no registered operation, and has no `Authorization` header with a signature.
    ///
    /// The handler takes the path with its query string and returns the content, or `None` for status
    /// 404. The server handles `Range` headers.
    ///
    /// ```
    /// # use longshore_testing::Server;
    /// let server = Server::start();
    /// server.on_get("/layers/", |path| async move {
    ///     (path == "/layers/1").then_some("the bytes of a layer")
    /// });
    /// ```
    pub fn on_get<F, Fut, C>(&self, prefix: &str, handler: F)
    where
        F: Fn(String) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Option<C>> + Send + 'static,
        C: Into<Content>,
    {
        self.dispatcher().routes().on_get(prefix, download_handler(handler));
    }

    /// Handles every request whose path starts with this prefix, except calls of registered operations
    /// and signed requests.
    #[cfg(feature = "registry")]
    pub(crate) fn on_http(
        &self,
        prefix: &'static str,
        handler: impl Fn(HttpRequest<'_>) -> http::Response<Content> + Send + Sync + 'static,
    ) {
        self.dispatcher().routes().on_http(prefix, Arc::new(handler));
    }

    /// Expects one call of an operation with this request. The result is set on the returned
    /// [`Expectation`].
    ///
    /// Requests are equal if they are the same after encoding and decoding; an idempotency token
    /// that the client filled in is ignored. Expected calls of the same operation must be made in
    /// the order of registration, and take precedence over the [handler](Self::on), which handles
    /// all later calls. Each attempt is a call.
    #[track_caller]
    pub fn expect<O: Operation>(&self, request: O) -> Expectation<'_, O> {
        Expectation { server: self, request, location: Location::caller() }
    }

    /// Makes the next call of any operation fail in this way. Several faults occur one after
    /// another, one per call; each attempt is a call. A fault that never occurs does not fail the
    /// test.
    pub fn fault(&self, fault: Fault) {
        self.dispatcher().routes().faults.push(fault);
    }

    /// Makes the next call of the operation `O` fail in this way. These faults take precedence over
    /// those for any operation.
    pub fn fault_on<O: Operation>(&self, fault: Fault) {
        self.dispatcher().routes().fault_on::<O>(fault);
    }

    /// Makes the next download fail in this way.
    pub fn fault_on_get(&self, fault: Fault) {
        self.dispatcher().routes().download_faults.push(fault);
    }

    /// The received calls and downloads, in order. Each attempt is a call.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.dispatcher().calls()
    }

    /// The received requests of the operation `O`, in order. Each attempt is a request.
    ///
    /// # Panics
    /// Panics if a request cannot be decoded or its body was not recorded.
    #[must_use]
    #[track_caller]
    pub fn requests<O: Operation>(&self) -> Vec<O> {
        let decode = |(index, call): (usize, &Call)| match call.decode() {
            Ok(request) => request,
            Err(error) => panic!("call {} to the server at {}: {error}", index + 1, self.url()),
        };
        let calls = self.calls();
        calls.iter().enumerate().filter(|(_, call)| call.is::<O>()).map(decode).collect()
    }

    /// Fails the test now instead of when the server is dropped. What is reported once is not
    /// reported again.
    ///
    /// # Panics
    /// Panics if the server received an unexpected call or did not receive an expected one.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(text) = self.dispatcher().take_report().text(self.url()) {
            panic!("{text}");
        }
    }

    pub(super) fn dispatcher(&self) -> &Dispatcher {
        &self.0.dispatcher
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.0.url).finish_non_exhaustive()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Handlers must have finished before the report is complete.
        drop(self.listener.take());
        let report = self.dispatcher.take_report();
        let Some(text) = report.text(&self.url) else { return };
        // A second panic would abort the process. The report is printed nevertheless, because it may
        // be the cause of the first panic.
        match std::thread::panicking() {
            true => eprintln!("\n{text}\n"),
            false => panic!("{text}"),
        }
    }
}

fn config(url: &str) -> ConfigBuilder {
    Config::builder()
        .region("us-east-1")
        .static_credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)
        .endpoint_url(url)
        .retry(RetryConfig::standard().delays(false))
        .timeouts(Timeouts::none())
        .proxies(Proxies::none())
        .host_prefixes(false)
}
