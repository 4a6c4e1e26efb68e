//! What a case says of a request that must come out, and of an answer that comes in.

/// A request that must come out. What is not said of it is not looked at.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub(crate) method: Option<&'static str>,
    pub(crate) uri: Option<&'static str>,
    pub(crate) host: Option<&'static str>,
    pub(crate) endpoint: Option<&'static str>,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) required: Vec<&'static str>,
    pub(crate) forbidden: Vec<&'static str>,
    pub(crate) body: Body,
}

/// What the body of a request must be.
#[derive(Debug, Clone, Default)]
pub(crate) enum Body {
    /// Anything.
    #[default]
    Any,
    /// The same JSON.
    Json(&'static str),
    /// The same bytes.
    Text(&'static str),
}

impl Request {
    /// Any request.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(self, method: &'static str) -> Self {
        Self { method: Some(method), ..self }
    }

    /// The path, with the query where there is one.
    #[must_use]
    pub fn uri(self, uri: &'static str) -> Self {
        Self { uri: Some(uri), ..self }
    }

    /// The host, and the path of the endpoint behind it where it has one.
    #[must_use]
    pub fn host(self, host: &'static str) -> Self {
        Self { host: Some(host), ..self }
    }

    /// The endpoint that the client is given.
    #[must_use]
    pub fn endpoint(self, endpoint: &'static str) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }

    /// A header with exactly this value.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// A header with whatever value.
    #[must_use]
    pub fn require(mut self, name: &'static str) -> Self {
        self.required.push(name);
        self
    }

    /// A header that must not be there.
    #[must_use]
    pub fn forbid(mut self, name: &'static str) -> Self {
        self.forbidden.push(name);
        self
    }

    /// The body as JSON, whose numbers are compared by value.
    #[must_use]
    pub fn json(self, body: &'static str) -> Self {
        Self { body: Body::Json(body), ..self }
    }

    /// The body to the letter.
    #[must_use]
    pub fn text(self, body: &'static str) -> Self {
        Self { body: Body::Text(body), ..self }
    }
}

/// An answer that comes in.
#[derive(Debug, Clone)]
pub struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: &'static str,
    pub(crate) endpoint: Option<&'static str>,
}

impl Response {
    /// An answer of this status with nothing in it.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: "", endpoint: None }
    }

    /// A header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The body.
    #[must_use]
    pub fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }

    /// The endpoint that the client is given.
    #[must_use]
    pub fn endpoint(self, endpoint: &'static str) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }
}

/// What every error must say. What is not said of it is not looked at.
#[derive(Debug, Clone, Default)]
pub struct Failure {
    pub(crate) code: Option<Option<&'static str>>,
    pub(crate) message: Option<Option<&'static str>>,
    pub(crate) unsaid: Option<&'static str>,
}

impl Failure {
    /// Any error.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The error code, or that there is none.
    #[must_use]
    pub fn code(self, code: Option<&'static str>) -> Self {
        Self { code: Some(code), ..self }
    }

    /// The message, or that there is none.
    #[must_use]
    pub fn message(self, message: Option<&'static str>) -> Self {
        Self { message: Some(message), ..self }
    }

    /// The member that holds the message, where the case says nothing of it among the members.
    #[must_use]
    pub fn unsaid(self, member: &'static str) -> Self {
        Self { unsaid: Some(member), ..self }
    }
}
