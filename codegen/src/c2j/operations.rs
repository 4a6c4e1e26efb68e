//! Translates the `operations` of a C2J model to operation shapes.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::json;

use super::{model::C2jModel, service::NO_AUTH, traits::take_traits};
use crate::{
    error::{Problem, Problems},
    json::{Keys, Node},
    smithy::{Kind, OperationShape, RESULT_WRAPPER, Shape, ShapeId, Traits},
};

/// Operation shapes by id.
pub(super) type OperationShapes = IndexMap<ShapeId, Shape>;

impl C2jModel<'_> {
    /// Every operation.
    pub(super) fn operation_shapes(&self, problems: &mut Problems) -> OperationShapes {
        let mut operations = OperationShapes::new();
        for (name, node) in &self.operations {
            let Some(id) = problems.keep(self.id(name, *node)) else {
                continue;
            };
            let shape = self.operation(name, *node).map_err(|problem| problem.of(&id));
            operations.extend(problems.keep(shape).map(|shape| (id, shape)));
        }
        operations
    }

    fn operation(&self, name: &str, node: Node<'_>) -> Result<Shape, Problem> {
        let mut keys = Keys::of(node)?;
        self.check_name(name, &mut keys)?;
        let mut traits = Traits::default();
        self.take_http(&mut keys, &mut traits)?;
        let wrapper = self.result_wrapper(name, keys.peek("output"))?;
        traits.0.extend(wrapper.map(|wrapper| (RESULT_WRAPPER.to_owned(), json!(wrapper))));
        // The endpoint operation is translated with the service.
        keys.ignore(&["endpointoperation"]);
        let input = keys.take("input").map(|node| self.reference(node)).transpose()?;
        let output = keys.take("output").map(|node| self.reference(node)).transpose()?;
        let errors = keys.take("errors").map(Node::elements).transpose()?.unwrap_or_default();
        let errors =
            errors.into_iter().map(|node| self.reference(node)).collect::<Result<_, _>>()?;
        traits.0.extend(take_traits(&mut keys)?.0);
        take_auth(&mut keys, &mut traits)?;
        keys.finish()?;
        let kind = Kind::Operation(OperationShape { input, output, errors });
        Ok(Shape { kind, traits, position: node.position() })
    }

    /// Protocols without paths send the name under which the operation is listed.
    fn check_name(&self, name: &str, keys: &mut Keys<'_>) -> Result<(), Problem> {
        let sent = self.protocol.is_some_and(|protocol| !protocol.binds_http());
        match keys.take("name").filter(|_| sent) {
            Some(node) if node.string()? != name => Err(node.problem(format!(
                "the operation is listed as `{name}`, but its `name` differs. Make them the same."
            ))),
            _ => Ok(()),
        }
    }

    /// A reference, of which only the target shape is relevant.
    fn reference(&self, node: Node<'_>) -> Result<ShapeId, Problem> {
        let mut keys = Keys::of(node)?;
        let id = self.target(&mut keys)?;
        take_traits(&mut keys)?;
        keys.ignore(&["error", "fault"]);
        keys.finish()?;
        Ok(id)
    }

    /// The structures that are used only as the input or output of a single operation, with the
    /// trait that marks them.
    pub(super) fn dedicated(&self, operations: &OperationShapes) -> HashMap<ShapeId, &'static str> {
        let mut uses: HashMap<ShapeId, usize> = HashMap::new();
        let mut roles = HashMap::new();
        for shape in operations.values() {
            let Kind::Operation(operation) = &shape.kind else {
                continue;
            };
            let sides = [(&operation.input, "input"), (&operation.output, "output")];
            for (id, role) in sides.into_iter().filter_map(|(id, role)| Some((id.as_ref()?, role)))
            {
                *uses.entry(id.clone()).or_default() += 1;
                roles.insert(id.clone(), role);
            }
            for id in &operation.errors {
                *uses.entry(id.clone()).or_default() += 2;
            }
        }
        for id in self.targets() {
            *uses.entry(id).or_default() += 2;
        }
        roles.retain(|id, _| uses.get(id) == Some(&1));
        roles
    }
}

/// Reads the authentication of an operation, if it differs from that of the service.
fn take_auth(keys: &mut Keys<'_>, traits: &mut Traits) -> Result<(), Problem> {
    if let Some(node) = keys.take("authtype") {
        match node.string()?.as_str() {
            "v4" => {
                traits.0.insert("smithy.api#auth".to_owned(), json!(["aws.auth#sigv4"]));
            }
            "none" => {
                traits.0.insert("smithy.api#auth".to_owned(), json!([]));
            }
            "v4-unsigned-body" => {
                traits.0.insert("aws.auth#unsignedPayload".to_owned(), json!({}));
            }
            other => {
                let what = format!("unknown authentication `{other}`. Use `v4` or `none`.");
                return Err(node.problem(what));
            }
        }
    }
    if let Some(node) = keys.take("auth") {
        let schemes = node.elements()?.into_iter().map(Node::string);
        let schemes = schemes.collect::<Result<Vec<_>, _>>()?;
        // Smithy expresses the absence of authentication by an empty list.
        let schemes = if schemes == [NO_AUTH] { Vec::new() } else { schemes };
        traits.0.insert("smithy.api#auth".to_owned(), json!(schemes));
    }
    Ok(())
}
