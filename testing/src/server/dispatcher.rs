//! Records each request and finds its response; independent of sockets.

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use longshore_runtime::Operation;

use super::call::Call;
use super::error_code::{UNEXPECTED_CALL, UNREADABLE_BODY};
use super::expected_call::ExpectedCall;
use super::fault::FaultKind;
use super::handler::Handler;
use super::http_handler::{HttpHandler, HttpRequest};
use super::received::ReceivedRequest;
use super::report::{Report, indented};
use super::request_head::RequestHead;
use super::response::Response;
use super::routes::{Match, Routes};

/// The state of a server.
pub(super) struct Dispatcher {
    keep_calls: bool,
    keep_bodies: usize,
    routes: Mutex<Routes>,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    calls: Vec<Call>,
    report: Report,
}

/// What the listener does with the connection of a request.
pub(super) enum Outcome {
    Respond { response: Response, truncated: bool },
    Close { reset: bool },
}

/// Locks a mutex, ignoring panics of other threads: every critical section leaves the data consistent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Dispatcher {
    pub(super) fn new(keep_calls: bool, keep_bodies: usize) -> Self {
        let (routes, log) = Default::default();
        Self { keep_calls, keep_bodies, routes, log }
    }

    pub(super) fn routes(&self) -> MutexGuard<'_, Routes> {
        lock(&self.routes)
    }

    pub(super) fn expect<O: Operation>(&self, expected: ExpectedCall) {
        self.routes().expect::<O>(expected);
    }

    pub(super) fn calls(&self) -> Vec<Call> {
        lock(&self.log).calls.clone()
    }

    /// Returns and clears the report, with the expected calls that are still missing.
    pub(super) fn take_report(&self) -> Report {
        let missing = self.routes().take_missing();
        let mut report = std::mem::take(&mut lock(&self.log).report);
        missing.into_iter().for_each(|text| report.add(text));
        report
    }

    pub(super) async fn dispatch(self: Arc<Self>, request: ReceivedRequest) -> Outcome {
        self.routes().identify(&request);
        self.record(&request);
        let fault = self.routes().next_fault(&request);
        let head = Arc::clone(&request.head);
        let truncated = fault == Some(FaultKind::Truncate);
        let response = match fault {
            Some(FaultKind::Drop) => return Outcome::Close { reset: false },
            Some(FaultKind::Reset) => return Outcome::Close { reset: true },
            Some(FaultKind::Error(error)) => Response::fault(head.protocol(), error),
            Some(FaultKind::Garbage) => Response::garbage(),
            Some(FaultKind::Delay(time)) => self.handle(request, time).await,
            Some(FaultKind::Truncate) | None => self.handle(request, Duration::ZERO).await,
        };
        head.set_status(response.status.as_u16());
        Outcome::Respond { response, truncated }
    }

    fn record(&self, request: &ReceivedRequest) {
        if !self.keep_calls {
            return;
        }
        let body = request.body.as_ref().ok().filter(|body| body.len() <= self.keep_bodies);
        lock(&self.log).calls.push(Call::new(&request.head, body.cloned()));
    }

    /// Handles the request in a separate task, so that a panic of a handler is reported and does
    /// not end the connection.
    async fn handle(self: Arc<Self>, request: ReceivedRequest, delay: Duration) -> Response {
        let head = Arc::clone(&request.head);
        let dispatcher = Arc::clone(&self);
        let task = tokio::spawn(async move {
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            let http = dispatcher.routes().http_handler(&request.head);
            match http {
                Some(handler) => respond(&handler, &request),
                None if request.is_download() => dispatcher.download(&request).await,
                None => dispatcher.call(&request).await,
            }
        });
        match task.await {
            Ok(response) => response,
            Err(error) => {
                let message =
                    error.try_into_panic().map_or(String::new(), |panic| panic_message(&*panic));
                let (first, rest) = message.split_once('\n').unwrap_or((&message, ""));
                let (name, rest) = (head.name(), indented(rest));
                let text = format!("the handler of {name} panicked: {first}{rest}");
                self.report(&head, text, UNEXPECTED_CALL)
            }
        }
    }

    async fn call(&self, request: &ReceivedRequest) -> Response {
        let matched = self.routes().find(request);
        match matched {
            Match::Expected(response) => response,
            Match::Rejected { code, message } => self.report(&request.head, message, code),
            Match::Handler(handler) => self.run(&handler, request).await,
        }
    }

    async fn run(&self, handler: &Handler, request: &ReceivedRequest) -> Response {
        let name = request.head.name();
        match handler(request) {
            Err(unreadable) => {
                let text =
                    format!("{name} was called with a body that cannot be read: {unreadable}");
                self.report(&request.head, text, UNREADABLE_BODY)
            }
            Ok(response) => response.await.unwrap_or_else(|error| {
                let text = format!("the response of {name} cannot be encoded: {error}");
                self.report(&request.head, text, UNEXPECTED_CALL)
            }),
        }
    }

    async fn download(&self, request: &ReceivedRequest) -> Response {
        let path = &request.head.path;
        let handler = self.routes().download_handler(path);
        let handler = match handler {
            Ok(handler) => handler,
            Err(prefixes) => {
                let name = request.head.name();
                let text = format!("{name} has no handler registered with `on_get`{prefixes}");
                return self.report(&request.head, text, UNEXPECTED_CALL);
            }
        };
        match handler(path.clone()).await {
            Some(content) => Response::download(content, request.head.header("range")),
            None => Response::not_found(),
        }
    }

    /// Adds an entry to the report and returns it as an error response.
    fn report(&self, head: &RequestHead, text: String, code: &str) -> Response {
        let response =
            Response::error(head.protocol(), StatusCode::BAD_REQUEST.as_u16(), code, &text);
        lock(&self.log).report.add(text);
        response
    }
}

/// Calls an HTTP handler.
fn respond(handler: &HttpHandler, request: &ReceivedRequest) -> Response {
    let RequestHead { method, path, headers, .. } = &*request.head;
    let body = request.body.as_ref().map_err(|why| *why);
    handler(HttpRequest { method, path, headers, body }).into()
}

/// The message of a panic.
fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("(the panic value is not a string)").to_owned()
}
