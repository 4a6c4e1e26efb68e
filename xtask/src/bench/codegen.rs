//! `cargo xtask bench codegen`: measures what a release build needs to generate the three services.
//!
//! It runs `codegen --check` as a separate process, which reads models, generates, formats, and
//! compares with `generated/`: what a developer waits for. The clients inside the runtime are
//! included.

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::{
    callgrind::Callgrind,
    figures::{Environment, Figure, Quantity, Samples, Section, SectionName},
    generate,
    measured::{self, Usage},
    table::{self, Budget, ComparisonRow},
};
use crate::{
    codegen::own_models,
    system::{process, repository},
};

/// The budget of the design, in seconds.
const BUDGET: Budget = Budget::at_most(0.2);

const TABLE: &str = "Generation";
const TIME: &str = "warm `codegen --check`, elapsed time";
const CPU: &str = "warm `codegen --check`, CPU time";
const MEMORY: &str = "warm `codegen --check`, peak memory";
const INSTRUCTIONS: &str = "one generation of the three services, instructions";

/// Measure a warm generation of the three services in a release build
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Args {
    /// Number of measured generations, after one warm-up [default: 10, with --quick 3]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: Option<u32>,
}

pub(super) fn measure(args: &Args, quick: bool) -> Result<Section, Box<dyn Error>> {
    let callgrind = Callgrind::find()?;
    let versions = callgrind.iter().map(|valgrind| valgrind.version().to_owned()).collect();
    let environment = Environment::read(versions)?;
    let xtask = build()?;
    check(&xtask)?;
    let rounds = args.rounds.unwrap_or(if quick { 3 } else { 10 });
    let runs: Result<Vec<Usage>, _> = (0..rounds).map(|_| check(&xtask)).collect();
    let mut figures = figures(&runs?);
    if let Some(callgrind) = callgrind {
        let count = instructions(&callgrind, &xtask, &own_models()?)?;
        figures.push(Figure::new(TABLE, INSTRUCTIONS, Quantity::Instructions, Samples::one(count)));
    }
    Ok(Section { name: SectionName::Codegen, environment, figures })
}

/// Builds this program in release mode and returns its path.
pub(super) fn build() -> Result<PathBuf, Box<dyn Error>> {
    errln!("building xtask in release mode");
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

fn check(xtask: &Path) -> Result<Usage, Box<dyn Error>> {
    let mut command = Command::new(xtask);
    measured::run(command.current_dir(repository::root()).args(["codegen", "--check"]))
}

/// The instructions of one generation on one thread: the difference between two generations and
/// one. It varies so little that it is counted once.
fn instructions(
    callgrind: &Callgrind,
    xtask: &Path,
    models: &[PathBuf],
) -> Result<f64, Box<dyn Error>> {
    errln!("counting the instructions of a generation");
    let [short, long] = [1, 2].map(|times| generate::command(xtask, times, models));
    callgrind.per_step(&short, &long, 1)
}

fn figures(runs: &[Usage]) -> Vec<Figure> {
    let times = |of: fn(&Usage) -> std::time::Duration| Samples::seconds(runs.iter().map(of));
    let mut figures = vec![
        Figure::new(TABLE, TIME, Quantity::Time, times(|run| run.wall)),
        Figure::new(TABLE, CPU, Quantity::Cpu, times(|run| run.cpu)),
    ];
    let peaks = measured::peaks(runs.iter().map(|run| run.peak));
    figures.extend(peaks.map(|peaks| Figure::new(TABLE, MEMORY, Quantity::PeakMemory, peaks)));
    figures
}

/// What is measured and how, and the table.
pub(super) fn render(section: &Section) -> String {
    let budget = |what: &str| if what == TIME { BUDGET } else { Budget::default() };
    let row = |figure| ComparisonRow { figure, budget: budget(&figure.what) };
    let rows: Vec<_> = section.figures.iter().map(row).collect();
    format!("{ABOUT}\n\n{}", table::markdown(&rows))
}

const ABOUT: &str = "\
`cargo xtask codegen --check` in a release build reads the models, generates the three services and the clients inside
the runtime, and compares them with the files in the repository. Instructions are those of generating the three
services once on one thread, counted by callgrind.";

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
    fn only_the_elapsed_time_has_a_budget() {
        let run = |millis| Usage {
            wall: Duration::from_millis(millis),
            cpu: Duration::from_millis(2 * millis),
            peak: Some(50_000_000),
        };
        let figures = figures(&[run(100), run(900), run(210)]);
        let environment = Environment::default();
        let text = render(&Section { name: SectionName::Codegen, environment, figures });
        let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| warm")).collect();
        let expected = [
            "| warm `codegen --check`, elapsed time | 210 ms | 200 ms | **no** |",
            "| warm `codegen --check`, CPU time | 420 ms | – | – |",
            "| warm `codegen --check`, peak memory | 50.0 MB | – | – |",
        ];
        assert_eq!(rows, expected);
    }
}
