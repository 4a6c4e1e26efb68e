//! The parameters of endpoint rules.

use crate::{Partition, Partitions};

/// The parameters of endpoint rules. Parameters that are not set are absent; the defaults are part
/// of the rules.
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
    use_sts_global_endpoint: Option<bool>,
    account_id: Option<&'a str>,
    account_id_endpoint_mode: Option<&'a str>,
    context: EndpointContext<'a>,
    partitions: Option<&'a Partitions>,
}

impl<'a> EndpointParameters<'a> {
    /// Creates parameters that are all unset, with the built-in table of partitions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the region (`AWS::Region`).
    #[must_use]
    pub fn region(mut self, region: &'a str) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets a custom endpoint (`SDK::Endpoint`).
    #[must_use]
    pub fn endpoint(mut self, url: &'a str) -> Self {
        self.endpoint = Some(url);
        self
    }

    /// Sets whether to use FIPS 140 endpoints (`AWS::UseFIPS`).
    #[must_use]
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.use_fips = Some(fips);
        self
    }

    /// Sets whether to use dual-stack endpoints, which support IPv4 and IPv6 (`AWS::UseDualStack`).
    #[must_use]
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.use_dual_stack = Some(dual_stack);
        self
    }

    /// Sets whether to use the global endpoint of STS in the regions that existed before its
    /// regional endpoints (`AWS::STS::UseGlobalEndpoint`).
    #[must_use]
    pub fn use_sts_global_endpoint(mut self, global: bool) -> Self {
        self.use_sts_global_endpoint = Some(global);
        self
    }

    /// Sets the account ID of the credentials (`AWS::Auth::AccountId`).
    #[must_use]
    pub fn account_id(mut self, id: &'a str) -> Self {
        self.account_id = Some(id);
        self
    }

    /// Sets whether to use account-based endpoints: `preferred`, `disabled` or `required`
    /// (`AWS::Auth::AccountIdEndpointMode`).
    #[must_use]
    pub fn account_id_endpoint_mode(mut self, mode: &'a str) -> Self {
        self.account_id_endpoint_mode = Some(mode);
        self
    }

    /// Sets the parameters of an operation and its request.
    #[must_use]
    pub fn context(mut self, context: EndpointContext<'a>) -> Self {
        self.context = context;
        self
    }

    /// Sets the table of partitions, instead of the built-in one.
    #[must_use]
    pub fn partitions(mut self, partitions: &'a Partitions) -> Self {
        self.partitions = Some(partitions);
        self
    }

    /// Returns the region.
    #[must_use]
    pub fn get_region(&self) -> Option<&'a str> {
        self.region
    }

    /// Returns the custom endpoint.
    #[must_use]
    pub fn get_endpoint(&self) -> Option<&'a str> {
        self.endpoint
    }

    /// Returns whether to use FIPS 140 endpoints, if set.
    #[must_use]
    pub fn get_use_fips(&self) -> Option<bool> {
        self.use_fips
    }

    /// Returns whether to use dual-stack endpoints, if set.
    #[must_use]
    pub fn get_use_dual_stack(&self) -> Option<bool> {
        self.use_dual_stack
    }

    /// Returns whether to use the global endpoint of STS, if set.
    #[must_use]
    pub fn get_use_sts_global_endpoint(&self) -> Option<bool> {
        self.use_sts_global_endpoint
    }

    /// Returns the account ID of the credentials, if set.
    #[must_use]
    pub fn get_account_id(&self) -> Option<&'a str> {
        self.account_id
    }

    /// Returns whether to use account-based endpoints, if set.
    #[must_use]
    pub fn get_account_id_endpoint_mode(&self) -> Option<&'a str> {
        self.account_id_endpoint_mode
    }

    /// Returns the string parameter called `name` in the rules.
    #[must_use]
    pub fn get_text(&self, name: &str) -> Option<&str> {
        self.context.find(name).and_then(|value| match value {
            ParameterValue::String(text) => Some(*text),
            _ => None,
        })
    }

    /// Returns the boolean parameter called `name` in the rules.
    #[must_use]
    pub fn get_flag(&self, name: &str) -> Option<bool> {
        self.context.find(name).and_then(|value| match value {
            ParameterValue::Boolean(flag) => Some(*flag),
            _ => None,
        })
    }

    /// Returns the string list parameter called `name` in the rules.
    #[must_use]
    pub fn get_list(&self, name: &str) -> Option<&[&str]> {
        self.context.find(name).and_then(|value| match value {
            ParameterValue::List(list) => Some(list.as_slice()),
            _ => None,
        })
    }

    /// Returns the partition of a region (`aws.partition`). An unknown region belongs to the
    /// partition `aws`.
    #[must_use]
    pub fn partition(&self, region: &str) -> &'a Partition {
        self.partitions.unwrap_or_else(|| Partitions::built_in()).of_region(region)
    }
}

/// The parameters that an operation and its request pass to the endpoint rules, most specific
/// first: the first value of a name takes precedence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EndpointContext<'a>(Vec<(&'static str, ParameterValue<'a>)>);

#[derive(Debug, Clone, PartialEq)]
enum ParameterValue<'a> {
    String(&'a str),
    Boolean(bool),
    List(Vec<&'a str>),
}

impl<'a> EndpointContext<'a> {
    /// Creates an empty context, without allocating.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a string, if there is one.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<Option<&'a str>>) -> Self {
        self.with(name, text.into().map(ParameterValue::String))
    }

    /// Adds a boolean, if there is one.
    #[must_use]
    pub fn flag(self, name: &'static str, flag: impl Into<Option<bool>>) -> Self {
        self.with(name, flag.into().map(ParameterValue::Boolean))
    }

    /// Adds a list of strings, if there is one. An empty list is a value too.
    #[must_use]
    pub fn list(self, name: &'static str, list: Option<impl IntoIterator<Item = &'a str>>) -> Self {
        self.with(name, list.map(|list| ParameterValue::List(list.into_iter().collect())))
    }

    fn with(mut self, name: &'static str, value: Option<ParameterValue<'a>>) -> Self {
        self.0.extend(value.map(|value| (name, value)));
        self
    }

    fn find(&self, name: &str) -> Option<&ParameterValue<'a>> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_a_name_takes_precedence_within_its_type() {
        let context = EndpointContext::new()
            .text("Type", "control")
            .text("Arn", None)
            .text("Type", "data")
            .flag("Local", true)
            .list("Names", Some(["a", "b"]))
            .list("None", Some([]))
            .list("Unset", None::<[&str; 0]>);
        let parameters = EndpointParameters::new().context(context);
        assert_eq!(parameters.get_text("Type"), Some("control"));
        assert_eq!(parameters.get_text("Arn"), None);
        assert_eq!(parameters.get_flag("Local"), Some(true));
        assert_eq!(parameters.get_flag("Type"), None);
        assert_eq!(parameters.get_text("Local"), None);
        assert_eq!(parameters.get_list("Names"), Some(["a", "b"].as_slice()));
        assert_eq!(parameters.get_list("None"), Some([].as_slice()));
        assert_eq!(parameters.get_list("Unset"), None);
        assert_eq!(parameters.get_list("Type"), None);
    }
}
