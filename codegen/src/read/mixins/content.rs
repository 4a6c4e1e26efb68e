//! Merges the content of a shape and its mixins: members, and the lists of services, resources and
//! operations. The content of mixins comes first, and the shape itself takes precedence.

use crate::smithy::{Kind, Member, Members, ServiceShape, ShapeId};

/// Adds the content of a shape to that of its mixins. The caller has checked that both have the
/// same type.
pub(super) fn add(kind: &mut Kind, own: Kind) -> Result<(), String> {
    match (kind, own) {
        (Kind::Structure(members), Kind::Structure(own))
        | (Kind::Union(members), Kind::Union(own))
        | (Kind::Enum(members), Kind::Enum(own))
        | (Kind::IntEnum(members), Kind::IntEnum(own)) => add_members(members, own),
        (Kind::List(member), Kind::List(own)) => add_element("member", member, own),
        (Kind::Map { key, value }, Kind::Map { key: own_key, value: own_value }) => {
            add_element("key", key, own_key)?;
            add_element("value", value, own_value)
        }
        (Kind::Operation(operation), Kind::Operation(own)) => {
            add_ids(&mut operation.errors, own.errors);
            operation.input = own.input.or(operation.input.take());
            operation.output = own.output.or(operation.output.take());
            Ok(())
        }
        (Kind::Resource(resource), Kind::Resource(own)) => {
            add_ids(&mut resource.operations, own.operations);
            add_ids(&mut resource.resources, own.resources);
            Ok(())
        }
        (Kind::Service(service), Kind::Service(own)) => {
            add_service(service, own);
            Ok(())
        }
        (kind, own) => {
            *kind = own;
            Ok(())
        }
    }
}

fn add_members(members: &mut Members, own: Members) -> Result<(), String> {
    for (name, member) in own {
        match members.get_mut(&name) {
            None => {
                members.insert(name, member);
            }
            Some(present) => add_member(&name, present, member)?,
        }
    }
    Ok(())
}

/// Merges the member of a list or map, which targets `smithy.api#Unit` if the shape itself does not
/// state it.
fn add_element(name: &str, present: &mut Member, own: Member) -> Result<(), String> {
    let unit = ShapeId::prelude("Unit");
    match (present.target == unit, own.target == unit) {
        (true, _) => present.target = own.target.clone(),
        (false, true) => {
            present.traits.0.extend(own.traits.0);
            return Ok(());
        }
        (false, false) => {}
    }
    add_member(name, present, own)
}

/// Adds traits to an existing member.
fn add_member(name: &str, present: &mut Member, own: Member) -> Result<(), String> {
    if own.target != present.target {
        return Err(format!(
            "the member `{name}` comes from a mixin with the target `{}` and cannot have the \
                target `{}` here. Rename one of them.",
            present.target, own.target
        ));
    }
    present.traits.0.extend(own.traits.0);
    Ok(())
}

fn add_service(service: &mut ServiceShape, own: ServiceShape) {
    if !own.version.is_empty() {
        service.version = own.version;
    }
    add_ids(&mut service.operations, own.operations);
    add_ids(&mut service.resources, own.resources);
    add_ids(&mut service.errors, own.errors);
    service.rename.extend(own.rename);
}

fn add_ids(ids: &mut Vec<ShapeId>, own: Vec<ShapeId>) {
    for id in own {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
}
