//! Checks the traits of shapes and members.

use serde_json::Value;

use super::{
    placement, schema,
    treatment::{Treatment, treatment},
};
use crate::{
    lower::context::Context,
    smithy::{Kind, Shape, ShapeId},
};

/// Rejects unsupported and misused traits of a shape and its members.
pub(in crate::lower) fn check_traits(context: &mut Context<'_>, id: &ShapeId, shape: &Shape) {
    let service = matches!(shape.kind, Kind::Service(_));
    for (name, value) in &shape.traits.0 {
        // A service may support protocols other than the one that its client uses.
        if service && name.contains(".protocols#") && !name.ends_with("Compatible") {
            continue;
        }
        check_trait(context, shape, id.as_str(), name, value, Some(shape));
    }
    let model = context.model;
    for (member, facts) in shape.kind.members() {
        // The members of an enum are values, not shapes.
        let target = model.shape(&facts.target);
        for (name, value) in &facts.traits.0 {
            check_trait(context, shape, &format!("{id}${member}"), name, value, target);
        }
    }
}

/// Traits that affect no request. If one of them is invalid, the rest of the client can still be
/// generated.
const DISPENSABLE: [&str; 3] =
    ["smithy.api#paginated", "smithy.rules#endpointTests", "smithy.waiters#waitable"];

/// `bearer` is the shape that the trait describes: the shape itself, or the member's target.
fn check_trait(
    context: &mut Context<'_>,
    shape: &Shape,
    at: &str,
    name: &str,
    value: &Value,
    bearer: Option<&Shape>,
) {
    match treatment(name, context.protocol) {
        Treatment::Honored => {
            if let Err(expected) = schema::check(name, value, &shape.kind) {
                let wrong = format!("the trait {name} is {value}");
                match DISPENSABLE.contains(&name) {
                    true => context.pass_over(
                        shape,
                        at,
                        format!("{wrong} and is skipped; expected {expected}"),
                    ),
                    false => context.refuse(shape, at, format!("{wrong}; expected {expected}")),
                }
            } else if let Some(Err(belongs)) = bearer.map(|bearer| placement::check(name, bearer)) {
                let what = format!("the trait {name} has no effect here; it belongs on {belongs}");
                context.refuse(shape, at, what);
            }
        }
        Treatment::Irrelevant => {}
        Treatment::Refused(reason) => {
            context.refuse(shape, at, format!("the trait {name} {reason}"));
        }
        Treatment::Unknown => {
            let fact = format!("the trait {name} is unknown and may change what is sent");
            match context.lenient {
                true => context.warn(shape, at, fact),
                false => {
                    context.refuse(shape, at, fact + "; if it does not, pass --lenient");
                }
            }
        }
    }
}
