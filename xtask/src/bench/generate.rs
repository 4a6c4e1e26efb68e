//! `cargo xtask bench generate`: generates models several times in one process and prints the cost.
//! The other benchmarks run it in a release build.

use std::{
    error::Error,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use longshore_codegen::Generator;

use super::usage;
use crate::system::{memory, process};

/// Generate models on one thread, write nothing, and print the CPU time per generation in
/// nanoseconds, the number of lines, and the peak memory in bytes
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Number of generations
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    times: u32,
    /// Models, each a service
    #[arg(required = true, value_name = "PATH")]
    models: Vec<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let mut generator = Generator::new().threads(NonZeroUsize::MIN);
    for model in &args.models {
        generator = generator.model(model);
    }
    let before = usage::of_this_process()?;
    let mut lines = 0;
    for _ in 0..args.times {
        let generated = generator.generate_crate()?;
        lines = generated.files.values().map(|text| text.lines().count()).sum();
    }
    let cpu = usage::of_this_process()?.saturating_sub(before) / args.times;
    let peak = memory::peak_of(std::process::id()).unwrap_or_default();
    outln!("{} {lines} {peak}", cpu.as_nanos());
    Ok(())
}

/// The measurements of a generation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct GenerationUsage {
    pub(super) cpu: Duration,
    pub(super) lines: u64,
    /// In bytes, if the operating system reports it.
    pub(super) peak: Option<u64>,
}

/// The command that generates `models` a number of times.
pub(super) fn command(xtask: &Path, times: u32, models: &[PathBuf]) -> Command {
    let mut command = Command::new(xtask);
    command.args(["bench", "generate", "--times", &times.to_string()]).args(models);
    command
}

/// Runs the command and parses what it prints.
pub(super) fn measure(mut command: Command) -> Result<GenerationUsage, Box<dyn Error>> {
    let printed = process::output(&mut command)?;
    parse(&printed).ok_or_else(|| "`xtask bench generate` printed no figures".into())
}

fn parse(printed: &str) -> Option<GenerationUsage> {
    let numbers = printed.split_whitespace().map(|word| word.parse::<u64>().ok());
    let numbers: Vec<u64> = numbers.collect::<Option<_>>()?;
    let [cpu, lines, peak] = numbers[..] else { return None };
    let cpu = Duration::from_nanos(cpu);
    Some(GenerationUsage { cpu, lines, peak: (peak > 0).then_some(peak) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_generation_are_parsed() {
        let cpu = Duration::from_nanos(1500);
        let usage = |peak| Some(GenerationUsage { cpu, lines: 20, peak });
        assert_eq!(parse("1500 20 4096\n"), usage(Some(4096)));
        assert_eq!(parse("1500 20 0\n"), usage(None));
        for broken in ["", "1500 20", "1500 20 1 2", "1500 many 1"] {
            assert_eq!(parse(broken), None, "{broken}");
        }
    }
}
