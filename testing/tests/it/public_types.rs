//! The traits that all public types implement: `Send`, `Sync` and `Debug`.
//!
//! A test of xtask fails if the name of a public type is missing here.

use std::fmt::Debug;

use longshore::ecr::operation::PutImageRequest;
use longshore_testing::{
    Call, Content, DecodeCallError, Expectation, Fault, Registry, RegistryBuilder, Server,
    ServerBuilder,
};

fn check<T: Debug + Send + Sync + 'static>() {}

#[test]
fn all_types_can_be_shared_between_threads_and_printed() {
    check::<(Server, ServerBuilder, Call, Content, Fault)>();
    check::<Expectation<'static, PutImageRequest>>();
    check::<(Registry, RegistryBuilder)>();
}

#[test]
fn errors_can_be_sent_to_other_threads() {
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<DecodeCallError>();
}
