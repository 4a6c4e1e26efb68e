//! The report with which a server fails a test.

use std::panic::{AssertUnwindSafe, catch_unwind};

use longshore_testing::Server;

/// The message of the panic in a closure; empty if it does not panic.
pub fn panic_message(closure: impl FnOnce()) -> String {
    match catch_unwind(AssertUnwindSafe(closure)) {
        Ok(()) => String::new(),
        Err(panic) => panic.downcast_ref::<String>().cloned().expect("the message is a string"),
    }
}

/// The report of a server, with its address replaced by `URL`.
pub fn report(server: &Server) -> String {
    let url = server.url().to_owned();
    panic_message(|| server.verify()).replace(&url, "URL")
}
