//! Lowers unions: each member becomes a variant.

use super::{constraints, element_names, member_type, wire_names};
use crate::{
    ir,
    lower::{context::Context, docs},
    names::{self, Ident, Scope},
    smithy::{Member, Members, Shape, ShapeId},
};

/// Lowers a union.
pub(in crate::lower) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    members: &Members,
    name: Ident,
) -> ir::Union {
    let mut variant_names = Scope::camel();
    // Variants without content have no constructor, but they still claim its name, so that
    // colliding variants and their constructors usually get the same numbers.
    let mut constructors = Scope::words();
    let mut variants = Vec::new();
    for (called, member) in members {
        let variant_name = variant_names.claim(names::union_variant(called));
        let constructor = constructors.claim(names::constructor(called));
        match variant(context, (id, shape), (called, member), (variant_name, constructor)) {
            Ok(variant) => variants.push(variant),
            Err(reason) => context.refuse(shape, format!("{id}${called}"), reason),
        }
    }
    wire_names::check_variants(context, (id, shape), &variants);
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

fn variant(
    context: &Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    (called, member): (&str, &Member),
    (name, constructor): (Ident, Ident),
) -> Result<ir::UnionVariant, String> {
    let ty = match member.target.is_unit() {
        true => None,
        false => Some(member_type::lower(context, id, called, member, None)?),
    };
    let secret = shape.traits.has("smithy.api#sensitive");
    Ok(ir::UnionVariant {
        sensitive: secret || context.is_sensitive(member),
        docs: docs::member_docs(member),
        constraints: constraints::lower(context.model, &context.ruled, member),
        name,
        constructor,
        member: called.to_owned(),
        wire: context.protocol.wire_name(called, member).to_owned(),
        elements: element_names::lower(context, member),
        ty,
    })
}
