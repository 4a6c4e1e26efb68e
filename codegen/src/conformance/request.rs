//! Determines the JSON that the example of an operation must produce on the wire.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value as Json};

use crate::{
    ir::{
        Document, Literal, Operation, Service, Struct, TimestampFormat, Type,
        value::{Constructor, MemberValue, StructureValue, UnionValue, Value, ValueModule},
    },
    lower::{Missing, Values},
    smithy::{Kind, Model, Shape, ShapeId, Simple},
};

/// The JSON of an operation's example: the JSON that the model states if the example comes from the
/// model, otherwise that of the made-up request. `None` if there is no example or its JSON is not
/// known.
pub(super) fn json(
    model: &Model,
    service: &Service,
    operation: &Operation,
    shape: Option<&Shape>,
) -> Option<Json> {
    let example = operation.example.as_ref()?;
    let made_up = || Wire { service }.structure(&operation.request, example);
    match shape.and_then(|shape| stated(model, service, operation, shape)) {
        Some(json) => json,
        None => made_up(),
    }
}

/// The model's example that the operation's example was made from, in the wire format. The inner
/// value is `None` if its JSON is not known.
fn stated(
    model: &Model,
    service: &Service,
    operation: &Operation,
    shape: &Shape,
) -> Option<Option<Json>> {
    let Kind::Operation(facts) = &shape.kind else { return None };
    let examples = shape.traits.get("smithy.api#examples")?.as_array()?;
    let values = Values::of(&service.types, Missing::Refused);
    let is_shown = |input: &&Json| {
        let built = values.structure(ValueModule::Operation, &operation.request, input);
        built.ok().as_ref() == operation.example.as_ref()
    };
    let input = examples.iter().filter_map(|example| example.get("input")).find(is_shown)?;
    Some(facts.input.as_ref().and_then(|id| on_the_wire(model, id, input)))
}

/// Converts the JSON of a model's example to the wire format, because examples state bytes as text.
fn on_the_wire(model: &Model, id: &ShapeId, json: &Json) -> Option<Json> {
    let member = |name: &str, json| {
        let members = model.shape(id)?.kind.members();
        let (_, member) = members.into_iter().find(|(known, _)| *known == name)?;
        on_the_wire(model, &member.target, json)
    };
    match (&model.shape(id)?.kind, json) {
        (Kind::Simple(Simple::Blob), Json::String(text)) => Some(STANDARD.encode(text).into()),
        // A text may be in any of the formats, and which one is not known here.
        (Kind::Simple(Simple::Timestamp), Json::String(_)) => None,
        (Kind::List(_), Json::Array(elements)) => {
            elements.iter().map(|element| member("member", element)).collect()
        }
        (Kind::Map { .. }, Json::Object(entries)) => {
            let entry = |(key, json): (&String, _)| Some((key.clone(), member("value", json)?));
            entries.iter().map(entry).collect::<Option<Map<_, _>>>().map(Json::Object)
        }
        (Kind::Structure(_) | Kind::Union(_), Json::Object(members)) => {
            let member = |(name, json): (&String, _)| Some((name.clone(), member(name, json)?));
            members.iter().map(member).collect::<Option<Map<_, _>>>().map(Json::Object)
        }
        (_, json) => Some(json.clone()),
    }
}

/// Writes values with the model's names of their members.
struct Wire<'s> {
    service: &'s Service,
}

impl Wire<'_> {
    fn structure(&self, shape: &Struct, built: &StructureValue) -> Option<Json> {
        let arguments: &[MemberValue] = match &built.start {
            Constructor::New(arguments) => arguments,
            Constructor::Empty => return None,
        };
        let member = |given: &MemberValue| {
            let field = shape.fields.iter().find(|field| field.name == given.field)?;
            Some((field.member.clone(), self.value(&given.ty, &given.value)?))
        };
        let members = arguments.iter().chain(&built.members).map(member);
        members.collect::<Option<Map<_, _>>>().map(Json::Object)
    }

    fn value(&self, ty: &Type, value: &Value) -> Option<Json> {
        match (ty, value) {
            (Type::Boxed(inner), value) => self.value(inner, value),
            (Type::Timestamp(format), Value::Plain(Literal::Timestamp { seconds, nanos: 0 })) => {
                (*format == TimestampFormat::EpochSeconds).then(|| (*seconds).into())
            }
            (_, Value::Plain(literal)) => plain(literal),
            (_, Value::Enum(name, variant)) => {
                let shape = self.service.types.enums.iter().find(|shape| shape.name == *name)?;
                let variant = variant.as_ref().ok()?;
                let found = shape.variants.iter().find(|known| known.name == *variant)?;
                Some(found.wire.clone().into())
            }
            (_, Value::IntEnum(name, variant)) => {
                let shape =
                    self.service.types.int_enums.iter().find(|shape| shape.name == *name)?;
                let variant = variant.as_ref().ok()?;
                let found = shape.variants.iter().find(|known| known.name == *variant)?;
                Some(found.wire.into())
            }
            (Type::List { element, .. }, Value::List(elements)) => {
                elements.iter().map(|value| self.element(element, value.as_ref())).collect()
            }
            (Type::Map { key, value: ty, .. }, Value::Map(entries)) => {
                let entry = |(name, value): &(Value, Option<Value>)| {
                    let name = self.value(key, name)?.as_str()?.to_owned();
                    Some((name, self.element(ty, value.as_ref())?))
                };
                entries.iter().map(entry).collect::<Option<Map<_, _>>>().map(Json::Object)
            }
            (_, Value::Struct(built)) => {
                let shape =
                    self.service.types.structs.iter().find(|shape| shape.name == built.name)?;
                self.structure(shape, built)
            }
            (_, Value::Union(name, chosen)) => {
                let shape = self.service.types.unions.iter().find(|shape| shape.name == *name)?;
                let UnionValue::Variant { name, content } = chosen.as_ref() else { return None };
                let variant = shape.variants.iter().find(|variant| variant.name == *name)?;
                let content = match content {
                    Some(content) => self.value(&content.ty, &content.value)?,
                    None => Json::Object(Map::new()),
                };
                Some(Json::Object(Map::from_iter([(variant.member.clone(), content)])))
            }
            (_, Value::List(_) | Value::Map(_)) => None,
        }
    }

    fn element(&self, ty: &Type, value: Option<&Value>) -> Option<Json> {
        value.map_or(Some(Json::Null), |value| self.value(ty, value))
    }
}

fn plain(literal: &Literal) -> Option<Json> {
    Some(match literal {
        Literal::Bool(flag) => (*flag).into(),
        Literal::Integer(number) => (*number).into(),
        Literal::Float(number) => (*number).into(),
        Literal::Text(text) => text.as_str().into(),
        Literal::Blob(bytes) => STANDARD.encode(bytes).into(),
        Literal::Document(document) => self::document(document)?,
        Literal::Timestamp { .. } | Literal::Empty => return None,
    })
}

fn document(document: &Document) -> Option<Json> {
    Some(match document {
        Document::Null => Json::Null,
        Document::Bool(flag) => (*flag).into(),
        Document::Integer(number) => i64::try_from(*number).ok()?.into(),
        Document::Float(number) => (*number).into(),
        Document::Text(text) => text.as_str().into(),
        Document::List(elements) => elements.iter().map(self::document).collect::<Option<_>>()?,
        Document::Map(entries) => {
            let entry = |(name, value): &(String, _)| Some((name.clone(), self::document(value)?));
            Json::Object(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}
