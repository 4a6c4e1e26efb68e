//! Replays the cases of a conformance file: requests go into a transport that keeps them, answers
//! come out of it.
//!
//! What is called here is written by `longshore_codegen::conformance`: a function per case, with
//! the request or the expected answer as a value of the generated types. Nothing here knows a model
//! or the form of a case file.

mod answer;
mod capture;
mod differences;
mod expected;
mod report;
mod request;

use std::{
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use longshore_runtime::{Operation, Unmodelled};
use serde::Serialize;

pub use expected::{Failure, Request, Response};
pub use report::{Outcome, Report, Way};
/// For expected values that can only be read.
pub use serde_json;

/// The replay of a file's cases, one after the other.
#[derive(Debug, Default)]
pub struct Suite {
    report: Report,
}

impl Suite {
    /// Replays what `cases` asks for.
    pub fn replay(file: &str, cases: impl FnOnce(&mut Self)) -> Report {
        let mut suite = Self { report: Report::of(file) };
        cases(&mut suite);
        suite.report
    }

    /// A case whose request is sent and looked at.
    pub fn sends<O: Operation>(
        &mut self,
        id: &str,
        request: impl FnOnce() -> O,
        expected: &Request,
    ) {
        self.case(Way::Input, id, O::NAME, || request::check(&request(), expected));
    }

    /// A case whose answer is a success.
    pub fn answers<O>(
        &mut self,
        id: &str,
        response: &Response,
        expected: impl FnOnce() -> O::Output,
    ) where
        O: Operation,
        O::Output: PartialEq + Serialize,
    {
        self.case(Way::Output, id, O::NAME, || answer::check_success::<O>(response, &expected()));
    }

    /// A case whose response is a success that is serialized as it came.
    pub fn returns<O>(&mut self, id: &str, response: &Response)
    where
        O: Operation,
        O::Output: Serialize,
    {
        self.case(Way::Output, id, O::NAME, || answer::check_return::<O>(response));
    }

    /// A case whose answer is an exception that the operation lists: the one that `exception` finds
    /// in the operation's error.
    pub fn fails<O, E>(
        &mut self,
        id: &str,
        response: &Response,
        failure: &Failure,
        expected: impl FnOnce() -> E,
        exception: impl FnOnce(&O::Error) -> Option<&E>,
    ) where
        O: Operation,
        E: PartialEq + Serialize,
    {
        self.case(Way::Output, id, O::NAME, || {
            answer::check_exception::<O, E>(response, failure, &expected(), exception)
        });
    }

    /// A case whose answer is an error that the operation does not list, with these members as JSON.
    pub fn fails_unmodelled<O: Operation>(
        &mut self,
        id: &str,
        response: &Response,
        failure: &Failure,
        members: &str,
        unmodelled: impl FnOnce(&O::Error) -> Option<&Unmodelled>,
    ) {
        self.case(Way::Output, id, O::NAME, || {
            answer::check_unmodelled::<O>(response, failure, members, unmodelled)
        });
    }

    /// A case that cannot be replayed.
    pub fn cannot(&mut self, way: Way, id: &str, operation: &str, reason: &str) {
        self.case(way, id, operation, || vec![reason.to_owned()]);
    }

    /// A case that panics has failed, and the others are replayed all the same.
    fn case(&mut self, way: Way, id: &str, operation: &str, check: impl FnOnce() -> Vec<String>) {
        let failures = catch_unwind(AssertUnwindSafe(check))
            .unwrap_or_else(|_| vec!["it panicked; what it said is above".to_owned()]);
        let (id, operation) = (id.to_owned(), operation.to_owned());
        self.report.outcomes.push(Outcome { way, id, operation, failures });
    }
}

/// What the program of a case file does: replays, prints the report, and fails where a case did.
pub fn main(file: &str, cases: impl FnOnce(&mut Suite)) -> ExitCode {
    let report = Suite::replay(file, cases);
    // Nobody has to read to the end.
    let _ = writeln!(io::stdout(), "{report}");
    if report.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
