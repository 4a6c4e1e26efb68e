//! Opens the pages that people read in headless Chromium, and uses them as a reader does. Without
//! Chromium and its driver, the tests are skipped.

mod documentation;
mod layout;
mod models;
mod report;
mod session;
mod webdriver;

use self::session::Session;

/// Runs the test in a browser of its own, and fails if a page wrote an error to the console.
fn in_browser(test: impl FnOnce(&Session)) {
    if let Some(session) = Session::start() {
        test(&session);
        assert_eq!(session.console_errors(), Vec::<String>::new());
    }
}
