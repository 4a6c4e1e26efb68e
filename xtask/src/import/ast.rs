//! Writes a model as the text of a Smithy 2.0 JSON AST.

use std::collections::BTreeMap;

use longshore_codegen::{
    error::{Error, Problem},
    smithy::{Kind, Member, Members, Model, Shape, ShapeId, Traits},
};
use serde::{Serialize, Serializer, ser::SerializeMap};

/// The model as indented JSON that ends with a newline.
pub(super) fn text(model: &Model) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(&Ast(model))
        .map_err(|error| Problem::new(format!("the model cannot be written as JSON: {error}.")))?;
    text.push('\n');
    Ok(text)
}

struct Ast<'m>(&'m Model);

impl Serialize for Ast<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("smithy", "2.0")?;
        map.serialize_entry("metadata", &self.0.metadata)?;
        map.serialize_entry("shapes", &Shapes(self.0))?;
        map.end()
    }
}

struct Shapes<'m>(&'m Model);

impl Serialize for Shapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shapes = &self.0.shapes;
        serializer.collect_map(shapes.iter().map(|(id, shape)| (id.as_str(), ShapeAst(shape))))
    }
}

struct ShapeAst<'m>(&'m Shape);

impl Serialize for ShapeAst<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", type_name(&self.0.kind))?;
        match &self.0.kind {
            Kind::Simple(_) => {}
            Kind::Enum(members)
            | Kind::IntEnum(members)
            | Kind::Structure(members)
            | Kind::Union(members) => map.serialize_entry("members", &MembersAst(members))?,
            Kind::List(member) => map.serialize_entry("member", &MemberAst(member))?,
            Kind::Map { key, value } => {
                map.serialize_entry("key", &MemberAst(key))?;
                map.serialize_entry("value", &MemberAst(value))?;
            }
            Kind::Service(service) => {
                map.serialize_entry("version", &service.version)?;
                put_ids(&mut map, "operations", &service.operations)?;
                put_ids(&mut map, "resources", &service.resources)?;
                put_ids(&mut map, "errors", &service.errors)?;
                let rename = service.rename.iter().map(|(id, name)| (id.as_str(), name));
                let rename: BTreeMap<_, _> = rename.collect();
                if !rename.is_empty() {
                    map.serialize_entry("rename", &rename)?;
                }
            }
            Kind::Resource(resource) => {
                put_ids(&mut map, "operations", &resource.operations)?;
                put_ids(&mut map, "resources", &resource.resources)?;
            }
            Kind::Operation(operation) => {
                map.serialize_entry("input", &Reference::or_unit(operation.input.as_ref()))?;
                map.serialize_entry("output", &Reference::or_unit(operation.output.as_ref()))?;
                put_ids(&mut map, "errors", &operation.errors)?;
            }
        }
        put_traits(&mut map, &self.0.traits)?;
        map.end()
    }
}

struct MembersAst<'m>(&'m Members);

impl Serialize for MembersAst<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, member)| (name, MemberAst(member))))
    }
}

struct MemberAst<'m>(&'m Member);

impl Serialize for MemberAst<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("target", self.0.target.as_str())?;
        put_traits(&mut map, &self.0.traits)?;
        map.end()
    }
}

#[derive(Serialize)]
struct Reference<'m> {
    target: &'m str,
}

impl<'m> Reference<'m> {
    fn or_unit(id: Option<&'m ShapeId>) -> Self {
        Self { target: id.map_or("smithy.api#Unit", ShapeId::as_str) }
    }
}

fn put_ids<M: SerializeMap>(map: &mut M, key: &str, ids: &[ShapeId]) -> Result<(), M::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = ids.iter().map(|id| Reference { target: id.as_str() }).collect();
    map.serialize_entry(key, &ids)
}

fn put_traits<M: SerializeMap>(map: &mut M, traits: &Traits) -> Result<(), M::Error> {
    if traits.0.is_empty() { Ok(()) } else { map.serialize_entry("traits", &traits.0) }
}

/// The name of a kind of shape in the JSON AST.
fn type_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Enum(_) => "enum",
        Kind::IntEnum(_) => "intEnum",
        Kind::List(_) => "list",
        Kind::Map { .. } => "map",
        Kind::Structure(_) => "structure",
        Kind::Union(_) => "union",
        Kind::Service(_) => "service",
        Kind::Resource(_) => "resource",
        Kind::Operation(_) => "operation",
        Kind::Simple(simple) => simple.ast_name(),
    }
}
