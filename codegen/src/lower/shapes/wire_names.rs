//! Ensures that the wire names of the members of a structure or union are distinct.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    ir::{Field, UnionVariant},
    lower::context::Context,
    smithy::{Shape, ShapeId},
};

/// Rejects members of the body that have the same wire name, and changes the wire names of members
/// outside the body if another member has the same one. Their wire names are not sent.
pub(super) fn make_distinct(
    context: &mut Context<'_>,
    at: (&ShapeId, &Shape),
    fields: &mut [Field],
) {
    let body = fields.iter().filter(|field| field.location.is_none());
    let body = body.map(|field| (field.member.as_str(), field.wire.as_str()));
    refuse_duplicates(context, at, body.clone());
    let mut taken: BTreeSet<_> = body.map(|(_, wire)| wire.to_owned()).collect();
    for field in fields.iter_mut().filter(|field| field.location.is_some()) {
        while !taken.insert(field.wire.clone()) {
            field.wire.insert(0, ':');
        }
    }
}

/// Rejects members of a union that have the same wire name.
pub(super) fn check_variants(
    context: &mut Context<'_>,
    at: (&ShapeId, &Shape),
    variants: &[UnionVariant],
) {
    let names = variants.iter().map(|variant| (variant.member.as_str(), variant.wire.as_str()));
    refuse_duplicates(context, at, names);
}

fn refuse_duplicates<'n>(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
    names: impl Iterator<Item = (&'n str, &'n str)>,
) {
    let mut taken = BTreeMap::new();
    for (member, wire) in names {
        if let Some(other) = taken.insert(wire, member) {
            let what =
                format!("it has the wire name `{wire}`, like `{other}`; correct one of them");
            context.refuse(shape, format!("{id}${member}"), what);
        }
    }
}
