//! The server as a test has it.

use std::fmt;
use std::panic::Location;
use std::sync::{Arc, OnceLock};

use longshore_runtime::{Config, ConfigBuilder, Operation, Proxies, RetryConfig, Timeouts};

use super::desk::Desk;
use super::handler;
use super::thread::Listening;
use super::{Call, Content, Expectation, Fault, ServerBuilder};

/// A server on loopback that answers the operations it is told to.
///
/// This is a handle, and clones are handles of the same server. When the last one is dropped, the
/// server ends, and where it was called in a way that nobody prepared, or not called in a way that was
/// expected, the drop panics and says so; in a test that panics already, it prints the same. A handler
/// that has a handle of its own server keeps it from ever ending. Where the last handle is dropped
/// elsewhere than in the test itself, as in a task or never, a panic fails nobody:
/// [`verify`](Self::verify) at the end of the test does.
///
/// What a handler answers is sent as the service would send it:
///
/// ```
/// # use longshore_runtime::{Operation, Protocol, Service, Unmodelled};
/// # #[derive(Debug, Clone)]
/// # pub struct PingRequest { pub text: Option<String> }
/// # longshore_runtime::structure!(PingRequest, Default, { "text" => some(text) });
/// # #[derive(Debug, Clone)]
/// # pub struct PingResponse { pub text: Option<String> }
/// # longshore_runtime::structure!(PingResponse, Default, { "text" => some(text) });
/// # #[derive(Debug)]
/// # pub enum PingError { Unmodelled(Unmodelled) }
/// # longshore_runtime::operation_error!(PingError, Unmodelled, {});
/// # impl Operation for PingRequest {
/// #     const NAME: &'static str = "Ping";
/// #     const SERVICE: &'static Service = &Service::new("Test").target_prefix("Test").signing_name("test");
/// #     type Output = PingResponse;
/// #     type Error = PingError;
/// # }
/// use longshore_runtime::Client;
/// use longshore_testing::Server;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let server = Server::start();
/// server.on(|request: PingRequest| async move {
///     Ok::<_, PingError>(PingResponse { text: request.text })
/// });
///
/// let client = Client::new(&server.config());
/// let answer = client.call(&PingRequest { text: Some("hello".to_owned()) }).await?;
/// assert_eq!(answer.text.as_deref(), Some("hello"));
/// assert_eq!(server.calls().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Server(Arc<Running>);

struct Running {
    desk: Arc<Desk>,
    listening: Option<Listening>,
    url: String,
    config: OnceLock<Config>,
}

impl Server {
    /// Starts one at a free port of 127.0.0.1.
    ///
    /// # Panics
    /// Where the system gives no port or no thread.
    #[must_use]
    pub fn start() -> Self {
        match Self::builder().start() {
            Ok(server) => server,
            Err(error) => panic!("the server for tests did not start: {error}"),
        }
    }

    /// A server at another address, or one that keeps less of what comes.
    pub fn builder() -> ServerBuilder {
        ServerBuilder::new()
    }

    /// Where it is, `http://127.0.0.1:41234`: what a program that makes its own configuration takes from
    /// the variable `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// A configuration for clients of this server: the region us-east-1, the keys of the public
    /// documentation, attempts without delays, no limits of time, no proxies and no prefixes of hosts.
    #[must_use]
    pub fn config(&self) -> Config {
        self.0.config.get_or_init(|| config(self.url()).build()).clone()
    }

    /// The same, to change it. What stays as it was shares its connections with
    /// [`config`](Self::config).
    pub fn config_builder(&self) -> ConfigBuilder {
        self.config().to_builder()
    }

    /// Answers every call of an operation, instead of the handler that did so until now.
    ///
    /// Handlers run at the same time, on one thread, so they must not block it. A call is handled to
    /// its end also where its client has gone away. A handler that panics answers an error, which is
    /// not attempted again, and fails the test like a call that nobody prepared.
    ///
    /// A handler may keep something from one call to the next:
    ///
    /// ```
    /// # use longshore_runtime::{Operation, Protocol, Service, Unmodelled};
    /// # #[derive(Debug, Clone)]
    /// # pub struct CountRequest {}
    /// # longshore_runtime::structure!(CountRequest, Default, {});
    /// # #[derive(Debug, Clone)]
    /// # pub struct CountResponse { pub count: i64 }
    /// # longshore_runtime::structure!(CountResponse, { "count" => required(count) });
    /// # #[derive(Debug)]
    /// # pub enum CountError { Unmodelled(Unmodelled) }
    /// # longshore_runtime::operation_error!(CountError, Unmodelled, {});
    /// # impl Operation for CountRequest {
    /// #     const NAME: &'static str = "Count";
    /// #     const SERVICE: &'static Service = &Service::new("Test").target_prefix("Test").signing_name("test");
    /// #     type Output = CountResponse;
    /// #     type Error = CountError;
    /// # }
    /// use std::sync::atomic::{AtomicI64, Ordering};
    ///
    /// # let server = longshore_testing::Server::start();
    /// let calls = AtomicI64::new(0);
    /// server.on(move |_: CountRequest| {
    ///     let count = calls.fetch_add(1, Ordering::Relaxed) + 1;
    ///     async move { Ok::<_, CountError>(CountResponse { count }) }
    /// });
    /// ```
    pub fn on<O, F, Fut>(&self, handler: F)
    where
        O: Operation,
        F: Fn(O) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<O::Output, O::Error>> + Send + 'static,
    {
        self.desk().prepared().on::<O>(handler::of_operation(handler));
    }

    /// Answers every download, by `GET` or `HEAD`, of a path that begins like this, as of signed URLs:
    /// whatever is no call. The handler is given the path with what stands behind a question mark, and
    /// answers what is there; `None` is the status 404. Ranges are cut out by the server. Of several
    /// prefixes the longest counts.
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
        self.desk().prepared().on_get(prefix, handler::of_downloads(handler));
    }

    /// Expects one call of an operation with a request that has the same wire form, an idempotency
    /// token that the client fills in left aside.
    ///
    /// What is expected of one operation must come in that order, and of several in any. It goes before
    /// a handler, which answers when nothing is expected any more. Every attempt is a call.
    #[track_caller]
    pub fn expect<O: Operation>(&self, request: O) -> Expectation<'_, O> {
        Expectation { server: self, request, place: Location::caller() }
    }

    /// Has the next call, of whichever operation, meet a fault. Several are met in turn, one a call,
    /// where every attempt is one. A fault that no call comes to meet fails no test.
    pub fn fault(&self, fault: Fault) {
        self.desk().prepared().faults.push(fault);
    }

    /// Has the next call of an operation meet a fault, before those for calls of any operation.
    pub fn fault_on<O: Operation>(&self, fault: Fault) {
        self.desk().prepared().fault_on::<O>(fault);
    }

    /// Has the next download meet a fault.
    pub fn fault_on_get(&self, fault: Fault) {
        self.desk().prepared().faults_of_downloads.push(fault);
    }

    /// What has come, calls and downloads, in the order in which it came. Every attempt is one.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.desk().calls()
    }

    /// The requests of an operation that have come. Every attempt is one.
    ///
    /// # Panics
    /// Where one of them cannot be read, or was too long to be kept.
    #[must_use]
    #[track_caller]
    pub fn requests<O: Operation>(&self) -> Vec<O> {
        let read = |(index, call): (usize, &Call)| match call.decode() {
            Ok(request) => request,
            Err(error) => panic!("call {} to the server at {}: {error}", index + 1, self.url()),
        };
        let calls = self.calls();
        calls.iter().enumerate().filter(|(_, call)| call.is::<O>()).map(read).collect()
    }

    /// Fails the test now, where the drop of the server would fail it. What was told is not told again.
    ///
    /// # Panics
    /// Where it was called in a way that nobody prepared, or an expected call did not come.
    #[track_caller]
    pub fn verify(&self) {
        if let Some(text) = self.desk().take_report().text(self.url()) {
            panic!("{text}");
        }
    }

    /// A handle of what listens.
    pub(super) fn of(desk: Arc<Desk>, listening: Listening, url: String) -> Self {
        let config = OnceLock::new();
        Self(Arc::new(Running { desk, listening: Some(listening), url, config }))
    }

    pub(super) fn desk(&self) -> &Desk {
        &self.0.desk
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("url", &self.0.url).finish_non_exhaustive()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Only what nobody answers any more can be judged.
        drop(self.listening.take());
        let report = self.desk.take_report();
        let Some(text) = report.text(&self.url) else { return };
        // A second panic would end the process. The first one may well come of what is told here, and
        // not say so: the program under test need not pass on what it was answered.
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
        .retry(RetryConfig::standard().without_delays())
        .timeouts(Timeouts::none())
        .proxies(Proxies::none())
        .host_prefixes(false)
}
