//! The library for compiled endpoint rules: their parameters, the functions of the rules language,
//! and their results.
//!
//! The rules of a service are a function from [`EndpointParameters`] to an [`Endpoint`] or an
//! [`EndpointError`]; [`EndpointRules`] attaches it to its [`Service`](crate::Service). The
//! functions of the rules language accept any text and never panic. They are independent of
//! services and configurations.

mod arn;
mod endpoint;
mod host;
mod parameters;
mod text;
mod url;

use std::fmt;

pub use self::arn::{Arn, parse_arn};
pub use self::endpoint::{Endpoint, EndpointError};
pub use self::host::is_virtual_hostable_s3_bucket;
pub use self::parameters::{EndpointContext, EndpointParameters};
pub use self::text::{element, split, substring, uri_encode};
pub use self::url::{Url, parse_url};
pub use crate::settings::host_label::is_valid_host_label;

/// The function that the rules of a service are compiled to.
type Resolve = fn(&EndpointParameters<'_>) -> Result<Endpoint, EndpointError>;

/// The compiled rules of a service.
#[derive(Clone, Copy)]
pub struct EndpointRules {
    resolve: Resolve,
    per_request: bool,
    per_account: bool,
}

impl EndpointRules {
    /// Creates rules that depend only on the configuration, so that all calls of a client have the
    /// same endpoint.
    #[must_use]
    pub const fn new(
        resolve: fn(&EndpointParameters<'_>) -> Result<Endpoint, EndpointError>,
    ) -> Self {
        Self { resolve, per_request: false, per_account: false }
    }

    /// Marks the rules as depending on the operation or its request as well.
    #[must_use]
    pub const fn per_request(mut self) -> Self {
        self.per_request = true;
        self
    }

    /// Marks the rules as depending on the account ID of the credentials. Signed calls then request
    /// credentials before the rules are evaluated.
    #[must_use]
    pub const fn per_account(mut self) -> Self {
        self.per_account = true;
        self
    }

    /// Returns true if two calls of one client may have different endpoints.
    pub(crate) fn depend_on_call(&self) -> bool {
        self.per_request || self.per_account
    }

    /// Returns true if the rules use the account ID of the credentials.
    pub(crate) fn uses_account_id(&self) -> bool {
        self.per_account
    }

    /// Evaluates the rules for these parameters.
    ///
    /// # Errors
    /// Returns an [`EndpointError`] if the matching rule is an error, or if no rule matches.
    pub fn resolve(&self, parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
        (self.resolve)(parameters)
    }
}

/// Compares the addresses of the functions. Functions that the linker merged because they are
/// identical compare equal.
impl PartialEq for EndpointRules {
    fn eq(&self, other: &Self) -> bool {
        let marks = |rules: &Self| (rules.per_request, rules.per_account);
        std::ptr::fn_addr_eq(self.resolve, other.resolve) && marks(self) == marks(other)
    }
}

impl Eq for EndpointRules {}

impl fmt::Debug for EndpointRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EndpointRules(..)")
    }
}
