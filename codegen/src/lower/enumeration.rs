//! Lowers enums: every value keeps its wire form, whatever its variant has to be called.

use std::collections::BTreeSet;

use super::{Context, text};
use crate::{
    ir,
    names::{self, Ident, Scope},
    smithy::{Members, Shape, ShapeId},
};

/// Lowers an enum of strings.
pub(super) fn lower(
    context: &mut Context<'_>,
    id: &ShapeId,
    shape: &Shape,
    members: &Members,
    name: Ident,
) -> ir::Enum {
    let mut scope = Scope::camel();
    let mut values = BTreeSet::new();
    let mut variants = Vec::new();
    for (member, facts) in members {
        let wire = facts.traits.text("smithy.api#enumValue").unwrap_or(member);
        if !values.insert(wire) {
            let what = format!("the value {wire:?} is there twice; take one of them away");
            context.refuse(shape, format!("{id}${member}"), what);
        }
        let name = scope.claim(names::variant(member));
        let docs = text::variant_docs(wire, &name, facts);
        variants.push(ir::Variant { name, wire: wire.to_owned(), docs });
    }
    let wire = context.shape_name(id).to_owned();
    ir::Enum {
        module: context.module(id, &name),
        docs: text::named_docs(shape, &wire, &name),
        name,
        wire,
        variants,
        unrecognized: names::unrecognized(),
        sensitive: shape.traits.has("smithy.api#sensitive"),
    }
}
