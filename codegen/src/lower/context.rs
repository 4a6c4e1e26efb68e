//! Holds what all steps of the lowering share: the model, facts about its shapes, and the problems
//! found.
//!
//! It does not run any step.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    closure::Closure,
    naming::TypeNames,
    options::{Lowered, Options},
    problem::problem,
    protocol::Rules,
};
use crate::{
    coverage::Coverage,
    error::{Error, Problem},
    ir,
    names::Ident,
    smithy::{Kind, Member, Model, ServiceShape, Shape, ShapeId},
};

/// The maximum number of members and error variants of a client, ten times that of the largest
/// published service. A structure that operations share is generated once per operation, so a small
/// model could otherwise exhaust memory.
const MAX_GENERATED: usize = 100_000;

/// The trait of secret shapes and members.
const SENSITIVE: &str = "smithy.api#sensitive";

/// What every step of the lowering needs, and the problems found so far.
pub(super) struct Context<'m> {
    pub(super) model: &'m Model,
    pub(super) closure: Closure,
    /// Shape names that the service overrides.
    pub(super) rename: &'m BTreeMap<ShapeId, String>,
    /// Errors that every operation may return.
    pub(super) service_errors: &'m [ShapeId],
    /// Members that must be boxed.
    pub(super) boxed: BTreeSet<(ShapeId, String)>,
    /// Structures and unions that are sent and have something to check, at any depth.
    pub(super) ruled: BTreeSet<ShapeId>,
    /// The Rust name and the file of every structure, union, enum and exception.
    pub(super) names: TypeNames,
    /// The first sentences about the exceptions, which many operations may list.
    pub(super) summaries: BTreeMap<&'m ShapeId, String>,
    /// The rules of the protocol of the service.
    pub(super) protocol: &'static Rules,
    /// Whether an unknown trait is a warning instead of an error.
    pub(super) lenient: bool,
    /// Whether something that is skipped is an error instead of a warning.
    strict: bool,
    /// The number of members and error variants that may still be generated.
    remaining: usize,
    /// Whether the problem that there are too many has been recorded.
    over_limit: bool,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

/// Facts about the shapes of a model that require a walk over all of them.
pub(super) struct ShapeFacts {
    pub(super) closure: Closure,
    pub(super) boxed: BTreeSet<(ShapeId, String)>,
    pub(super) ruled: BTreeSet<ShapeId>,
    pub(super) names: TypeNames,
}

impl<'m> Context<'m> {
    pub(super) fn new(
        model: &'m Model,
        (service, protocol): (&'m ServiceShape, &'static Rules),
        facts: ShapeFacts,
        options: &Options,
        warnings: Vec<Problem>,
    ) -> Self {
        let Options { lenient, strict, .. } = *options;
        let ShapeFacts { closure, boxed, ruled, names } = facts;
        let (rename, service_errors) = (&service.rename, service.errors.as_slice());
        let problems = Vec::new();
        Self {
            model,
            closure,
            rename,
            service_errors,
            boxed,
            ruled,
            names,
            summaries: BTreeMap::new(),
            protocol,
            lenient,
            strict,
            remaining: MAX_GENERATED,
            over_limit: false,
            problems,
            warnings,
        }
    }

    /// The lowered service, or every problem that was found.
    pub(super) fn finish(
        self,
        service: ir::Service,
        coverage: Coverage,
        streaming: BTreeSet<String>,
    ) -> Result<Lowered, Error> {
        if self.problems.is_empty() {
            return Ok(Lowered { service, warnings: self.warnings, coverage, streaming });
        }
        Err(Error::from(self.problems))
    }

    /// The file of a type; `name` is its name.
    pub(super) fn module(&self, id: &ShapeId, name: &Ident) -> Ident {
        self.names.module(id, name)
    }

    /// The name a shape has in this service.
    pub(super) fn shape_name<'a>(&'a self, id: &'a ShapeId) -> &'a str {
        self.rename.get(id).map_or(id.name(), String::as_str)
    }

    /// Returns true if nothing has been rejected so far, so that no member is missing.
    pub(super) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Returns true if this many more members or error variants may be generated. Records a problem
    /// the first time that the limit is exceeded.
    pub(super) fn may_generate(
        &mut self,
        shape: &Shape,
        location: impl ToString,
        count: usize,
    ) -> bool {
        if !self.over_limit
            && let Some(remaining) = self.remaining.checked_sub(count)
        {
            self.remaining = remaining;
            return true;
        }
        if !std::mem::replace(&mut self.over_limit, true) {
            let what = format!(
                "with this shape, the client has more than {MAX_GENERATED} members and error \
                    variants, because many operations share large structures or errors; select \
                    operations with --operations"
            );
            self.refuse(shape, location, what);
        }
        false
    }

    /// Records that a shape cannot be generated, and why.
    pub(super) fn refuse(
        &mut self,
        shape: &Shape,
        location: impl ToString,
        what: impl Into<String>,
    ) {
        let location = location.to_string();
        self.problems.push(problem(shape, &location, what));
    }

    /// Records a warning.
    pub(super) fn warn(&mut self, shape: &Shape, location: impl ToString, what: impl Into<String>) {
        let location = location.to_string();
        self.warnings.push(problem(shape, &location, what));
    }

    /// Records that something that affects no request is skipped: a warning, or an error if the
    /// options are strict.
    pub(super) fn pass_over(
        &mut self,
        shape: &Shape,
        location: impl ToString,
        what: impl Into<String>,
    ) {
        match self.strict {
            true => self.refuse(shape, location, what),
            false => self.warn(shape, location, what),
        }
    }

    /// Returns true if a member, its target, or the content of a list or map is sensitive.
    pub(super) fn is_sensitive(&self, member: &Member) -> bool {
        let mut seen = BTreeSet::new();
        let mut pending = vec![member];
        while let Some(member) = pending.pop() {
            let Some(shape) = self.model.shape(&member.target) else { continue };
            if [&member.traits, &shape.traits].iter().any(|t| t.has(SENSITIVE)) {
                return true;
            }
            match &shape.kind {
                _ if !seen.insert(&member.target) => {}
                Kind::List(element) => pending.push(element),
                Kind::Map { key, value } => pending.extend([key, value]),
                _ => {}
            }
        }
        false
    }

    /// Returns true if a shape or anything that it contains is sensitive, at any depth.
    pub(super) fn contains_sensitive(&self, root: &ShapeId) -> bool {
        let mut seen = BTreeSet::new();
        let mut pending = vec![root];
        while let Some(id) = pending.pop() {
            let Some(shape) = self.model.shape(id).filter(|_| seen.insert(id)) else { continue };
            let members = shape.kind.members();
            let mut traits = members.iter().map(|(_, member)| &member.traits);
            if shape.traits.has(SENSITIVE) || traits.any(|traits| traits.has(SENSITIVE)) {
                return true;
            }
            pending.extend(members.iter().map(|(_, member)| &member.target));
        }
        false
    }
}
