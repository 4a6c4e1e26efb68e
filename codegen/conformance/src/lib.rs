//! Replays the cases of a conformance file over a transport that uses no network, or sends their
//! requests to a server.
//!
//! `longshore_codegen::conformance` writes the code that calls this crate: a function per case,
//! with the request or the expected response as a value of the generated types. This crate is
//! independent of models and of the format of case files.

mod body;
mod capture;
mod cbor;
mod differences;
mod expected;
mod explained;
mod form;
mod live;
mod report;
mod request;
mod result;
mod xml;

use std::{
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use longshore_runtime::{Operation, Unmodeled, Validation};
use serde::Serialize;

use live::LiveServer;

pub use body::body_differences;
pub use differences::differences;
pub use expected::{Failure, Request, Response};
pub use form::pairs as form_pairs;
pub use live::SendReport;
pub use report::{Outcome, Report, Way};
/// Used for expected values that generated code can only deserialize.
pub use serde_json;

/// The replay of a file's cases.
#[derive(Debug, Default)]
pub struct Suite {
    report: Report,
    live: Option<LiveServer>,
    /// What to check before a request is sent; `None` if requests are not validated.
    validation: Option<Validation>,
    /// Why the next case is disputed.
    disputed: Option<String>,
}

impl Suite {
    /// Runs `cases` and returns the report.
    pub fn replay(file: &str, cases: impl FnOnce(&mut Self)) -> Report {
        let mut suite = Self { report: Report::of(file), ..Self::default() };
        cases(&mut suite);
        suite.report
    }

    /// Runs `cases`, validates each request before it is sent, and returns the report.
    pub fn replay_validated(
        file: &str,
        validation: Validation,
        cases: impl FnOnce(&mut Self),
    ) -> Report {
        let validation = Some(validation);
        let mut suite = Self { report: Report::of(file), validation, ..Self::default() };
        cases(&mut suite);
        suite.report
    }

    /// Sends the requests of `cases` to a server, and returns the result of each.
    ///
    /// # Errors
    /// Returns an error if no client can be created.
    pub fn send(
        service: &str,
        endpoint: &str,
        cases: impl FnOnce(&mut Self),
    ) -> Result<SendReport, String> {
        let live = Some(LiveServer::at(endpoint, service)?);
        let mut suite = Self { report: Report::of(endpoint), live, ..Self::default() };
        cases(&mut suite);
        Ok(suite.live.map_or_else(SendReport::default, |live| live.report))
    }

    /// Marks the next case as disputed: its failure does not count. `why` states which
    /// specification or case it contradicts.
    pub fn disputed(&mut self, why: &str) {
        self.disputed = Some(why.to_owned());
    }

    /// Replays a case that checks a request.
    pub fn sends<O: Operation>(
        &mut self,
        id: &str,
        request: impl FnOnce() -> O,
        expected: &Request,
    ) {
        if let Some(live) = &mut self.live {
            return live.send(request);
        }
        let validation = self.validation;
        self.case(Way::Input, id, O::NAME, || request::check(&request(), expected, validation));
    }

    /// Replays a case with a successful response.
    pub fn succeeds<O>(
        &mut self,
        id: &str,
        response: &Response,
        expected: impl FnOnce() -> O::Output,
    ) where
        O: Operation,
        O::Output: PartialEq + Serialize,
    {
        self.case(Way::Output, id, O::NAME, || result::check_success::<O>(response, &expected()));
    }

    /// Replays a case with a successful response that must serialize to the JSON it was read from.
    pub fn returns<O>(&mut self, id: &str, response: &Response)
    where
        O: Operation,
        O::Output: Serialize,
    {
        self.case(Way::Output, id, O::NAME, || result::check_return::<O>(response));
    }

    /// Replays a case with an exception that the operation lists; `exception` extracts it from the
    /// operation's error.
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
            result::check_exception::<O, E>(response, failure, &expected(), exception)
        });
    }

    /// Replays a case with an error that the operation does not list; `members` are its members as
    /// JSON.
    pub fn fails_unmodeled<O: Operation>(
        &mut self,
        id: &str,
        response: &Response,
        failure: &Failure,
        members: &str,
        unmodeled: impl FnOnce(&O::Error) -> Option<&Unmodeled>,
    ) {
        self.case(Way::Output, id, O::NAME, || {
            result::check_unmodeled::<O>(response, failure, members, unmodeled)
        });
    }

    /// Records a case that cannot be replayed.
    pub fn cannot(&mut self, way: Way, id: &str, operation: &str, reason: &str) {
        match (&mut self.live, way) {
            (Some(live), Way::Input) => live.cannot(operation),
            _ => self.case(way, id, operation, || vec![reason.to_owned()]),
        }
    }

    /// Records a case whose operation the client lacks because it is a streaming operation.
    pub fn skips(&mut self, way: Way, id: &str, operation: &str, reason: &str) {
        self.cannot(way, id, operation, reason);
        if let Some(outcome) = self.report.outcomes.last_mut().filter(|_| self.live.is_none()) {
            outcome.skipped = true;
        }
    }

    /// A panic fails the case but does not stop the others.
    fn case(&mut self, way: Way, id: &str, operation: &str, check: impl FnOnce() -> Vec<String>) {
        let disputed = self.disputed.take();
        // A server is only sent requests.
        if self.live.is_some() {
            return;
        }
        let failures = catch_unwind(AssertUnwindSafe(check))
            .unwrap_or_else(|_| vec!["it panicked; see the message above".to_owned()]);
        let (id, operation) = (id.to_owned(), operation.to_owned());
        self.report.outcomes.push(Outcome {
            way,
            id,
            operation,
            failures,
            disputed,
            skipped: false,
        });
    }
}

/// The `main` of a program that sends the requests of its cases: its argument is the URL of a server.
/// It prints the results, and fails if a request had an invalid form or caused a client error.
pub fn send_main(name: &str, cases: impl FnOnce(&mut Suite)) -> ExitCode {
    let endpoint = std::env::args().nth(1).ok_or("pass the URL of a server".to_owned());
    match endpoint.and_then(|endpoint| Suite::send(name, &endpoint, cases)) {
        Ok(report) => {
            let _ = writeln!(io::stdout(), "{name}\n{report}");
            if report.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The `main` of a replay program: runs the cases, prints the report, and fails if any case failed.
pub fn main(file: &str, cases: impl FnOnce(&mut Suite)) -> ExitCode {
    let report = Suite::replay(file, cases);
    // A closed pipe does not affect the result.
    let _ = writeln!(io::stdout(), "{report}");
    if report.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
