//! What Smithy 1.0 said otherwise, brought to the terms of Smithy 2.0.
//!
//! - A string with the `enum` trait is an enum (also in 2.0, where the trait lives on).
//! - In 1.0 a number or boolean is zero when absent unless it is marked `box`; in 2.0 the member
//!   says so itself, with a `default`, which is `null` where there is none. A member that is required
//!   gets none: nobody said that zero may stand for it, and then callers have to give it.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Part;
use crate::{
    c2j::enum_member_name,
    error::{Problem, Problems},
    smithy::{Kind, Member, Members, Shape, ShapeId, Simple, Traits, is_identifier},
};

const ENUM: &str = "smithy.api#enum";
const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";
const REQUIRED: &str = "smithy.api#required";

/// The version of Smithy that a file is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 1.0
    One,
    /// 2.0
    Two,
}

/// Brings the shapes of a file to the terms of 2.0.
pub(super) fn upgrade(part: &mut Part, version: Version, problems: &mut Problems) {
    for (id, shape) in &mut part.shapes {
        problems.keep(upgrade_enum(id, shape));
    }
    if version == Version::One {
        add_defaults(part);
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
    for definition in definitions.as_array().ok_or_else(malformed)? {
        let value = definition["value"].as_str().ok_or_else(malformed)?;
        let name = match definition["name"].as_str() {
            Some(name) if is_identifier(name) => name.to_owned(),
            _ => enum_member_name(value, &members),
        };
        let mut traits = Traits([("smithy.api#enumValue".to_owned(), json!(value))].into());
        for (key, id) in [("documentation", "documentation"), ("tags", "tags")] {
            if let Some(value) = definition.get(key) {
                traits.0.insert(format!("smithy.api#{id}"), value.clone());
            }
        }
        if definition["deprecated"] == json!(true) {
            traits.0.insert("smithy.api#deprecated".to_owned(), json!({}));
        }
        members.insert(name, Member { target: ShapeId::prelude("Unit"), traits });
    }
    shape.kind = Kind::Enum(members);
    Ok(())
}

fn add_defaults(part: &mut Part) {
    let zeroes: HashMap<ShapeId, Value> = part
        .shapes
        .iter()
        .filter(|(_, shape)| !shape.traits.has(BOX))
        .filter_map(|(id, shape)| Some((id.clone(), zero_of(shape)?)))
        .collect();
    for (_, shape) in &mut part.shapes {
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

/// Zero, where the shape has a zero and its range allows it.
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

/// The zero of a `Primitive` shape of the prelude.
fn primitive(target: &ShapeId) -> Option<Value> {
    let name = target.name().strip_prefix("Primitive");
    let name = name.filter(|_| target.namespace() == "smithy.api")?;
    Some(if name == "Boolean" { json!(false) } else { json!(0) })
}
