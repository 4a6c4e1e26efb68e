//! Prints lines to the console. All output of xtask goes through here.
//!
//! If the reader closes the pipe (`cargo xtask import PATH | head`), the rest of the output is
//! dropped and the command continues, because the effects of a command matter more than its output.
//! Any other write error is kept and makes the command fail at its end.

use std::{
    fmt,
    io::{self, ErrorKind, Write},
    sync::OnceLock,
};

/// The first error that is not a closed pipe.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Prints a line to the standard output, as `println!` does.
macro_rules! outln {
    ($($text:tt)*) => { $crate::text::console::write_line(::std::io::stdout(), format_args!($($text)*)) };
}

/// Prints a line to the standard error, as `eprintln!` does.
macro_rules! errln {
    ($($text:tt)*) => { $crate::text::console::write_line(::std::io::stderr(), format_args!($($text)*)) };
}

/// Writes a line with one call, so that lines of several threads do not mix.
pub(crate) fn write_line(to: impl Write, text: fmt::Arguments<'_>) {
    write(to, format_args!("{text}\n"));
}

/// Writes text without ending the line.
pub(crate) fn write(mut to: impl Write, text: fmt::Arguments<'_>) {
    let written = to.write_all(text.to_string().as_bytes()).and_then(|()| to.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = FAILED.set(error);
    }
}

/// Describes the first write error that is not a closed pipe.
pub(crate) fn write_error() -> Option<String> {
    FAILED.get().map(|error| format!("cannot write the output: {error}"))
}
