//! `cargo xtask bench codegen`: measures how long a release build takes to generate the three
//! services.
//!
//! It times `codegen --check` as a separate process: reading models, generating, formatting, and
//! comparing with `generated/`, which is what a developer waits for.

use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::table::{Budget, ComparisonRow, Figure, markdown};
use crate::system::{process, repository};

/// The budget of the design, in seconds.
const BUDGET: f64 = 0.2;

/// Time a warm generation of the three services in a release build
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Number of timed generations, after one warm-up
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
}

pub(crate) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let xtask = build()?;
    generate(&xtask)?;
    let mut times = Vec::new();
    for _ in 0..args.runs {
        times.push(generate(&xtask)?);
    }
    times.sort_unstable();
    outln!("{}", markdown(&rows(&times)));
    outln!(
        "Wall clock of `cargo xtask codegen --check` in a release build, {} warm runs.",
        args.runs
    );
    Ok(())
}

/// Builds this program in release mode and returns its path.
fn build() -> Result<PathBuf, Box<dyn Error>> {
    let mut cargo = process::cargo();
    cargo.current_dir(repository::root());
    cargo.args(["build", "--release", "--package", "xtask", "--quiet"]);
    let messages = process::output(cargo.arg("--message-format=json-render-diagnostics"))?;
    executable(&messages).ok_or_else(|| "cargo built no program called `xtask`".into())
}

/// The path of the executable in the output of `cargo build --message-format=json`.
fn executable(messages: &str) -> Option<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = messages.filter(|message| message["target"]["name"] == "xtask");
    programs.find_map(|message| message["executable"].as_str().map(PathBuf::from))
}

fn generate(xtask: &PathBuf) -> Result<Duration, Box<dyn Error>> {
    let mut command = Command::new(xtask);
    command.current_dir(repository::root()).args(["codegen", "--check"]).stdout(Stdio::null());
    let start = Instant::now();
    process::run(&mut command)?;
    Ok(start.elapsed())
}

fn rows(sorted: &[Duration]) -> Vec<ComparisonRow> {
    let row = |what, time: Option<&Duration>| ComparisonRow {
        what,
        official: None,
        ours: time.map(|time| Figure::Seconds(time.as_secs_f64())),
        budget: Some(Budget::AtMost(Figure::Seconds(BUDGET))),
    };
    vec![
        row("a warm generation of the three services, best", sorted.first()),
        row("a warm generation of the three services, median", sorted.get(sorted.len() / 2)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_among_cargos_messages() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","target":{"name":"clap"},"executable":null}"#,
            "\nnot json\n",
            r#"{"reason":"compiler-artifact","target":{"name":"xtask"},"executable":"/t/release/xtask"}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        assert_eq!(executable(messages), Some(PathBuf::from("/t/release/xtask")));
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
    }

    #[test]
    fn best_and_median_are_taken_from_the_sorted_times() {
        let times = [100, 200, 900].map(Duration::from_millis);
        let lines: Vec<String> = rows(&times).iter().map(ComparisonRow::to_string).collect();
        let expected = [
            "| a warm generation of the three services, best | – | 0.10 s | – | 0.20 s | yes |",
            "| a warm generation of the three services, median | – | 0.20 s | – | 0.20 s | yes |",
        ];
        assert_eq!(lines, expected);
    }
}
