//! Keeps the order of shapes and members that `models/` already has. Generated names depend on it:
//! if two names collide, the first one gets no suffix.

use serde_json::Value;

use crate::smithy::{Kind, Member, Members, Model, ShapeId};

/// Orders shapes, members, enum values and errors as in `old`. New shapes follow, sorted by id;
/// other new items follow in upstream's order.
pub fn keep(model: &mut Model, old: Option<&Model>) {
    let place =
        |id: &ShapeId| old.and_then(|old| old.shapes.get_index_of(id)).unwrap_or(usize::MAX);
    model.shapes.sort_by(|a, _, b, _| place(a).cmp(&place(b)).then_with(|| a.cmp(b)));
    for (id, shape) in &mut model.shapes {
        if let Kind::Service(service) = &mut shape.kind {
            service.operations.sort();
            service.resources.sort();
        }
        let old = old.and_then(|old| old.shapes.get(id));
        match (&mut shape.kind, old.map(|old| &old.kind)) {
            (Kind::Structure(new), Some(Kind::Structure(old)))
            | (Kind::Union(new), Some(Kind::Union(old))) => keep_members(new, old),
            (Kind::Enum(new), Some(Kind::Enum(old)))
            | (Kind::IntEnum(new), Some(Kind::IntEnum(old))) => keep_values(new, old),
            (Kind::Operation(new), Some(Kind::Operation(old))) => {
                keep_errors(&mut new.errors, &old.errors);
            }
            _ => {}
        }
    }
}

fn keep_members(new: &mut Members, old: &Members) {
    let mut upstream = std::mem::take(new);
    for name in old.keys() {
        if let Some(member) = upstream.shift_remove(name) {
            new.insert(name.clone(), member);
        }
    }
    new.extend(upstream);
}

/// Enum values are equal if they are equal on the wire. They also keep their member names, because
/// C2J has none and the names in Smithy models were chosen independently.
fn keep_values(new: &mut Members, old: &Members) {
    let mut upstream = std::mem::take(new);
    for (name, member) in old {
        let same = upstream.iter().position(|(_, candidate)| value(candidate) == value(member));
        if let Some((_, member)) = same.and_then(|index| upstream.shift_remove_index(index)) {
            new.insert(name.clone(), member);
        }
    }
    for (mut name, member) in upstream {
        while new.contains_key(&name) {
            name.push_str("_2");
        }
        new.insert(name, member);
    }
}

fn value(member: &Member) -> Option<&Value> {
    member.traits.get("smithy.api#enumValue")
}

fn keep_errors(new: &mut [ShapeId], old: &[ShapeId]) {
    let place = |id: &ShapeId| old.iter().position(|old| old == id).unwrap_or(old.len());
    new.sort_by_key(place);
}
