//! Translates the keys that describe XML and forms: names, flattened lists, attributes and
//! namespaces.
//!
//! The protocols awsJson, restJson1 and rpcv2Cbor do not use any of them.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::model::C2jModel;
use crate::{
    error::Problem,
    json::{Keys, Node},
    smithy::{Protocol, Traits},
};

/// The trait that names an element.
pub(super) const XML_NAME: &str = "smithy.api#xmlName";

/// The root elements of the inputs, by shape.
pub(super) type Roots = HashMap<String, Traits>;

impl C2jModel<'_> {
    /// Returns true if the protocol uses XML.
    pub(super) fn uses_xml(&self) -> bool {
        self.protocol.is_some_and(|protocol| protocol.uses_xml())
    }

    /// Takes the traits of a structure member from its reference `node`; `location_name` is its
    /// `locationName`.
    ///
    /// A list can be flattened by its shape or by the reference to it. If the shape flattens it and
    /// names its items, the elements have that name. Otherwise, they have the name that the
    /// reference states.
    pub(super) fn take_member_xml(
        &self,
        (name, node): (&str, Node<'_>),
        keys: &mut Keys<'_>,
        location_name: Option<String>,
    ) -> Result<Traits, Problem> {
        let mut traits = Traits::default();
        let mut wire = location_name;
        let by_reference = take_flag(keys, "flattened")?;
        let by_shape = self.targets.resolve(node)?.filter(|target| target.flattened);
        wire = by_shape.and_then(|target| target.item_name.clone()).or(wire);
        if by_reference || by_shape.is_some() {
            traits.0.insert("smithy.api#xmlFlattened".to_owned(), json!({}));
        }
        if take_flag(keys, "xmlAttribute")? {
            traits.0.insert("smithy.api#xmlAttribute".to_owned(), json!({}));
        }
        let wire = wire.filter(|wire| wire != name);
        traits.0.extend(wire.map(|wire| (XML_NAME.to_owned(), json!(wire))));
        traits.0.extend(take_namespace(keys)?);
        if let Some(node) =
            keys.take("queryName").filter(|_| self.protocol == Some(Protocol::Ec2Query))
        {
            traits.0.insert("aws.protocols#ec2QueryName".to_owned(), json!(node.string()?));
        }
        Ok(traits)
    }

    /// Takes the traits of the element of a list or map; `default` is the name of an element
    /// without a `locationName`.
    pub(super) fn take_element_xml(
        &self,
        keys: &mut Keys<'_>,
        default: &str,
    ) -> Result<Traits, Problem> {
        if !self.uses_xml() {
            return Ok(Traits::default());
        }
        let name = keys.take("locationName").map(Node::string).transpose()?;
        let name = name.filter(|name| name != default);
        let name = name.map(|name| (XML_NAME.to_owned(), json!(name)));
        Ok(Traits(name.into_iter().chain(take_namespace(keys)?).collect()))
    }

    /// Takes the root element of a structure that is the input of an operation or a payload. All
    /// other elements are named after members.
    pub(super) fn take_root(&self, name: &str, keys: &mut Keys<'_>) -> Result<Traits, Problem> {
        if !self.uses_xml() {
            return Ok(Traits::default());
        }
        let own = keys.take("locationName").map(Node::string).transpose()?;
        let original = || self.renamed.contains_key(name).then(|| name.to_owned());
        let root = own.or_else(original).map(|root| (XML_NAME.to_owned(), json!(root)));
        let mut traits = Traits(root.into_iter().chain(take_namespace(keys)?).collect());
        if let Some(stated) = self.roots.get(name) {
            traits.0.extend(stated.0.clone());
        }
        Ok(traits)
    }

    /// Collects the root elements that references to inputs specify. They take precedence over
    /// those of the shapes.
    pub(super) fn input_roots(&self) -> Result<Roots, Problem> {
        let mut roots = Roots::new();
        if self.protocol != Some(Protocol::RestXml) {
            return Ok(roots);
        }
        for (_, operation) in &self.operations {
            let Some(input) = operation.field("input")? else { continue };
            let mut keys = Keys::of(input)?;
            let shape = keys.need("shape")?.string()?;
            let name = keys.take("locationName").map(Node::string).transpose()?;
            let name = name.map(|name| (XML_NAME.to_owned(), json!(name)));
            let root = Traits(name.into_iter().chain(take_namespace(&mut keys)?).collect());
            match roots.get(&shape) {
                Some(other) if *other != root => {
                    return Err(input.problem(format!(
                        "the input `{shape}` has another root element in another operation. Give \
                         one of the operations its own input."
                    )));
                }
                _ => drop(roots.insert(shape, root)),
            }
        }
        Ok(roots)
    }

    /// Returns the namespace of a service, which is a string in the metadata.
    pub(super) fn service_namespace(&self, keys: &mut Keys<'_>) -> Result<Traits, Problem> {
        let node = keys.take("xmlNamespace").filter(|_| self.uses_xml());
        let uri = node.map(Node::string).transpose()?;
        Ok(Traits(uri.map(|uri| namespace(json!({"uri": uri}))).into_iter().collect()))
    }

    /// Returns the element around the result in a response, if it has an unusual name.
    pub(super) fn result_wrapper(
        &self,
        operation: &str,
        output: Option<Node<'_>>,
    ) -> Result<Option<String>, Problem> {
        let Some(output) = output.filter(|_| self.protocol == Some(Protocol::AwsQuery)) else {
            return Ok(None);
        };
        let wrapper = output.field("resultWrapper")?.map(Node::string).transpose()?;
        Ok(wrapper.filter(|wrapper| *wrapper != format!("{operation}Result")))
    }
}

/// Takes `xmlNamespace`, an object with `uri` and possibly `prefix`.
fn take_namespace(keys: &mut Keys<'_>) -> Result<Option<(String, Value)>, Problem> {
    let Some(node) = keys.take("xmlNamespace") else { return Ok(None) };
    let mut keys = Keys::of(node)?;
    let mut value = json!({"uri": keys.need("uri")?.string()?});
    if let Some(prefix) = keys.take("prefix") {
        value["prefix"] = json!(prefix.string()?);
    }
    keys.finish()?;
    Ok(Some(namespace(value)))
}

fn namespace(value: Value) -> (String, Value) {
    ("smithy.api#xmlNamespace".to_owned(), value)
}

fn take_flag(keys: &mut Keys<'_>, key: &str) -> Result<bool, Problem> {
    Ok(keys.take(key).map(Node::boolean).transpose()?.unwrap_or(false))
}
