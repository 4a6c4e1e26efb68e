//! Whether everything a merged model names is there, and of a kind that may stand there.

use crate::{
    error::{Error, Problem, Problems},
    smithy::{Kind, Member, Members, Model, Shape, ShapeId, Simple},
};

/// Checks every target of every shape.
pub(super) fn check(model: &Model) -> Result<(), Error> {
    let mut check = Check { model, problems: Problems::new() };
    for (id, shape) in &model.shapes {
        check.shape(id, shape);
    }
    check.problems.finish(())
}

/// What may stand in a place.
#[derive(Clone, Copy)]
enum Place {
    /// A member: any data shape.
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

impl Place {
    fn holds(self, shape: &Shape) -> bool {
        let kind = &shape.kind;
        let is_data = !matches!(kind, Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_));
        match self {
            Place::Data => is_data,
            Place::Key => matches!(kind, Kind::Simple(Simple::String) | Kind::Enum(_)),
            Place::Structure => matches!(kind, Kind::Structure(_)),
            Place::Error => {
                matches!(kind, Kind::Structure(_)) && shape.traits.has("smithy.api#error")
            }
            Place::Operation => matches!(kind, Kind::Operation(_)),
            Place::Resource => matches!(kind, Kind::Resource(_)),
        }
    }

    fn expects(self) -> &'static str {
        match self {
            Place::Data => "a data shape",
            Place::Key => "a string or enum",
            Place::Structure => "a structure",
            Place::Error => "a structure with the trait `smithy.api#error`",
            Place::Operation => "an operation",
            Place::Resource => "a resource",
        }
    }
}

struct Check<'m> {
    model: &'m Model,
    problems: Problems,
}

impl Check<'_> {
    fn shape(&mut self, id: &ShapeId, shape: &Shape) {
        match &shape.kind {
            Kind::Simple(_) | Kind::Enum(_) | Kind::IntEnum(_) => {}
            Kind::List(member) => self.member(id, shape, "member", member, Place::Data),
            Kind::Map { key, value } => {
                self.member(id, shape, "key", key, Place::Key);
                self.member(id, shape, "value", value, Place::Data);
            }
            Kind::Structure(members) | Kind::Union(members) => self.members(id, shape, members),
            Kind::Service(service) => {
                self.all(id, shape, "its operation", &service.operations, Place::Operation);
                self.all(id, shape, "its resource", &service.resources, Place::Resource);
                self.all(id, shape, "its error", &service.errors, Place::Error);
            }
            Kind::Resource(resource) => {
                self.all(id, shape, "its operation", &resource.operations, Place::Operation);
                self.all(id, shape, "its resource", &resource.resources, Place::Resource);
            }
            Kind::Operation(operation) => {
                self.all(id, shape, "its input", operation.input.as_slice(), Place::Structure);
                self.all(id, shape, "its output", operation.output.as_slice(), Place::Structure);
                self.all(id, shape, "its error", &operation.errors, Place::Error);
            }
        }
    }

    fn members(&mut self, id: &ShapeId, shape: &Shape, members: &Members) {
        for (name, member) in members {
            self.member(id, shape, name, member, Place::Data);
        }
    }

    fn member(&mut self, id: &ShapeId, shape: &Shape, name: &str, member: &Member, place: Place) {
        if let Some(what) = self.wrong("it", &member.target, place) {
            self.problems.push(Problem::new(what).at(shape.position_of(name)).of_member(id, name));
        }
    }

    fn all(&mut self, id: &ShapeId, shape: &Shape, role: &str, targets: &[ShapeId], place: Place) {
        for target in targets {
            if let Some(what) = self.wrong(role, target, place) {
                self.problems.push(Problem::new(what).at(&shape.position).of(id));
            }
        }
    }

    fn wrong(&self, role: &str, target: &ShapeId, place: Place) -> Option<String> {
        match self.model.shape(target) {
            Some(found) if place.holds(found) => None,
            Some(_) => Some(format!(
                "{role} targets `{target}`, which is not {}. Correct the target.",
                place.expects()
            )),
            None => Some(format!(
                "{role} targets `{target}`, which does not exist. Add that shape or correct \
                 the target."
            )),
        }
    }
}
