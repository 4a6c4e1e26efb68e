//! Everything that a test registered (handlers, expected calls, faults), and the selection of what
//! applies to a request.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use longshore_runtime::Operation;

use super::diff::truncate_lines;
use super::expected_call::{Comparison, ExpectedCall};
use super::fault::{Fault, FaultKind, FaultQueue};
use super::handler::{DownloadHandler, Handler};
use super::http_handler::HttpHandler;
use super::protocol::{self, Pattern};
use super::received::ReceivedRequest;
use super::rejection::{NO_HANDLER, Rejection};
use super::report::indented;
use super::request_head::{RequestHead, RouteKey};
use super::response::Response;

/// The registrations of one server.
#[derive(Default)]
pub(super) struct Routes {
    operations: BTreeMap<RouteKey, OperationRoute>,
    /// By prefix of the path.
    downloads: Vec<(String, DownloadHandler)>,
    /// By prefix of the path.
    http: Vec<(&'static str, HttpHandler)>,
    pub(super) faults: FaultQueue,
    pub(super) download_faults: FaultQueue,
}

/// The registrations of one operation.
struct OperationRoute {
    name: &'static str,
    pattern: Pattern,
    signed: bool,
    /// Formats a request with `Debug`.
    debug: fn(&RequestHead, &Bytes) -> Option<String>,
    handler: Option<Handler>,
    expected: VecDeque<ExpectedCall>,
    /// Whether a handler or an expected call was ever registered.
    registered: bool,
    faults: FaultQueue,
}

/// The registration that applies to a call.
pub(super) enum Match {
    Handler(Handler),
    Expected(Response),
    Rejected { code: &'static str, message: String },
}

impl Routes {
    pub(super) fn on<O: Operation>(&mut self, handler: Handler) {
        let route = self.route::<O>();
        route.handler = Some(handler);
        route.registered = true;
    }

    pub(super) fn expect<O: Operation>(&mut self, expected: ExpectedCall) {
        let route = self.route::<O>();
        route.expected.push_back(expected);
        route.registered = true;
    }

    pub(super) fn fault_on<O: Operation>(&mut self, fault: Fault) {
        self.route::<O>().faults.push(fault);
    }

    /// Registers a download handler, replacing the one with the same prefix.
    pub(super) fn on_get(&mut self, prefix: &str, handler: DownloadHandler) {
        self.downloads.retain(|(known, _)| known != prefix);
        self.downloads.push((prefix.to_owned(), handler));
    }

    #[cfg(feature = "registry")]
    pub(super) fn on_http(&mut self, prefix: &'static str, handler: HttpHandler) {
        self.http.push((prefix, handler));
    }

    fn route<O: Operation>(&mut self) -> &mut OperationRoute {
        self.operations.entry(RouteKey::of::<O>()).or_insert_with(OperationRoute::new::<O>)
    }

    /// Sets the route of the request if it matches a registered operation.
    pub(super) fn identify(&self, request: &ReceivedRequest) {
        let matching = self.operations.iter().filter_map(|(key, route)| {
            Some((route.pattern.matches(&request.head)?, *key, route.pattern.kind()))
        });
        if let Some((_, key, kind)) = matching.max_by(|(a, ..), (b, ..)| a.cmp(b)) {
            request.head.set_route((key, kind));
        }
    }

    /// The fault of a request. Faults of its operation take precedence over faults of any
    /// operation.
    pub(super) fn next_fault(&mut self, request: &ReceivedRequest) -> Option<FaultKind> {
        if request.is_download() {
            return self.download_faults.next();
        }
        let route = request.head.route().and_then(|key| self.operations.get_mut(&key));
        route.and_then(|route| route.faults.next()).or_else(|| self.faults.next())
    }

    /// The HTTP handler of a request. Registered operations and signed requests have none.
    pub(super) fn http_handler(&self, head: &RequestHead) -> Option<HttpHandler> {
        if head.route().is_some() || head.is_signed() {
            return None;
        }
        let mut handlers = self.http.iter();
        let found = handlers.find(|(prefix, _)| head.path.starts_with(prefix));
        found.map(|(_, handler)| handler.clone())
    }

    /// The handler with the longest prefix of the path, or else a list of all prefixes for a message.
    pub(super) fn download_handler(&self, path: &str) -> Result<DownloadHandler, String> {
        let matching =
            self.downloads.iter().filter(|(prefix, _)| path.starts_with(prefix.as_str()));
        match matching.max_by_key(|(prefix, _)| prefix.len()) {
            Some((_, handler)) => Ok(handler.clone()),
            None if self.downloads.is_empty() => Err(String::new()),
            None => {
                let prefixes: Vec<_> =
                    self.downloads.iter().map(|(prefix, _)| format!("{prefix:?}")).collect();
                Err(format!("; registered prefixes: {}", prefixes.join(", ")))
            }
        }
    }

    /// Finds the registration for a request that is not a download. An expected call is removed.
    pub(super) fn find(&mut self, request: &ReceivedRequest) -> Match {
        let route = request.head.route().and_then(|key| self.operations.get_mut(&key));
        let found = match route {
            Some(route) => route.find(request),
            None => Err(Rejection::unknown_operation(request)),
        };
        found.unwrap_or_else(|Rejection { code, problem, details, list_handlers }| {
            let (name, registered) = match list_handlers {
                true => (self.name(request), self.registered(request)),
                false => (request.head.name(), String::new()),
            };
            let message = format!("{name} {problem}{registered}{}", indented(&details));
            Match::Rejected { code, message }
        })
    }

    /// The name of the operation; with its service if an operation of the same name is registered for
    /// another service, which the test probably confused.
    fn name(&self, request: &ReceivedRequest) -> String {
        let name = request.head.name();
        let ambiguous =
            self.operations.values().any(|route| route.name == name && route.is_ready());
        if ambiguous { with_service(&name, &request.head.shown_service()) } else { name }
    }

    /// The registered operations, for the message of a call that is not registered.
    fn registered(&self, request: &ReceivedRequest) -> String {
        let called = request.head.name();
        let names = |includes: fn(&OperationRoute) -> bool| {
            let name = |(key, route): (&RouteKey, &OperationRoute)| match route.name == called {
                true => with_service(route.name, key.service),
                false => route.name.to_owned(),
            };
            let routes = self.operations.iter().filter(|(_, route)| includes(route));
            routes.map(name).collect::<Vec<_>>().join(", ")
        };
        let mut text = String::new();
        for (label, names) in [
            ("handlers", names(|route| route.handler.is_some())),
            ("expected next", names(|route| !route.expected.is_empty())),
        ] {
            if !names.is_empty() {
                text += &format!("; {label}: {names}");
            }
        }
        text
    }

    /// Removes the expected calls that were not received, and returns a message for each.
    pub(super) fn take_missing(&mut self) -> Vec<String> {
        let mut missing = Vec::new();
        for route in self.operations.values_mut() {
            missing.extend(route.expected.drain(..).map(
                |ExpectedCall { location, request, .. }| {
                    let lines = indented(&truncate_lines(&request));
                    format!("{} was expected at {location} but not called{lines}", route.name)
                },
            ));
        }
        missing
    }
}

/// Formats the name of an operation with the name of its service.
fn with_service(operation: &str, service: &str) -> String {
    let service: String = service.escape_debug().take(100).collect();
    format!("{operation} of {service}")
}

impl OperationRoute {
    fn new<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            pattern: Pattern::of::<O>(),
            signed: O::SIGNED,
            debug: |head, body| {
                let request: O = protocol::decode(&head.with_body(body)).ok()?;
                Some(format!("{request:#?}"))
            },
            handler: None,
            expected: VecDeque::new(),
            registered: false,
            faults: FaultQueue::default(),
        }
    }

    /// Whether the operation has a handler or an expected call now.
    fn is_ready(&self) -> bool {
        self.handler.is_some() || !self.expected.is_empty()
    }

    fn find(&mut self, request: &ReceivedRequest) -> Result<Match, Rejection> {
        self.pattern.check(&request.head)?;
        if self.signed {
            request.head.check_signed()?;
        }
        let body = request.body.as_ref().map_err(|why| Rejection::unreadable_body(why))?;
        let Some(expected) = self.expected.front() else {
            let handler = self.handler.clone().map(Match::Handler);
            return handler.ok_or_else(|| self.not_expected(&request.head, body));
        };
        if let Comparison::Different(lines) = expected.compare(&request.head, body)? {
            let problem = format!(
                "was called with a different request than expected at {}",
                expected.location
            );
            return Err(Rejection::new(problem, lines));
        }
        let response = self.expected.pop_front().map(|expected| expected.response);
        response.map(Match::Expected).ok_or_else(|| self.not_expected(&request.head, body))
    }

    fn not_expected(&self, head: &RequestHead, body: &Bytes) -> Rejection {
        let request = (self.debug)(head, body).unwrap_or_default();
        let problem = match self.registered {
            true => "was called more often than expected",
            false => NO_HANDLER,
        };
        let rejection = Rejection::new(problem, truncate_lines(&request));
        Rejection { list_handlers: !self.registered, ..rejection }
    }
}
