//! What endpoint rules end in: an endpoint, or the reason why there is none.

use std::borrow::Cow;
use std::fmt;

/// Where the requests of a call go, and how they are signed where that is not as usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: String,
    signing_name: Option<String>,
    signing_region: Option<String>,
    headers: Vec<(String, String)>,
}

impl Endpoint {
    /// The endpoint at this URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), signing_name: None, signing_region: None, headers: Vec::new() }
    }

    /// Signed for this service, instead of the one that is called.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Signed for this region, instead of the configuration's.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// With this header on each request.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The service in a signature, where it is not the service's own name.
    #[must_use]
    pub fn get_signing_name(&self) -> Option<&str> {
        self.signing_name.as_deref()
    }

    /// The region in a signature, where it is not the configuration's.
    #[must_use]
    pub fn get_signing_region(&self) -> Option<&str> {
        self.signing_region.as_deref()
    }

    /// The headers of each request, in the order of the rules.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }
}

/// Why there is no endpoint for some parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointError(Cow<'static, str>);

impl EndpointError {
    /// The reason, as a rule has it.
    pub fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }

    /// None of the rules holds.
    #[must_use]
    pub const fn no_rule() -> Self {
        Self(Cow::Borrowed("none of the endpoint rules holds for this configuration"))
    }

    /// A parameter that the rules require is not set.
    #[must_use]
    pub fn missing(parameter: &str) -> Self {
        Self(
            format!("the endpoint rules require the parameter {parameter}, which is not set")
                .into(),
        )
    }

    /// The reason.
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
