//! What a server for tests fails with.

use std::panic::{AssertUnwindSafe, catch_unwind};

use longshore_testing::Server;

/// What something panics with; nothing where it does not.
pub fn panic_of(what: impl FnOnce()) -> String {
    match catch_unwind(AssertUnwindSafe(what)) {
        Ok(()) => String::new(),
        Err(panic) => panic.downcast_ref::<String>().cloned().expect("a text"),
    }
}

/// What a server has to tell until now, without its address.
pub fn told(server: &Server) -> String {
    let url = server.url().to_owned();
    panic_of(|| server.verify()).replace(&url, "URL")
}
