//! Lowers the result of a rule: a URL, how requests to it are signed, and headers.

use serde_json::Value;

use super::{
    json::{Fault, JsonPath, Object, array},
    rule_set::RuleSet,
    site::Site,
};
use crate::ir::endpoint::{End, Endpoint, Expr};

/// The only signing scheme of the runtime.
const SIGV4: &str = "sigv4";

impl RuleSet {
    pub(super) fn endpoint(
        &mut self,
        value: &Value,
        rule: &JsonPath,
        site: &mut Site<'_>,
    ) -> Result<End, Fault> {
        let location = rule.key("endpoint");
        let object = Object::of(value, &location)?;
        object.only(&["url", "properties", "headers"])?;
        let url = self.text(object.need("url")?, &location.key("url"), site)?;
        let mut endpoint =
            Endpoint { url, signing_name: None, signing_region: None, headers: Vec::new() };
        if let Some(headers) = object.get("headers") {
            endpoint.headers = self.headers(headers, &location.key("headers"), site)?;
        }
        let signature = match object.get("properties") {
            Some(properties) => EndpointSigning::of(properties, &location.key("properties"))?,
            None => EndpointSigning::AsUsual,
        };
        match signature {
            EndpointSigning::AsUsual => {}
            EndpointSigning::Other(schemes) => {
                return Ok(End::Error(Expr::Text(unsupported(&schemes))));
            }
            EndpointSigning::SigV4 { name, region } => {
                for (part, into) in
                    [(name, &mut endpoint.signing_name), (region, &mut endpoint.signing_region)]
                {
                    if let Some((value, location)) = part {
                        *into = Some(self.text(value, &location, site)?);
                    }
                }
            }
        }
        Ok(End::Endpoint(Box::new(endpoint)))
    }

    fn headers(
        &mut self,
        value: &Value,
        location: &JsonPath,
        site: &mut Site<'_>,
    ) -> Result<Vec<(String, Expr)>, Fault> {
        let mut headers = Vec::new();
        for (name, values, location) in Object::of(value, location)?.entries() {
            for (index, value) in array(values, &location)?.iter().enumerate() {
                let value = self.text(value, &location.index(index), site)?;
                headers.push((name.clone(), value));
            }
        }
        Ok(headers)
    }
}

/// The error of a rule whose requests cannot be signed.
fn unsupported(schemes: &str) -> String {
    format!(
        "the endpoint requires the signing scheme {schemes}, which this client does not \
        support"
    )
}

/// How requests to an endpoint are signed.
pub(super) enum EndpointSigning<'v> {
    /// With the service's signing name and the client's region.
    AsUsual,
    /// With a different name or region.
    SigV4 { name: Option<(&'v Value, JsonPath)>, region: Option<(&'v Value, JsonPath)> },
    /// With these schemes, which the runtime does not support.
    Other(String),
}

impl<'v> EndpointSigning<'v> {
    /// Reads the properties of an endpoint; unknown ones are rejected.
    pub(super) fn of(properties: &'v Value, location: &JsonPath) -> Result<Self, Fault> {
        let object = Object::of(properties, location)?;
        // `metricValues` is for statistics of AWS's own clients.
        object.only(&["authSchemes", "metricValues"])?;
        let Some(schemes) = object.get("authSchemes") else { return Ok(Self::AsUsual) };
        let location = location.key("authSchemes");
        let mut others = Vec::new();
        for (index, scheme) in array(schemes, &location)?.iter().enumerate() {
            let scheme = Object::of(scheme, &location.index(index))?;
            match scheme.text("name")? {
                SIGV4 => return Self::sigv4(&scheme),
                other => others.push(other),
            }
        }
        Ok(if others.is_empty() { Self::AsUsual } else { Self::Other(others.join(", ")) })
    }

    fn sigv4(scheme: &Object<'v>) -> Result<Self, Fault> {
        scheme.only(&["name", "signingName", "signingRegion", "disableDoubleEncoding"])?;
        if scheme.get("disableDoubleEncoding").is_some_and(|value| *value != Value::Bool(false)) {
            let location = scheme.location.key("disableDoubleEncoding");
            return Err(location.fault("disabling the double encoding of paths is not supported"));
        }
        let part = |key| scheme.get(key).map(|value| (value, scheme.location.key(key)));
        Ok(Self::SigV4 { name: part("signingName"), region: part("signingRegion") })
    }
}
