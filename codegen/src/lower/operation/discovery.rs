//! Warns about operations that require endpoint discovery, which clients do not support.

use serde_json::Value;

use crate::{
    lower::context::Context,
    smithy::{OperationShape, Shape, ShapeId},
};

const DISCOVERED: &str = "aws.api#clientDiscoveredEndpoint";
const DISCOVERY: &str = "aws.api#clientEndpointDiscovery";

/// Warns about the operations that can be called only at an endpoint that another operation
/// returns. If discovery is optional, the usual endpoint works as well.
pub(in crate::lower) fn warn(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    operations: &[(&ShapeId, &OperationShape)],
) {
    let model = context.model;
    let is_required = |operation: &ShapeId| {
        let facts = model.shape(operation).and_then(|shape| shape.traits.get(DISCOVERED));
        facts.and_then(|facts| facts.get("required")) == Some(&Value::Bool(true))
    };
    let named = operations.iter().map(|(id, _)| *id).filter(|id| is_required(id));
    let named: Vec<_> = named.map(ShapeId::name).collect();
    if named.is_empty() {
        return;
    }
    let source = shape.traits.get(DISCOVERY).and_then(|facts| facts.get("operation")?.as_str());
    let source = source.map_or("another operation", |id| id.rsplit('#').next().unwrap_or(id));
    let what = format!(
        "endpoint discovery is not supported, and {} must be called at an endpoint that {source} \
            returns; call that first, then use a client with that endpoint",
        named.join(", ")
    );
    context.warn(shape, id, what);
}
