//! Reads whole values of the generated types from the JSON of examples and test cases.
//!
//! The JSON differs from the wire format: blobs are plain text, and timestamps are seconds since
//! 1970.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value as Json};

use super::{document, number::whole, timestamp as moment};
use crate::{
    ir::{
        self, Literal, Presence, Struct, Type, Union,
        value::{
            Constructor, MemberValue, StructureValue, UnionContent, UnionValue, Value, ValueModule,
        },
    },
    names::Ident,
};

/// How a missing required member is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// As an error: the value is to be sent.
    Refused,
    /// As in a response without the member: the value was received.
    Corrected,
}

/// A value that does not match its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// Its path, `contents.names[2]`; empty for the whole value.
    pub(crate) path: String,
    /// What is wrong.
    pub(crate) what: String,
}

impl Mismatch {
    fn new(what: impl Into<String>) -> Self {
        Self { path: String::new(), what: what.into() }
    }

    fn below(self, outer: impl std::fmt::Display) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{outer}{dot}{}", self.path), ..self }
    }
}

/// The mismatch in one line.
impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.path.as_str() {
            "" => f.write_str(&self.what),
            path => write!(f, "`{path}`: {}", self.what),
        }
    }
}

/// The types of a service, by name.
pub(crate) struct Values<'s> {
    structs: HashMap<&'s Ident, IndexedStruct<'s>>,
    unions: HashMap<&'s Ident, &'s Union>,
    enums: HashMap<&'s Ident, &'s ir::Enum>,
    int_enums: HashMap<&'s Ident, &'s ir::IntEnum>,
    missing: Missing,
}

impl<'s> Values<'s> {
    /// Values of the service's types.
    pub(crate) fn of(types: &'s ir::TypeDefinitions, missing: Missing) -> Self {
        Self {
            structs: types
                .structs
                .iter()
                .map(|shape| (&shape.name, IndexedStruct::of(shape)))
                .collect(),
            unions: types.unions.iter().map(|shape| (&shape.name, shape)).collect(),
            enums: types.enums.iter().map(|shape| (&shape.name, shape)).collect(),
            int_enums: types.int_enums.iter().map(|shape| (&shape.name, shape)).collect(),
            missing,
        }
    }

    /// Reads a structure; null members count as absent.
    pub(crate) fn structure(
        &self,
        home: ValueModule,
        shape: &Struct,
        json: &Json,
    ) -> Result<StructureValue, Mismatch> {
        self.indexed(home, &IndexedStruct::of(shape), json)
    }

    fn indexed(
        &self,
        home: ValueModule,
        indexed: &IndexedStruct<'_>,
        json: &Json,
    ) -> Result<StructureValue, Mismatch> {
        let shape = indexed.shape;
        let object = object(json)?;
        let (mut arguments, mut members) = (Vec::new(), Vec::new());
        let present = indexed.present(object)?;
        let lacking = indexed.required.iter().find(|index| !present.contains_key(*index));
        let lacking = lacking.and_then(|index| shape.fields.get(*index));
        for (index, json) in present {
            let Some(field) = shape.fields.get(index) else { continue };
            let value = self.value(&field.ty, json).map_err(|e| e.below(&field.member))?;
            let given = MemberValue { field: field.name.clone(), ty: field.ty.clone(), value };
            let required = field.presence == Presence::Required;
            if required { arguments.push(given) } else { members.push(given) }
        }
        let start = match (lacking, self.missing) {
            (None, _) => Constructor::New(arguments),
            (Some(field), Missing::Refused) => {
                let what = format!("{} requires it, but it has no value", shape.wire);
                return Err(Mismatch::new(what).below(&field.member));
            }
            (Some(_), Missing::Corrected) => {
                members.splice(0..0, arguments);
                Constructor::Empty
            }
        };
        Ok(StructureValue { home, name: shape.name.clone(), start, members })
    }

    /// Reads a value of any type.
    fn value(&self, ty: &Type, json: &Json) -> Result<Value, Mismatch> {
        match ty {
            Type::String => text(json).map(Literal::Text).map(Value::Plain),
            Type::Bool => {
                let flag = json.as_bool().ok_or_else(|| other("a boolean", json))?;
                Ok(Value::Plain(Literal::Bool(flag)))
            }
            Type::I8 => integer(json, i8::MIN.into(), i8::MAX.into()),
            Type::I16 => integer(json, i16::MIN.into(), i16::MAX.into()),
            Type::I32 => integer(json, i32::MIN.into(), i32::MAX.into()),
            Type::I64 => integer(json, i64::MIN, i64::MAX),
            Type::F32 | Type::F64 => float(json).map(Literal::Float).map(Value::Plain),
            Type::Blob => {
                let bytes = text(json)?.into_bytes();
                Ok(Value::Plain(Literal::Blob(bytes)))
            }
            Type::Timestamp(_) => timestamp(json),
            Type::Document => {
                let document = document::lower(json).ok_or_else(|| other("JSON", json))?;
                Ok(Value::Plain(Literal::Document(document)))
            }
            Type::List { element, sparse } => self.list(element, *sparse, json),
            Type::Map { key, value, sparse } => self.map(key, value, *sparse, json),
            Type::Struct(name) => {
                let shape = self.structs.get(name).ok_or_else(|| unknown(name))?;
                self.indexed(ValueModule::Types, shape, json).map(Value::Struct)
            }
            Type::Union(name) => {
                let shape = self.unions.get(name).ok_or_else(|| unknown(name))?;
                self.union(shape, json)
            }
            Type::Enum(name) => self.string_enum(name, json),
            Type::IntEnum(name) => self.int_enum(name, json),
            Type::Boxed(inner) => self.value(inner, json),
        }
    }

    fn string_enum(&self, name: &Ident, json: &Json) -> Result<Value, Mismatch> {
        let shape = self.enums.get(name).ok_or_else(|| unknown(name))?;
        let wire = text(json)?;
        let variant = shape.variants.iter().find(|variant| variant.wire == wire);
        let variant = variant.map(|variant| variant.name.clone()).ok_or(wire);
        Ok(Value::Enum(name.clone(), variant))
    }

    fn int_enum(&self, name: &Ident, json: &Json) -> Result<Value, Mismatch> {
        let shape = self.int_enums.get(name).ok_or_else(|| unknown(name))?;
        let number = json.as_number().and_then(whole);
        let number = number.and_then(|number| i32::try_from(number).ok());
        let number = number.ok_or_else(|| other("a whole number of 32 bits", json))?;
        let variant = shape.variants.iter().find(|variant| variant.wire == number);
        let variant = variant.map(|variant| variant.name.clone()).ok_or(number);
        Ok(Value::IntEnum(name.clone(), variant))
    }

    fn list(&self, element: &Type, sparse: bool, json: &Json) -> Result<Value, Mismatch> {
        let elements = json.as_array().ok_or_else(|| other("a list", json))?;
        let value = |(index, json)| {
            self.element(element, sparse, json).map_err(|e: Mismatch| e.below(format!("[{index}]")))
        };
        elements.iter().enumerate().map(value).collect::<Result<_, _>>().map(Value::List)
    }

    fn map(&self, key: &Type, value: &Type, sparse: bool, json: &Json) -> Result<Value, Mismatch> {
        let entry = |(name, json): (&String, _)| {
            let key = self.value(key, &Json::String(name.clone()))?;
            let value = self.element(value, sparse, json).map_err(|e| e.below(name))?;
            Ok((key, value))
        };
        object(json)?.iter().map(entry).collect::<Result<_, _>>().map(Value::Map)
    }

    fn element(&self, ty: &Type, sparse: bool, json: &Json) -> Result<Option<Value>, Mismatch> {
        match json {
            Json::Null if sparse => Ok(None),
            Json::Null if *ty != Type::Document => {
                Err(Mismatch::new("it is null, but only sparse lists and maps can contain null"))
            }
            json => self.value(ty, json).map(Some),
        }
    }

    fn union(&self, shape: &Union, json: &Json) -> Result<Value, Mismatch> {
        let mut members = object(json)?.iter().filter(|(_, json)| !json.is_null());
        let (Some((name, json)), None) = (members.next(), members.next()) else {
            let what = format!("{} is a union: exactly one member must have a value", shape.wire);
            return Err(Mismatch::new(what));
        };
        let Some(variant) = shape.variants.iter().find(|variant| variant.member == *name) else {
            if self.missing == Missing::Refused {
                let what = format!("{} has no such member", shape.wire);
                return Err(Mismatch::new(what).below(name));
            }
            let json = Map::from_iter([(name.clone(), json.clone())]);
            let unlisted = UnionValue::Unlisted(Json::Object(json).to_string());
            return Ok(Value::Union(shape.name.clone(), Box::new(unlisted)));
        };
        let content = match &variant.ty {
            Some(ty) => {
                let value = self.value(ty, json).map_err(|e| e.below(name))?;
                Some(UnionContent {
                    constructor: variant.constructor.clone(),
                    ty: ty.clone(),
                    value,
                })
            }
            None => object(json).map(|_| None).map_err(|e| e.below(name))?,
        };
        let chosen = UnionValue::Variant { name: variant.name.clone(), content };
        Ok(Value::Union(shape.name.clone(), Box::new(chosen)))
    }
}

/// A structure with an index of its members by name. An example may contain the structure many
/// times, each time with only a few of its many members.
struct IndexedStruct<'s> {
    shape: &'s Struct,
    indexes: HashMap<&'s str, usize>,
    /// The indexes of the required fields.
    required: Vec<usize>,
}

impl<'s> IndexedStruct<'s> {
    fn of(shape: &'s Struct) -> Self {
        let fields = || shape.fields.iter().enumerate();
        let required = fields().filter(|(_, field)| field.presence == Presence::Required);
        Self {
            shape,
            indexes: fields().map(|(index, field)| (field.member.as_str(), index)).collect(),
            required: required.map(|(index, _)| index).collect(),
        }
    }

    /// Returns the members that are present, by the indexes of their fields.
    fn present<'j>(
        &self,
        object: &'j Map<String, Json>,
    ) -> Result<BTreeMap<usize, &'j Json>, Mismatch> {
        let mut present = BTreeMap::new();
        for (name, json) in object {
            let Some(index) = self.indexes.get(name.as_str()) else {
                let what = format!("{} has no such member", self.shape.wire);
                return Err(Mismatch::new(what).below(name));
            };
            if !json.is_null() {
                present.insert(*index, json);
            }
        }
        Ok(present)
    }
}

fn object(json: &Json) -> Result<&Map<String, Json>, Mismatch> {
    json.as_object().ok_or_else(|| other("an object", json))
}

fn text(json: &Json) -> Result<String, Mismatch> {
    json.as_str().map(str::to_owned).ok_or_else(|| other("a string", json))
}

fn integer(json: &Json, min: i64, max: i64) -> Result<Value, Mismatch> {
    let number = json.as_number().and_then(whole);
    match number {
        Some(number) if (min..=max).contains(&number) => Ok(Value::Plain(Literal::Integer(number))),
        _ => Err(other(&format!("a whole number from {min} to {max}"), json)),
    }
}

fn float(json: &Json) -> Result<f64, Mismatch> {
    match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => match text.as_str() {
            "NaN" => Some(f64::NAN),
            "Infinity" => Some(f64::INFINITY),
            "-Infinity" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        _ => None,
    }
    .ok_or_else(|| other("a number, \"NaN\", \"Infinity\" or \"-Infinity\"", json))
}

/// Reads seconds since 1970, as in test cases, or a text in one of the wire formats.
fn timestamp(json: &Json) -> Result<Value, Mismatch> {
    let moment = match json {
        Json::Number(number) => moment::from_number(number),
        Json::String(text) => moment::from_date_time(text).or_else(|| moment::from_http_date(text)),
        _ => None,
    };
    let (seconds, nanos) = moment.ok_or_else(|| other("a number of seconds since 1970", json))?;
    Ok(Value::Plain(Literal::Timestamp { seconds, nanos }))
}

/// A value other than the expected one.
fn other(expected: &str, json: &Json) -> Mismatch {
    let found = match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(number) => {
            return Mismatch::new(format!("expected {expected}, found {number}"));
        }
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    Mismatch::new(format!("expected {expected}, found {found}"))
}

/// Reached only if a type of the service was skipped.
fn unknown(name: &Ident) -> Mismatch {
    Mismatch::new(format!("the type {name} was not generated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the runtime reads a response; otherwise the values would differ.
    #[test]
    fn floats_are_read_to_the_last_bit() {
        for text in ["0.4818379252011053", "0.9073038322028689", "8.383658838626809e-78"] {
            let json = serde_json::from_str(text).unwrap();
            assert_eq!(float(&json).ok(), text.parse().ok());
        }
    }

    #[test]
    fn a_mismatch_names_its_path() {
        let mismatch = Mismatch::new("odd").below("b").below("[2]").below("a");
        assert_eq!(mismatch.to_string(), "`a[2].b`: odd");
    }
}
