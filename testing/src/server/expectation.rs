//! Expected calls as tests write them: one request each, with its result.

use std::panic::Location;

use longshore_runtime::Operation;

use super::Server;
use super::expected_call::ExpectedCall;
use super::handler::response_of;

/// An expected call that needs a result; returned by [`Server::expect`].
#[must_use = "an expectation without a result has no effect"]
#[derive(Debug)]
pub struct Expectation<'a, O> {
    pub(super) server: &'a Server,
    pub(super) request: O,
    pub(super) location: &'static Location<'static>,
}

impl<O: Operation> Expectation<'_, O> {
    /// Makes the call succeed with this output.
    ///
    /// # Panics
    /// Panics if the output cannot be encoded.
    pub fn returns(self, output: O::Output) {
        self.register(&Ok(output));
    }

    /// Makes the call fail with this error.
    ///
    /// # Panics
    /// Panics if the error cannot be encoded.
    pub fn fails(self, error: O::Error) {
        self.register(&Err(error));
    }

    fn register(self, result: &Result<O::Output, O::Error>) {
        let response = match response_of::<O>(result) {
            Ok(response) => response,
            Err(error) => panic!("the response of {} cannot be encoded: {error}", O::NAME),
        };
        let expected = ExpectedCall::new(self.request, response, self.location);
        self.server.dispatcher().expect::<O>(expected);
    }
}
