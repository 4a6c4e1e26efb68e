//! Defines the AWS protocols, and selects the one that the client of a service uses.

use super::Traits;

/// A protocol of Smithy. The order of the variants is the order of preference for a service that
/// supports several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Protocol {
    /// awsJson 1.1
    AwsJson11,
    /// awsJson 1.0
    AwsJson10,
    /// restJson1
    RestJson1,
    /// restXml
    RestXml,
    /// rpcv2Cbor
    RpcV2Cbor,
    /// awsQuery
    AwsQuery,
    /// ec2Query
    Ec2Query,
}

impl Protocol {
    /// All protocols, the preferred ones first.
    pub const ALL: [Self; 7] = [
        Self::AwsJson11,
        Self::AwsJson10,
        Self::RestJson1,
        Self::RestXml,
        Self::RpcV2Cbor,
        Self::AwsQuery,
        Self::Ec2Query,
    ];

    /// The protocols for which clients can be generated, in the order in which messages list them.
    pub const GENERATED: [Self; 4] =
        [Self::AwsJson10, Self::AwsJson11, Self::RestJson1, Self::AwsQuery];

    /// Returns the id of its trait.
    #[must_use]
    pub fn trait_id(self) -> &'static str {
        match self {
            Self::AwsJson11 => "aws.protocols#awsJson1_1",
            Self::AwsJson10 => "aws.protocols#awsJson1_0",
            Self::RestJson1 => "aws.protocols#restJson1",
            Self::RestXml => "aws.protocols#restXml",
            Self::RpcV2Cbor => "smithy.protocols#rpcv2Cbor",
            Self::AwsQuery => "aws.protocols#awsQuery",
            Self::Ec2Query => "aws.protocols#ec2Query",
        }
    }

    /// Returns its name in Smithy: the id of its trait without the namespace.
    #[must_use]
    pub fn name(self) -> &'static str {
        let id = self.trait_id();
        id.split_once('#').map_or(id, |(_, name)| name)
    }

    /// Returns the name of the protocol without its version.
    #[must_use]
    pub fn family(self) -> &'static str {
        match self {
            Self::AwsJson10 | Self::AwsJson11 => "awsJson",
            protocol => protocol.name(),
        }
    }

    /// Returns the names of the protocols for which clients can be generated, as a list for
    /// messages.
    #[must_use]
    pub fn generated_names() -> String {
        let [others @ .., last] = Self::GENERATED.map(Self::name);
        format!("{} and {last}", others.join(", "))
    }

    /// Returns true if clients can be generated for it.
    #[must_use]
    pub fn is_generated(self) -> bool {
        Self::GENERATED.contains(&self)
    }

    /// Returns true if members may be part of the path, the query or the headers.
    #[must_use]
    pub fn binds_http(self) -> bool {
        matches!(self, Self::RestJson1 | Self::RestXml)
    }

    /// Returns true if requests or responses are XML.
    #[must_use]
    pub fn uses_xml(self) -> bool {
        matches!(self, Self::RestXml | Self::AwsQuery | Self::Ec2Query)
    }

    /// Returns the protocol to use for a service that supports these: the preferred one of those
    /// for which clients can be generated, or else the preferred one.
    #[must_use]
    pub fn preferred(supported: impl IntoIterator<Item = Self>) -> Option<Self> {
        supported.into_iter().min_by_key(|protocol| (!protocol.is_generated(), *protocol))
    }

    /// Returns the protocol to use for a service with these traits.
    #[must_use]
    pub fn of(service: &Traits) -> Option<Self> {
        Self::preferred(Self::ALL.into_iter().filter(|protocol| service.has(protocol.trait_id())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_protocol_that_can_be_generated_is_used() {
        use Protocol::*;
        let table: [(&[Protocol], Option<Protocol>); 5] = [
            (&[], None),
            (&[AwsJson10, AwsJson11], Some(AwsJson11)),
            (&[AwsQuery, RpcV2Cbor, AwsJson10], Some(AwsJson10)),
            (&[Ec2Query, RestXml, RpcV2Cbor], Some(RestXml)),
            (&[Ec2Query, RpcV2Cbor], Some(RpcV2Cbor)),
        ];
        for (supported, wanted) in table {
            assert_eq!(Protocol::preferred(supported.iter().copied()), wanted, "{supported:?}");
        }
    }

    #[test]
    fn all_protocols_are_listed_in_the_order_of_preference() {
        assert!(Protocol::ALL.is_sorted());
        assert_eq!(Protocol::RpcV2Cbor.name(), "rpcv2Cbor");
    }
}
