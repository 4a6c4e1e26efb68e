//! Checks that every target of a merged model exists and has the right kind.

use crate::{
    error::{Error, Problem, Problems},
    smithy::{Kind, Member, Members, Model, Shape, ShapeId},
};

/// Checks every target of every shape.
pub(super) fn check(model: &Model) -> Result<(), Error> {
    let mut check = TargetCheck { model, problems: Problems::new() };
    for (id, shape) in &model.shapes {
        check.shape(id, shape);
    }
    check.problems.finish(())
}

/// The kinds of shapes that may be targets.
#[derive(Clone, Copy)]
enum TargetKind {
    /// The target of a member: any data shape.
    Data,
    /// The key of a map.
    Key,
    /// Input or output.
    Structure,
    /// A structure that is an error.
    Error,
    Operation,
    Resource,
}

impl TargetKind {
    fn holds(self, shape: &Shape) -> bool {
        let found = &shape.kind;
        let is_data = !matches!(found, Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_));
        match self {
            TargetKind::Data => is_data,
            TargetKind::Key => found.is_text(),
            TargetKind::Structure => matches!(found, Kind::Structure(_)),
            TargetKind::Error => {
                matches!(found, Kind::Structure(_)) && shape.traits.has("smithy.api#error")
            }
            TargetKind::Operation => matches!(found, Kind::Operation(_)),
            TargetKind::Resource => matches!(found, Kind::Resource(_)),
        }
    }

    fn expects(self) -> &'static str {
        match self {
            TargetKind::Data => "a data shape",
            TargetKind::Key => "a string or enum",
            TargetKind::Structure => "a structure",
            TargetKind::Error => "a structure with the trait `smithy.api#error`",
            TargetKind::Operation => "an operation",
            TargetKind::Resource => "a resource",
        }
    }
}

struct TargetCheck<'m> {
    model: &'m Model,
    problems: Problems,
}

impl TargetCheck<'_> {
    fn shape(&mut self, id: &ShapeId, shape: &Shape) {
        match &shape.kind {
            Kind::Simple(_) | Kind::Enum(_) | Kind::IntEnum(_) => {}
            Kind::List(member) => self.member(id, shape, "member", member, TargetKind::Data),
            Kind::Map { key, value } => {
                self.member(id, shape, "key", key, TargetKind::Key);
                self.member(id, shape, "value", value, TargetKind::Data);
            }
            Kind::Structure(members) | Kind::Union(members) => self.members(id, shape, members),
            Kind::Service(service) => {
                self.all(id, shape, "its operation", &service.operations, TargetKind::Operation);
                self.all(id, shape, "its resource", &service.resources, TargetKind::Resource);
                self.all(id, shape, "its error", &service.errors, TargetKind::Error);
            }
            Kind::Resource(resource) => {
                self.all(id, shape, "its operation", &resource.operations, TargetKind::Operation);
                self.all(id, shape, "its resource", &resource.resources, TargetKind::Resource);
            }
            Kind::Operation(operation) => {
                self.all(id, shape, "its input", operation.input.as_slice(), TargetKind::Structure);
                self.all(
                    id,
                    shape,
                    "its output",
                    operation.output.as_slice(),
                    TargetKind::Structure,
                );
                self.all(id, shape, "its error", &operation.errors, TargetKind::Error);
            }
        }
    }

    fn members(&mut self, id: &ShapeId, shape: &Shape, members: &Members) {
        for (name, member) in members {
            self.member(id, shape, name, member, TargetKind::Data);
        }
    }

    fn member(
        &mut self,
        id: &ShapeId,
        shape: &Shape,
        name: &str,
        member: &Member,
        kind: TargetKind,
    ) {
        if let Some(what) = self.wrong("it", &member.target, kind) {
            self.problems.push(Problem::new(what).at(shape.position_of(name)).of_member(id, name));
        }
    }

    fn all(
        &mut self,
        id: &ShapeId,
        shape: &Shape,
        role: &str,
        targets: &[ShapeId],
        kind: TargetKind,
    ) {
        for target in targets {
            if let Some(what) = self.wrong(role, target, kind) {
                self.problems.push(Problem::new(what).at(&shape.position).of(id));
            }
        }
    }

    fn wrong(&self, role: &str, target: &ShapeId, kind: TargetKind) -> Option<String> {
        match self.model.shape(target) {
            Some(found) if kind.holds(found) => None,
            Some(_) => Some(format!(
                "{role} targets `{target}`, which is not {}. Correct the target.",
                kind.expects()
            )),
            None => Some(format!(
                "{role} targets `{target}`, which does not exist. Add that shape or correct \
                 the target."
            )),
        }
    }
}
