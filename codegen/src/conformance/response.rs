//! Makes up the JSON of a response, with a value for every member of the output.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value as Json, json};

use crate::smithy::{Kind, Member, Members, Model, Shape, ShapeId, Simple};

/// The first made-up point in time; every other one is later.
const FIRST_SECOND: u64 = 1_767_225_600;

/// The response of an operation, `{}` if it has no output.
pub(super) fn json(model: &Model, operation: Option<&Shape>) -> Option<Json> {
    let Kind::Operation(operation) = &operation?.kind else { return None };
    match &operation.output {
        Some(output) => Maker { model, count: 0, path: Vec::new() }.value("", output),
        None => Some(json!({})),
    }
}

/// Makes up values that differ from each other and from the defaults of their types, so that a member
/// that is dropped, or takes the value of another one, is noticed.
struct Maker<'m> {
    model: &'m Model,
    /// The number of values made so far.
    count: u64,
    /// The structures and unions that enclose the next value, without repetition.
    path: Vec<&'m ShapeId>,
}

impl<'m> Maker<'m> {
    /// Makes a value for a member of this name; `None` for a recursive shape and for numbers of any
    /// size.
    fn value(&mut self, name: &str, id: &'m ShapeId) -> Option<Json> {
        self.count += 1;
        match &self.model.shape(id)?.kind {
            Kind::Simple(simple) => self.simple(name, *simple),
            Kind::Enum(members) | Kind::IntEnum(members) => self.one_of(members),
            Kind::List(element) => {
                let elements = (0..2).map_while(|_| self.value(name, &element.target));
                Some(elements.collect())
            }
            Kind::Map { key, value } => {
                let entry = self.value(name, &key.target).zip(self.value(name, &value.target));
                let entry = entry.and_then(|(key, value)| Some((key.as_str()?.to_owned(), value)));
                Some(Json::Object(entry.into_iter().collect()))
            }
            Kind::Structure(members) => self.inside(id, |maker| maker.members(members, usize::MAX)),
            Kind::Union(members) => self.inside(id, |maker| maker.members(members, 1)),
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) => None,
        }
    }

    fn inside(&mut self, id: &'m ShapeId, make: impl FnOnce(&mut Self) -> Json) -> Option<Json> {
        if self.path.contains(&id) {
            return None;
        }
        self.path.push(id);
        let value = make(self);
        self.path.pop();
        Some(value)
    }

    /// The first members that can have a value, up to the given number.
    fn members(&mut self, members: &'m Members, most: usize) -> Json {
        let value = |(name, member): (&'m String, &'m Member)| {
            Some((member.wire_name(name).to_owned(), self.value(name, &member.target)?))
        };
        Json::Object(members.iter().filter_map(value).take(most).collect::<Map<_, _>>())
    }

    /// A value of an enum; different members get different values.
    fn one_of(&self, members: &Members) -> Option<Json> {
        let index = usize::try_from(self.count).ok()? % members.len().max(1);
        let (name, member) = members.get_index(index)?;
        let value = member.traits.get("smithy.api#enumValue").cloned();
        Some(value.unwrap_or_else(|| name.as_str().into()))
    }

    fn simple(&self, name: &str, simple: Simple) -> Option<Json> {
        let count = self.count;
        let text = format!("{name} {count}");
        Some(match simple {
            Simple::String => text.into(),
            Simple::Blob => STANDARD.encode(text).into(),
            Simple::Boolean => true.into(),
            Simple::Byte => (1 + count % 100).into(),
            Simple::Short | Simple::Integer | Simple::Long => count.into(),
            // A 32-bit float can represent this fraction exactly.
            Simple::Float | Simple::Double => json!(f64::from(u32::try_from(count).ok()?) + 0.5),
            Simple::Timestamp => (FIRST_SECOND + count).into(),
            Simple::Document => json!({name: count}),
            Simple::BigInteger | Simple::BigDecimal => return None,
        })
    }
}
