//! `cargo xtask bench calls`: measures the processor time, the instructions and the memory of a call
//! with Longshore, with the official SDK and with a hand-written caller.
//!
//! The server is a thread of xtask, and each caller is a process that reports its own figures, so
//! those of the server are not included. Rounds are interleaved because the speed of a machine
//! varies during a run.

pub(super) mod program;
mod responses;
pub(super) mod server;
mod workload;

use std::error::Error;

use self::{
    program::{CallProgram, HAND_WRITTEN, OFFICIAL, OURS},
    workload::{SMALL_PART, WORKLOADS, Workload},
};
use super::{
    callgrind::Callgrind,
    figures::{Environment, Figure, Quantity, Samples, Section, SectionName},
    table::{self, ComparisonRow},
};

/// Measure the processor time, instructions and memory of calls with Longshore, the official SDK
/// and a hand-written caller
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Number of measurements per figure [default: 5, with --quick 1]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: Option<u32>,
}

const CPU: &str = "CPU time";
const INSTRUCTIONS: &str = "Instructions";
const MEMORY: &str = "Memory";

/// The order of measurements. Ours is first because it builds fastest.
const PROGRAMS: [CallProgram; 3] = [OURS, HAND_WRITTEN, OFFICIAL];

pub(super) fn measure(args: &Args, quick: bool) -> Result<Section, Box<dyn Error>> {
    let rounds = args.rounds.unwrap_or(if quick { 1 } else { 5 });
    let callgrind = Callgrind::find()?;
    for program in PROGRAMS {
        program.build()?;
    }
    let environment = Environment::read(versions(callgrind.as_ref())?)?;
    let url = server::start()?;
    let mut figures = Vec::new();
    for workload in &WORKLOADS {
        figures.push(time(&url, workload, rounds)?);
    }
    for workload in WORKLOADS.iter().filter(|workload| workload.is_counted) {
        let Some(callgrind) = &callgrind else { break };
        figures.push(instructions(callgrind, &url, workload, rounds)?);
    }
    for workload in WORKLOADS.iter().filter(|workload| workload.bytes > 0) {
        figures.extend(memory(&url, workload, rounds)?);
    }
    Ok(Section { name: SectionName::Calls, environment, figures })
}

fn versions(callgrind: Option<&Callgrind>) -> Result<Vec<String>, Box<dyn Error>> {
    let mut versions = OFFICIAL.versions(&["aws-sdk-ecr"])?;
    versions.extend(HAND_WRITTEN.versions(&["aws-sigv4", "hyper", "hyper-util"])?);
    versions.extend(callgrind.map(|valgrind| valgrind.version().to_owned()));
    Ok(versions)
}

/// Runs `measure` once per round with each program that can make the calls.
fn interleaved(
    workload: &Workload,
    what: &str,
    rounds: u32,
    measure: impl Fn(CallProgram) -> Result<Option<f64>, Box<dyn Error>>,
) -> Result<[Option<Samples>; PROGRAMS.len()], Box<dyn Error>> {
    let mut values = [const { Vec::new() }; PROGRAMS.len()];
    for round in 1..=rounds {
        errln!("{}, {what}, round {round} of {rounds}", workload.what);
        for (program, values) in PROGRAMS.iter().zip(&mut values) {
            if workload.can_be_made_by(*program) {
                values.extend(measure(*program)?);
            }
        }
    }
    Ok(values.map(|values| (!values.is_empty()).then(|| values.into_iter().collect())))
}

/// A figure with the samples of all measured programs. `None` if Longshore was not measured.
fn figure(
    table: &str,
    workload: &Workload,
    quantity: Quantity,
    [ours, hand_written, official]: [Option<Samples>; PROGRAMS.len()],
) -> Option<Figure> {
    let figure = Figure::new(table, workload.what, quantity, ours?);
    Some(Figure { official, hand_written, ..figure })
}

fn time(url: &str, workload: &Workload, rounds: u32) -> Result<Figure, Box<dyn Error>> {
    let url = workload.url(url);
    let calls = workload.calls(&url);
    let measure = |program: CallProgram| Ok(Some(program.measure(&calls)?.cpu.as_secs_f64()));
    let samples = interleaved(workload, "time", rounds, measure)?;
    Ok(figure(CPU, workload, Quantity::CpuPerCall, samples).ok_or("nothing was measured")?)
}

fn instructions(
    callgrind: &Callgrind,
    url: &str,
    workload: &Workload,
    rounds: u32,
) -> Result<Figure, Box<dyn Error>> {
    let url = workload.url(url);
    let [short, long] = workload.counted(&url);
    let count = |program: CallProgram| {
        let steps = long.calls - short.calls;
        callgrind.per_step(&program.command(&short), &program.command(&long), steps).map(Some)
    };
    // Counts vary little, and valgrind is slow.
    let samples = interleaved(workload, "instructions", rounds.min(3), count)?;
    let figure = figure(INSTRUCTIONS, workload, Quantity::Instructions, samples);
    Ok(figure.ok_or("nothing was counted")?)
}

/// The peak memory of a process that uploads one part, minus that of a process that uploads a very
/// small part. `None` if the operating system does not report it.
fn memory(url: &str, workload: &Workload, rounds: u32) -> Result<Option<Figure>, Box<dyn Error>> {
    let peak = |program: CallProgram, bytes| -> Result<Option<u64>, Box<dyn Error>> {
        let workload = workload.with_part(bytes);
        let url = workload.url(url);
        Ok(program.measure(&workload.one_call(&url))?.peak)
    };
    let measure = |program| {
        let (large, small) = (peak(program, workload.bytes)?, peak(program, SMALL_PART)?);
        // Converted first, because the difference may be negative.
        Ok(large.zip(small).map(|(large, small)| large as f64 - small as f64))
    };
    let samples = interleaved(workload, "memory", rounds, measure)?;
    Ok(figure(MEMORY, workload, Quantity::PeakMemory, samples))
}

/// What is measured and how, and the tables.
pub(super) fn render(section: &Section) -> String {
    let tables = [
        (CPU, workload::cpu_budget as fn(&str) -> table::Budget, ABOUT_CPU),
        (INSTRUCTIONS, |_| table::Budget::default(), ABOUT_INSTRUCTIONS),
        (MEMORY, |_| workload::MEMORY_BUDGET, ABOUT_MEMORY),
    ];
    let mut text = format!("{ABOUT}\n");
    for (name, budget, about) in tables {
        let figures = section.figures.iter().filter(|figure| figure.table == name);
        let rows: Vec<_> =
            figures.map(|figure| ComparisonRow { figure, budget: budget(&figure.what) }).collect();
        if !rows.is_empty() {
            let table = table::markdown(&rows);
            text.push_str(&format!("\n### {name}\n\n{about}\n\n{table}"));
        }
    }
    text
}

const ABOUT: &str = "\
Three programs make the same calls to the same server on loopback over plain HTTP: one with Longshore, one with the
official SDK, and a hand-written one with hyper, `aws-sigv4` and derived serde, without retries, timeouts or a
credential provider. All use cargo's default release profile. Unless stated otherwise, a program makes one call after
another over one kept-alive connection on a single-threaded tokio runtime.";

const ABOUT_CPU: &str = "\
User and system time of the calling process per call, and calls per second of CPU time. The programs take turns. Small
calls consist mostly of system time, which varies from run to run.";

const ABOUT_INSTRUCTIONS: &str = "\
Instructions per call in user mode, counted by callgrind: the difference between two runs of different length, divided
by the difference in calls. They do not depend on the load of the machine, but include no work of the kernel.";

const ABOUT_MEMORY: &str = "\
What a large part adds to the peak memory of a process that uploads one part, the part itself included: the difference
from a process that uploads a part of 1 kB.";
