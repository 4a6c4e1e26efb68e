//! Skips operations that stream, because generated clients send and receive whole bodies.
//!
//! Shapes that only they use are neither generated nor checked.

use std::collections::BTreeSet;

use crate::{
    error::{Error, Problem},
    lower::{options::Options, problem::problem},
    smithy::{Kind, Model, OperationShape, Shape, ShapeId},
};

const STREAMING: &str = "smithy.api#streaming";

/// The operations of a service, by name.
type OperationList<'m> = Vec<(&'m ShapeId, &'m OperationShape)>;

/// The operations of a service, separated by whether they stream.
pub(in crate::lower) struct WithoutStreams<'m> {
    /// The operations that do not stream.
    pub(in crate::lower) operations: OperationList<'m>,
    /// The names of those that stream.
    pub(in crate::lower) streaming: BTreeSet<String>,
    /// A warning for each of those that stream.
    pub(in crate::lower) warnings: Vec<Problem>,
}

/// Removes the operations that stream.
///
/// # Errors
/// Fails if one of them was requested by name, if all operations are required, or if nothing
/// remains.
pub(in crate::lower) fn leave_out<'m>(
    model: &'m Model,
    (service, shape): (&ShapeId, &Shape),
    operations: OperationList<'m>,
    options: &Options,
) -> Result<WithoutStreams<'m>, Error> {
    let demand = match (&options.operations, options.strict) {
        (Some(_), _) => Some("remove it from --operations"),
        (None, true) => Some("list the others with --operations, or omit --strict"),
        (None, false) => None,
    };
    let mut problems = Vec::new();
    let (mut kept, mut streaming) = (Vec::new(), BTreeSet::new());
    for (id, operation) in operations {
        match (stream(model, operation), model.shape(id)) {
            (Some(stream), Some(shape)) => {
                problems.push(problem(shape, id.as_str(), stream.message(demand)));
                streaming.insert(id.name().to_owned());
            }
            _ => kept.push((id, operation)),
        }
    }
    if demand.is_some() && !problems.is_empty() {
        return Err(Error::from(problems));
    }
    if kept.is_empty() {
        let what = "all operations of the service stream, so there is nothing to generate";
        problems.push(problem(shape, service.as_str(), what));
        return Err(Error::from(problems));
    }
    Ok(WithoutStreams { operations: kept, streaming, warnings: problems })
}

/// A member that streams.
struct Stream<'m> {
    /// The side of the operation that uses it.
    side: &'static str,
    holder: &'m ShapeId,
    member: &'m str,
    target: &'m ShapeId,
    /// Whether it is a stream of events; otherwise it is a body of any length.
    events: bool,
}

impl Stream<'_> {
    /// Returns the message; `way_out` is the advice if the operation was required.
    fn message(&self, way_out: Option<&str>) -> String {
        let Self { side, holder, member, target, events } = self;
        let kind = if *events { "an event stream" } else { "a streaming body" };
        let fact = format!(
            "its {side} has {kind}, the member {holder}${member} of {target}, which generated \
                clients do not support"
        );
        match way_out {
            Some(way_out) => format!("the operation cannot be generated: {fact}; {way_out}"),
            None => format!("the operation is skipped: {fact}"),
        }
    }
}

/// Returns the first streaming member of the input, or else of the output.
fn stream<'m>(model: &'m Model, operation: &'m OperationShape) -> Option<Stream<'m>> {
    let sides = [("input", &operation.input), ("output", &operation.output)];
    sides.into_iter().find_map(|(side, root)| stream_below(model, side, root.as_ref()?))
}

fn stream_below<'m>(model: &'m Model, side: &'static str, root: &'m ShapeId) -> Option<Stream<'m>> {
    let mut seen = BTreeSet::from([root]);
    let mut pending = vec![root];
    while let Some(holder) = pending.pop() {
        let shape = model.shape(holder)?;
        if matches!(shape.kind, Kind::Enum(_) | Kind::IntEnum(_)) {
            continue;
        }
        for (name, member) in shape.kind.members() {
            let target = model.shape(&member.target)?;
            if member.traits.has(STREAMING) || target.traits.has(STREAMING) {
                let events = matches!(target.kind, Kind::Union(_));
                return Some(Stream { side, holder, member: name, target: &member.target, events });
            }
            if seen.insert(&member.target) {
                pending.push(&member.target);
            }
        }
    }
    None
}
