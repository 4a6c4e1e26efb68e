//! A request for each operation, as an example: that of the model where it has one, else one that is
//! made up of the required members, with values that their rules accept.

mod matching;
mod pattern;
mod sample;
#[cfg(test)]
mod tests;
mod words;

use std::collections::HashMap;

use serde_json::Value as Json;

use super::value::{Missing, Values};
use crate::{
    ir::{
        self, Document, Field, Literal, Presence, Struct, Type,
        value::{Built, Chosen, Given, Home, Start, Value},
    },
    names::Ident,
    smithy::{Kind, Member, Model, Operation, Shape, ShapeId, Traits},
};

/// How deep a value may be; whatever is deeper gets no example.
const DEPTH: usize = 8;

/// How many optional members stand for a structure that requires none.
const OPTIONAL: usize = 3;

/// 2026-01-01, and the day after it.
const MOMENTS: (i64, i64) = (1_767_225_600, 1_767_312_000);

/// The example of each operation, in the service's order; `None` where none can be made.
pub(super) fn requests(
    model: &Model,
    service: &ir::Service,
    operations: &[(&ShapeId, &Operation)],
) -> Vec<Option<Built>> {
    let maker = Maker::of(model, service);
    let by_name: HashMap<_, _> =
        operations.iter().map(|(id, operation)| (id.name(), (*id, *operation))).collect();
    let example = |operation: &ir::Operation| {
        let (id, facts) = by_name.get(operation.name.as_str())?;
        stated(model.shape(id)?, service, operation).or_else(|| {
            let input = facts.input.as_ref().and_then(|input| model.shape(input));
            maker.structure(Home::Operation, &operation.request, input, DEPTH)
        })
    };
    service.operations.iter().map(example).collect()
}

/// The first example of the model that suits the request. One that does not is no reason to refuse the
/// model: nothing is sent that follows from it.
fn stated(shape: &Shape, service: &ir::Service, operation: &ir::Operation) -> Option<Built> {
    let examples = shape.traits.get("smithy.api#examples").and_then(Json::as_array)?;
    let values = Values::of(service, Missing::Refused);
    let mut inputs = examples.iter().filter_map(|example| example.get("input"));
    inputs.find_map(|input| values.structure(Home::Operation, &operation.request, input).ok())
}

/// What makes values up.
struct Maker<'m> {
    model: &'m Model,
    service: &'m ir::Service,
    structs: HashMap<&'m Ident, &'m Struct>,
}

impl<'m> Maker<'m> {
    fn of(model: &'m Model, service: &'m ir::Service) -> Self {
        let structs = service.structs.iter().map(|shape| (&shape.name, shape));
        Self { model, service, structs: structs.collect() }
    }

    fn structure(
        &self,
        home: Home,
        shape: &Struct,
        facts: Option<&Shape>,
        depth: usize,
    ) -> Option<Built> {
        let depth = depth.checked_sub(1)?;
        let given = |field: &Field| {
            let member = facts?.kind.members().into_iter().find(|(name, _)| *name == field.member);
            let value = self.value(field.name.as_str(), &field.ty, member?.1, depth)?;
            Some(Given { field: field.name.clone(), ty: field.ty.clone(), value })
        };
        let required = shape.fields.iter().filter(|field| field.presence == Presence::Required);
        let arguments: Vec<_> = required.map(given).collect::<Option<_>>()?;
        let mut members = Vec::new();
        if arguments.is_empty() && home == Home::Types {
            let simple = shape.fields.iter().filter(|field| is_simple(&field.ty));
            members.extend(simple.filter_map(given).take(OPTIONAL));
        }
        Some(Built { home, name: shape.name.clone(), start: Start::New(arguments), members })
    }

    /// A value for a member, or for an element of it, that is called `name`.
    fn value(&self, name: &str, ty: &Type, member: &Member, depth: usize) -> Option<Value> {
        let shape = self.model.shape(&member.target)?;
        let rules = Rules { member: &member.traits, target: &shape.traits };
        let plain = match ty {
            Type::String => Literal::Text(words::text(self.service, name, &rules)?),
            Type::Bool => Literal::Bool(true),
            Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
                Literal::Integer(rules.whole_number(words::number(name)))
            }
            Type::F32 | Type::F64 => Literal::Float(rules.number(1.0)),
            Type::Blob => Literal::Blob(words::bytes(&rules)?.into_bytes()),
            Type::Timestamp(_) => {
                let last = name.split('_').any(|word| matches!(word, "end" | "to" | "until"));
                let seconds = if last { MOMENTS.1 } else { MOMENTS.0 };
                Literal::Timestamp { seconds, nanos: 0 }
            }
            Type::Document => {
                let entry = ("key".to_owned(), Document::Text("value".to_owned()));
                Literal::Document(Document::Map(vec![entry]))
            }
            Type::Boxed(inner) => return self.value(name, inner, member, depth),
            Type::List { element, .. } => return self.list(name, element, shape, &rules, depth),
            Type::Map { key, value, .. } => return self.map(key, value, shape, depth),
            Type::Struct(called) => {
                let found = self.structs.get(called)?;
                return self.structure(Home::Types, found, Some(shape), depth).map(Value::Struct);
            }
            Type::Union(called) => return self.union(called, shape, depth),
            Type::Enum(called) => {
                let found = self.service.enums.iter().find(|found| found.name == *called)?;
                let variant = found.variants.first()?.name.clone();
                return Some(Value::Enum(called.clone(), Ok(variant)));
            }
            Type::IntEnum(called) => {
                let found = self.service.int_enums.iter().find(|found| found.name == *called)?;
                let variant = found.variants.first()?.name.clone();
                return Some(Value::IntEnum(called.clone(), Ok(variant)));
            }
        };
        Some(Value::Plain(plain))
    }

    /// One element; a list that wants several different ones gets no example.
    fn list(
        &self,
        name: &str,
        ty: &Type,
        shape: &Shape,
        rules: &Rules<'_>,
        depth: usize,
    ) -> Option<Value> {
        let Kind::List(element) = &shape.kind else { return None };
        if rules.bound("length", "min").is_some_and(|least| least > 1.0) {
            return None;
        }
        let one = name.strip_suffix('s').unwrap_or(name);
        let value = self.value(one, ty, element, depth.checked_sub(1)?)?;
        Some(Value::List(vec![Some(value)]))
    }

    fn map(&self, key: &Type, value: &Type, shape: &Shape, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let Kind::Map { key: keys, value: values } = &shape.kind else { return None };
        let key = self.value("key", key, keys, depth)?;
        let value = self.value("value", value, values, depth)?;
        Some(Value::Map(vec![(key, Some(value))]))
    }

    /// The first member of a union that a value can be made for.
    fn union(&self, called: &Ident, shape: &Shape, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let union = self.service.unions.iter().find(|found| found.name == *called)?;
        let mut members = shape.kind.members().into_iter();
        members.find_map(|(wire, member)| {
            let variant = union.variants.iter().find(|variant| variant.member == wire)?;
            let content = match &variant.ty {
                None => None,
                Some(ty) => Some((ty.clone(), self.value(wire, ty, member, depth)?)),
            };
            let chosen = Chosen::Variant { name: variant.name.clone(), content };
            Some(Value::Union(called.clone(), Box::new(chosen)))
        })
    }
}

/// Whether a value of the type is no structure, list or map.
fn is_simple(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::List { .. } | Type::Map { .. } | Type::Struct(_) | Type::Union(_) | Type::Boxed(_)
    )
}

/// The rules for a value: those of the member, and of its target where the member has none.
struct Rules<'m> {
    member: &'m Traits,
    target: &'m Traits,
}

impl Rules<'_> {
    fn get(&self, name: &str) -> Option<&Json> {
        let id = format!("smithy.api#{name}");
        self.member.get(&id).or_else(|| self.target.get(&id))
    }

    fn pattern(&self) -> Option<&str> {
        self.get("pattern")?.as_str()
    }

    fn bound(&self, rule: &str, end: &str) -> Option<f64> {
        self.get(rule)?.get(end)?.as_f64()
    }

    /// The number that is nearest to `wish` within the range.
    fn number(&self, wish: f64) -> f64 {
        let least = self.bound("range", "min").unwrap_or(f64::MIN);
        let most = self.bound("range", "max").unwrap_or(f64::MAX);
        wish.min(most).max(least)
    }

    fn whole_number(&self, wish: i64) -> i64 {
        // Beyond 2^53 a bound may be off by a little, in an example.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let number = self.number(wish as f64).ceil() as i64;
        number
    }

    /// Whether a text is as long as it may be.
    fn accepts_length(&self, length: usize) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "no text of an example is that long")]
        let length = length as f64;
        let least = self.bound("length", "min").unwrap_or(0.0);
        let most = self.bound("length", "max").unwrap_or(f64::MAX);
        (least..=most).contains(&length)
    }
}
