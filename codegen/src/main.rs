//! The program `longshore`; see the module `cli` of the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    longshore_codegen::cli::main()
}
