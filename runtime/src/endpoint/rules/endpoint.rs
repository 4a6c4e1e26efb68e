//! The results of endpoint rules: an endpoint, or an error.

use std::borrow::Cow;
use std::fmt;

/// The endpoint of a call: its URL, additional headers, and signing properties that differ from
/// those of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: String,
    signing_name: Option<String>,
    signing_region: Option<String>,
    headers: Vec<(String, String)>,
}

impl Endpoint {
    /// Creates an endpoint with this URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), signing_name: None, signing_region: None, headers: Vec::new() }
    }

    /// Sets the signing name, which overrides that of the service.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the signing region, which overrides the region of the configuration.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Adds a header that every request to this endpoint has.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the signing name, if it overrides that of the service.
    #[must_use]
    pub fn get_signing_name(&self) -> Option<&str> {
        self.signing_name.as_deref()
    }

    /// Returns the signing region, if it overrides that of the configuration.
    #[must_use]
    pub fn get_signing_region(&self) -> Option<&str> {
        self.signing_region.as_deref()
    }

    /// Returns the headers of every request, in the order of the rules.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }
}

/// The reason why endpoint rules have no endpoint for the given parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointError(Cow<'static, str>);

impl EndpointError {
    /// Creates an error with the message of a rule.
    #[must_use]
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }

    /// Creates the error for parameters that no rule matches.
    #[must_use]
    pub const fn no_rule() -> Self {
        Self(Cow::Borrowed("no endpoint rule matches this configuration"))
    }

    /// Creates the error for a required parameter that is not set.
    #[must_use]
    pub fn missing(parameter: &str) -> Self {
        Self(
            format!("the endpoint rules require the parameter {parameter}, which is not set")
                .into(),
        )
    }

    /// Returns the message.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EndpointError {}
