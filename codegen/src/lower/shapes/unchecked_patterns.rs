//! Warns about patterns that clients cannot check.

use crate::{
    lower::{context::Context, pattern},
    smithy::{Shape, ShapeId, Traits},
};

/// The maximum number of patterns that the warning names.
const MAX_NAMED: usize = 5;

/// Adds one warning about all patterns of sent strings that the runtime does not support. One is
/// enough, because they do not affect requests.
pub(in crate::lower) fn warn_of_unchecked_patterns(
    context: &mut Context<'_>,
    (id, shape): (&ShapeId, &Shape),
) {
    let named = unchecked(context);
    if named.is_empty() {
        return;
    }
    let shown = named[..named.len().min(MAX_NAMED)].join(", ");
    let more = match named.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let count = match named.len() {
        1 => "a pattern, which is".to_owned(),
        several => format!("{several} patterns, which are"),
    };
    let what =
        format!("clients cannot check {count} malformed, too long or not supported: {shown}{more}");
    context.warn(shape, id, what);
}

/// Returns the shapes and members with such a pattern.
fn unchecked(context: &Context<'_>) -> Vec<String> {
    let model = context.model;
    let mut named = Vec::new();
    for (id, _) in context.closure.shapes().filter(|(_, reach)| reach.sent) {
        let Some(shape) = model.shape(id) else { continue };
        if shape.kind.is_text() {
            named.extend(is_unchecked(&shape.traits).then(|| id.name().to_owned()));
            continue;
        }
        for (name, member) in shape.kind.members() {
            let target = model.shape(&member.target);
            let is_text = target.is_some_and(|target| target.kind.is_text());
            if is_text && is_unchecked(&member.traits) {
                named.push(format!("{}${name}", id.name()));
            }
        }
    }
    named
}

fn is_unchecked(traits: &Traits) -> bool {
    traits.text("smithy.api#pattern").is_some_and(|text| !pattern::is_supported(text))
}
