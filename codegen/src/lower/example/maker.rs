//! Makes up values that the constraints of their members accept.

use std::collections::HashMap;

use super::{
    additions, alternatives, constraints::MemberConstraints, exclusive, identifiers, steps::Steps,
    values, words,
};
use crate::{
    ir::{
        self, Document, Field, Literal, Presence, Struct, Type, TypeDefinitions, Union,
        value::{
            Constructor, MemberValue, StructureValue, UnionContent, UnionValue, Value, ValueModule,
        },
    },
    names::Ident,
    smithy::{Kind, Member, Model, Shape},
};

/// The maximum depth of a value; deeper ones get no example.
const MAX_DEPTH: usize = 8;

/// The number of optional members in an example of a structure without required members.
const OPTIONAL_MEMBERS: usize = 3;

/// The number of steps counted for each value, which includes the cost of its documentation.
const VALUE_STEPS: usize = 100;

/// 2026-01-01, and the day after it.
const EXAMPLE_TIMES: (i64, i64) = (1_767_225_600, 1_767_312_000);

/// Makes up values.
pub(super) struct ExampleMaker<'m> {
    model: &'m Model,
    types: &'m TypeDefinitions,
    sdk_id: &'m str,
    signing_name: &'m str,
    structs: HashMap<&'m Ident, &'m Struct>,
    unions: HashMap<&'m Ident, &'m Union>,
    /// The first variant of each enum.
    variants: HashMap<&'m Ident, &'m Ident>,
    steps: Steps,
}

impl<'m> ExampleMaker<'m> {
    pub(super) fn of(
        model: &'m Model,
        types: &'m TypeDefinitions,
        sdk_id: &'m str,
        signing_name: &'m str,
    ) -> Self {
        let structs = types.structs.iter().map(|shape| (&shape.name, shape)).collect();
        let unions = types.unions.iter().map(|shape| (&shape.name, shape)).collect();
        let enums = types.enums.iter().filter_map(first_variant);
        let variants = enums.chain(types.int_enums.iter().filter_map(first_variant)).collect();
        Self { model, types, sdk_id, signing_name, structs, unions, variants, steps: Steps::new() }
    }

    /// Makes the request of an operation with this documentation.
    pub(super) fn request(
        &self,
        shape: &Struct,
        facts: Option<&Shape>,
        documentation: Option<&str>,
    ) -> Option<StructureValue> {
        self.steps.renew();
        let mut request = self.structure(ValueModule::Operation, shape, facts, MAX_DEPTH)?;
        if let Some(facts) = facts {
            let groups = alternatives::groups(facts, documentation, &self.steps);
            self.add_alternatives(&mut request, shape, facts, groups);
            let arns: Vec<_> = identifiers::arns(self.sdk_id, shape, &request.members)
                .into_iter()
                .filter_map(|field| self.member(shape, field, facts, MAX_DEPTH - 1))
                .collect();
            request.members.extend(arns);
        }
        Some(request)
    }

    /// Sets one member of each group in which none is set: a member of a simple type if possible,
    /// otherwise the first one in the order of the model. Groups with required or unknown members
    /// are ignored.
    fn add_alternatives(
        &self,
        request: &mut StructureValue,
        shape: &Struct,
        facts: &Shape,
        groups: Vec<Vec<String>>,
    ) {
        for group in groups {
            let is_in_group = |field: &&Field| group.contains(&field.member);
            let mut fields: Vec<_> = shape.fields.iter().filter(is_in_group).collect();
            let is_set = |field: &&Field| request.members.iter().any(|set| set.field == field.name);
            let is_optional = fields.iter().all(|field| field.presence == Presence::Optional);
            if fields.len() < group.len() || !is_optional || fields.iter().any(is_set) {
                continue;
            }
            fields.sort_by_key(|field| !is_simple(&field.ty));
            let value =
                fields.iter().find_map(|field| self.member(shape, field, facts, MAX_DEPTH - 1));
            request.members.extend(value);
        }
    }

    /// Makes a value for a field of a structure.
    fn member(
        &self,
        shape: &Struct,
        field: &Field,
        facts: &Shape,
        depth: usize,
    ) -> Option<MemberValue> {
        let member = facts.kind.member(&field.member)?;
        let known = values::value(self.types, self.sdk_id, &shape.wire, &field.member, &field.ty);
        let value = match known {
            Some(value) => value,
            None => self.value(field.name.as_str(), &field.ty, member, depth)?,
        };
        Some(MemberValue { field: field.name.clone(), ty: field.ty.clone(), value })
    }

    fn structure(
        &self,
        home: ValueModule,
        shape: &Struct,
        facts: Option<&Shape>,
        depth: usize,
    ) -> Option<StructureValue> {
        let depth = depth.checked_sub(1)?;
        // Finding the required members visits every member.
        self.steps.take(shape.fields.len())?;
        let given = |field: &Field| self.member(shape, field, facts?, depth);
        let required = shape.fields.iter().filter(|field| field.presence == Presence::Required);
        let arguments: Vec<_> = required.map(given).collect::<Option<_>>()?;
        let mut members = Vec::new();
        if arguments.is_empty() && home == ValueModule::Types {
            let simple = shape.fields.iter().filter(|field| is_simple(&field.ty));
            let count = if facts
                .is_some_and(|facts| exclusive::is_exclusive(self.sdk_id, &shape.wire, facts))
            {
                1
            } else {
                OPTIONAL_MEMBERS
            };
            members.extend(simple.filter_map(given).take(count));
            // Services reject most empty structures.
            if members.is_empty() {
                members.extend(shape.fields.iter().find_map(given));
            }
        }
        for name in additions::members(self.sdk_id, &shape.wire) {
            let field = shape.fields.iter().find(|field| field.member == *name);
            let is_unset = |field: &&Field| !members.iter().any(|set| set.field == field.name);
            members.extend(
                field.filter(|field| !field.is_required()).filter(is_unset).and_then(given),
            );
        }
        Some(StructureValue {
            home,
            name: shape.name.clone(),
            start: Constructor::New(arguments),
            members,
        })
    }

    /// Makes a value for a member, or for an element of it, with this name.
    fn value(&self, name: &str, ty: &Type, member: &Member, depth: usize) -> Option<Value> {
        self.steps.take(VALUE_STEPS)?;
        let shape = self.model.shape(&member.target)?;
        let rules = MemberConstraints { member: &member.traits, target: &shape.traits };
        let plain = match ty {
            Type::String => {
                Literal::Text(words::text(self.signing_name, name, &rules, &self.steps)?)
            }
            Type::Bool => Literal::Bool(true),
            Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
                Literal::Integer(rules.whole_number(words::number(name)))
            }
            Type::F32 | Type::F64 => Literal::Float(rules.number(1.0)),
            Type::Blob => Literal::Blob(words::bytes(&rules, &self.steps)?.into_bytes()),
            Type::Timestamp(_) => {
                let last = name.split('_').any(|word| matches!(word, "end" | "to" | "until"));
                let seconds = if last { EXAMPLE_TIMES.1 } else { EXAMPLE_TIMES.0 };
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
                return self
                    .structure(ValueModule::Types, found, Some(shape), depth)
                    .map(Value::Struct);
            }
            Type::Union(called) => return self.union(called, shape, depth),
            Type::Enum(called) => {
                let variant = (*self.variants.get(called)?).clone();
                return Some(Value::Enum(called.clone(), Ok(variant)));
            }
            Type::IntEnum(called) => {
                let variant = (*self.variants.get(called)?).clone();
                return Some(Value::IntEnum(called.clone(), Ok(variant)));
            }
        };
        Some(Value::Plain(plain))
    }

    /// Makes one element; a list that requires several distinct ones gets no example.
    fn list(
        &self,
        name: &str,
        ty: &Type,
        shape: &Shape,
        rules: &MemberConstraints<'_>,
        depth: usize,
    ) -> Option<Value> {
        let Kind::List(element) = &shape.kind else { return None };
        if rules.bound("length", "min").is_some_and(|least| least > 1.0) {
            return None;
        }
        let value = self.value(words::singular(name), ty, element, depth.checked_sub(1)?)?;
        Some(Value::List(vec![Some(value)]))
    }

    fn map(&self, key: &Type, value: &Type, shape: &Shape, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let Kind::Map { key: keys, value: values } = &shape.kind else { return None };
        let key = self.value("key", key, keys, depth)?;
        let value = self.value("value", value, values, depth)?;
        Some(Value::Map(vec![(key, Some(value))]))
    }

    /// Uses the first member of a union for which a value can be made.
    fn union(&self, called: &Ident, shape: &Shape, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let union = self.unions.get(called)?;
        union.variants.iter().find_map(|variant| {
            let member = shape.kind.member(&variant.member)?;
            let content = match &variant.ty {
                None => None,
                Some(ty) => Some(UnionContent {
                    constructor: variant.constructor.clone(),
                    ty: ty.clone(),
                    value: self.value(&variant.member, ty, member, depth)?,
                }),
            };
            let chosen = UnionValue::Variant { name: variant.name.clone(), content };
            Some(Value::Union(called.clone(), Box::new(chosen)))
        })
    }
}

fn first_variant<V>(shape: &ir::Enum<V>) -> Option<(&Ident, &Ident)> {
    shape.variants.first().map(|variant| (&shape.name, &variant.name))
}

/// Returns true for types other than structures, unions, lists and maps.
fn is_simple(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::List { .. } | Type::Map { .. } | Type::Struct(_) | Type::Union(_) | Type::Boxed(_)
    )
}
