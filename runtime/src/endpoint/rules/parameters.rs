//! What endpoint rules are asked with.

use crate::{Partition, Partitions};

/// The parameters of endpoint rules. One that is not set is absent; the rules have the defaults.
///
/// ```
/// use longshore_runtime::EndpointParameters;
///
/// let parameters = EndpointParameters::new().region("eu-west-1").use_fips(true);
/// assert_eq!(parameters.get_region(), Some("eu-west-1"));
/// assert_eq!(parameters.get_use_dual_stack(), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointParameters<'a> {
    region: Option<&'a str>,
    endpoint: Option<&'a str>,
    use_fips: Option<bool>,
    use_dual_stack: Option<bool>,
    context: EndpointContext<'a>,
    partitions: Option<&'a Partitions>,
}

impl<'a> EndpointParameters<'a> {
    /// No parameters, and the built-in table of partitions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With this region (`AWS::Region`).
    #[must_use]
    pub fn region(mut self, region: &'a str) -> Self {
        self.region = Some(region);
        self
    }

    /// With this custom endpoint (`SDK::Endpoint`).
    #[must_use]
    pub fn endpoint(mut self, url: &'a str) -> Self {
        self.endpoint = Some(url);
        self
    }

    /// With or without FIPS 140 (`AWS::UseFIPS`).
    #[must_use]
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.use_fips = Some(fips);
        self
    }

    /// With or without IPv6 beside IPv4 (`AWS::UseDualStack`).
    #[must_use]
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.use_dual_stack = Some(dual_stack);
        self
    }

    /// With these parameters of an operation and its request.
    #[must_use]
    pub fn context(mut self, context: EndpointContext<'a>) -> Self {
        self.context = context;
        self
    }

    /// With this table of partitions instead of the built-in one.
    #[must_use]
    pub fn partitions(mut self, partitions: &'a Partitions) -> Self {
        self.partitions = Some(partitions);
        self
    }

    /// The region.
    #[must_use]
    pub fn get_region(&self) -> Option<&'a str> {
        self.region
    }

    /// The custom endpoint.
    #[must_use]
    pub fn get_endpoint(&self) -> Option<&'a str> {
        self.endpoint
    }

    /// Whether FIPS 140 is asked for.
    #[must_use]
    pub fn get_use_fips(&self) -> Option<bool> {
        self.use_fips
    }

    /// Whether IPv6 beside IPv4 is asked for.
    #[must_use]
    pub fn get_use_dual_stack(&self) -> Option<bool> {
        self.use_dual_stack
    }

    /// The text of the parameter `name`, by its name in the rules.
    #[must_use]
    pub fn get_text(&self, name: &str) -> Option<&str> {
        self.context.find(name).and_then(|value| match value {
            Value::Text(text) => Some(*text),
            _ => None,
        })
    }

    /// The boolean of the parameter `name`, by its name in the rules.
    #[must_use]
    pub fn get_flag(&self, name: &str) -> Option<bool> {
        self.context.find(name).and_then(|value| match value {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        })
    }

    /// The texts of the parameter `name`, by its name in the rules.
    #[must_use]
    pub fn get_list(&self, name: &str) -> Option<&[&str]> {
        self.context.find(name).and_then(|value| match value {
            Value::List(list) => Some(list.as_slice()),
            _ => None,
        })
    }

    /// The partition of a region (`aws.partition`). A region that nobody knows is taken for one of
    /// the partition `aws`.
    #[must_use]
    pub fn partition(&self, region: &str) -> &'a Partition {
        self.partitions.unwrap_or_else(|| Partitions::built_in()).of_region(region)
    }
}

/// The parameters that an operation or its request has for the endpoint rules, most specific first:
/// of two values for one name the first one counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointContext<'a>(Vec<(&'static str, Value<'a>)>);

#[derive(Debug, Clone, PartialEq)]
enum Value<'a> {
    Text(&'a str),
    Flag(bool),
    List(Vec<&'a str>),
}

impl<'a> EndpointContext<'a> {
    /// Nothing; it allocates nothing either.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// With a text, where there is one.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<Option<&'a str>>) -> Self {
        self.with(name, text.into().map(Value::Text))
    }

    /// With a boolean, where there is one.
    #[must_use]
    pub fn flag(self, name: &'static str, flag: impl Into<Option<bool>>) -> Self {
        self.with(name, flag.into().map(Value::Flag))
    }

    /// With a list of texts.
    #[must_use]
    pub fn list(self, name: &'static str, list: impl IntoIterator<Item = &'a str>) -> Self {
        self.with(name, Some(Value::List(list.into_iter().collect())))
    }

    fn with(mut self, name: &'static str, value: Option<Value<'a>>) -> Self {
        self.0.extend(value.map(|value| (name, value)));
        self
    }

    fn find(&self, name: &str) -> Option<&Value<'a>> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_a_name_counts_and_only_in_its_type() {
        let context = EndpointContext::new()
            .text("Type", "control")
            .text("Arn", None)
            .text("Type", "data")
            .flag("Local", true)
            .list("Names", ["a", "b"]);
        let parameters = EndpointParameters::new().context(context);
        assert_eq!(parameters.get_text("Type"), Some("control"));
        assert_eq!(parameters.get_text("Arn"), None);
        assert_eq!(parameters.get_flag("Local"), Some(true));
        assert_eq!(parameters.get_flag("Type"), None);
        assert_eq!(parameters.get_text("Local"), None);
        assert_eq!(parameters.get_list("Names"), Some(["a", "b"].as_slice()));
        assert_eq!(parameters.get_list("Type"), None);
    }
}
