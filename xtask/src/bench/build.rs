//! `cargo xtask bench build`: builds the same caller with Longshore and with the official SDK, in
//! one run.

use std::error::Error;
use std::thread;
use std::time::Duration;

use super::caller::{Caller, OFFICIAL, OURS};
use super::source::Size;
use super::table::{Budget, ComparisonRow, Figure, markdown};
use crate::system::process;

/// The crates of the official SDK that are generated from the same three models.
const OFFICIAL_GENERATED: [&str; 3] = ["aws-sdk-ecr", "aws-sdk-ecrpublic", "aws-sdk-lightsail"];
const OURS_GENERATED: [&str; 1] = ["longshore"];

/// The measurements of one caller.
#[derive(Debug, Clone, Copy)]
struct Cost {
    source: Size,
    debug: Duration,
    release: Duration,
    binary: usize,
    crates: usize,
}

/// The measurements with the whole default credential chain, which the official caller always
/// includes.
#[derive(Debug, Clone, Copy)]
struct FullBuild {
    debug: Duration,
    crates: usize,
}

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    OURS.take_lock_file()?;
    OURS.fetch()?;
    OFFICIAL.fetch()?;
    // Ours is built first: it is fast, so failures show before the long builds.
    let ours = measure(OURS, &OURS_GENERATED)?;
    let full =
        FullBuild { debug: OURS.build_full()?, crates: OURS.crates(&["--features", "full"])? };
    let official = measure(OFFICIAL, &OFFICIAL_GENERATED)?;
    outln!("{}\n{}", markdown(&rows(&official, &ours, full)), notes()?);
    Ok(())
}

fn measure(caller: Caller, generated: &[&str]) -> Result<Cost, Box<dyn Error>> {
    Ok(Cost {
        source: caller.source_of(generated)?,
        crates: caller.crates(&[])?,
        debug: caller.build_debug()?,
        release: caller.build_release()?,
        binary: caller.binary_size()?,
    })
}

/// The rows of the table. The design sets the budgets.
fn rows(official: &Cost, ours: &Cost, full: FullBuild) -> Vec<ComparisonRow> {
    let row = |what, of: fn(&Cost) -> Figure, budget| ComparisonRow {
        what,
        official: Some(of(official)),
        ours: Some(of(ours)),
        budget,
    };
    let seconds = |time: Duration| Figure::Seconds(time.as_secs_f64());
    vec![
        row("generated source, lines", |c| Figure::Count(c.source.lines), count(80_000)),
        row("generated source, bytes", |c| Figure::Bytes(c.source.bytes), None),
        ComparisonRow {
            what: "clean debug build of the caller, lean features, CPU",
            official: Some(seconds(official.debug)),
            ours: Some(seconds(ours.debug)),
            budget: Some(Budget::Ratio(4.0)),
        },
        ComparisonRow {
            what: "the same with the full credential chain, CPU",
            official: Some(seconds(official.debug)),
            ours: Some(seconds(full.debug)),
            budget: Some(Budget::Ratio(4.0)),
        },
        row(
            "clean release build of the caller, CPU",
            |c| Figure::Seconds(c.release.as_secs_f64()),
            Some(Budget::Ratio(5.5)),
        ),
        row(
            "stripped release binary",
            |c| Figure::Bytes(c.binary),
            Some(Budget::AtMost(Figure::Bytes(3_300_000))),
        ),
        row("crates in the caller's tree, lean features", |c| Figure::Count(c.crates), count(64)),
        ComparisonRow {
            what: "the same with the full credential chain",
            official: Some(Figure::Count(official.crates)),
            ours: Some(Figure::Count(full.crates)),
            budget: count(64),
        },
    ]
}

fn count(number: usize) -> Option<Budget> {
    Some(Budget::AtMost(Figure::Count(number)))
}

/// Describes what the figures were measured with.
fn notes() -> Result<String, Box<dyn Error>> {
    let compiler = process::output(std::process::Command::new("rustc").arg("--version"))?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Ok(format!(
        "Measured in one run by `cargo xtask bench build` on {cores} cores with {}. CPU is user and \
         system time of cargo and its child processes, after dependencies were fetched. Release is cargo's \
         default profile with `strip = \"symbols\"` for both. Crates are those of `cargo tree -e normal` \
         on this platform. Official SDK: {}.",
        compiler.trim_end(),
        OFFICIAL.dependencies()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_budget_is_beside_its_own_figure() {
        let cost = |factor: usize| Cost {
            source: Size { lines: factor, bytes: factor * 1_000_000 },
            debug: Duration::from_secs(10 * factor as u64),
            release: Duration::from_secs(20 * factor as u64),
            binary: factor * 2_000_000,
            crates: 30 * factor,
        };
        let full = FullBuild { debug: Duration::from_secs(32), crates: 100 };
        let lines: Vec<String> =
            rows(&cost(4), &cost(2), full).iter().map(ComparisonRow::to_string).collect();
        let expected = [
            "| generated source, lines | 4 | 2 | 2.0 | 80,000 | yes |",
            "| generated source, bytes | 4.0 MB | 2.0 MB | 2.0 | – | – |",
            "| clean debug build of the caller, lean features, CPU | 40 s | 20 s | 2.0 | ÷ 4.0 | **no** |",
            "| the same with the full credential chain, CPU | 40 s | 32 s | 1.2 | ÷ 4.0 | **no** |",
            "| clean release build of the caller, CPU | 80 s | 40 s | 2.0 | ÷ 5.5 | **no** |",
            "| stripped release binary | 8.0 MB | 4.0 MB | 2.0 | 3.3 MB | **no** |",
            "| crates in the caller's tree, lean features | 120 | 60 | 2.0 | 64 | yes |",
            "| the same with the full credential chain | 120 | 100 | 1.2 | 64 | **no** |",
        ];
        assert_eq!(lines, expected);
    }
}
