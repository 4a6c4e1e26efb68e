//! Translates the `shapes` of a C2J model to data shapes.

use std::collections::HashMap;

use serde_json::json;

use super::{
    corrections,
    model::C2jModel,
    traits::{take_bounds, take_traits},
};
use crate::{
    error::{Problem, Problems},
    json::{Keys, Node},
    smithy::{
        EnumMemberNames, Kind, Member, Members, QUERY_ERROR, Shape, ShapeId, Simple, Traits,
        is_identifier,
    },
};

impl C2jModel<'_> {
    /// Translates every data shape; `dedicated` are those that belong to one operation.
    pub(super) fn data_shapes(
        &self,
        dedicated: &HashMap<ShapeId, &'static str>,
        problems: &mut Problems,
    ) -> Vec<(ShapeId, Shape)> {
        let mut shapes = Vec::new();
        for (name, node) in &self.shapes {
            let Some(id) = problems.keep(self.data_id(name, *node)) else {
                continue;
            };
            let shape = self.data_shape(&id, name, *node).map_err(|problem| problem.of(&id));
            let Some(mut shape) = problems.keep(shape) else {
                continue;
            };
            if let Some(role) = dedicated.get(&id) {
                shape.traits.0.insert(format!("smithy.api#{role}"), json!({}));
            }
            shapes.push((id, shape));
        }
        shapes
    }

    fn data_shape(&self, id: &ShapeId, name: &str, node: Node<'_>) -> Result<Shape, Problem> {
        let mut keys = Keys::of(node)?;
        let type_node = keys.need("type")?;
        let type_name = type_node.string()?;
        let mut traits = Traits::default();
        let kind = match type_name.as_str() {
            "structure" => self.structure(id, name, &mut keys, &mut traits)?,
            "list" => Kind::List(self.element(&mut keys, "member")?),
            "map" => Kind::Map {
                key: self.element(&mut keys, "key")?,
                value: self.element(&mut keys, "value")?,
            },
            "string" | "character" => match keys.take("enum") {
                Some(node) => Kind::Enum(enum_members(node)?),
                None => Kind::Simple(Simple::String),
            },
            other => Kind::Simple(Simple::from_c2j_name(other).ok_or_else(|| {
                type_node.problem(format!("unknown shape type `{other}`. Correct it."))
            })?),
        };
        traits.0.extend(take_bounds(&mut keys, is_number(&kind))?.0);
        traits.0.extend(take_traits(&mut keys)?.0);
        keys.finish()?;
        if let (Kind::Simple(Simple::Timestamp), Some(format)) = (&kind, &self.timestamp_format) {
            let own = traits.0.entry("smithy.api#timestampFormat".to_owned());
            own.or_insert_with(|| format.clone());
        }
        Ok(Shape { kind, traits, position: node.position() })
    }

    fn structure(
        &self,
        id: &ShapeId,
        name: &str,
        keys: &mut Keys<'_>,
        traits: &mut Traits,
    ) -> Result<Kind, Problem> {
        let mut flag = |key| keys.take(key).map(Node::boolean).transpose();
        let is_document = flag("document")?.unwrap_or(false);
        let is_union = flag("union")?.unwrap_or(false) || self.is_corrected_union(name)?;
        self.take_error(name, keys, traits)?;
        traits.0.extend(self.take_root(name, keys)?.0);
        let is_stream = keys.peek("eventstream").is_some();
        let mut members = Members::new();
        let fields = keys.take("members").map(Node::fields).transpose()?.unwrap_or_default();
        for (name, node) in fields {
            if !is_identifier(&name) {
                let what = format!(
                    "`{name}` is not a valid member name. Use letters, digits and \
                    `_`."
                );
                return Err(node.problem(what));
            }
            let member = self.member(&name, node).map_err(|problem| problem.of_member(id, &name));
            let member = member?;
            members.insert(name.into_owned(), member);
        }
        take_required(keys, &mut members)?;
        self.take_payload(keys, &mut members)?;
        Ok(match (is_document, is_union || is_stream) {
            (true, _) => Kind::Simple(Simple::Document),
            (false, true) => Kind::Union(members),
            (false, false) => Kind::Structure(members),
        })
    }

    fn is_corrected_union(&self, name: &str) -> Result<bool, Problem> {
        let id = self.metadata.field("serviceId")?.map(Node::string).transpose()?;
        Ok(id.is_some_and(|id| corrections::is_union(&id, name)))
    }

    fn member(&self, name: &str, node: Node<'_>) -> Result<Member, Problem> {
        let mut keys = Keys::of(node)?;
        let wire = self.take_wire_name((name, node), &mut keys)?;
        // A reference may restrict the values of a string, but responses may contain other values.
        keys.ignore(&["enum"]);
        let mut member = self.reference_with_traits(node, keys)?;
        member.traits.0.extend(wire.0);
        Ok(member)
    }

    /// Translates an element of a list or map: the value of the key `name`. It has no name in JSON.
    fn element(&self, shape: &mut Keys<'_>, name: &str) -> Result<Member, Problem> {
        let node = shape.need(name)?;
        let mut keys = Keys::of(node)?;
        let xml = self.take_element_xml(&mut keys, name)?;
        let mut element = self.reference_with_traits(node, keys)?;
        element.traits.0.extend(xml.0);
        Ok(element)
    }

    fn reference_with_traits(&self, node: Node<'_>, mut keys: Keys<'_>) -> Result<Member, Problem> {
        let target = self.target(&mut keys)?;
        let traits = take_traits(&mut keys)?;
        keys.finish()?;
        Ok(Member { target, traits, position: Some(node.position()) })
    }

    /// Reads `exception`, `fault` and `error`, which state the party at fault and the HTTP status.
    fn take_error(
        &self,
        name: &str,
        keys: &mut Keys<'_>,
        traits: &mut Traits,
    ) -> Result<(), Problem> {
        let mut flag = |key| keys.take(key).map(Node::boolean).transpose();
        let exception = flag("exception")?.unwrap_or(false);
        let fault = flag("fault")?.unwrap_or(false);
        let error = keys.take("error");
        if !exception && error.is_none() {
            return Ok(());
        }
        let mut error = error.map(Keys::of).transpose()?;
        let mut take = |key| error.as_mut().and_then(|error| error.take(key));
        let status = take("httpStatusCode").map(Node::value).transpose()?;
        let code = take("code").map(Node::string).transpose()?;
        let sender = take("senderFault").map(Node::boolean).transpose()?;
        let fault = fault || take("fault").map(Node::boolean).transpose()?.unwrap_or(false);
        error.map_or(Ok(()), Keys::finish)?;
        let is_5xx = status.as_ref().and_then(|status| status.as_u64()).is_some_and(|s| s >= 500);
        let server = sender.map_or(fault || is_5xx, |sender| !sender);
        let blame = if server { "server" } else { "client" };
        traits.0.insert("smithy.api#error".to_owned(), json!(blame));
        if let Some(code) = code.filter(|code| code != name) {
            let value = match &status {
                Some(status) => json!({"code": code, "httpResponseCode": status}),
                None => json!({"code": code}),
            };
            traits.0.insert(QUERY_ERROR.to_owned(), value);
        }
        traits.0.extend(status.map(|status| ("smithy.api#httpError".to_owned(), status)));
        Ok(())
    }

    /// All data shapes that other data shapes target.
    pub(super) fn targets(&self) -> Vec<ShapeId> {
        let mut targets = Vec::new();
        for (_, node) in &self.shapes {
            let Ok(fields) = node.fields() else { continue };
            for (key, node) in fields {
                let references = match key.as_ref() {
                    "member" | "key" | "value" => vec![node],
                    "members" => {
                        node.fields().into_iter().flatten().map(|(_, node)| node).collect()
                    }
                    _ => continue,
                };
                let name = |node: Node<'_>| node.field("shape").ok().flatten()?.string().ok();
                let ids = references
                    .into_iter()
                    .filter_map(|node| name(node).and_then(|name| self.data_id(&name, node).ok()));
                targets.extend(ids);
            }
        }
        targets
    }
}

fn take_required(keys: &mut Keys<'_>, members: &mut Members) -> Result<(), Problem> {
    let Some(node) = keys.take("required") else {
        return Ok(());
    };
    for node in node.elements()? {
        let name = node.string()?;
        let member = members.get_mut(&name).ok_or_else(|| {
            node.problem(format!("`{name}` is required, but no such member exists. Correct it."))
        })?;
        member.traits.0.insert("smithy.api#required".to_owned(), json!({}));
    }
    Ok(())
}

fn enum_members(node: Node<'_>) -> Result<Members, Problem> {
    let mut members = Members::new();
    let mut names = EnumMemberNames::new();
    for node in node.elements()? {
        let value = node.string()?;
        let name = names.claim(&value);
        let traits = Traits([("smithy.api#enumValue".to_owned(), json!(value))].into());
        members.insert(name, Member::unit(traits));
    }
    Ok(members)
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Simple(simple) if simple.is_number())
}
