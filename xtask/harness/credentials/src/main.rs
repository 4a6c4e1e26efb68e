//! Compares how Longshore and botocore read configurations: which credentials sign a call, for
//! which region and endpoint, and which requests precede it.
//!
//! `compare-credentials PYTHON FOLDER SEED FIRST COUNT` generates combinations of profile files and
//! environment variables, and runs each with both. `compare-credentials call SERVER` makes one call.

mod allowed;
mod botocore;
mod combination;
mod comparison;
mod grammar;
mod home;
mod longshore;
mod outcome;
mod random;
mod request;
mod responses;
mod server;
mod shrink;

use std::error::Error;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use comparison::Comparison;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        [longshore::CALL, server] => longshore::call(server).map(|()| true),
        [python, folder, seed, first, count] => compare(python, folder, [seed, first, count]),
        _ => Err("usage: compare-credentials PYTHON FOLDER SEED FIRST COUNT".into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Compares the combinations, prints the report, and returns true if every difference is intended.
fn compare(python: &str, folder: &str, numbers: [&str; 3]) -> Result<bool, Box<dyn Error>> {
    let [seed, first, count] = numbers.map(str::parse::<u64>);
    let (seed, first, count) = (seed?, first?, count?);
    if count == 0 {
        return Err("there is nothing to compare: the number of combinations is 0".into());
    }
    let folder = std::path::absolute(folder)?;
    let mut comparison = Comparison::start(Path::new(python), &folder)?;
    let report = comparison.run(seed, first..first.saturating_add(count))?;
    // A closed pipe does not affect the result.
    let _ = write!(io::stdout(), "{report}");
    Ok(report.unexplained.is_empty())
}
