//! Defines what a case expects of a request, and the response that it prepares.

/// An expected request. Only properties that are set are compared.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub(crate) method: Option<&'static str>,
    pub(crate) uri: Option<&'static str>,
    pub(crate) query: Option<&'static [(&'static str, &'static str)]>,
    pub(crate) host: Option<&'static str>,
    pub(crate) endpoint: Option<&'static str>,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) required: Vec<&'static str>,
    pub(crate) forbidden: Vec<&'static str>,
    pub(crate) body: Body,
    pub(crate) any_map_order: bool,
}

/// The expected body of a request.
#[derive(Debug, Clone, Default)]
pub(crate) enum Body {
    /// Any body.
    #[default]
    Any,
    /// The same JSON.
    Json(&'static str),
    /// The same names and values, in any order.
    Form(&'static str),
    /// The same elements, attributes and text.
    Xml(&'static str),
    /// The same values.
    Cbor(&'static [u8]),
    /// The same bytes.
    Text(&'static str),
}

impl Request {
    /// Accepts any request.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects this HTTP method.
    #[must_use]
    pub fn method(self, method: &'static str) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Expects this path, and this query unless [`query`](Self::query) sets another one.
    #[must_use]
    pub fn uri(self, uri: &'static str) -> Self {
        Self { uri: Some(uri), ..self }
    }

    /// Expects these decoded query parameters, in any order.
    #[must_use]
    pub fn query(self, query: &'static [(&'static str, &'static str)]) -> Self {
        Self { query: Some(query), ..self }
    }

    /// Expects this host, with the path of the endpoint if it has one.
    #[must_use]
    pub fn host(self, host: &'static str) -> Self {
        Self { host: Some(host), ..self }
    }

    /// Sets the endpoint of the client.
    #[must_use]
    pub fn endpoint(self, endpoint: &'static str) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }

    /// Expects a header with this value.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Expects a header with any value.
    #[must_use]
    pub fn require(mut self, name: &'static str) -> Self {
        self.required.push(name);
        self
    }

    /// Expects that a header is missing.
    #[must_use]
    pub fn forbid(mut self, name: &'static str) -> Self {
        self.forbidden.push(name);
        self
    }

    /// Expects this JSON body. Numbers are compared by value.
    #[must_use]
    pub fn json(self, body: &'static str) -> Self {
        Self { body: Body::Json(body), ..self }
    }

    /// Expects a form with these names and values, in any order.
    #[must_use]
    pub fn form(self, body: &'static str) -> Self {
        Self { body: Body::Form(body), ..self }
    }

    /// Expects this XML. Prologs and whitespace between elements are ignored. Order matters only
    /// among elements with the same name.
    #[must_use]
    pub fn xml(self, body: &'static str) -> Self {
        Self { body: Body::Xml(body), ..self }
    }

    /// Expects this CBOR. Definite and indefinite lengths are equal, and keys may be in any order.
    #[must_use]
    pub fn cbor(self, body: &'static [u8]) -> Self {
        Self { body: Body::Cbor(body), ..self }
    }

    /// Accepts the entries of maps in the body in any order.
    #[must_use]
    pub fn any_map_order(self) -> Self {
        Self { any_map_order: true, ..self }
    }

    /// Expects exactly this body.
    #[must_use]
    pub fn text(self, body: &'static str) -> Self {
        Self { body: Body::Text(body), ..self }
    }
}

/// A response that the client receives.
#[derive(Debug, Clone)]
pub struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: &'static [u8],
    pub(crate) endpoint: Option<&'static str>,
}

impl Response {
    /// An empty response with this status.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: b"", endpoint: None }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sets the body to this text.
    #[must_use]
    pub fn body(self, body: &'static str) -> Self {
        self.bytes(body.as_bytes())
    }

    /// Sets the body.
    #[must_use]
    pub fn bytes(self, body: &'static [u8]) -> Self {
        Self { body, ..self }
    }

    /// Sets the endpoint of the client.
    #[must_use]
    pub fn endpoint(self, endpoint: &'static str) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }
}

/// The expected error. Only properties that are set are compared.
#[derive(Debug, Clone, Default)]
pub struct Failure {
    pub(crate) code: Option<Option<&'static str>>,
    pub(crate) message: Option<Option<&'static str>>,
    pub(crate) message_member: Option<&'static str>,
}

impl Failure {
    /// Accepts any error.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects this error code, or none.
    #[must_use]
    pub fn code(self, code: Option<&'static str>) -> Self {
        Self { code: Some(code), ..self }
    }

    /// Expects this message, or none.
    #[must_use]
    pub fn message(self, message: Option<&'static str>) -> Self {
        Self { message: Some(message), ..self }
    }

    /// Sets the member that contains the message, if the case does not list it with the other
    /// members.
    #[must_use]
    pub fn message_member(self, member: &'static str) -> Self {
        Self { message_member: Some(member), ..self }
    }
}
