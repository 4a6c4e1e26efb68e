//! Many calls from many tasks against a server that fails a tenth of them in every way there is.
//!
//! `soak CALLS TASKS SECONDS ATTEMPTS` calls; `soak serve` is the server, a process of its own that the
//! first one starts, so that memory and sockets are the client's alone.

mod caller;
mod date;
mod fault;
mod gauges;
mod judge;
mod play;
mod report;
mod servant;
mod server;

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

/// What to do, from the command line.
#[derive(Debug, Clone, Copy)]
struct Settings {
    calls: u64,
    tasks: u64,
    /// After this no further call is begun.
    limit: Duration,
    /// At most how many attempts the client is allowed.
    attempts: u32,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.first().map(String::as_str) {
        Some("serve") => server::run().map(|()| true).map_err(Into::into),
        _ => settings(&arguments).and_then(soak),
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

fn settings(arguments: &[String]) -> Result<Settings, Box<dyn Error>> {
    let [calls, tasks, seconds, attempts] = arguments else {
        return Err("usage: soak CALLS TASKS SECONDS ATTEMPTS".into());
    };
    Ok(Settings {
        calls: calls.parse()?,
        tasks: tasks.parse::<u64>()?.max(1),
        limit: Duration::from_secs(seconds.parse()?),
        attempts: attempts.parse::<u32>()?.max(1),
    })
}

/// Calls, prints what came of it, and says whether all of it was right.
fn soak(settings: Settings) -> Result<bool, Box<dyn Error>> {
    let servant = servant::Servant::start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let report = runtime.block_on(caller::run(settings, servant.address()));
    drop(runtime);
    // Whether anybody reads it does not change what it says.
    let _ = write!(io::stdout(), "{report}");
    for problem in report.problems() {
        let _ = writeln!(io::stderr(), "{problem}");
    }
    Ok(report.is_right())
}
