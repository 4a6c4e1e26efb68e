//! Lowers unions: each member becomes a variant, with what is said and checked of its value.

use super::{constraints, member_type};
use crate::{
    ir,
    lower::{context::Context, docs},
    names::{self, Ident, Scope},
    smithy::{Members, Shape, ShapeId},
};

/// Lowers a union.
pub(in crate::lower) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    members: &Members,
    name: Ident,
) -> ir::Union {
    let mut scope = Scope::camel();
    let secret = shape.traits.has("smithy.api#sensitive");
    let mut variants = Vec::new();
    for (called, member) in members {
        let place = format!("{id}${called}");
        let name = scope.claim(names::union_variant(called));
        let ty = match member.target.is_unit() {
            true => Ok(None),
            false => member_type::lower(context, id, called, member).map(Some),
        };
        let ty = match ty {
            Ok(ty) => ty,
            Err(reason) => {
                context.refuse(shape, place, reason);
                continue;
            }
        };
        variants.push(ir::UnionVariant {
            sensitive: secret || context.is_sensitive(member),
            docs: docs::member_docs(member),
            constraints: constraints::lower(context.model, &context.ruled, member),
            name,
            member: called.clone(),
            wire: member.wire_name(called).to_owned(),
            ty,
        });
    }
    let wire = context.shape_name(id).to_owned();
    ir::Union {
        module: context.module(id, &name),
        docs: docs::named_docs(shape, &wire, &name),
        name,
        wire,
        direction: context.closure.reach(id).direction(),
        variants,
        unrecognized: names::unrecognized(),
    }
}
