//! Removes prose from a model. Facts stay: names, types, constraints, rules, test parameters.

use super::{prose_places, rules};
use crate::smithy::{Model, Traits};

/// Traits that are prose, or that are for other tools and contain prose.
const DROPPED: [&str; 4] = [
    "smithy.api#documentation",
    "smithy.api#externalDocumentation",
    "smithy.api#examples",
    "smithy.api#suppress",
];

/// Namespaces of traits that do not describe a client: access policies, templates, gateways, tests.
const DROPPED_NAMESPACES: [&str; 5] =
    ["aws.iam#", "aws.cloudformation#", "aws.apigateway#", "smithy.openapi#", "smithy.test#"];

/// Removes prose from every shape and member.
pub fn strip(model: &mut Model) {
    for shape in model.shapes.values_mut() {
        strip_traits(&mut shape.traits);
        for (_, member) in shape.kind.members_mut() {
            strip_traits(&mut member.traits);
        }
    }
}

fn strip_traits(traits: &mut Traits) {
    traits.0.retain(|id, _| {
        let dropped = DROPPED_NAMESPACES.iter().any(|namespace| id.starts_with(namespace));
        !dropped && !DROPPED.contains(&id.as_str())
    });
    for (id, value) in &mut traits.0 {
        if id == "smithy.rules#endpointRuleSet" {
            rules::rewrite_errors(value);
        }
        prose_places::strip(id, value);
    }
}
