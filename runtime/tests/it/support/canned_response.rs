//! A prepared response, and what the server does after sending it.

/// A response: bytes, and what follows them.
#[derive(Clone)]
pub struct CannedResponse {
    pub bytes: Vec<u8>,
    pub then: Then,
}

/// What a server does after a response.
#[derive(Clone)]
pub enum Then {
    /// Waits for the next request.
    KeepAlive,
    /// Writes nothing more for this request, and counts as stalled.
    Stall,
    /// Writes a byte a second, and counts as stalled.
    Drip,
    /// Writes this many more bytes, or as many as the client reads.
    Flood(usize),
    Close,
    /// Ends the connection as a crash would.
    Reset,
}

impl CannedResponse {
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        Self { bytes: [head.as_bytes(), b"\r\n", body].concat(), then: Then::KeepAlive }
    }

    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Self::new(200, &[("x-amzn-requestid", "request-1")], body)
    }

    /// An error with a code and nothing else.
    pub fn error_code(status: u16, code: &str) -> Self {
        Self::new(status, &[("x-amzn-errortype", code), ("x-amzn-requestid", "id-1")], "")
    }

    /// A transient error: status 503.
    pub fn unavailable() -> Self {
        Self::new(503, &[], "")
    }

    /// Exactly these bytes, and nothing more over a connection that stays open.
    pub fn stalled(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Stall }
    }

    /// Exactly these bytes, after which the server closes the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Close }
    }

    /// Exactly these bytes, after which the server resets the connection.
    pub fn reset(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Reset }
    }

    /// Nothing at all, over a connection that stays open.
    pub fn never() -> Self {
        Self::stalled("")
    }

    /// Exactly these bytes, followed by one more each second.
    pub fn drip(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), then: Then::Drip }
    }

    /// Exactly these bytes, followed by `more` bytes of a body.
    pub fn flood(bytes: impl Into<Vec<u8>>, more: usize) -> Self {
        Self { bytes: bytes.into(), then: Then::Flood(more) }
    }

    /// The same response, after which the server closes the connection without announcing it.
    pub fn and_close(mut self) -> Self {
        self.then = Then::Close;
        self
    }

    /// Returns true if the connection ends after the response.
    pub fn closes(&self) -> bool {
        matches!(self.then, Then::Close | Then::Reset)
    }
}
