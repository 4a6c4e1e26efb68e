//! Lowers enums of strings and of integers: values keep their wire format regardless of the variant
//! names.

use std::{collections::BTreeSet, fmt::Display};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    ir,
    lower::{context::Context, docs},
    names::{self, Ident, Scope},
    smithy::{Member, Members, Shape, ShapeId},
};

/// Lowers an enum of strings.
pub(in crate::lower) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    members: &Members,
    name: Ident,
) -> ir::Enum {
    lower_values(context, id, shape, members, name, |name, member| {
        Ok(member.traits.text("smithy.api#enumValue").unwrap_or(name).to_owned())
    })
}

/// Lowers an enum of whole numbers.
pub(in crate::lower) fn lower_int(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    members: &Members,
    name: Ident,
) -> ir::IntEnum {
    lower_values(context, id, shape, members, name, |_, member| number(member))
}

/// Lowers an enum; `value` returns the wire value of a member.
fn lower_values<V: Clone + Ord + Display + Serialize>(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    members: &Members,
    name: Ident,
    value: impl Fn(&str, &Member) -> Result<V, String>,
) -> ir::Enum<V> {
    let mut scope = Scope::camel();
    let mut values = BTreeSet::new();
    let mut variants = Vec::new();
    for (member, facts) in members {
        let location = format!("{id}${member}");
        let wire = match value(member, facts) {
            Ok(wire) => wire,
            Err(what) => {
                context.refuse(shape, location, what);
                continue;
            }
        };
        if !values.insert(wire.clone()) {
            let what = format!("duplicate value {}; remove one of them", json!(wire));
            context.refuse(shape, location, what);
        }
        let name = scope.claim(names::variant(member));
        let docs = docs::variant_docs(&wire.to_string(), &name, facts);
        variants.push(ir::Variant { name, wire, docs });
    }
    let wire = context.shape_name(id).to_owned();
    ir::Enum {
        module: context.module(id, &name),
        docs: docs::named_docs(shape, &wire, &name),
        name,
        wire,
        variants,
        unrecognized: names::unrecognized(),
        sensitive: shape.traits.has("smithy.api#sensitive"),
    }
}

fn number(member: &Member) -> Result<i32, String> {
    let value = member.traits.get("smithy.api#enumValue").unwrap_or(&Value::Null);
    let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| format!("its value is {value}; expected a 32-bit integer"))
}
