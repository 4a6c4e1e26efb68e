//! Measures how generation, and the compilation of its output, grow with the number of operations.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    super::{
        codegen,
        figures::{Figure, Quantity, Samples},
        generate, measured, usage,
    },
    operations,
};
use crate::{
    system::{folder::remove_if_exists, process, repository},
    text::number::grouped,
};

pub(super) const TABLE: &str = "Models";
/// The table of the compile times of generated crates.
pub(super) const COMPILED: &str = "Compilation of generated crates";

const OPERATIONS: [u64; 6] = [1, 4, 16, 64, 200, 400];
const COMPILED_OPERATIONS: [u64; 4] = [25, 100, 200, 400];

pub(super) fn measure(rounds: u32) -> Result<Vec<Figure>, Box<dyn Error>> {
    let xtask = codegen::build()?;
    let folder = repository::root().join("target/bench/growth");
    fs::create_dir_all(&folder)?;
    let mut figures = Vec::new();
    for count in OPERATIONS {
        errln!("models: {count}");
        figures.extend(generation(&xtask, &folder, count, rounds)?);
    }
    let workspace = Workspace::create(&xtask, &folder)?;
    for count in COMPILED_OPERATIONS {
        errln!("compiling the output: {count}");
        let times: Result<Vec<_>, _> = (0..rounds).map(|_| workspace.compile(count)).collect();
        let figure = Figure::new(
            COMPILED,
            &grouped(usize::try_from(count)?),
            Quantity::Cpu,
            Samples::seconds(times?),
        );
        figures.push(figure.of_size(count));
    }
    Ok(figures)
}

/// Writes a model and returns its path.
fn write_model(folder: &Path, count: u64) -> io::Result<PathBuf> {
    let file = folder.join(format!("{count}.json"));
    fs::write(&file, operations::model(count).to_string())?;
    Ok(file)
}

fn generation(
    xtask: &Path,
    folder: &Path,
    count: u64,
    rounds: u32,
) -> Result<Vec<Figure>, Box<dyn Error>> {
    let models = [write_model(folder, count)?];
    // Small models are generated more often, because the resolution of CPU time is limited.
    let times = u32::try_from(400 / count)?.max(2);
    let runs = (0..rounds).map(|_| generate::measure(generate::command(xtask, times, &models)));
    let runs: Vec<_> = runs.collect::<Result<_, _>>()?;
    let what = grouped(usize::try_from(count)?);
    let figure = |quantity, samples| Figure::new(TABLE, &what, quantity, samples).of_size(count);
    // Exact up to 2^53.
    let lines = runs.first().map_or(0.0, |run| run.lines as f64);
    let mut figures = vec![
        figure(Quantity::Cpu, Samples::seconds(runs.iter().map(|run| run.cpu))),
        figure(Quantity::Lines, Samples::one(lines)),
    ];
    let peaks = measured::peaks(runs.iter().map(|run| run.peak));
    figures.extend(peaks.map(|peaks| figure(Quantity::PeakMemory, peaks)));
    Ok(figures)
}

/// A workspace of generated crates.
struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Generates the crates and builds them once, so that their dependencies are already compiled.
    fn create(xtask: &Path, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let folder = folder.join("crates");
        remove_if_exists(&folder)?;
        fs::create_dir_all(&folder)?;
        let members = COMPILED_OPERATIONS.map(|count| format!("\"{}\"", package(count)));
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
        fs::write(folder.join("Cargo.toml"), manifest)?;
        repository::copy_lock_file(&folder)?;
        for count in COMPILED_OPERATIONS {
            let name = package(count);
            let mut command = Command::new(xtask);
            command.arg("codegen").arg("--model").arg(write_model(&folder, count)?);
            command.arg("--out").arg(folder.join(&name)).args(["--name", &name]);
            process::run(command.stdout(Stdio::null()))?;
        }
        let workspace = Self { folder };
        process::run(&mut workspace.cargo("build", &["--workspace"]))?;
        Ok(workspace)
    }

    fn cargo(&self, command: &str, args: &[&str]) -> Command {
        let mut cargo = process::cargo();
        cargo.current_dir(&self.folder).args([command, "--quiet", "--offline"]).args(args);
        cargo.arg("--target-dir").arg(self.folder.with_file_name("target"));
        cargo
    }

    /// The CPU time of compiling one crate, without its dependencies.
    fn compile(&self, count: u64) -> Result<std::time::Duration, Box<dyn Error>> {
        let package = package(count);
        process::run(&mut self.cargo("clean", &["--package", &package]))?;
        usage::processor_time(&mut self.cargo("build", &["--package", &package]))
    }
}

/// The name of a generated crate.
fn package(count: u64) -> String {
    format!("growth-{count}")
}
