//! The traits that all public types implement: `Send`, `Sync` and `Debug`, and `Error` for errors.
//!
//! A test of xtask fails if the name of a public type is missing here.

use std::fmt::Debug;

use longshore_codegen::{
    Error, Generated, Generator, Problem, Summary,
    api::{Api, ApiMember, ApiOperation, ApiType, Direction, Method, TypeKind},
    conformance::Suite,
    coverage::{Coverage, Part},
    error::Problems,
    output::{Difference, Written},
    read::probe::{Contents, ProbedService, Shapes, Syntax},
    smithy::{
        Kind, Member, Members, Model, NoPages, NoWaiter, Note, OperationShape, ParseShapeIdError,
        Position, Protocol, ResourceShape, ServiceShape, Shape, ShapeId, Simple, Traits, Unusable,
    },
};

fn check<T: Debug + Clone + Send + Sync + Unpin + 'static>() {}

#[test]
fn all_types_can_be_shared_between_threads_and_printed() {
    check::<(Generator, Generated, Summary, Suite, Written, Difference)>();
    check::<(Api, ApiMember, ApiOperation, ApiType, Direction, Method, TypeKind)>();
    check::<(Coverage, Part, Contents, ProbedService, Shapes, Syntax)>();
    check::<(Model, Shape, ShapeId, Kind, Simple, Member, Members, Traits, Position, Protocol)>();
    check::<(OperationShape, ResourceShape, ServiceShape)>();
    check::<(Problem, Problems)>();
    check::<(Note, NoPages, NoWaiter, Unusable)>();
}

#[test]
fn errors_can_be_sent_to_other_threads() {
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<Error>();
    error::<ParseShapeIdError>();
    error::<Problem>();
}
