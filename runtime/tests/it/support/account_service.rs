//! A small handwritten service with account-based endpoints.

use longshore_runtime::{
    Endpoint, EndpointError, EndpointParameters, EndpointRules, Operation, Service,
};

use super::service::{JSON_1_0_SERVICE, PingError};

/// Adds the account ID to the path of a custom endpoint, or else to the host.
pub fn resolve(parameters: &EndpointParameters<'_>) -> Result<Endpoint, EndpointError> {
    let region = parameters.get_region().ok_or_else(|| EndpointError::missing("Region"))?;
    let mode = parameters.get_account_id_endpoint_mode().ok_or_else(EndpointError::no_rule)?;
    if parameters.get_use_fips() == Some(true) {
        return Err(EndpointError::new("there are no FIPS endpoints"));
    }
    let url = match (parameters.get_account_id(), parameters.get_endpoint()) {
        (None, _) if mode == "required" => {
            return Err(EndpointError::new("an account is required"));
        }
        (None, Some(url)) => url.to_owned(),
        (Some(id), Some(url)) => format!("{url}{id}/"),
        (None, None) => format!("http://{mode}.{region}.example"),
        (Some(id), None) => format!("http://{id}.{mode}.{region}.example"),
    };
    Ok(Endpoint::new(url))
}

pub const SERVICE: Service =
    JSON_1_0_SERVICE.endpoint_rules(EndpointRules::new(resolve).per_account());

/// A service with the same rules, which are not marked as depending on the account ID.
const UNDECLARED_SERVICE: Service =
    JSON_1_0_SERVICE.endpoint_rules(EndpointRules::new(resolve).per_request());

/// Declares an operation without input and output.
macro_rules! operation {
    ($name:ident, $service:ident, $signed:literal) => {
        #[derive(Clone, PartialEq)]
        pub struct $name;

        longshore_runtime::structure!($name, {});

        impl Operation for $name {
            const NAME: &'static str = stringify!($name);
            const SERVICE: &'static Service = &$service;
            const SIGNED: bool = $signed;
            type Output = ();
            type Error = PingError;
        }
    };
}

operation!(SignedRequest, SERVICE, true);
operation!(UnsignedRequest, SERVICE, false);
operation!(UndeclaredRequest, UNDECLARED_SERVICE, true);
