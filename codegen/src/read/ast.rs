//! Reads one Smithy JSON AST file into shapes, without resolving anything.
//!
//! An unknown key is an error, so that nothing in a file is silently ignored.

use indexmap::IndexMap;
use serde_json::json;

use crate::{
    error::{Problem, Problems},
    json::{Keys, Node},
    smithy::{
        Apply, Fragment, Kind, Member, Members, OperationShape, ParseShapeIdError, ResourceShape,
        ServiceShape, Shape, ShapeId, Simple, SmithyVersion, Traits, is_identifier,
    },
};

const UNIT: &str = "smithy.api#Unit";

/// Reads a file that has the key `smithy`.
pub(super) fn read_ast(root: Node<'_>, problems: &mut Problems) -> Option<Fragment> {
    let mut fragment = Fragment::default();
    let mut keys = problems.keep(Keys::of(root))?;
    fragment.version = problems.keep(read_version(&mut keys))?;
    if let Some(metadata) = keys.take("metadata") {
        problems.keep(read_metadata(metadata, &mut fragment));
    }
    if let Some(shapes) = keys.take("shapes") {
        for (name, node) in problems.keep(shapes.fields())? {
            problems.keep(read_statement(&name, node, &mut fragment));
        }
    }
    problems.keep(keys.finish());
    Some(fragment)
}

fn read_version(keys: &mut Keys<'_>) -> Result<SmithyVersion, Problem> {
    let node = keys.need("smithy")?;
    let version = node.string()?;
    match version.as_str() {
        "1" | "1.0" => Ok(SmithyVersion::One),
        "2" | "2.0" => Ok(SmithyVersion::Two),
        _ => Err(node.problem(format!(
            "Smithy version `{version}` is not supported. Use a model of version 1.0 or 2.0."
        ))),
    }
}

fn read_metadata(node: Node<'_>, fragment: &mut Fragment) -> Result<(), Problem> {
    for (key, node) in node.fields()? {
        fragment.metadata.push((key.into_owned(), node.value()?, node.position()));
    }
    Ok(())
}

/// Reads a field of `shapes`: a shape, or an `apply` statement.
fn read_statement(name: &str, node: Node<'_>, fragment: &mut Fragment) -> Result<(), Problem> {
    let (shape, member) = match name.split_once('$') {
        Some((shape, member)) => (shape, Some(member)),
        None => (name, None),
    };
    let id = parse_id(shape, node)?;
    read_named(&id, member, node, fragment).map_err(|problem| problem.of(&id))
}

fn read_named(
    id: &ShapeId,
    member: Option<&str>,
    node: Node<'_>,
    fragment: &mut Fragment,
) -> Result<(), Problem> {
    let keys = Keys::of(node)?;
    let is_apply = keys.peek("type").is_some_and(|kind| kind.raw_string() == Some("apply"));
    if is_apply {
        fragment.applies.push(read_apply(id, member, node, keys)?);
        return Ok(());
    }
    if let Some(member) = member {
        let what = "only an `apply` statement can have a member id as its key. Move the member \
            into its shape.";
        return Err(node.problem(what).of_member(id, member));
    }
    let (shape, mixins) = read_shape(id, node, keys)?;
    if !mixins.is_empty() {
        fragment.mixins.push((id.clone(), mixins));
    }
    fragment.shapes.push((id.clone(), shape));
    Ok(())
}

fn read_apply(
    id: &ShapeId,
    member: Option<&str>,
    node: Node<'_>,
    mut keys: Keys<'_>,
) -> Result<Apply, Problem> {
    keys.take("type");
    let traits = read_traits(&mut keys)?;
    keys.finish()?;
    let member = member.map(str::to_owned);
    Ok(Apply { shape: id.clone(), member, traits, position: node.position() })
}

fn read_shape(
    id: &ShapeId,
    node: Node<'_>,
    mut keys: Keys<'_>,
) -> Result<(Shape, Vec<ShapeId>), Problem> {
    let kind_node = keys.need("type")?;
    let kind_name = kind_node.string()?;
    let mut traits = read_traits(&mut keys)?;
    let mixins = read_ids(keys.take("mixins"))?;
    let kind = match kind_name.as_str() {
        "list" => Kind::List(read_element("member", &mut keys, &mixins)?),
        "set" => {
            // A set is an ordered list of unique elements on the wire.
            traits.0.insert("smithy.api#uniqueItems".to_owned(), json!({}));
            Kind::List(read_element("member", &mut keys, &mixins)?)
        }
        "map" => Kind::Map {
            key: read_element("key", &mut keys, &mixins)?,
            value: read_element("value", &mut keys, &mixins)?,
        },
        "structure" => Kind::Structure(read_members(id, &mut keys)?),
        "union" => Kind::Union(read_members(id, &mut keys)?),
        "enum" => Kind::Enum(read_members(id, &mut keys)?),
        "intEnum" => Kind::IntEnum(read_members(id, &mut keys)?),
        "service" => Kind::Service(read_service(&mut keys)?),
        "resource" => Kind::Resource(read_resource(&mut keys)?),
        "operation" => Kind::Operation(read_operation(&mut keys)?),
        other => Kind::Simple(Simple::from_ast_name(other).ok_or_else(|| {
            kind_node.problem(format!(
                "unknown shape type `{other}`. Use a shape type of Smithy \
                2.0."
            ))
        })?),
    };
    keys.finish()?;
    Ok((Shape { kind, traits, position: node.position() }, mixins))
}

fn read_members(id: &ShapeId, keys: &mut Keys<'_>) -> Result<Members, Problem> {
    let mut members = IndexMap::new();
    let Some(node) = keys.take("members") else {
        return Ok(members);
    };
    for (name, node) in node.fields()? {
        if !is_identifier(&name) {
            let what = format!("`{name}` is not a valid member name. Use letters, digits and `_`.");
            return Err(node.problem(what));
        }
        let member = read_member(node).map_err(|problem| problem.of_member(id, &name))?;
        members.insert(name.into_owned(), member);
    }
    Ok(members)
}

/// Reads the member of a list or map. If the shape has mixins, they may provide it; until then it
/// targets `smithy.api#Unit`.
fn read_element(name: &str, keys: &mut Keys<'_>, mixins: &[ShapeId]) -> Result<Member, Problem> {
    match keys.take(name) {
        Some(node) => read_member(node),
        None if mixins.is_empty() => read_member(keys.need(name)?),
        None => Ok(Member::unit(Traits::default())),
    }
}

fn read_member(node: Node<'_>) -> Result<Member, Problem> {
    let mut keys = Keys::of(node)?;
    let target = keys.need("target")?;
    let member = Member {
        target: parse_id(&target.string()?, target)?,
        traits: read_traits(&mut keys)?,
        position: Some(node.position()),
    };
    keys.finish()?;
    Ok(member)
}

fn read_traits(keys: &mut Keys<'_>) -> Result<Traits, Problem> {
    let mut traits = Traits::default();
    let Some(node) = keys.take("traits") else {
        return Ok(traits);
    };
    for (id, node) in node.fields()? {
        let id = parse_id(&id, node)?;
        traits.0.insert(id.as_str().to_owned(), node.value()?);
    }
    Ok(traits)
}

fn read_service(keys: &mut Keys<'_>) -> Result<ServiceShape, Problem> {
    let version = keys.take("version").map(Node::string).transpose()?.unwrap_or_default();
    let mut service = ServiceShape {
        version,
        operations: read_ids(keys.take("operations"))?,
        resources: read_ids(keys.take("resources"))?,
        errors: read_ids(keys.take("errors"))?,
        ..ServiceShape::default()
    };
    if let Some(node) = keys.take("rename") {
        for (id, node) in node.fields()? {
            service.rename.insert(parse_id(&id, node)?, node.string()?);
        }
    }
    Ok(service)
}

fn read_resource(keys: &mut Keys<'_>) -> Result<ResourceShape, Problem> {
    let mut resource = ResourceShape::default();
    for life_cycle in ["create", "put", "read", "update", "delete", "list"] {
        if let Some(node) = keys.take(life_cycle) {
            resource.operations.push(read_reference(node)?);
        }
    }
    resource.operations.extend(read_ids(keys.take("operations"))?);
    resource.operations.extend(read_ids(keys.take("collectionOperations"))?);
    resource.resources = read_ids(keys.take("resources"))?;
    // Identifiers of resources do not affect the wire format of operations.
    keys.take("identifiers");
    keys.take("properties");
    Ok(resource)
}

fn read_operation(keys: &mut Keys<'_>) -> Result<OperationShape, Problem> {
    Ok(OperationShape {
        input: read_structure(keys.take("input"))?,
        output: read_structure(keys.take("output"))?,
        errors: read_ids(keys.take("errors"))?,
    })
}

fn read_structure(node: Option<Node<'_>>) -> Result<Option<ShapeId>, Problem> {
    let id = node.map(read_reference).transpose()?;
    Ok(id.filter(|id| id.as_str() != UNIT))
}

fn read_ids(node: Option<Node<'_>>) -> Result<Vec<ShapeId>, Problem> {
    let elements = node.map(Node::elements).transpose()?.unwrap_or_default();
    elements.into_iter().map(read_reference).collect()
}

/// `{"target": id}`
fn read_reference(node: Node<'_>) -> Result<ShapeId, Problem> {
    let mut keys = Keys::of(node)?;
    let target = keys.need("target")?;
    keys.finish()?;
    parse_id(&target.string()?, target)
}

fn parse_id(text: &str, node: Node<'_>) -> Result<ShapeId, Problem> {
    text.parse().map_err(|error: ParseShapeIdError| node.problem(error.to_string()))
}
