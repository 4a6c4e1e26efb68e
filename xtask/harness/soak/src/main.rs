//! Makes many concurrent calls to a server that fails one attempt in ten.
//!
//! `soak CALLS TASKS SECONDS ATTEMPTS` makes the calls. It starts `soak serve`, the server, as a
//! separate process, so that memory and sockets of the client can be measured.

mod caller;
mod date;
mod fault;
mod gauges;
mod judge;
mod report;
mod respond;
mod server;
mod server_process;
mod settings;
mod stale;

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use settings::Settings;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("serve") => server::run().map(|()| true).map_err(Into::into),
        _ => Settings::parse(&arguments).and_then(soak),
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

/// Makes the calls, prints the report, and returns true if it contains no problem.
fn soak(settings: Settings) -> Result<bool, Box<dyn Error>> {
    let server = server_process::ServerProcess::start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let report = runtime.block_on(caller::run(settings, server.address()));
    drop(runtime);
    // A closed pipe does not affect the result.
    let _ = write!(io::stdout(), "{report}");
    for problem in report.problems() {
        let _ = writeln!(io::stderr(), "{problem}");
    }
    Ok(report.has_no_problems())
}
