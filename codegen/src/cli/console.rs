//! Prints lines to the console. All output of `longshore` and of xtask goes through here.
//!
//! If the reader closes the pipe (`longshore changes OLD NEW | head`), the rest of the output is
//! dropped and the command continues, because the effects of a command matter more than its output.
//! Any other write error makes the command fail when it ends.

use std::{
    error::Error,
    fmt,
    io::{self, ErrorKind, Write},
    sync::OnceLock,
};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};

use super::links;
use crate::error::Problem;

/// The first error that is not a closed pipe.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Prints a line to the standard output, as `println!` does.
#[doc(hidden)]
#[macro_export]
macro_rules! outln {
    ($($text:tt)*) => {
        $crate::cli::console::write_line(::std::io::stdout(), format_args!($($text)*))
    };
}

/// Prints a line to the standard error, as `eprintln!` does.
#[doc(hidden)]
#[macro_export]
macro_rules! errln {
    ($($text:tt)*) => {
        $crate::cli::console::write_line(::std::io::stderr(), format_args!($($text)*))
    };
}

/// Writes a line with one call, so that lines from several threads are not interleaved.
pub fn write_line(to: impl Write, text: fmt::Arguments<'_>) {
    write(to, format_args!("{text}\n"));
}

/// Writes text without ending the line.
pub fn write(mut to: impl Write, text: fmt::Arguments<'_>) {
    let written = to.write_all(text.to_string().as_bytes()).and_then(|()| to.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = FAILED.set(error);
    }
}

/// Describes the first write error that is not a closed pipe.
pub fn write_error() -> Option<String> {
    FAILED.get().map(|error| format!("cannot write the output: {error}"))
}

/// Prints why a command failed.
pub fn error(error: &(dyn Error + 'static)) {
    let problems = error.downcast_ref().map_or(&[][..], crate::Error::problems);
    let text = links::link_files(&error.to_string(), problems);
    labeled("error", AnsiColor::Red, &text);
}

/// Prints a warning of the generator.
pub fn warning(problem: &Problem) {
    let text = links::link_files(&problem.to_string(), std::slice::from_ref(problem));
    labeled("warning", AnsiColor::Yellow, &text);
}

/// Prints advice for the user.
pub fn note(text: &str) {
    labeled("note", AnsiColor::Cyan, text);
}

/// Prints a line that starts with a label. The label is colored if the standard error shows colors.
fn labeled(label: &str, color: AnsiColor, text: &str) {
    let style = match AutoStream::choice(&io::stderr()) {
        anstream::ColorChoice::Never => Style::new(),
        _ => color.on_default().bold(),
    };
    // The stream translates colors for Windows consoles that do not support escape sequences.
    let stderr = AutoStream::always(io::stderr());
    write_line(stderr, format_args!("{style}{label}:{style:#} {text}"));
}
