//! The one place that prints: lines to people, which nobody has to read to the end.
//!
//! Where a reader goes away (`cargo xtask import PATH | head`), the rest of the output is dropped and
//! the work goes on: a command is run for what it does. Any other failure to print is kept, and makes
//! the command fail when it is done.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
    sync::OnceLock,
};

/// What kept a line from being printed, the first time.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Prints a line to the standard output, as `println!` does.
macro_rules! say {
    ($($text:tt)*) => { $crate::text::console::line(::std::io::stdout(), format_args!($($text)*)) };
}

/// Prints a line to the standard error, as `eprintln!` does.
macro_rules! tell {
    ($($text:tt)*) => { $crate::text::console::line(::std::io::stderr(), format_args!($($text)*)) };
}

/// Prints a line as a whole.
pub(crate) fn line(to: impl Write, text: fmt::Arguments<'_>) {
    part(to, format_args!("{text}\n"));
}

/// Prints a text that the next one may follow in the same line.
pub(crate) fn part(mut to: impl Write, text: fmt::Arguments<'_>) {
    let written = to.write_all(text.to_string().as_bytes()).and_then(|()| to.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = FAILED.set(error);
    }
}

/// What kept a line from being printed, other than a reader who went away.
pub(crate) fn failure() -> Option<String> {
    FAILED.get().map(|error| format!("the output could not be written: {error}"))
}
