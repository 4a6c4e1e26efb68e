//! Decides whether a request is for a service, for protocols whose requests do not name the
//! service.

use longshore_runtime::Service;
use longshore_runtime::private::server::product;

use super::request_head::RequestHead;

/// What identifies a service in the headers of requests.
pub(super) struct CalledService {
    /// The part of the user agent that names the service, in requests of Longshore's clients.
    product: String,
    signing_name: &'static str,
}

/// How certain it is that a request is for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// The request is not signed.
    Possible,
    /// The request is signed for the service, or for another one with the same signing name. For
    /// example, Amazon RDS and Amazon Neptune share one.
    Signed,
    /// The user agent names the service.
    Named,
}

impl CalledService {
    pub(super) fn new(service: &Service) -> Self {
        Self { product: product(service), signing_name: service.signing_name }
    }

    /// Returns `None` if the request is for another service.
    pub(super) fn matches(&self, head: &RequestHead) -> Option<Certainty> {
        if head.has_product(&self.product) {
            return Some(Certainty::Named);
        }
        match head.signing_name() {
            None => Some(Certainty::Possible),
            Some(name) => (name == self.signing_name).then_some(Certainty::Signed),
        }
    }
}
