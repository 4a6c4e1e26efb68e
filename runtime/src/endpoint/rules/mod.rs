//! What compiled endpoint rules are written with: their parameters, the functions of the rules
//! language, and what they end in.
//!
//! The rules of a service are one function from [`EndpointParameters`] to an [`Endpoint`] or an
//! [`EndpointError`]; [`EndpointRules`] binds it to its [`Service`](crate::Service). The functions
//! are total: a text of any form is an answer or none, and never a panic. Nothing here knows a
//! service, a configuration or a clock.

mod arn;
mod endpoint;
mod host;
mod parameters;
mod text;
mod url;

use std::fmt;

pub use self::arn::{Arn, parse_arn};
pub use self::endpoint::{Endpoint, EndpointError};
pub use self::host::{is_valid_host_label, is_virtual_hostable_s3_bucket};
pub use self::parameters::{EndpointContext, EndpointParameters};
pub use self::text::{element, split, substring, uri_encode};
pub use self::url::{Url, parse_url};

/// What the rules of a service are compiled to.
type Resolve = fn(&EndpointParameters<'_>) -> Result<Endpoint, EndpointError>;

/// The compiled rules of a service.
#[derive(Clone, Copy)]
pub struct EndpointRules {
    resolve: Resolve,
    per_request: bool,
}

impl EndpointRules {
    /// Rules that a configuration decides: all calls of a client go to the same endpoint.
    #[must_use]
    pub const fn new(
        resolve: fn(&EndpointParameters<'_>) -> Result<Endpoint, EndpointError>,
    ) -> Self {
        Self { resolve, per_request: false }
    }

    /// The same rules, which depend on the operation or its request as well.
    #[must_use]
    pub const fn per_request(mut self) -> Self {
        self.per_request = true;
        self
    }

    /// Whether two calls of one client may have two endpoints.
    pub(crate) fn are_per_request(&self) -> bool {
        self.per_request
    }

    /// The endpoint that the rules give for these parameters.
    ///
    /// # Errors
    /// An [`EndpointError`] where a rule says that there is none, or no rule says anything.
    pub fn resolve(&self, parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
        (self.resolve)(parameters)
    }
}

/// Whether both are the same function; one that was merged with an equal one counts as the same.
impl PartialEq for EndpointRules {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.resolve, other.resolve) && self.per_request == other.per_request
    }
}

impl Eq for EndpointRules {}

impl fmt::Debug for EndpointRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EndpointRules(..)")
    }
}
