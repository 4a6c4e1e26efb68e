//! Lowers every type that does not belong to a single operation.

use super::{
    enumeration,
    structure::{self, Role},
    union,
};
use crate::{
    ir,
    lower::{
        context::Context,
        naming::{Placement, placement},
        traits::check_traits,
    },
    smithy::{Kind, ShapeId},
};

/// Lowers every type that does not belong to a single operation.
pub(in crate::lower) fn lower_types(context: &mut Context<'_>) -> ir::TypeDefinitions {
    let mut types = ir::TypeDefinitions::default();
    let model = context.model;
    let ids: Vec<ShapeId> = context.closure.shapes().map(|(id, _)| id.clone()).collect();
    for id in ids {
        let Some(shape) = model.shape(&id) else { continue };
        check_traits(context, &id, shape);
        let Some(name) = context.names.get(&id).cloned() else { continue };
        match (placement(&context.closure, &id, shape), &shape.kind) {
            (Placement::Type, Kind::Structure(_)) => {
                let direction = context.closure.reach(&id).direction();
                let role = Role::Type(direction);
                types.structs.push(structure::lower(context, &id, shape, name, role));
            }
            (Placement::Type, Kind::Union(members)) => {
                types.unions.push(union::lower(context, &id, shape, members, name));
            }
            (Placement::Type, Kind::Enum(members)) => {
                types.enums.push(enumeration::lower(context, &id, shape, members, name));
            }
            (Placement::Type, Kind::IntEnum(members)) => {
                types.int_enums.push(enumeration::lower_int(context, &id, shape, members, name));
            }
            (Placement::Exception, _) => {
                types.exceptions.push(structure::lower_exception(context, &id, shape, name));
            }
            _ => {}
        }
    }
    types
}
