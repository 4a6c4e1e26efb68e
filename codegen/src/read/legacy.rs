//! Converts Smithy 1.0 to Smithy 2.0.
//!
//! - A string with the `enum` trait becomes an enum (also in 2.0, which still has the trait).
//! - In 1.0 an absent number or boolean is zero unless it is marked `box`; in 2.0 the member states
//!   this with a `default`, which is `null` for none. A required member gets none: the model does not
//!   say that zero may replace it, so callers must set it.
//!
//! In addition, it adds the wire values of enum members that have none, which are their names.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::{
    error::{Error, Problem, Problems},
    smithy::{
        EnumMemberNames, Kind, Member, Members, Model, Shape, ShapeId, Simple, Traits,
        is_identifier,
    },
};

const ENUM: &str = "smithy.api#enum";
const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";
const REQUIRED: &str = "smithy.api#required";

/// Converts a model to 2.0; `old` are the shapes that 1.0 files define.
///
/// The files must have been merged and their `apply` statements applied: each of them may mark
/// numbers with `box` or strings with `enum`.
pub(super) fn upgrade(model: &mut Model, old: &HashSet<ShapeId>) -> Result<(), Error> {
    let mut problems = Problems::new();
    add_defaults(model, old);
    for (id, shape) in &mut model.shapes {
        problems.keep(upgrade_enum(id, shape));
        name_values(shape);
    }
    problems.finish(())
}

/// An enum member without a wire value has its name as the value.
fn name_values(shape: &mut Shape) {
    let Kind::Enum(members) = &mut shape.kind else { return };
    for (name, member) in members {
        let value = member.traits.0.entry("smithy.api#enumValue".to_owned());
        value.or_insert_with(|| json!(name));
    }
}

fn upgrade_enum(id: &ShapeId, shape: &mut Shape) -> Result<(), Problem> {
    if shape.kind != Kind::Simple(Simple::String) {
        return Ok(());
    }
    let Some(definitions) = shape.traits.0.remove(ENUM) else {
        return Ok(());
    };
    let malformed = || {
        let what = "the trait `smithy.api#enum` is not a list of objects with a `value`. Correct \
            it.";
        Problem::new(what).at(&shape.position).of(id)
    };
    let mut members = Members::new();
    let definitions = definitions.as_array().ok_or_else(malformed)?;
    // If only some values have names, generated names must not collide with those.
    let own = |definition: &Value| {
        let name = definition["name"].as_str().filter(|name| is_identifier(name));
        name.map(str::to_owned)
    };
    let mut names = EnumMemberNames::new();
    definitions.iter().filter_map(own).for_each(|name| names.reserve(&name));
    for definition in definitions {
        let value = definition["value"].as_str().ok_or_else(malformed)?;
        let name = own(definition).unwrap_or_else(|| names.claim(value));
        if members.contains_key(&name) {
            let what = format!(
                "the trait `smithy.api#enum` uses the name {name:?} twice. Rename one of the \
                    values."
            );
            return Err(Problem::new(what).at(&shape.position).of(id));
        }
        members.insert(name, Member::unit(value_traits(value, definition)));
    }
    shape.kind = Kind::Enum(members);
    Ok(())
}

/// The traits of an enum member for a definition with this value.
fn value_traits(value: &str, definition: &Value) -> Traits {
    let mut traits = Traits([("smithy.api#enumValue".to_owned(), json!(value))].into());
    for key in ["documentation", "tags"] {
        if let Some(value) = definition.get(key) {
            traits.0.insert(format!("smithy.api#{key}"), value.clone());
        }
    }
    if definition["deprecated"] == json!(true) {
        traits.0.insert("smithy.api#deprecated".to_owned(), json!({}));
    }
    traits
}

fn add_defaults(model: &mut Model, old: &HashSet<ShapeId>) {
    let zeroes: HashMap<ShapeId, Value> = model
        .shapes
        .iter()
        .filter(|(id, shape)| old.contains(*id) && !shape.traits.has(BOX))
        .filter_map(|(id, shape)| Some((id.clone(), zero_of(shape)?)))
        .collect();
    for (_, shape) in model.shapes.iter_mut().filter(|(id, _)| old.contains(*id)) {
        let Kind::Structure(members) = &mut shape.kind else {
            continue;
        };
        for member in members.values_mut() {
            let zero = zeroes.get(&member.target).cloned().or_else(|| primitive(&member.target));
            if let Some(zero) = zero {
                let none = member.traits.has(BOX) || member.traits.has(REQUIRED);
                let default = if none { Value::Null } else { zero };
                member.traits.0.entry(DEFAULT.to_owned()).or_insert(default);
            }
        }
    }
}

/// Returns zero, if the shape has a zero and its range allows it.
fn zero_of(shape: &Shape) -> Option<Value> {
    let zero = match shape.kind {
        Kind::Simple(Simple::Boolean) => return Some(json!(false)),
        Kind::Simple(
            Simple::Byte
            | Simple::Short
            | Simple::Integer
            | Simple::Long
            | Simple::Float
            | Simple::Double,
        ) => json!(0),
        _ => return None,
    };
    let range = shape.traits.get("smithy.api#range");
    let bound = |name| range.and_then(|range| range.get(name)).and_then(Value::as_f64);
    let allowed =
        bound("min").is_none_or(|min| min <= 0.0) && bound("max").is_none_or(|max| max >= 0.0);
    allowed.then_some(zero)
}

/// Returns the zero of a `Primitive` shape of the prelude.
fn primitive(target: &ShapeId) -> Option<Value> {
    let name = target.name().strip_prefix("Primitive");
    let name = name.filter(|_| target.namespace() == "smithy.api")?;
    Some(if name == "Boolean" { json!(false) } else { json!(0) })
}
