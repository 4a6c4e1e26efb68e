//! What an import changed, in a few lines a person reads before committing.

use std::collections::BTreeSet;

use longshore_codegen::smithy::{Kind, Member, Model, Shape, Traits};

use super::{count, write::type_name};

/// The differences of two models, one a line: `+` added, `-` removed, `~` changed.
pub(super) fn changes(old: Option<&Model>, new: &Model) -> String {
    let Some(old) = old else {
        return format!("new: {}", count(new));
    };
    let mut lines = Vec::new();
    for (id, shape) in &new.shapes {
        match old.shapes.get(id) {
            None => lines.push(format!("+ {} {id}", type_name(&shape.kind))),
            Some(old) => compare(id.as_str(), old, shape, &mut lines),
        }
    }
    let removed = old.shapes.iter().filter(|(id, _)| !new.shapes.contains_key(*id));
    lines.extend(removed.map(|(id, shape)| format!("- {} {id}", type_name(&shape.kind))));
    if lines.is_empty() {
        let same = old.metadata == new.metadata;
        let what = if same { "nothing changed" } else { "nothing changed but the source" };
        return format!("{what} ({})", count(new));
    }
    let of = |sign: char| lines.iter().filter(|line| line.starts_with(sign)).count();
    let head =
        format!("{} added, {} removed, {} changed ({})", of('+'), of('-'), of('~'), count(new));
    format!("{head}\n  {}", lines.join("\n  "))
}

fn compare(id: &str, old: &Shape, new: &Shape, lines: &mut Vec<String>) {
    if type_name(&old.kind) != type_name(&new.kind) {
        let (from, to) = (type_name(&old.kind), type_name(&new.kind));
        lines.push(format!("~ {id}: from {from} to {to}"));
        return;
    }
    let (before, after) = (old.kind.members(), new.kind.members());
    for (name, member) in &after {
        match before.iter().find(|(known, _)| known == name) {
            None => lines.push(format!("+ {id}${name}")),
            Some((_, old)) => compare_member(&format!("{id}${name}"), old, member, lines),
        }
    }
    let gone = before.iter().filter(|(name, _)| !after.iter().any(|(known, _)| known == name));
    lines.extend(gone.map(|(name, _)| format!("- {id}${name}")));
    if before.is_empty() && after.is_empty() && old.kind != new.kind {
        lines.push(format!("~ {id}: {}", bindings(&old.kind, &new.kind)));
    }
    compare_traits(id, &old.traits, &new.traits, lines);
}

fn compare_member(id: &str, old: &Member, new: &Member, lines: &mut Vec<String>) {
    if old.target != new.target {
        lines.push(format!("~ {id}: from {} to {}", old.target.name(), new.target.name()));
    }
    compare_traits(id, &old.traits, &new.traits, lines);
}

fn compare_traits(id: &str, old: &Traits, new: &Traits, lines: &mut Vec<String>) {
    let ids: BTreeSet<_> = old.0.keys().chain(new.0.keys()).collect();
    let changed: Vec<_> =
        ids.into_iter().filter(|id| old.get(id) != new.get(id)).map(String::as_str).collect();
    if !changed.is_empty() {
        lines.push(format!("~ {id}: {}", changed.join(", ")));
    }
}

/// What an operation, service or resource names that it did not, and the other way round.
fn bindings(old: &Kind, new: &Kind) -> String {
    let names = |kind: &Kind| -> BTreeSet<String> {
        let ids = match kind {
            Kind::Operation(operation) => {
                let sides = operation.input.iter().chain(&operation.output);
                sides.chain(&operation.errors).collect::<Vec<_>>()
            }
            Kind::Service(service) => service.operations.iter().chain(&service.errors).collect(),
            Kind::Resource(resource) => resource.operations.iter().collect(),
            _ => Vec::new(),
        };
        ids.into_iter().map(|id| id.name().to_owned()).collect()
    };
    let (old, new) = (names(old), names(new));
    let added = new.difference(&old).map(|name| format!("with {name}"));
    let gone = old.difference(&new).map(|name| format!("without {name}"));
    let all: Vec<_> = added.chain(gone).collect();
    if all.is_empty() { "version or order".to_owned() } else { all.join(", ") }
}
