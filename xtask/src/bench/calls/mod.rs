//! `cargo xtask bench calls`: measures the processor time of a call with Longshore, with the
//! official SDK and with a hand-written caller.
//!
//! The server is a thread of xtask, and each caller is a process that reports its own processor
//! time, so the server's time is not included. Rounds are interleaved because the speed of a
//! machine varies over the run.

mod responses;
mod server;
mod table;

use std::error::Error;
use std::process::Command;
use std::time::Duration;

use self::table::{Budget, CallRow, markdown};
use super::workspace::{CallerWorkspace, RELEASE};
use crate::system::{process, repository};

/// Measure the processor time of calls: Longshore, the official SDK, and a hand-written caller
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Number of measurements per figure; the median is reported
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

/// An operation to call, the number of calls, and the required ratios.
struct Workload {
    operation: &'static str,
    what: &'static str,
    warm: u32,
    calls: u32,
    budget: Budget,
}

const WORKLOADS: [Workload; 4] = [
    Workload {
        operation: "PutImage",
        what: "PutImage, a manifest of 2 kB",
        warm: 200,
        calls: 2000,
        budget: Budget { official: Some(2.6), bare: 1.0 },
    },
    Workload {
        operation: "BatchGetImage",
        what: "BatchGetImage, 3 images with manifests",
        warm: 200,
        calls: 2000,
        budget: Budget { official: Some(2.4), bare: 1.05 },
    },
    Workload {
        operation: "DescribeImages",
        what: "DescribeImages, 1,000 images",
        warm: 10,
        calls: 60,
        budget: Budget { official: Some(2.2), bare: 0.65 },
    },
    Workload {
        operation: "UploadLayerPart",
        what: "UploadLayerPart, 20 MiB",
        warm: 1,
        calls: 6,
        budget: Budget { official: Some(2.0), bare: 1.3 },
    },
];

/// A measured caller.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Client {
    workspace: CallerWorkspace,
    /// True if its lock file is committed instead of copied from this repository.
    pinned: bool,
}

const OFFICIAL: Client = Client { workspace: workspace("official"), pinned: true };
const OURS: Client = Client { workspace: workspace("ours"), pinned: false };
const BARE: Client = Client { workspace: workspace("bare"), pinned: false };

const fn workspace(folder: &'static str) -> CallerWorkspace {
    CallerWorkspace { group: "calls", folder }
}

/// The order of measurements. Ours is first because it builds fastest.
const CLIENTS: [Client; 3] = [OURS, BARE, OFFICIAL];

pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    for client in CLIENTS {
        client.build()?;
    }
    let url = server::start()?;
    let mut rows = Vec::new();
    for workload in &WORKLOADS {
        rows.push(measure(&url, workload, args.rounds)?);
    }
    outln!("{}\n{}", markdown(&rows), notes(args.rounds)?);
    Ok(())
}

fn measure(url: &str, workload: &Workload, rounds: u32) -> Result<CallRow, Box<dyn Error>> {
    let mut times = [const { Vec::new() }; CLIENTS.len()];
    for round in 1..=rounds {
        errln!("{}, round {round} of {rounds}", workload.operation);
        for (client, times) in CLIENTS.iter().zip(&mut times) {
            times.push(client.measure(url, workload)?);
        }
    }
    let [ours, bare, official] = times.map(median);
    Ok(CallRow { what: workload.what, official, ours, bare, budget: workload.budget })
}

/// The median; for an even number of values, the upper of the two middle ones.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

impl Client {
    /// Builds it in release mode. All callers share a target folder because they share most
    /// dependencies.
    fn build(self) -> Result<(), Box<dyn Error>> {
        if !self.pinned {
            self.workspace.take_lock_file()?;
        }
        errln!("building {}-calls", self.workspace.folder);
        let mut cargo = self.workspace.cargo("build");
        cargo.args(["--quiet", "--release"]).args(RELEASE);
        if self.pinned {
            cargo.arg("--locked");
        }
        process::run(cargo.arg("--target-dir").arg(repository::root().join("target/bench/calls")))
    }

    /// The processor time of one call.
    fn measure(self, url: &str, workload: &Workload) -> Result<Duration, Box<dyn Error>> {
        let file = format!("{}-calls{}", self.workspace.folder, std::env::consts::EXE_SUFFIX);
        let mut caller =
            Command::new(repository::root().join("target/bench/calls/release").join(file));
        caller.args([url, workload.operation]);
        caller.args([workload.warm, workload.calls].map(|number| number.to_string()));
        let printed = process::output(&mut caller)?;
        Ok(Duration::from_nanos(printed.trim().parse()?))
    }

    /// The versions of the dependencies that determine what is measured.
    fn versions(self, names: &[&str]) -> Result<String, Box<dyn Error>> {
        Ok(chosen(self.workspace.crates(&["--depth", "1"])?, names).join(", "))
    }
}

/// The crates that have one of the names.
fn chosen(mut crates: Vec<String>, names: &[&str]) -> Vec<String> {
    crates.retain(|line| names.iter().any(|name| line.split(' ').next() == Some(name)));
    crates
}

/// Describes what the figures were measured with.
fn notes(rounds: u32) -> Result<String, Box<dyn Error>> {
    let compiler = process::output(Command::new("rustc").arg("--version"))?;
    Ok(format!(
        "Measured in one run by `cargo xtask bench calls` with {}: user and system time of the caller's \
         process per call, the median of {rounds} rounds, with the callers interleaved. Each makes \
         sequential calls over one kept-alive connection to the same server on loopback, over plain HTTP, \
         on a single-threaded tokio runtime, in cargo's default release profile. Official SDK: {}, \
         without TLS. Hand-written: {} and derived serde, in the versions that Longshore uses.",
        compiler.trim_end(),
        OFFICIAL.versions(&["aws-sdk-ecr"])?,
        BARE.versions(&["aws-sigv4", "hyper", "hyper-util"])?,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::workspace::named;
    use super::*;

    #[test]
    fn the_median_is_the_middle_of_the_sorted_times() {
        let times = |micros: &[u64]| micros.iter().map(|m| Duration::from_micros(*m)).collect();
        let table: [(&[u64], u64); 4] = [(&[], 0), (&[7], 7), (&[9, 1, 5], 5), (&[4, 1, 3, 2], 3)];
        for (micros, expected) in table {
            assert_eq!(median(times(micros)), Duration::from_micros(expected), "{micros:?}");
        }
    }

    #[test]
    fn versions_are_those_of_the_named_crates() {
        let tree =
            "bare-calls v0.0.0 (/somewhere)\nhyper v1.12.0\nhyper-util v0.1.0\nserde v1.0.0\n";
        let chosen = |names: &[&str]| chosen(named(tree), names);
        assert_eq!(chosen(&["hyper"]), ["hyper v1.12.0"]);
        assert_eq!(chosen(&["bare-calls", "serde"]), ["bare-calls v0.0.0", "serde v1.0.0"]);
    }
}
